"""What the curating page shows around the positions: shelves, related threads, the pace."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.positions.models import Position
from discussion.debate.threads.drafts_arranging import PINNED
from discussion.debate.threads.models import Heading, RelatedThread, Thread, thread_theme
from discussion.debate.threads.queries.higher import find_rounds
from discussion.debate.threads.queries.needs import missing_for, next_move
from discussion.debate.threads.queries.pacing import Pacing, pace_of
from discussion.debate.threads.queries.shelves import list_headings, shelf_of
from discussion.debate.threads.queries.summarising import find_summary, gap_of
from discussion.debate.threads.queries.waiting import AHEAD, move_in_words
from discussion.debate.threads.words_arranging import MAX_HEADINGS, MAX_RELATED
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Series

ROWS = 10  # positions on one page of the order
MOST_OFFERED = 60  # threads in a list; any other is named by its address


@dataclass(frozen=True)
class NoteLine:
    """A moderators’ note on a position, as the arranging page lists it."""

    id: int
    text: str
    language: str
    written_on: date


@dataclass(frozen=True)
class PositionLine:
    """A position as a row to be ordered and marked; nothing in it says who wrote it."""

    id: str
    number: int
    claim: str
    url: str
    act_url: str
    state: str
    is_pinned: bool
    is_featured: bool
    can_curate: bool  # never one's own
    notes: tuple[NoteLine, ...]
    shelf: str = ""  # pinned, "", or a heading's id
    place: int = 0  # on its shelf
    is_first: bool = False  # there, of those that the viewer places
    is_last: bool = False


@dataclass(frozen=True)
class Shelf:
    """The positions under one heading, under none, or pinned."""

    name: str  # pinned, "", or the heading's id
    title: str  # empty for the first two
    heading_id: int
    is_first: bool  # of the headings
    is_last: bool
    positions: tuple[PositionLine, ...]  # those on the page
    start: int = 1  # the place of the first of them
    count: int = 0  # of all on the shelf


@dataclass(frozen=True)
class RelatedLine:
    """A related thread, and why it is."""

    id: int
    question: str
    url: str
    why: str


@dataclass(frozen=True)
class OtherThread:
    """A thread that this one can be related to."""

    slug: str
    question: str


@dataclass(frozen=True)
class Asked:
    """How authors answered to how a summary puts their positions."""

    version: int
    written_on: date
    yes: int
    no: int
    unanswered: int


@dataclass(frozen=True)
class Arranged:
    """Everything around the positions that a moderator can change."""

    shelves: tuple[Shelf, ...]
    has_headings: bool
    can_add_heading: bool
    seen: str  # the order as it is shown, for whoever saves another
    related: tuple[RelatedLine, ...]
    others: tuple[OtherThread, ...]  # what can be related still; empty when there is room for none
    pace: Pacing | None
    asked: Asked | None  # about the summary; None while there is none
    summary_url: str
    move_ahead: str  # to which stage it moves by its date, and what that needs
    can_let_move: bool
    page: int = 1  # of the rows
    earlier_url: str = ""
    later_url: str = ""


def arranged(
    session: Session,
    viewer: Viewer,
    thread: Thread,
    lines: Sequence[tuple[Position, PositionLine]],
    now: datetime,
) -> Arranged:
    """`lines` are the rows of the thread's positions in reading order."""
    headings = list_headings(session, thread)
    shelves = _shelves(lines, headings)
    related = _related(session, thread)
    ahead, can_let = _ahead(session, thread, now)
    return Arranged(
        shelves=shelves,
        has_headings=bool(headings),
        can_add_heading=len(headings) < MAX_HEADINGS,
        seen=" ".join(f"{shelf.name}/{line.id}" for shelf in shelves for line in shelf.positions),
        related=related,
        others=_others(session, viewer, thread, related),
        pace=pace_of(session, thread),
        asked=_asked(session, thread),
        summary_url=paths.summarise(thread.slug),
        move_ahead=ahead,
        can_let_move=can_let,
    )


def as_typed(shown: Arranged, numbers: Mapping[str, str], shelves: Mapping[str, str]) -> Arranged:
    """The rows in the order that was typed, where it could not be saved."""
    lines = [line for shelf in shown.shelves for line in shelf.positions]
    names = {shelf.name for shelf in shown.shelves}

    def asked(line: PositionLine) -> str:
        wanted = shelves.get(line.id, line.shelf)
        return line.shelf if line.is_pinned or wanted not in names - {PINNED} else wanted

    def number(line: PositionLine) -> int:
        typed = numbers.get(line.id, "")[:9]
        return int(typed) if typed.isascii() and typed.isdigit() else line.place

    made = []
    for shelf in shown.shelves:
        mine = sorted((line for line in lines if asked(line) == shelf.name), key=number)
        made.append(replace(shelf, positions=tuple(_in_place(mine, shelf.name))))
    return replace(shown, shelves=tuple(made))


