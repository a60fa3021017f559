"""The home page, a series, its rules and a theme, each from a constant number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import clock, paths, text
from discussion.accounts.models import Person
from discussion.findings.queries.headline import find_headlines
from discussion.findings.shapes import Headline
from discussion.language import _, _n
from discussion.language import in_words as day_in_words
from discussion.moderation.targets import in_words, target_of
from discussion.moderation.words import TARGETS
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import (
    listed_series,
    published_positions,
    visible_series,
    visible_threads,
)
from discussion.positions.models import Position
from discussion.rounds.models import Round
from discussion.series.models import Membership, Series, Theme
from discussion.series.queries.news import list_news
from discussion.series.queries.served import most_served
from discussion.series.queries.shapes import (
    FoundLine,
    HomePage,
    ReasonLine,
    RulesPage,
    SeriesLine,
    SeriesPage,
    Station,
    ThemePage,
    ThemeThread,
    ThreadLine,
)
from discussion.series.words import MODERATIONS
from discussion.threads.models import Thread, thread_theme
from discussion.threads.words import FOUND_STAGES, TRACK

LIVE_STAGES = ("open", "making_sense", "weighing")  # the order in which one is worth reading
SAID_LENGTH = 280
FOUND_LINES = 6


@dataclass(frozen=True)
class _Listed:
    """What is known of the threads of a series."""

    threads: Mapping[int, Thread]
    by_theme: Mapping[int, Sequence[Thread]]
    counts: Mapping[int, int]  # thread id → published positions
    headlines: Mapping[int, Headline]  # thread id → what its ratings say
    rounds: Mapping[int, tuple[int, date]]  # thread id → number and last day of its open round

    def line(self, thread: Thread) -> ThreadLine:
        stage, on = _next_move(thread)
        themes = sum(thread in threads for threads in self.by_theme.values())
        number, until = self.rounds.get(thread.id, (0, None))
        return ThreadLine(
            slug=thread.slug,
            question=thread.question,
            url=paths.thread(thread.slug),
            stage=thread.stage,
            position_count=self.counts.get(thread.id, 0),
            next_stage=stage,
            next_on=on,
            is_also_elsewhere=themes > 1,
            rated_until=until,
            round_url=paths.round(thread.slug, number) if until else "",
        )


def find_series(session: Session, viewer: Viewer | None, slug: str) -> Series | None:
    """A series the viewer may read."""
    return session.scalar(select(Series).where(Series.slug == slug).where(visible_series(viewer)))


def home_page(session: Session, viewer: Viewer | None) -> HomePage:
    """Every series that is listed for the viewer, those that are open first."""
    rows = session.scalars(select(Series).where(listed_series(viewer))).all()
    order = ("open", "draft", "closed", "archived")
    rows = sorted(rows, key=lambda row: (order.index(row.status), row.title))
    return HomePage(
        series=tuple(
            SeriesLine(row.slug, paths.series(row.slug), row.title, row.question, row.language,
                       row.host, row.starts_on, row.ends_on, row.status)
            for row in rows
        ),
        create_url=paths.create_series() if allowed(viewer, May.CREATE_SERIES) else "",
    )  # fmt: skip


def series_page(session: Session, viewer: Viewer | None, slug: str) -> SeriesPage | None:
    """A series with its route of themes, what is new in it, and what has been found."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    themes = _live_themes(session, series)
    listed = _list_threads(session, viewer, series)
    can_propose = allowed(viewer, May.PROPOSE_THREAD, series)
    live = _live_thread(listed)
    writes_in = live if live and live.stage == "open" and series.status == "open" else None
    return SeriesPage(
        slug=series.slug,
        url=paths.series(series.slug),
        title=series.title,
        question=series.question,
        language=series.language,
        summary=series.summary,
        host=series.host,
        starts_on=series.starts_on,
        ends_on=series.ends_on,
        status=series.status,
        visibility=series.visibility,
        provenance=series.provenance,
        provenance_url=series.provenance_url,
        who_may_post=who_may_post_in_words(series),
        stations=tuple(_station(series, theme, listed, can_propose) for theme in themes),
        found=_found(listed),
        news=list_news(session, viewer, series),
        live_thread_url=paths.thread(live.slug) if live else "",
        write_url=paths.write(writes_in.slug) if writes_in else "",
        library_url=paths.library(series.slug),
        values_url=paths.values(series.slug),
        rules_url=paths.rules(series.slug),
        can_convene=allowed(viewer, May.CONVENE, series),
        settings_url=paths.settings(series.slug),
        can_moderate=allowed(viewer, May.MODERATE, series),
        desk_url=paths.desk(),
    )


