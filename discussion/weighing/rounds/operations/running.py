"""Opening and closing rounds by hand and by their days, and what the thread does then."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations.record import lock_thread, record
from discussion.debate.threads.operations.stages import enter_stage
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused
from discussion.records import dump
from discussion.series.series.models import Series
from discussion.weighing.rounds.drafts_planning import problems_in_reason
from discussion.weighing.rounds.fixed import NOTHING
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.holding import (
    close_row,
    follow_wordings,
    lock_round,
    note,
    open_row,
)
from discussion.weighing.rounds.operations.lines import ask_moderators
from discussion.weighing.rounds.queries.counting import (
    count_at_close,
    count_needs,
    have_settled,
    needs_another,
)
from discussion.weighing.rounds.queries.finding import (
    find_before,
    find_open,
    is_missed,
    lead_back,
    list_held,
    list_open,
    list_to_close,
    list_to_open,
)

OPENABLE = ("open", "weighing")


def open_round(session: Session, actor: Viewer, round: Round, *, now: datetime) -> Round:
    """Open a planned round before its day, and let its thread be weighed. Raises Refused."""
    require(actor, May.RUN_ROUND, round)
    lock_thread(session, round.thread)
    lock_round(session, round)
    if refusal := why_not_open(session, round, now):
        raise Refused(refusal)
    record(
        session,
        actor,
        round.thread,
        "open_round",
        now=now,
        number=round.number,
        round=round.public_id,
    )
    _open(session, round, actor.person_id, now)
    return round


def close_round(
    session: Session, actor: Viewer, round: Round, *, why: str, secret: str, now: datetime
) -> bool:
    """Close an open round before its day, saying why to everybody; True if another one follows.

    Raises Refused and Invalid.
    """
    require(actor, May.RUN_ROUND, round)
    lock_thread(session, round.thread)
    lock_round(session, round)
    if round.state != "open":
        raise Refused(_("This round is not open."))
    if problems := problems_in_reason(why):
        raise Invalid(problems)
    record(
        session,
        actor,
        round.thread,
        "close_round",
        why=why,
        now=now,
        number=round.number,
        round=round.public_id,
    )
    return _close(session, round, actor.person_id, secret, now, why=why)


def move_due_rounds(session: Session, secret: str, now: datetime) -> int:
    """Close what is over and open what is due; returns how many moved."""
    moved = 0
    for round in list_to_close(session, now):
        lock_thread(session, round.thread)
        lock_round(session, round)
        if round.state == "open":
            note(session, round, "close_round", None, now)
            _close(session, round, None, secret, now)
            moved += 1
    for round in list_to_open(session, now):
        lock_thread(session, round.thread)
        lock_round(session, round)
        if not why_not_open(session, round, now):
            note(session, round, "open_round", None, now)
            _open(session, round, None, now)
            moved += 1
    return moved


def close_rounds_of(session: Session, series: Series, by_id: int | None, now: datetime) -> None:
    """Close what is open in a series that ends; findings are made of what was answered.

    Its thread makes sense of it, and no other round follows. Asks no right: the series' end does.
    """
    for round in list_open(session, series):
        lock_thread(session, round.thread)
        lock_round(session, round)
        if round.thread.stage == "weighing":
            enter_stage(session, round.thread, "making_sense", by_id, _("The series ended."), now)
        else:
            close_row(session, round, now)
            note(session, round, "close_round", by_id, now)


def count_round(session: Session, round: Round, secret: str) -> None:
    """Count coarsely what an open round needs, or once for all what a closed one had.

    Asks no right; the worker does it, and what was frozen is never counted again.
    """
    lock_round(session, round)
    if round.state == "open":
        needs = count_needs(session, round, secret)
        if needs != round.counts:
            round.counted = dump(needs)
    elif round.state == "closed" and round.counts == NOTHING and not round.imported_from:
        round.counted = dump(count_at_close(session, round, secret))
        ask_moderators(session, round, secret)
    session.flush()


def why_not_open(session: Session, round: Round, now: datetime) -> str:
    """Why a round cannot be opened now; empty when it can."""
    thread = round.thread
    if thread.series.status != "open":
        return _("The series is not open, so nobody could rate.")
    if round.state != "planned":
        return _("This round has been opened already.")
    if round.cycle != thread.cycle:
        return _("It was planned before the thread was reopened. Look at it and save it again.")
    if thread.stage not in OPENABLE:
        return _("The thread is past weighing. Reopen it first.")
    if find_open(session, thread) is not None:
        return _("Another round of this thread is open. Only one can be open at a time.")
    if is_missed(round, now):
        return _("Its last day is over. Choose a later one first.")
    if not follow_wordings(session, round):
        return _("None of its statements can be rated any more. Choose others first.")
    return ""


def _open(session: Session, round: Round, by_id: int | None, now: datetime) -> None:
    open_row(session, round, now)
    if round.thread.stage == "open":
        enter_stage(session, round.thread, "weighing", by_id, "", now)


def _close(
    session: Session,
    round: Round,
    by_id: int | None,
    secret: str,
    now: datetime,
    *,
    why: str = "",
) -> bool:
    """Close it; the thread waits for the next round, or moves on to making sense of this one."""
    counts = count_at_close(session, round, secret)
    is_asked_again = _is_asked_again(session, round, secret)
    close_row(session, round, now, replace(counts, again=is_asked_again))
    ask_moderators(session, round, secret)
    thread: Thread = round.thread
    if not is_asked_again and thread.stage == "weighing":
        enter_stage(session, thread, "making_sense", by_id, why, now)
    return is_asked_again


def _is_asked_again(session: Session, round: Round, secret: str) -> bool:
    held = len(list_held(session, round.thread, round.cycle))
    before = find_before(session, round)
    has_settled = before is not None and have_settled(
        session, round, before, lead_back(session, round, before), secret
    )
    return needs_another(round, held, has_settled=has_settled)