def cut(shown: Arranged, number: int, typed: Collection[str], url: str) -> Arranged:
    """One page of the rows; where an order came back, the rows that were on its page.

    Places stay those on the whole shelf, so that a row goes to any of them by its number.
    """
    ids = [line.id for shelf in shown.shelves for line in shelf.positions]
    number = min(number, max(1, -(-len(ids) // ROWS)))
    here = set(typed) or set(ids[(number - 1) * ROWS : number * ROWS])
    shelves = []
    for shelf in shown.shelves:
        kept = tuple(line for line in shelf.positions if line.id in here)
        start = kept[0].place if kept else 1
        shelves.append(replace(shelf, positions=kept, start=start, count=len(shelf.positions)))
    return replace(
        shown,
        shelves=tuple(shelves),
        page=number,
        earlier_url=f"{url}?rows={number - 1}#positions" if number > 1 else "",
        later_url=f"{url}?rows={number + 1}#positions" if len(ids) > number * ROWS else "",
    )


def page_of_row(shown: Arranged, public_id: str) -> int:
    """On which page a row stands; the first for what is not there."""
    ids = [line.id for shelf in shown.shelves for line in shelf.positions]
    return ids.index(public_id) // ROWS + 1 if public_id in ids else 1


def _shelves(
    lines: Sequence[tuple[Position, PositionLine]], headings: Sequence[Heading]
) -> tuple[Shelf, ...]:
    by_shelf: dict[str, list[PositionLine]] = {}
    for row, line in lines:
        by_shelf.setdefault(shelf_of(row), []).append(line)
    names = [
        (PINNED, "", 0),
        ("", "", 0),
        *((str(each.id), each.text, each.id) for each in headings),
    ]
    ids = [each.id for each in headings]
    return tuple(
        Shelf(
            name=name,
            title=title,
            heading_id=id,
            is_first=bool(ids) and id == ids[0],
            is_last=bool(ids) and id == ids[-1],
            positions=tuple(_in_place(by_shelf.get(name, []), name)),
        )
        for name, title, id in names
    )


def _in_place(lines: Sequence[PositionLine], shelf: str) -> Iterable[PositionLine]:
    """Numbered on their shelf; the first and the last are those that can go no further."""
    placed = [line.id for line in lines if line.can_curate]
    for place, line in enumerate(lines, start=1):
        yield replace(
            line,
            shelf=shelf,
            place=place,
            is_first=placed[:1] == [line.id],
            is_last=placed[-1:] == [line.id],
        )


def _related(session: Session, thread: Thread) -> tuple[RelatedLine, ...]:
    rows = session.execute(
        select(RelatedThread, Thread)
        .join(
            Thread,
            or_(
                (RelatedThread.thread_id == thread.id) & (Thread.id == RelatedThread.other_id),
                (RelatedThread.other_id == thread.id) & (Thread.id == RelatedThread.thread_id),
            ),
        )
        .order_by(RelatedThread.id)
    )
    return tuple(
        RelatedLine(pair.id, other.question, paths.thread(other.slug), pair.why)
        for pair, other in rows
    )


def _others(
    session: Session, viewer: Viewer, thread: Thread, related: Sequence[RelatedLine]
) -> tuple[OtherThread, ...]:
    """The threads of the series that the viewer curates, this one's series first."""
    if len(related) >= MAX_RELATED:
        return ()
    known = {line.url for line in related}
    rows = session.execute(
        select(Thread.slug, Thread.question)
        .join(Series, Series.id == Thread.series_id)
        .where(Thread.series_id.in_(viewer.series_as("moderator", "convener")))
        .where(Thread.merged_into_id.is_(None))
        .where(Thread.stage != "proposed")
        .where(Thread.is_hidden.is_(False))
        .where(Thread.id != thread.id)
        .order_by(
            Thread.series_id != thread.series_id,
            Thread.id.not_in(_of_its_themes(thread)),
            Series.title,
            Thread.question,
        )
        .limit(MOST_OFFERED)
    )
    return tuple(
        OtherThread(slug, question) for slug, question in rows if paths.thread(slug) not in known
    )


def _of_its_themes(thread: Thread) -> Select[int]:
    """The ids of the threads that share a theme with it: they are offered first."""
    own = [theme.id for theme in thread.themes]
    return select(thread_theme.c.thread_id).where(thread_theme.c.theme_id.in_(own))


def _asked(session: Session, thread: Thread) -> Asked | None:
    summary = find_summary(session, thread)
    if summary is None:
        return None
    answers = [row.answer for row in summary.steelmen if not gap_of(row.position, thread.id)]
    return Asked(
        summary.version,
        clock.day(summary.written_at),
        *(answers.count(answer) for answer in ("yes", "no", "unanswered")),
    )


def _ahead(session: Session, thread: Thread, now: datetime) -> tuple[str, bool]:
    to, day = next_move(thread)
    if day is None or thread.stage == "proposed":
        return "", False
    missing = missing_for(thread, to, find_rounds(session, [thread.id], now))
    is_soon = clock.day(now) + AHEAD >= day
    today = clock.day(now)
    return move_in_words(to, day, missing, today), is_soon and not missing
