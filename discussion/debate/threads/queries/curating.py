"""What the pages show on which threads are proposed and curated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from discussion import clock, paths
from discussion.debate.positions.models import EditorsNote, Position
from discussion.debate.threads.models import StageMove, Thread
from discussion.debate.threads.queries.arranging import Arranged, NoteLine, PositionLine, arranged
from discussion.debate.threads.queries.page import stops_of
from discussion.debate.threads.queries.sequence import READING_ORDER
from discussion.debate.threads.queries.shapes import Stop
from discussion.debate.threads.words import CLOSABLE, DATED, MOVES, REOPENABLE, STAGES
from discussion.decisions.targets import in_words as within_in_words
from discussion.decisions.targets import target_of
from discussion.decisions.words_noticed import say_signs
from discussion.permissions.facts import SHOWN_STATES, Viewer, is_proposer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Scale, Series, Theme
from discussion.vocabulary import of_series


@dataclass(frozen=True)
class Option:
    """Something to choose: a theme or a scale of the series."""

    slug: str
    label: str


@dataclass(frozen=True)
class ProposePage:
    series_slug: str
    series_title: str
    url: str
    series_url: str
    decides_within: str  # "within 48 hours"
    themes: tuple[Option, ...]
    scales: tuple[Option, ...]
    loosest: str  # attribution


@dataclass(frozen=True)
class MoveLine:
    before: str
    after: str
    on: date
    cycle: int
    why: str
    is_by_date: bool


@dataclass(frozen=True)
class CuratePage:
    id: str
    slug: str
    url: str
    act_url: str  # acts are posted to addresses under it
    regroup_url: str  # merging, splitting and moving
    statements_url: str  # drafting them from positions
    history_url: str
    round_url: str  # where rounds are planned
    series_slug: str
    series_title: str
    series_url: str
    question: str
    signs: tuple[str, ...]  # what the site noticed in a proposal that waits
    stage: str
    is_hidden: bool
    cycle: int
    stops: tuple[Stop, ...]
    themes: tuple[Option, ...]
    scales: tuple[Option, ...]
    loosest: str
    dates_ahead: tuple[str, ...]  # names of the date fields that can still be changed
    arranged: Arranged  # positions with their headings, related threads, the pace, the summary
    notes: tuple[NoteLine, ...]
    moves: tuple[MoveLine, ...]
    can_open: bool
    can_decline: bool
    move_to: str  # the stage it can be moved on to, empty if none
    can_close: bool
    can_reopen: bool
    is_own_proposal: bool
    is_looked_at_again: bool  # closed, with an outcome that can be kept for longer
    review_on: date | None


def propose_page(series: Series) -> ProposePage:
    """The page for proposing a thread in a series that the viewer has been found to see."""
    return ProposePage(
        series_slug=series.slug,
        series_title=series.title,
        url=paths.propose_thread(series.slug),
        series_url=paths.series(series.slug),
        decides_within=within_in_words(target_of(series, "contribution")),
        themes=theme_options(series.themes, kept=()),
        scales=scale_options(series.scales, kept=()),
        loosest=series.attribution,
    )


def curate_page(session: Session, viewer: Viewer, thread: Thread, *, now: datetime) -> CuratePage:
    """Everything that can be done with a thread that the viewer curates."""
    series = thread.series
    decides = not is_proposer(viewer, thread) or allowed(viewer, May.CONVENE, series)
    waits = thread.stage == "proposed" and not thread.is_hidden
    stages = list(STAGES)
    ahead = stages[stages.index(thread.stage) + 1 :]
    return CuratePage(
        id=thread.public_id,
        slug=thread.slug,
        url=paths.thread(thread.slug),
        act_url=paths.curate_thread(thread.slug),
        regroup_url=paths.regroup_thread(thread.slug),
        statements_url=paths.draft_statements(thread.slug),
        history_url=paths.thread_history(thread.slug),
        round_url=paths.plan_round(thread.slug) if thread.stage in ("open", "weighing") else "",
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        question=thread.question,
        signs=_signs(thread) if waits and decides else (),
        stage=thread.stage,
        is_hidden=thread.is_hidden,
        cycle=thread.cycle,
        stops=stops_of(thread),
        themes=theme_options(series.themes, kept=thread.themes),
        scales=scale_options(series.scales, kept=thread.scales),
        loosest=thread.attribution,
        dates_ahead=tuple(DATED[stage] for stage in ahead),
        arranged=arranged(session, viewer, thread, _positions(session, viewer, thread), now),
        notes=_notes(session, thread),
        moves=_moves(session, thread),
        can_open=waits and decides and series.status == "open",
        can_decline=waits and decides,
        move_to=next(iter(MOVES.get(thread.stage, ())), ""),
        can_close=thread.stage in CLOSABLE,
        can_reopen=thread.stage in REOPENABLE,
        is_own_proposal=not decides,
        is_looked_at_again=thread.stage == "closed",
        review_on=thread.review_on if thread.stage == "closed" else None,
    )


def _signs(thread: Thread) -> tuple[str, ...]:
    texts = (thread.question, thread.context, thread.use_of_result)
    return say_signs(texts, of_series(thread.series.slug).signs)


def theme_options(rows: list[Theme], *, kept: Sequence[Theme]) -> tuple[Option, ...]:
    """Themes to choose from; retired ones only where the thread has them (`kept`) already."""
    return tuple(
        Option(row.slug, row.question) for row in rows if not row.retired_at or row in kept
    )


def scale_options(rows: list[Scale], *, kept: Sequence[Scale]) -> tuple[Option, ...]:
    """Scales to choose from; retired ones only where the thread has them (`kept`) already."""
    return tuple(
        Option(row.slug, f"{row.low} – {row.high}")
        for row in rows
        if not row.retired_at or row in kept
    )


def _positions(
    session: Session, viewer: Viewer, thread: Thread
) -> list[tuple[Position, PositionLine]]:
    rows = session.scalars(
        select(Position)
        .where(Position.thread_id == thread.id)
        .where(Position.state.in_(SHOWN_STATES))
        .order_by(*READING_ORDER)
        .options(
            joinedload(Position.live),
            joinedload(Position.thread).joinedload(Thread.series),
            selectinload(Position.notes),
        )
    ).all()
    return [(row, _line(viewer, thread, row)) for row in rows]


def _line(viewer: Viewer, thread: Thread, row: Position) -> PositionLine:
    return PositionLine(
        id=row.public_id,
        number=row.number or 0,
        claim=row.live.claim if row.live and row.state == "published" else "",
        url=paths.position(row.public_id),
        act_url=f"{paths.curate_thread(thread.slug)}/positions/{row.public_id}",
        state=row.state,
        is_pinned=row.is_pinned,
        is_featured=row.is_featured,
        can_curate=allowed(viewer, May.CURATE_POSITION, row),
        notes=_lines(row.notes),
    )


def _notes(session: Session, thread: Thread) -> tuple[NoteLine, ...]:
    rows = session.scalars(
        select(EditorsNote).where(EditorsNote.thread_id == thread.id).order_by(EditorsNote.id)
    )
    return _lines(list(rows))


def _lines(notes: list[EditorsNote]) -> tuple[NoteLine, ...]:
    return tuple(
        NoteLine(note.id, note.text, note.language, note.written_on)
        for note in notes
        if not note.removed_at
    )


def _moves(session: Session, thread: Thread) -> tuple[MoveLine, ...]:
    rows = session.scalars(
        select(StageMove).where(StageMove.thread_id == thread.id).order_by(StageMove.id)
    )
    return tuple(
        MoveLine(
            row.before, row.after, clock.day(row.at), row.cycle, row.why, row.moved_by_id is None
        )
        for row in rows
    )
