"""How something is told: as feeds tell it, as a visitor may read it at this moment."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from discussion import clock, paths
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import StageMove, Thread
from discussion.language import _, in_words
from discussion.permissions.visibility import visible_threads
from discussion.reach.feeds.queries.acts import list_findings, list_moves
from discussion.reach.feeds.queries.contributions import list_positions
from discussion.reach.feeds.queries.published import list_published
from discussion.reach.feeds.queries.shapes import Entry
from discussion.reach.publications.models import Publication
from discussion.reach.webhooks.models import Telling
from discussion.reach.webhooks.queries.happened import CHATHAM_HOUSE, is_told_of
from discussion.reach.webhooks.words import CHAT, TEST
from discussion.records import dump
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.rounds.models import Round

QUIET = "\u200b"  # after it no chat takes a word for the name of everybody


@dataclass(frozen=True)
class Message:
    """What is sent; its moments are as coarse as the byline of what it tells of."""

    type: str
    timestamp: str
    data: "About"


@dataclass(frozen=True)
class About:
    series: str
    series_title: str
    title: str
    language: str
    words: str
    byline: str
    url: str


def find_entry(session: Session, telling: Telling, now: datetime) -> Entry | None:
    """What it is about, as a visitor reads it; None where they may not any more."""
    if not is_told_of(telling.webhook.series):
        return None
    if telling.kind == TEST:
        return _test(telling, now)
    found = _ENTRIES[telling.kind](session, telling.subject_id, now)
    return found[0] if found else None


def waits_until(session: Session, telling: Telling, now: datetime) -> datetime | None:
    """Until when it is not told yet: what came under the Chatham House Rule since it was promised.

    None where it will not be told.
    """
    if telling.kind != "position.published" or not is_told_of(telling.webhook.series):
        return None
    row = session.get(Position, telling.subject_id)
    if row is None or row.state != "published" or row.attribution != CHATHAM_HOUSE:
        return None
    live_at = row.live.live_at if row.live else None
    if live_at is None or live_at < clock.morning(clock.day(now)):
        return None
    return clock.morning(clock.day(now) + timedelta(days=1))


def body_of(telling: Telling, entry: Entry, site_url: str) -> bytes:
    """The JSON that goes out, in the form that the webhook asks for."""
    series, by = telling.webhook.series, entry.byline
    byline = ", ".join(filter(None, (by.name, by.detail, by.organisation))) if by else ""
    url = site_url + entry.url
    if telling.webhook.form == CHAT:
        lines = (series.title, entry.title, byline, url)
        said = "\n".join(filter(None, (*map(_harmless, lines[:3]), url)))
        return json.dumps({"text": said}, ensure_ascii=False).encode()
    message = Message(
        telling.kind,
        entry.published.astimezone(UTC).isoformat(),
        About(
            series.slug, series.title, str(entry.title), entry.language, entry.words, byline, url
        ),
    )
    return json.dumps(dump(message), ensure_ascii=False).encode()


def _harmless(said: str) -> str:
    """Words of people as a chat shows them: no mark-up, no link, and nobody is called by them."""
    for sign, safe in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ("@", f"@{QUIET}"),
        ("](", f"]{QUIET}("),
        ("://", f":{QUIET}//"),
    ):
        said = said.replace(sign, safe)
    return " ".join(said.split())


def _test(telling: Telling, now: datetime) -> Entry:
    series, on = telling.webhook.series, clock.morning(clock.day(now))
    return Entry(
        key=f"test/{telling.public_id}",
        title=_("This is a test: what is new in “%(series)s” arrives here.", series=series.title),
        language="",
        url=paths.series(series.slug),
        published=on,
        updated=on,
    )


def _move(session: Session, id: int, _now: datetime) -> Sequence[Entry]:
    return list_moves(session, [StageMove.id == id])


def _round(session: Session, id: int, _now: datetime) -> Sequence[Entry]:
    """That it can be rated, and until when; nothing once it is closed."""
    row = session.scalar(
        select(Round)
        .join(Round.thread)
        .join(Thread.series)
        .where(Round.id == id)
        .where(Round.state == "open")
        .where(visible_threads(None))
        .options(contains_eager(Round.thread).contains_eager(Thread.series))
    )
    if row is None or row.opened_at is None:
        return ()
    on = clock.morning(clock.day(row.opened_at))
    return (
        Entry(
            key=f"round/{row.public_id}",
            title=_(
                "Statements on “%(question)s” can be rated until %(date)s",
                question=row.thread.question,
                date=in_words(clock.day(row.closes_at)),
            ),
            language="",
            url=paths.round(row.thread.slug, row.number),
            published=on,
            updated=on,
        ),
    )


def _finding(session: Session, id: int, _now: datetime) -> Sequence[Entry]:
    return list_findings(session, [FindingSnapshot.id == id])


def _publication(session: Session, id: int, _now: datetime) -> Sequence[Entry]:
    return list_published(session, [Publication.id == id])


def _position(session: Session, id: int, now: datetime) -> Sequence[Entry]:
    return list_positions(session, [Position.id == id], now)


_ENTRIES: dict[str, Callable[[Session, int, datetime], Sequence[Entry]]] = {
    "thread.opened": _move,
    "thread.moved": _move,
    "round.opened": _round,
    "findings.ready": _finding,
    "publication.published": _publication,
    "position.published": _position,
}