def theme_page(
    session: Session, viewer: Viewer | None, slug: str, theme_slug: str
) -> ThemePage | None:
    """A theme, its threads, and the values that each is argued from."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    theme = session.scalar(
        select(Theme).where(Theme.series_id == series.id).where(Theme.slug == theme_slug)
    )
    if theme is None:
        return None
    listed = _list_threads(session, viewer, series)
    threads = listed.by_theme.get(theme.id, ())
    shares = most_served(session, viewer, series)
    urls = [paths.theme(series.slug, one.slug) for one in _live_themes(session, series)]
    at = urls.index(paths.theme(series.slug, theme.slug)) if theme.retired_at is None else -1
    can_propose = theme.retired_at is None and allowed(viewer, May.PROPOSE_THREAD, series)
    return ThemePage(
        series_title=series.title,
        series_url=paths.series(series.slug),
        slug=theme.slug,
        url=paths.theme(series.slug, theme.slug),
        question=theme.question,
        language=series.language,
        summary=text.stored(theme.summary_html),
        provenance=theme.provenance,
        provenance_url=theme.provenance_url,
        is_retired=theme.retired_at is not None,
        threads=tuple(
            ThemeThread(listed.line(thread), shares.get(thread.id, ()), *_said(thread, listed))
            for thread in threads
        ),
        propose_url=paths.propose_thread(series.slug, theme.slug) if can_propose else "",
        previous_url=urls[at - 1] if at > 0 else "",
        next_url=urls[at + 1] if 0 <= at < len(urls) - 1 else "",
    )


def rules_page(session: Session, viewer: Viewer | None, slug: str) -> RulesPage | None:
    """The rules, the reasons that moderators may give, and how to belong."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    own = viewer.belongings.get(series.id) if viewer else None
    return RulesPage(
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        language=series.language,
        rules=text.stored(series.rules_html),
        version=series.rules_version,
        reasons=tuple(
            ReasonLine(reason.slug, reason.label, reason.explanation)
            for reason in series.reasons
            if reason.retired_at is None
        ),
        who_may_post=who_may_post_in_words(series),
        moderation=str(MODERATIONS[series.moderation]),
        decides_within=in_words(target_of(series, "contribution")),
        log_url=paths.log(series.slug),
        times=tuple(
            (str(TARGETS[name]), in_words(target_of(series, name)))
            for name in ("urgent", "report", "appeal")
        ),
        is_member=own is not None,
        membership_url=paths.membership(series.slug) if own else "",
        join_url=paths.join(series.slug) if _can_join(session, viewer, series) else "",
        settings_url=paths.rules_settings(series.slug)
        if allowed(viewer, May.CONVENE, series)
        else "",
    )


def who_may_post_in_words(series: Series) -> str:
    """Who may post, as a sentence."""
    if series.status != "open":
        return _("Nobody now: the series is not open.")
    after = {
        "pre": _("A moderator reads each contribution before it appears."),
        "post": _("Contributions appear at once."),
    }[series.moderation]
    who = {
        "invited": _("People who have been invited."),
        "domain": _("People who have been invited, or whose address is at a listed organisation."),
        "open": _("Anyone in the sector who has confirmed an address."),
    }[series.who_may_post]
    return f"{who} {after}"


def _can_join(session: Session, viewer: Viewer | None, series: Series) -> bool:
    if viewer is None or series.id in viewer.belongings or not allowed(viewer, May.JOIN, series):
        return False
    if session.scalar(
        select(Membership.id)
        .where(Membership.series_id == series.id)
        .where(Membership.person_id == viewer.person_id)
    ):
        return False  # somebody who was removed
    if series.who_may_post == "open":
        return series.visibility != "members"
    person = session.get_one(Person, viewer.person_id)
    domain = (person.email or "").rpartition("@")[2]
    return series.who_may_post == "domain" and domain in series.domains


def _live_themes(session: Session, series: Series) -> Sequence[Theme]:
    return session.scalars(
        select(Theme)
        .where(Theme.series_id == series.id)
        .where(Theme.retired_at.is_(None))
        .order_by(Theme.order, Theme.id)
    ).all()


