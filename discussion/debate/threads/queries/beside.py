"""What moderators put beside the positions of a thread, read in one statement.

Notes, headings, related threads and the summary are a few short rows each; asked for one by one
they would cost every reader of the page four round trips.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from discussion import clock, paths, text
from discussion.debate.positions.models import EditorsNote, Position
from discussion.debate.positions.queries.gists import Standing
from discussion.debate.threads.models import Heading, RelatedThread, Steelman, Thread, ThreadSummary
from discussion.debate.threads.queries.higher import ESSAYS
from discussion.debate.threads.queries.shapes import LedFrom, Note, Put, Related, Summary
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.visibility import WHOEVER, person_asking, visible_threads, who_asks
from discussion.series.series.models import Series
from discussion.stacking import Stacked, stack
from discussion.text.tongues import Spoken

Headings = Mapping[str, tuple[int, str]]  # public id of a position → place and words of its heading


OWN_STATES = ("draft", "published", "hidden")


@dataclass(frozen=True)
class Beside:
    """What moderators put beside the positions of a thread."""

    notes: tuple[Note, ...]
    headings: Headings
    related: tuple[Related, ...]
    summary: Summary | None
    essays: tuple[LedFrom, ...]
    own_id: str  # of the viewer's own position or draft here; empty if none


class _SummaryRow(NamedTuple):
    html: str
    language: str
    version: int
    written_at: datetime


class _PutRow(NamedTuple):
    order: int
    position_id: str
    text: str
    answer: str


def read_beside(
    session: Session, viewer: Viewer | None, thread: Thread, cards: Sequence[Standing]
) -> Beside:
    """Everything of it that the viewer may read; `cards` are all of the thread's positions."""
    rows = _beside().read(session, {"thread_id": thread.id, **who_asks(viewer)})
    return Beside(
        notes=tuple(Note(*said) for _id, *said in sorted(rows["note"])),
        headings={name: (place, said) for place, name, said in sorted(rows["heading"])},
        related=tuple(
            Related(Spoken(question, language), paths.thread(slug), why, stage)
            for _id, question, language, slug, why, stage in sorted(rows["related"])
        ),
        summary=_made(
            [_SummaryRow._make(row) for row in rows["summary"]],
            sorted(_PutRow._make(row) for row in rows["put"]),
            cards,
        ),
        essays=tuple(
            LedFrom(Spoken(title, language), paths.publication(series, slug), author)
            for _id, title, language, author, series, slug in sorted(rows["essay"])
        ),
        own_id=next((public_id for _id, public_id in rows["own"]), ""),
    )


def _made(
    summaries: Sequence[_SummaryRow], puts: Sequence[_PutRow], cards: Sequence[Standing]
) -> Summary | None:
    """The summary with every position it rests on, or with a gap where it may not be read."""
    if not summaries:
        return None
    [row] = summaries
    by_id = {card.id: card for card in cards}
    return Summary(
        html=text.stored(row.html),
        language=row.language,
        version=row.version,
        written_on=clock.day(row.written_at),
        puts=tuple(
            put_of(put.position_id, put.text, put.answer, row.language, by_id) for put in puts
        ),
    )


def put_of(
    public_id: str, said: str, answer: str, language: str, cards: Mapping[str, Standing]
) -> Put:
    """One position at its strongest; without a card it stands elsewhere now."""
    card = cards.get(public_id)
    gap = "moved" if card is None else "" if card.state in TEXT_STATES else card.state
    return Put(
        position_id=public_id,
        number=card.number if card else 0,
        family=card.family if card else "other",
        url=paths.position(public_id),
        text="" if gap else said,
        language=text.language_of(said, "", (language,)),
        answer="" if gap else answer,
        gap=gap,
    )


_NOTES, _HEADINGS, _POSITIONS = EditorsNote.__table__, Heading.__table__, Position.__table__
_PAIRS, _THREADS, _SERIES = RelatedThread.__table__, Thread.__table__, Series.__table__
_SUMMARIES, _PUTS = ThreadSummary.__table__, Steelman.__table__
_HERE: BindParameter[int] = bindparam("thread_id")


@cache
def _beside() -> Stacked:
    return stack(
        note=_notes(),
        heading=_headings(),
        related=_related(),
        summary=_summary(),
        put=_put(),
        own=_own(),
        essay=ESSAYS()(),
    )


def _notes() -> Select[Any]:
    return (
        select(_NOTES.c.id, _NOTES.c.text, _NOTES.c.language, _NOTES.c.written_on)
        .select_from(_NOTES)
        .where(_NOTES.c.thread_id == _HERE)
        .where(_NOTES.c.removed_at.is_(None))
    )


def _headings() -> Select[Any]:
    return (
        select(_HEADINGS.c.order, _POSITIONS.c.public_id, _HEADINGS.c.text)
        .select_from(_HEADINGS)
        .join(_POSITIONS, _POSITIONS.c.heading_id == _HEADINGS.c.id)
        .where(_HEADINGS.c.thread_id == _HERE)
        .where(_POSITIONS.c.thread_id == _HERE)
        .where(_POSITIONS.c.is_pinned.is_(False))
    )


def _related() -> Select[Any]:
    """The other thread of each pair, if the viewer may read it."""
    pairs, threads = _PAIRS.c, _THREADS.c
    other = or_(
        and_(pairs.thread_id == _HERE, threads.id == pairs.other_id),
        and_(pairs.other_id == _HERE, threads.id == pairs.thread_id),
    )
    return (
        select(pairs.id, threads.question, threads.language, threads.slug, pairs.why, threads.stage)
        .select_from(_PAIRS)
        .join(_THREADS, other)
        .join(_SERIES, _SERIES.c.id == threads.series_id)
        .where(visible_threads(WHOEVER))
    )


def _summary() -> Select[Any]:
    summaries = _SUMMARIES.c
    return (
        select(summaries.html, summaries.language, summaries.version, summaries.written_at)
        .select_from(_SUMMARIES)
        .where(*_stands())
    )


def _put() -> Select[Any]:
    puts = _PUTS.c
    return (
        select(puts.order, _POSITIONS.c.public_id, puts.text, puts.answer)
        .select_from(_PUTS)
        .join(_SUMMARIES, _SUMMARIES.c.id == puts.summary_id)
        .join(_POSITIONS, _POSITIONS.c.id == puts.position_id)
        .where(*_stands())
    )


def _own() -> Select[Any]:
    """What the viewer wrote here, unless a merge brought it in beside another one."""
    return (
        select(_POSITIONS.c.id, _POSITIONS.c.public_id)
        .select_from(_POSITIONS)
        .where(_POSITIONS.c.thread_id == _HERE)
        .where(_POSITIONS.c.author_id == person_asking(WHOEVER))
        .where(_POSITIONS.c.state.in_(OWN_STATES))
        .where(_POSITIONS.c.is_second.is_(False))
    )


def _stands() -> tuple[ColumnElement[bool], ...]:
    """The newest version, unless it was taken away."""
    newest = (
        select(func.max(_SUMMARIES.c.version))
        .where(_SUMMARIES.c.thread_id == _HERE)
        .scalar_subquery()
    )
    return (
        _SUMMARIES.c.thread_id == _HERE,
        _SUMMARIES.c.version == newest,
        _SUMMARIES.c.removed_at.is_(None),
    )
