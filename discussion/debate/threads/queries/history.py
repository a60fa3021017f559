"""What moderators did in a thread, for everybody who reads it: what, when, in which role, and why.

What is said of a position keeps to its attribution: under the Chatham House Rule it has a month and
no day, and within one date such lines stand shuffled, for their order would tell who wrote when.
What never was published has no line, and decisions on what was handed in are only counted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.db import Identified
from discussion.debate.positions.drafts import strictest
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.queries.naming import coarse_day
from discussion.debate.threads.models import Regrouping, StageMove, Thread
from discussion.debate.threads.queries.finding import find_thread
from discussion.debate.threads.queries.following import list_merged_into, name_for
from discussion.debate.threads.queries.reasons import list_withheld, reason_shown
from discussion.debate.threads.words import FIELDS, STAGES
from discussion.decisions.models import Decision
from discussion.decisions.words import ACTIONS
from discussion.language import _
from discussion.permissions.facts import SHOWN_STATES, Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.subjects.finding import kind_of_rows, subject_of

DAY = 10  # characters of a date
COUNTED = ("approve", "send_back", "decline", "ask_edit", "keep")  # and nothing that shows
STAGE_ACTIONS = ("open", "move_on", "close", "reopen")  # which leave a move of stage beside them
OWN_WORDS = ("note", "unnote")  # whose reason is the note itself: it stands, or was taken away
REGROUPED = ("merge", "split", "move", "undo_merge", "undo_split", "undo_move")


@dataclass(frozen=True)
class Named:
    """Something a line names: a position or a thread; words only where there is no address."""

    words: str
    url: str


@dataclass(frozen=True)
class Line:
    """One act. `on` is a day, or a month where a day would tell too much of an author."""

    action: str  # of moderation.words.ACTIONS, or "stage"
    what: str
    about: tuple[Named, ...]
    on: str
    role: str  # moderator, convener, administrator; empty where the site did it by its date
    why: str
    changed: tuple[str, ...]  # which fields, of an edit
    where: str  # the question of a thread that was merged into this one, if it was done there


@dataclass(frozen=True)
class Counted:
    """How often something was decided on what is, or was, published here."""

    action: str
    positions: int
    responses: int


@dataclass(frozen=True)
class HistoryPage:
    slug: str
    url: str
    question: str
    series_slug: str
    series_title: str
    lines: tuple[Line, ...]  # newest first
    counted: tuple[Counted, ...]
    curate_url: str  # empty for who does not curate


@dataclass(frozen=True)
class _Placed:
    """A line with what it is sorted by within its date."""

    line: Line
    at: datetime | None  # None where the order within a date must tell nothing
    shuffle: str  # a random id


@dataclass(frozen=True)
class _Went:
    """What a merge, a split or a move carried along, and from or to which other thread."""

    moved: tuple[Position, ...]
    other: Named
    where: str  # the question of a merged thread, if it was done there


def history_page(session: Session, viewer: Viewer | None, slug: str) -> HistoryPage | None:
    """The whole history of a thread, with that of the threads that were merged into it."""
    thread = find_thread(session, viewer, slug)
    if thread is None:
        return None
    came = [one for one in list_merged_into(session, thread) if _was_public(one)]
    threads = {one.id: one for one in (thread, *came)}
    positions, responses = _positions(session, thread), _responses(session, thread)
    on_threads = _decisions(session, Thread, [one.public_id for one in threads.values()])
    on_positions = _decisions(session, Position, list(positions))
    on_responses = _decisions(session, Response, list(responses))
    withheld = list_withheld(session, thread.series_id)
    placed = [
        *_stages(session, thread, threads, on_threads, withheld),
        *_acts(thread, threads, on_threads, withheld),
        *_regroupings(session, viewer, thread, threads, withheld),
        *_on_contributions(on_positions, positions),
        *_on_contributions(on_responses, responses),
    ]
    return HistoryPage(
        slug=thread.slug,
        url=paths.thread(thread.slug),
        question=thread.question,
        series_slug=thread.series.slug,
        series_title=thread.series.title,
        lines=_in_order(placed),
        counted=_count(on_positions, on_responses),
        curate_url=paths.curate_thread(thread.slug)
        if allowed(viewer, May.CURATE_THREAD, thread)
        else "",
    )


def _was_public(thread: Thread) -> bool:
    return thread.stage != "proposed" and not thread.is_hidden


def _positions(session: Session, thread: Thread) -> Mapping[str, Position]:
    """Those that were ever published, and are shown, if only as tombstones."""
    rows = session.scalars(
        select(Position)
        .where(Position.thread_id == thread.id)
        .where(Position.state.in_(SHOWN_STATES))
        .where(Position.number.is_not(None))
    )
    return {row.public_id: row for row in rows}


def _responses(session: Session, thread: Thread) -> Mapping[str, Response]:
    rows = session.scalars(
        select(Response)
        .join(Response.position)
        .where(Position.thread_id == thread.id)
        .where(Position.state == "published")
        .where(Response.state.in_(SHOWN_STATES))
        .where(Response.first_published_at.is_not(None))
        .options(joinedload(Response.position))
    )
    return {row.public_id: row for row in rows}


def _decisions(session: Session, model: type[Identified], ids: Sequence[str]) -> Sequence[Decision]:
    return session.scalars(
        select(Decision)
        .where(Decision.subject_kind == kind_of_rows(model))
        .where(Decision.subject_id.in_(ids))
        .order_by(Decision.id)
        .options(joinedload(Decision.reason))
    ).all()


def _stages(
    session: Session,
    thread: Thread,
    threads: Mapping[int, Thread],
    decisions: Iterable[Decision],
    withheld: frozenset[str],
) -> Iterator[_Placed]:
    """Every move from stage to stage, with the role and reason of the decision beside it."""
    beside = {(one.subject_id, one.at): one for one in decisions if one.action in STAGE_ACTIONS}
    rows = session.scalars(
        select(StageMove).where(StageMove.thread_id.in_(threads)).order_by(StageMove.id)
    )
    for row in rows:
        of = threads[row.thread_id]
        decision = beside.get((of.public_id, row.at))
        by_hand = "moderator" if row.moved_by_id else ""
        yield _act(
            "stage",
            _(
                "Moved from “%(before)s” to “%(after)s”",
                before=STAGES[row.before],
                after=STAGES[row.after],
            ),
            row.at,
            role=decision.decided_by_role if decision else by_hand,
            why=reason_shown(decision.why, decision.public_id, withheld) if decision else row.why,
            where="" if of is thread else of.question,
        )


def _acts(
    thread: Thread,
    threads: Mapping[int, Thread],
    decisions: Iterable[Decision],
    withheld: frozenset[str],
) -> Iterator[_Placed]:
    """Whatever else was done to the thread itself, in the words of its action."""
    by_id = {one.public_id: one for one in threads.values()}
    for one in decisions:
        if one.action in (*STAGE_ACTIONS, *REGROUPED) or one.action not in ACTIONS:
            continue
        of = by_id[one.subject_id]
        yield _act(
            one.action,
            str(ACTIONS[one.action]),
            one.at,
            role=one.decided_by_role,
            why="" if one.action in OWN_WORDS else reason_shown(one.why, one.public_id, withheld),
            changed=tuple(str(FIELDS[name]) for name in one.marks if name in FIELDS),
            where="" if of is thread else of.question,
        )


def _act(
    action: str,
    what: str,
    at: datetime,
    *,
    role: str,
    why: str,
    changed: tuple[str, ...] = (),
    where: str = "",
) -> _Placed:
    on = clock.iso(at, DAY)
    return _Placed(Line(action, what, (), on, role, why, changed, where), at, "")


def _regroupings(
    session: Session,
    viewer: Viewer | None,
    thread: Thread,
    threads: Mapping[int, Thread],
    withheld: frozenset[str],
) -> Iterator[_Placed]:
    """Merges, splits and moves from and into the thread, and what was taken back of them."""
    rows = session.scalars(
        select(Regrouping)
        .where(Regrouping.source_id.in_(threads) | Regrouping.target_id.in_(threads))
        .order_by(Regrouping.id)
        .options(
            joinedload(Regrouping.source).joinedload(Thread.series),
            joinedload(Regrouping.target).joinedload(Thread.series),
            joinedload(Regrouping.decision),
        )
    ).all()
    gone = _published(session, {public_id for row in rows for public_id in row.moved})
    undoing = _undoing(session, rows)
    for row in rows:
        moved = [gone[public_id] for public_id in row.moved if public_id in gone]
        if row.kind == "move" and not moved:
            continue  # it waited, and was never published
        comes = row.target_id in threads and row.source_id != thread.id
        here = row.target if comes else row.source
        other, url = name_for(session, viewer, row.source if comes else row.target, here=thread.id)
        where = "" if here.id not in threads or here is thread else here.question
        came = [one for one in moved if comes and one.thread_id == thread.id]
        said = _arrived(row.kind, other) if comes else _left(row.kind, other)
        went = _Went(tuple(moved), Named(other, url), where)
        yield _regrouped(row.kind, said, row.decision, went, withheld, came)
        if row.id in undoing:
            said = _undone(row.kind, other)
            yield _regrouped(f"undo_{row.kind}", said, undoing[row.id], went, withheld)


def _published(session: Session, public_ids: Iterable[str]) -> Mapping[str, Position]:
    rows = session.scalars(
        select(Position)
        .where(Position.public_id.in_(list(public_ids)))
        .where(Position.first_published_at.is_not(None))
        .where(Position.state.in_(SHOWN_STATES))
    )
    return {row.public_id: row for row in rows}


def _undoing(session: Session, rows: Iterable[Regrouping]) -> Mapping[int, Decision]:
    """The decisions by which regroupings were taken back, by the id of the regrouping."""
    back = {(f"undo_{row.kind}", row.undone_at): row.id for row in rows if row.undone_at}
    found = session.scalars(
        select(Decision)
        .where(Decision.action.in_({action for action, _at in back}))
        .where(Decision.at.in_({at for _action, at in back}))
    )
    return {back[one.action, one.at]: one for one in found if (one.action, one.at) in back}


def _regrouped(
    action: str,
    what: str,
    decision: Decision,
    went: _Went,
    withheld: frozenset[str],
    came: Iterable[Position] = (),
) -> _Placed:
    """Dated as strictly as the strictest of what was carried along."""
    attribution = "named"
    for one in went.moved:
        attribution = strictest(attribution, one.attribution)
    on = coarse_day(decision.at, attribution)
    about = (
        *((went.other,) if went.other.url else ()),
        *(_position(one) for one in sorted(came, key=lambda one: one.number or 0)),
    )
    why = reason_shown(decision.why, decision.public_id, withheld)
    line = Line(action, what, about, on, decision.decided_by_role, why, (), went.where)
    return _Placed(line, decision.at if len(on) == DAY else None, decision.public_id)


def _arrived(kind: str, other: str) -> str:
    if not other:
        return {
            "merge": _("Another thread was merged into this thread"),
            "split": _("Split off from another thread"),
            "move": _("A position came from another thread"),
        }[kind]
    return {
        "merge": _("“%(thread)s” was merged into this thread", thread=other),
        "split": _("Split off from “%(thread)s”", thread=other),
        "move": _("A position came from “%(thread)s”", thread=other),
    }[kind]


def _left(kind: str, other: str) -> str:
    if not other:
        return {
            "merge": _("Merged into another thread"),
            "split": _("Positions were split off into another thread"),
            "move": _("A position went to another thread"),
        }[kind]
    return {
        "merge": _("Merged into “%(thread)s”", thread=other),
        "split": _("Positions were split off into “%(thread)s”", thread=other),
        "move": _("A position went to “%(thread)s”", thread=other),
    }[kind]


def _undone(kind: str, other: str) -> str:
    if not other:
        return {
            "merge": _("A merge with another thread was undone"),
            "split": _("A split was undone"),
            "move": _("A move of a position was undone"),
        }[kind]
    return {
        "merge": _("The merge with “%(thread)s” was undone", thread=other),
        "split": _("The split of “%(thread)s” was undone", thread=other),
        "move": _("A move between this thread and “%(thread)s” was undone", thread=other),
    }[kind]


def _on_contributions(
    decisions: Iterable[Decision], rows: Mapping[str, Position] | Mapping[str, Response]
) -> Iterator[_Placed]:
    """What can be seen to have been done to what is shown; alike ones of one date together."""
    alike: dict[Line, list[tuple[str, Named]]] = {}
    for one in decisions:
        if one.action in (*COUNTED, *REGROUPED) or one.action not in ACTIONS:
            continue
        row = rows[one.subject_id]
        on = coarse_day(one.at, row.attribution)
        why = one.reason.label if one.reason else ""  # what was written is the author's to read
        line = Line(one.action, str(ACTIONS[one.action]), (), on, one.decided_by_role, why, (), "")
        alike.setdefault(line, []).append((one.public_id, _named(row)))
    for line, named in alike.items():
        about = tuple(sorted({each for _id, each in named}, key=lambda each: each.url))
        yield _Placed(replace(line, about=about), None, min(id for id, _each in named))


def _named(row: Position | Response) -> Named:
    subject = subject_of(row)
    return Named(subject.mention, subject.url)


def _position(row: Position) -> Named:
    return Named(_("position %(number)s", number=row.number), paths.position(row.public_id))


def _in_order(placed: Iterable[_Placed]) -> tuple[Line, ...]:
    """Newest date first, a month after its days; within a day first what was done to the thread."""
    ordered = sorted(placed, key=lambda one: one.shuffle)
    ordered.sort(key=lambda one: one.at.timestamp() if one.at else 0.0, reverse=True)
    ordered.sort(key=lambda one: one.line.on, reverse=True)
    return tuple(one.line for one in ordered)


def _count(
    on_positions: Iterable[Decision], on_responses: Iterable[Decision]
) -> tuple[Counted, ...]:
    positions, responses = (
        Counter(one.action for one in decisions) for decisions in (on_positions, on_responses)
    )
    return tuple(
        Counted(action, positions[action], responses[action])
        for action in COUNTED
        if positions[action] or responses[action]
    )
