"""The pages on which a summary is written, and on which an author answers to it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths, text
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Steelman, Thread
from discussion.debate.threads.queries.sequence import READING_ORDER
from discussion.debate.threads.queries.summarising import (
    fair_restatements,
    find_steelman,
    find_summary,
    gap_of,
)
from discussion.permissions.facts import SHOWN_STATES, Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.text.tongues import Spoken


@dataclass(frozen=True)
class SummaryLine:
    """A position, how it is put, and what its author says to that; never who that is."""

    id: str
    number: int
    claim: str
    url: str
    text: str  # empty while it is not summarised, and where it may not be read
    answer: str  # yes, no, unanswered; empty without a text
    said: str  # how its author would put it, for moderators alone
    gap: str  # withdrawn, hidden, removed, moved
    can_write: bool  # never one's own
    fair: tuple[Spoken, ...] = ()  # how who disagrees restates it, fairly as its author says


@dataclass(frozen=True)
class SummarisePage:
    slug: str
    url: str
    action_url: str
    curate_url: str
    series_slug: str
    series_title: str
    question: str
    version: int  # that stands; 0 while none does
    written_on: date | None
    text: str
    typed_language: str  # as the form holds it
    lines: tuple[SummaryLine, ...]


@dataclass(frozen=True)
class SteelmanPage:
    """For the author alone."""

    id: str  # of the way it is put
    claim: str
    language: str
    number: int
    position_url: str
    action_url: str
    thread_question: str
    thread_url: str
    series_slug: str
    series_title: str
    text: str  # empty when the summary does not put it, or no longer
    answer: str
    said: str


def summarise_page(session: Session, viewer: Viewer, thread: Thread) -> SummarisePage:
    """Every position of the thread that is shown, and those that the summary rested on."""
    summary = find_summary(session, thread)
    put = {row.position_id: row for row in summary.steelmen} if summary else {}
    rows = session.scalars(
        select(Position)
        .where(Position.thread_id == thread.id)
        .where(Position.state.in_(SHOWN_STATES))
        .order_by(*READING_ORDER)
        .options(joinedload(Position.live), joinedload(Position.thread).joinedload(Thread.series))
    ).all()
    there = {row.id for row in rows}
    moved = [row.position for row in put.values() if row.position_id not in there]
    series = thread.series
    fair = fair_restatements(session, there)
    return SummarisePage(
        slug=thread.slug,
        url=paths.thread(thread.slug),
        action_url=paths.summarise(thread.slug),
        curate_url=paths.curate_thread(thread.slug),
        series_slug=series.slug,
        series_title=series.title,
        question=thread.question,
        version=summary.version if summary else 0,
        written_on=clock.day(summary.written_at) if summary else None,
        text=summary.text if summary else "",
        typed_language=text.typed_for(summary.language, summary.text, thread.usual_languages)
        if summary
        else "",
        lines=tuple(
            _line(viewer, thread, row, put.get(row.id), fair.get(row.id, ()))
            for row in (*rows, *moved)
        ),
    )


def steelman_page(session: Session, position: Position) -> SteelmanPage:
    """How the summary of its thread puts a position; the view has found that it is the viewer's."""
    row = find_steelman(session, position)
    thread = position.thread
    live = position.live
    return SteelmanPage(
        id=row.public_id if row else "",
        claim=live.claim if live else "",
        language=live.language if live else thread.language,
        number=position.number or 0,
        position_url=paths.position(position.public_id),
        action_url=paths.steelman(thread.slug, position.public_id),
        thread_question=thread.question,
        thread_url=paths.thread(thread.slug),
        series_slug=thread.series.slug,
        series_title=thread.series.title,
        text=_spoken(row) if row else "",
        answer=row.answer if row else "",
        said=row.said if row else "",
    )


def _line(
    viewer: Viewer,
    thread: Thread,
    row: Position,
    put: Steelman | None,
    fair: tuple[Spoken, ...] = (),
) -> SummaryLine:
    gap = gap_of(row, thread.id)
    shown = put if put is not None and not gap else None
    return SummaryLine(
        id=row.public_id,
        number=row.number or 0,
        claim=row.live.claim if row.live and not gap else "",
        url=paths.position(row.public_id),
        text=_spoken(shown) if shown else "",
        answer=shown.answer if shown else "",
        said=shown.said if shown else "",
        gap=gap,
        fair=fair if not gap else (),
        can_write=not gap and allowed(viewer, May.CURATE_POSITION, row),
    )


def _spoken(put: Steelman) -> str:
    """In the summary's language, where its letters are those."""
    return text.Spoken(put.text, text.language_of(put.text, "", (put.summary.language,)))
