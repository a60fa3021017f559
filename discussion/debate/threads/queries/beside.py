"""What moderators put beside the positions of a thread, read in one statement.

Notes, headings, related threads and the summary are a few short rows each; asked for one by one
they would cost every reader of the page four round trips.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, and_, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from discussion import clock, paths, text
from discussion.db import Moment
from discussion.debate.positions.models import EditorsNote, Position
from discussion.debate.positions.queries.card import Card
from discussion.debate.threads.models import Heading, RelatedThread, Steelman, Thread, ThreadSummary
from discussion.debate.threads.queries.shapes import Note, Put, Related, Summary
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.visibility import visible_threads
from discussion.series.series.models import Series

Headings = Mapping[str, tuple[int, str]]  # public id of a position → place and words of its heading


@dataclass(frozen=True)
class Beside:
    """What moderators put beside the positions of a thread."""

    notes: tuple[Note, ...]
    headings: Headings
    related: tuple[Related, ...]
    summary: Summary | None


class _Row(NamedTuple):
    """One shape for all: what kind of row, where among its kind, and up to five words."""

    kind: str
    place: int
    name: str
    text: str
    language: str
    more: str
    state: str
    day: date
    moment: datetime


def read_beside(
    session: Session, viewer: Viewer | None, thread: Thread, cards: Sequence[Card]
) -> Beside:
    """Everything of it that the viewer may read; `cards` are all of the thread's positions."""
    rows: dict[str, list[_Row]] = {
        "note": [],
        "heading": [],
        "related": [],
        "summary": [],
        "put": [],
    }
    asked = union_all(
        _notes(thread), _headings(thread), _related(viewer, thread), _summary(thread), _put(thread)
    )
    for row in sorted(map(_Row._make, session.execute(asked)), key=lambda row: row.place):
        rows[row.kind].append(row)
    return Beside(
        notes=tuple(Note(row.text, row.language, row.day) for row in rows["note"]),
        headings={row.name: (row.place, row.text) for row in rows["heading"]},
        related=tuple(
            Related(row.text, paths.thread(row.name), row.more, row.state)
            for row in rows["related"]
        ),
        summary=_made(rows["summary"], rows["put"], cards),
    )


def _made(summaries: Sequence[_Row], puts: Sequence[_Row], cards: Sequence[Card]) -> Summary | None:
    """The summary with every position it rests on, or with a gap where it may not be read."""
    if not summaries:
        return None
    [row] = summaries
    by_id = {card.id: card for card in cards}
    return Summary(
        html=text.stored(row.text),
        language=row.language,
        version=row.place,
        written_on=clock.day(row.moment),
        puts=tuple(put_of(each.name, each.text, each.more, row.language, by_id) for each in puts),
    )


def put_of(public_id: str, said: str, answer: str, language: str, cards: Mapping[str, Card]) -> Put:
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


def _row(kind: str, place: Any, **columns: Any) -> tuple[Any, ...]:
    """The columns of a `_Row`."""
    words: dict[str, Any] = dict.fromkeys(
        ("name", "text", "language", "more", "state"), literal("")
    )
    dates = {"day": cast(null(), Date), "moment": cast(null(), Moment)}
    return (
        literal(kind).label("kind"),
        place.label("place"),
        *(column.label(name) for name, column in (words | dates | columns).items()),
    )


def _notes(thread: Thread) -> Select[Any]:
    return (
        select(
            *_row(
                "note",
                EditorsNote.id,
                text=EditorsNote.text,
                language=EditorsNote.language,
                day=EditorsNote.written_on,
            )
        )
        .where(EditorsNote.thread_id == thread.id)
        .where(EditorsNote.removed_at.is_(None))
    )


def _headings(thread: Thread) -> Select[Any]:
    return (
        select(*_row("heading", Heading.order, name=Position.public_id, text=Heading.text))
        .join(Position, Position.heading_id == Heading.id)
        .where(Heading.thread_id == thread.id)
        .where(Position.thread_id == thread.id)
        .where(Position.is_pinned.is_(False))
    )


def _related(viewer: Viewer | None, thread: Thread) -> Select[Any]:
    """The other thread of each pair, if the viewer may read it."""
    pair = aliased(RelatedThread)
    row = _row(
        "related",
        pair.id,
        name=Thread.slug,
        text=Thread.question,
        more=pair.why,
        state=Thread.stage,
    )
    return (
        select(*row)
        .select_from(pair)
        .join(
            Thread,
            or_(
                and_(pair.thread_id == thread.id, Thread.id == pair.other_id),
                and_(pair.other_id == thread.id, Thread.id == pair.thread_id),
            ),
        )
        .join(Series, Series.id == Thread.series_id)
        .where(visible_threads(viewer))
    )


def _summary(thread: Thread) -> Select[Any]:
    row = _row(
        "summary",
        ThreadSummary.version,
        text=ThreadSummary.html,
        language=ThreadSummary.language,
        moment=ThreadSummary.written_at,
    )
    return select(*row).where(*_stands(thread))


def _put(thread: Thread) -> Select[Any]:
    row = _row(
        "put", Steelman.order, name=Position.public_id, text=Steelman.text, more=Steelman.answer
    )
    return (
        select(*row)
        .join(ThreadSummary, ThreadSummary.id == Steelman.summary_id)
        .join(Position, Position.id == Steelman.position_id)
        .where(*_stands(thread))
    )


def _stands(thread: Thread) -> tuple[Any, ...]:
    """The newest version, unless it was taken away."""
    newest = (
        select(func.max(ThreadSummary.version))
        .where(ThreadSummary.thread_id == thread.id)
        .scalar_subquery()
    )
    return (
        ThreadSummary.thread_id == thread.id,
        ThreadSummary.version == newest,
        ThreadSummary.removed_at.is_(None),
    )
