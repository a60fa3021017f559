"""The feeds of the site, a series, a theme, a thread, a value, an item and the moderation log.

All are read as by a visitor, whoever asks: what is for members alone has no feed.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.evidence.queries import find_item
from discussion.debate.positions.models import EvidenceLink, Position, ValueTag
from discussion.debate.threads.models import Thread, thread_theme
from discussion.debate.threads.queries.finding import find_thread
from discussion.language import _
from discussion.oversight.transparency.queries.log import newest_lines
from discussion.oversight.transparency.shapes import LogLine
from discussion.permissions.visibility import listed_series
from discussion.reach.feeds.queries.acts import list_findings, list_moves
from discussion.reach.feeds.queries.contributions import list_positions, list_responses
from discussion.reach.feeds.queries.published import about, list_published
from discussion.reach.feeds.queries.shapes import Entry, Feed
from discussion.reach.feeds.words import ENTRIES
from discussion.reach.publications.models import Publication
from discussion.series.series.models import Series, Theme
from discussion.series.series.queries.reading import find_series
from discussion.series.values.models import Value, ValueProposal
from discussion.series.values.queries import meaning_of

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # what an empty feed of the site is of


def site_feed(session: Session, site_name: str, language: str, now: datetime) -> Feed:
    """What is new in every series that is listed."""
    where = (listed_series(None),)
    entries = _newest(
        list_moves(session, where),
        list_findings(session, where),
        list_positions(session, where, now),
        list_published(session, where),
    )
    says = _("New threads, positions, findings, briefings and essays")
    return Feed("site", site_name, says, language, "/", BEGINNING, entries)


def series_feed(session: Session, slug: str, now: datetime) -> Feed | None:
    series = find_series(session, None, slug)
    if series is None:
        return None
    return Feed(
        key=f"series/{series.public_id}",
        title=series.title,
        says=_("New threads, positions, responses, findings, briefings and essays"),
        language=series.language,
        url=paths.series(series.slug),
        since=_month(series.created_at),
        entries=_newest(
            _all(session, (Thread.series_id == series.id,), now),
            list_published(session, (Publication.series_id == series.id,)),
        ),
    )


def theme_feed(session: Session, slug: str, theme_slug: str, now: datetime) -> Feed | None:
    series = find_series(session, None, slug)
    theme = series and session.scalar(
        select(Theme).where(Theme.series_id == series.id).where(Theme.slug == theme_slug)
    )
    if not series or not theme:
        return None
    under = select(thread_theme.c.thread_id).where(thread_theme.c.theme_id == theme.id)
    return Feed(
        key=f"theme/{series.public_id}/{theme.slug}",
        title=theme.question,
        says=_("New under this theme of “%(series)s”", series=series.title),
        language=series.language,
        url=paths.theme(series.slug, theme.slug),
        since=_month(series.created_at),
        entries=_newest(
            _all(session, (Thread.series_id == series.id, Thread.id.in_(under)), now),
            list_published(session, (Publication.theme_id == theme.id,)),
        ),
    )


def thread_feed(session: Session, slug: str, now: datetime) -> Feed | None:
    thread = find_thread(session, None, slug)
    if thread is None:
        return None
    return Feed(
        key=f"thread/{thread.public_id}",
        title=thread.question,
        says=_("New in this thread of “%(series)s”", series=thread.series.title),
        language=thread.language,
        url=paths.thread(thread.slug),
        since=_month(thread.created_at),
        entries=_newest(
            _all(session, (Thread.id == thread.id,), now),
            list_published(session, (about(thread),)),
        ),
    )


def value_feed(session: Session, slug: str, value_slug: str, now: datetime) -> Feed | None:
    """Positions that serve a value, or say that they outweigh it."""
    series = find_series(session, None, slug)
    if series is None:
        return None
    rows = session.scalars(select(Value).where(Value.series_id == series.id))
    values = {row.id: row for row in rows}
    value = next((one for one in values.values() if one.slug == value_slug), None)
    if value is None or value.replaced_by_id is not None:
        return None
    meaning = meaning_of(values, value)
    accepted = select(ValueProposal.id).where(ValueProposal.value_id.in_(meaning))
    tagged = select(ValueTag.revision_id).where(
        or_(ValueTag.value_id.in_(meaning), ValueTag.proposal_id.in_(accepted))
    )
    where = (Thread.series_id == series.id, Position.live_revision_id.in_(tagged))
    return Feed(
        key=f"value/{series.public_id}/{value.slug}",
        title=_("Positions that name %(value)s", value=value.label),
        says=_("As served, or as outweighed, in “%(series)s”", series=series.title),
        language=series.language,
        url=paths.value(series.slug, value.slug),
        since=_month(series.created_at),
        entries=_newest(list_positions(session, where, now)),
    )


def item_feed(session: Session, slug: str, public_id: str, now: datetime) -> Feed | None:
    """Positions that cite an item of the library."""
    series = find_series(session, None, slug)
    item = find_item(session, None, slug, public_id)
    if not series or not item:
        return None
    citing = select(EvidenceLink.revision_id).where(EvidenceLink.item_id == item.id)
    where = (Thread.series_id == series.id, Position.live_revision_id.in_(citing))
    return Feed(
        key=f"item/{item.public_id}",
        title=_("Positions that cite “%(title)s”", title=item.title),
        says=_("In “%(series)s”", series=series.title),
        language=item.language,
        url=paths.item(series.slug, item.public_id),
        since=_month(series.created_at),
        entries=_newest(list_positions(session, where, now)),
    )


def site_publications(session: Session, site_name: str, language: str) -> Feed:
    """The briefings and essays of every series that is listed."""
    return Feed(
        key="publications",
        title=_("Briefings and essays of “%(site)s”", site=site_name),
        says=_("Each with its newest version"),
        language=language,
        url="/",
        since=BEGINNING,
        entries=_newest(list_published(session, (listed_series(None),))),
    )


def series_publications(session: Session, slug: str) -> Feed | None:
    """The briefings and essays of a series."""
    series = find_series(session, None, slug)
    if series is None:
        return None
    return Feed(
        key=f"publications/{series.public_id}",
        title=_("Briefings and essays of “%(series)s”", series=series.title),
        says=_("Each with its newest version"),
        language=series.language,
        url=paths.publications(series.slug),
        since=_month(series.created_at),
        entries=_newest(list_published(session, (Publication.series_id == series.id,))),
    )


def log_feed(session: Session, slug: str, now: datetime) -> Feed | None:
    """The newest lines of the moderation log, as its page has them."""
    series = find_series(session, None, slug)
    if series is None:
        return None
    lines = newest_lines(session, series, limit=ENTRIES, until=clock.morning(clock.day(now)))
    return Feed(
        key=f"log/{series.public_id}",
        title=_("Moderation log of “%(series)s”", series=series.title),
        says=_("What moderators decided, when and why"),
        language=series.language,
        url=paths.log(series.slug),
        since=_month(series.created_at),
        entries=tuple(_logged(series, key, line) for key, line in lines),
    )


def _all(
    session: Session, where: tuple[ColumnElement[bool], ...], now: datetime
) -> tuple[Entry, ...]:
    return _newest(
        list_moves(session, where),
        list_findings(session, where),
        list_positions(session, where, now),
        list_responses(session, where, now),
    )


def _newest(*kinds: Iterable[Entry]) -> tuple[Entry, ...]:
    """The newest first; what has one date stands in an order that tells nothing."""
    entries = sorted((one for kind in kinds for one in kind), key=lambda one: one.key)
    return tuple(sorted(entries, key=lambda one: one.updated, reverse=True)[:ENTRIES])


def _month(moment: datetime) -> datetime:
    return clock.morning(clock.day(moment).replace(day=1))


def _logged(series: Series, key: str, line: LogLine) -> Entry:
    on = clock.morning(clock.first_day(line.on))
    what = f"{line.kind}: {line.action}"
    words = (line.question, line.reason, line.by_role, line.appeal)
    return Entry(
        key=f"log/{key}",
        title=what,
        language="",
        url=paths.log(series.slug, month=line.on[:7]),
        published=on,
        updated=on,
        words=" · ".join(str(one) for one in words if one),
    )