def _list_threads(session: Session, viewer: Viewer | None, series: Series) -> _Listed:
    rows = session.execute(
        select(thread_theme.c.theme_id, Thread)
        .join(Thread, Thread.id == thread_theme.c.thread_id)
        .join(Thread.series)
        .where(Thread.series_id == series.id)
        .where(visible_threads(viewer))
        .order_by(Thread.created_at, Thread.id)
    ).all()
    by_theme: dict[int, list[Thread]] = {}
    for theme_id, thread in rows:
        by_theme.setdefault(theme_id, []).append(thread)
    counts = session.execute(
        select(Position.thread_id, func.count())
        .join(Position.thread)
        .join(Thread.series)
        .where(Thread.series_id == series.id)
        .where(published_positions(viewer))
        .group_by(Position.thread_id)
    )
    threads = {thread.id: thread for _theme, thread in rows}
    found = [thread for thread in threads.values() if thread.stage in FOUND_STAGES]
    return _Listed(
        threads=threads,
        by_theme=by_theme,
        counts={thread_id: int(count) for thread_id, count in counts},
        headlines=find_headlines(session, found) if found else {},
        rounds=_open_rounds(session, [one for one in threads.values() if one.stage == "weighing"]),
    )


def _open_rounds(session: Session, weighed: Sequence[Thread]) -> dict[int, tuple[int, date]]:
    """By thread's id, in one statement, and in none while nothing is weighed."""
    if not weighed:
        return {}
    rows = session.execute(
        select(Round.thread_id, Round.number, Round.closes_at)
        .where(Round.thread_id.in_([thread.id for thread in weighed]))
        .where(Round.state == "open")
    )
    return {row.thread_id: (row.number, clock.day(row.closes_at)) for row in rows}


def _station(series: Series, theme: Theme, listed: _Listed, can_propose: bool) -> Station:
    threads = listed.by_theme.get(theme.id, ())
    return Station(
        slug=theme.slug,
        question=theme.question,
        url=paths.theme(series.slug, theme.slug),
        provenance=theme.provenance,
        provenance_url=theme.provenance_url,
        threads=tuple(listed.line(thread) for thread in threads),
        propose_url=paths.propose_thread(series.slug, theme.slug) if can_propose else "",
        is_live=any(thread.stage in LIVE_STAGES for thread in threads),
    )


def _next_move(thread: Thread) -> tuple[str, date | None]:
    """The next stage that has a date still to come, and the date."""
    today = clock.today()
    if thread.series.status != "open":
        return "", None
    if thread.stage not in TRACK:
        is_ahead = thread.open_on is not None and thread.open_on >= today
        return ("open", thread.open_on) if is_ahead else ("", None)
    for stage in TRACK[TRACK.index(thread.stage) + 1 :]:
        on: date | None = getattr(thread, f"{stage}_on")
        if on is not None:
            return (stage, on) if on >= today else ("", None)  # what waits says nothing of later
    return "", None


def _live_thread(listed: _Listed) -> Thread | None:
    """The thread to read first: open before making sense before weighing, the fullest of those."""
    live = [one for one in listed.threads.values() if one.stage in LIVE_STAGES]
    return min(
        live,
        key=lambda one: (LIVE_STAGES.index(one.stage), -listed.counts.get(one.id, 0), one.id),
        default=None,
    )


def _found(listed: _Listed) -> tuple[FoundLine, ...]:
    """Outcomes of closed threads and findings, then the moderators' summaries of the others."""
    told = [
        one for one in listed.threads.values() if one.stage != "proposed" and _said(one, listed)[0]
    ]
    told.sort(key=lambda one: (one.stage != "closed", one.id not in listed.headlines, -one.id))
    return tuple(
        FoundLine(*_said(one, listed), _basis(one, listed), one.question, paths.thread(one.slug))
        for one in told[:FOUND_LINES]
    )


def _basis(thread: Thread, listed: _Listed) -> str:
    count = listed.counts.get(thread.id, 0)
    if thread.stage == "closed" and thread.outcome:
        return _n("Outcome, from %(num)s position:", "Outcome, from %(num)s positions:", count)
    if found := listed.headlines.get(thread.id):
        return _("Found by weighing, as of %(day)s:", day=day_in_words(found.found_on))
    return _n(
        "The moderators’ summary of %(num)s position so far:",
        "The moderators’ summary of %(num)s positions so far:",
        count,
    )


def _said(thread: Thread, listed: _Listed) -> tuple[str, str]:
    """The freshest sentence about a thread, and where that was found.

    Its outcome when closed, else what its ratings say, else the moderators' own.
    """
    if thread.stage == "closed" and thread.outcome:
        return text.excerpt(text.sentences(thread.outcome), SAID_LENGTH), ""
    if found := listed.headlines.get(thread.id):
        return found.text, found.url
    return thread.summary, ""
