"""Merging threads, splitting positions off into a new one, and moving one position."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.positions.models import Position
from discussion.debate.positions.operations.seats import promote_seconds
from discussion.debate.threads.drafts import EditDraft, problems_in, problems_in_why
from discussion.debate.threads.models import Regrouping, Thread
from discussion.debate.threads.operations.carrying import (
    carry,
    carry_notes,
    carry_related,
    list_positions,
    lock_rows,
)
from discussion.debate.threads.operations.higher import CARRIED
from discussion.debate.threads.operations.proposing import (
    bounds_of,
    free_slug,
    refuse_own,
    refusing_taken,
    write,
)
from discussion.debate.threads.operations.record import (
    case_of,
    proposal_of,
    record,
    tell_proposer,
)
from discussion.debate.threads.operations.regrouping_letters import tell_moved
from discussion.debate.threads.queries.higher import HAS_ROUNDS
from discussion.debate.threads.words import DATED, LEAVING, STAYING
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.deciding import Steps, carry_out
from discussion.decisions.operations.recording import write_decision
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, allowed, require
from discussion.problems import Invalid, Problem, Refused


def merge_threads(
    session: Session, actor: Viewer, source: Thread, target: Thread, *, why: str, now: datetime
) -> Regrouping:
    """Let everything in one thread stand in another, to which its address leads from then on.

    Positions go in every state, each moderator's own among them: nothing is chosen. Raises Refused
    and Invalid.
    """
    require(actor, May.CURATE_THREAD, source)
    require(actor, May.CURATE_THREAD, target)
    if source.stage == "proposed":
        refuse_own(actor, source)
    before: dict[str, Any] = {}
    made: list[Regrouping] = []

    def hold() -> Case:
        lock_rows(session, source, target)
        _refuse_unless(source, target, "merge")
        refuse_rated(session, source)
        is_own = source.proposed_by_id == actor.person_id
        return proposal_of(source, None if is_own else source.proposed_by_id)

    def check(ruling: Ruling) -> None:
        _refuse_without_reason(ruling.why)

    def apply(ruling: Ruling) -> Ruling:
        before.update(_carry_all(session, list_positions(session, source), target))
        before["notes"] = carry_notes(session, source, target)
        for each in CARRIED:
            before[each.name] = each.carry(session, source, target)
        before["related"] = carry_related(session, source, target)
        source.merged_into = target
        source.merged_into_id = target.id
        _touch(now, source, target)
        moved = list(before["positions"])
        return replace(ruling, details={"into": target.public_id, "moved": moved})

    def follow(decision: Decision) -> None:
        made.append(_keep(session, "merge", source, target, decision, before))
        tell_proposer(session, source, "threads/merged", decision)
        tell_moved(session, made[0], list_positions(session, target), decision)

    steps = Steps(hold, check, apply, follow)
    with refusing_taken():
        carry_out(session, actor, Ruling("merge", why=why), steps, now=now)
    return made[0]


def split_thread(
    session: Session,
    actor: Viewer,
    source: Thread,
    draft: EditDraft,
    *,
    chosen: Collection[str],
    why: str,
    now: datetime,
) -> Regrouping:
    """Open a thread with another question for some positions of this one, given by public id.

    Nobody chooses their own: another moderator does. Raises Refused, Forbidden, and Invalid with
    everything that is wrong.
    """
    require(actor, May.CURATE_THREAD, source)
    lock_rows(session, source)
    _refuse_unless(source, source, "split")
    rows = list_positions(session, source)
    going = [row for row in rows if row.public_id in chosen]
    for row in going:
        require(actor, May.MOVE_POSITION, row)
    problems = problems_in(draft, bounds_of(source.series, thread=source))
    if problems := [*_problems_in_choice(rows, going), *problems, *problems_in_why(why)]:
        raise Invalid(problems)
    target = _open_beside(session, source, draft, now)
    before = _carry_all(session, going, target)
    promote_seconds(session, source.id)
    _touch(now, source, target)
    moved = list(before["positions"])
    decision = record(
        session, actor, source, "split", why=why, now=now, into=target.public_id, moved=moved
    )
    ruling = Ruling("move", why=why, details={"into": target.public_id})
    for row in going:
        write_move(session, actor, row, ruling, now=now)
    made = _keep(session, "split", source, target, decision, before)
    tell_moved(session, made, going, decision)
    return made


def move_position(
    session: Session, actor: Viewer, position: Position, target: Thread, *, why: str, now: datetime
) -> Regrouping:
    """Let one position stand in another thread; its author is told. Raises Refused and Invalid."""
    require(actor, May.MOVE_POSITION, position)
    require(actor, May.CURATE_THREAD, target)
    source = position.thread
    before: dict[str, Any] = {}
    made: list[Regrouping] = []

    def hold() -> Case:
        lock_rows(session, source, target)
        session.refresh(position)
        if not allowed(actor, May.MOVE_POSITION, position):  # now that nobody else changes it
            raise Forbidden(May.MOVE_POSITION)
        if position.thread_id != source.id:
            raise Refused(_("Somebody else has just moved this position."))
        _refuse_unless(source, target, "move")
        return case_of(position, _pen_of(position))

    def check(ruling: Ruling) -> None:
        _refuse_without_reason(ruling.why)

    def apply(ruling: Ruling) -> Ruling:
        before.update(_carry_all(session, [position], target))
        promote_seconds(session, source.id)
        _touch(now, source, target)
        return ruling

    def follow(decision: Decision) -> None:
        made.append(_keep(session, "move", source, target, decision, before))
        tell_moved(session, made[0], [position], decision)

    steps = Steps(hold, check, apply, follow)
    ruling = Ruling("move", why=why, details={"into": target.public_id})
    carry_out(session, actor, ruling, steps, now=now)
    return made[0]


def write_move(
    session: Session, decider: Viewer, position: Position, ruling: Ruling, *, now: datetime
) -> Decision:
    """A decision about one position, addressed to whoever has its pen."""
    return write_decision(session, decider, case_of(position, _pen_of(position)), ruling, now=now)


def _pen_of(position: Position) -> int:
    return position.entered_by_id or position.author_id


def refuse_unless_in(thread: Thread, stages: Collection[str]) -> None:
    """Raises Refused, saying why the thread can neither lose nor take positions now."""
    if thread.merged_into_id is not None:
        raise Refused(_("“%(question)s” was merged into another thread.", question=thread.question))
    if thread.is_hidden:
        raise Refused(_("“%(question)s” is hidden. Show it again first.", question=thread.question))
    if thread.stage not in stages:
        raise Refused(str(STAYING[thread.stage]) % {"question": thread.question})


def refuse_rated(session: Session, thread: Thread) -> None:
    """Raises Refused where rounds were planned or held: what was rated keeps its address."""
    if HAS_ROUNDS()(session, thread):
        raise Refused(
            _(
                "“%(question)s” has rounds of rating, which cannot be moved.",
                question=thread.question,
            )
        )


def _refuse_unless(source: Thread, target: Thread, kind: str) -> None:
    if source.series_id != target.series_id:
        raise Refused(_("The other thread belongs to another series."))
    if source.id == target.id and kind != "split":
        raise Refused(_("Choose another thread."))
    if source.series.status != "open":
        raise Refused(_("The series is not open. Open it first."))
    refuse_unless_in(source, LEAVING[kind])
    refuse_unless_in(target, ("open",))


def _refuse_without_reason(why: str) -> None:
    if problems := problems_in_why(why):
        raise Invalid(problems)


def _problems_in_choice(rows: Sequence[Position], going: Sequence[Position]) -> Iterable[Problem]:
    if not going:
        yield Problem("positions", _("Choose the positions that go into the new thread."))
    staying = [row for row in rows if row not in going and row.state == "published"]
    if going and not staying:
        yield Problem(
            "positions",
            _(
                "Leave at least one published position here. To ask something else of all"
                " of them, edit the question of this thread."
            ),
        )


def _open_beside(session: Session, source: Thread, draft: EditDraft, now: datetime) -> Thread:
    """The new thread, open from today, under the same conditions as the one it came from."""
    thread = Thread(
        series=source.series,
        slug=free_slug(session, draft.question),
        stage="open",
        slow_minutes=source.slow_minutes,
        closed_to=source.closed_to,
        closed_until=source.closed_until,
        created_at=now,
        changed_at=now,
    )
    write(session, thread, draft)
    for name in DATED.values():
        setattr(thread, name, getattr(draft, name))
    thread.open_on = clock.day(now)
    session.flush()
    return thread


def _carry_all(session: Session, rows: Iterable[Position], target: Thread) -> dict[str, Any]:
    return {"positions": {row.public_id: carry(session, row, target) for row in rows}}


def _keep(
    session: Session,
    kind: str,
    source: Thread,
    target: Thread,
    decision: Decision,
    before: dict[str, Any],
) -> Regrouping:
    made = Regrouping(
        kind=kind,
        source_id=source.id,
        target_id=target.id,
        decision_id=decision.id,
        moved=list(before["positions"]),
        before=before,
        at=decision.at,
    )
    session.add(made)
    session.flush()
    return made


def _touch(now: datetime, *threads: Thread) -> None:
    for thread in threads:
        thread.changed_at = now
