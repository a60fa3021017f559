"""Planning a round: everything is fixed before it opens, and can be changed until then."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations.record import lock_thread, record
from discussion.debate.threads.words import DATED
from discussion.language import _
from discussion.permissions.facts import OVER_STATUSES, Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused
from discussion.records import dump
from discussion.weighing.rounds.drafts_planning import RoundDraft, problems_in_round
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.holding import lock_round, set_statements
from discussion.weighing.rounds.queries.finding import find_planned, list_latest
from discussion.weighing.rounds.queries.planning import bounds_of, days_passed

PLANNABLE = ("open", "weighing")
SEEDS = 2**31


def plan_round(
    session: Session,
    actor: Viewer,
    thread: Thread,
    draft: RoundDraft,
    *,
    seed: int,
    now: datetime,
) -> Round:
    """Plan the next round of a thread, or change the one that is planned.

    Raises Refused where the thread is past weighing, and Invalid.
    """
    require(actor, May.RUN_ROUND, thread)
    lock_thread(session, thread)
    if thread.series.status in OVER_STATUSES:
        raise Refused(_("The series is closed, so nobody could rate. Reopen it first."))
    if thread.stage not in PLANNABLE or thread.merged_into_id is not None:
        raise Refused(_("Rounds are planned while a thread is open or weighing."))
    if problems := problems_in_round(draft, bounds_of(session, thread, now)):
        raise Invalid(problems)
    round = find_planned(session, thread)
    is_new = round is None
    if round is None:
        round = Round(
            thread_id=thread.id,
            number=_number(session, thread),
            state="planned",
            seed=seed % SEEDS,
            counted={},
            made_by_id=actor.person_id,
            made_at=now,
        )
    _fill(round, thread, draft)
    session.add(round)
    session.flush()
    _move_along(thread, draft, clock.day(now))
    latest = {row.statement.public_id: row for row in list_latest(session, thread)}
    set_statements(session, round, [latest[public_id] for public_id in draft.statements])
    record(
        session, actor, thread, "plan_round" if is_new else "change_round", now=now, **_rules(round)
    )
    return round


def drop_round(session: Session, actor: Viewer, round: Round, *, now: datetime) -> None:
    """Take a planned round away; one that was opened is kept. Raises Refused."""
    require(actor, May.RUN_ROUND, round)
    thread = round.thread
    lock_thread(session, thread)
    lock_round(session, round)
    if round.state != "planned":
        raise Refused(_("The round has opened since, and an open round cannot be dropped."))
    number = round.number
    set_statements(session, round, [])
    session.delete(round)
    session.flush()
    record(session, actor, thread, "drop_round", now=now, number=number)


def _number(session: Session, thread: Thread) -> int:
    held = session.scalar(select(func.max(Round.number)).where(Round.thread_id == thread.id))
    return (held or 0) + 1


def _fill(round: Round, thread: Thread, draft: RoundDraft) -> None:
    assert draft.opens_on is not None
    assert draft.closes_on is not None
    round.cycle = thread.cycle
    round.points = draft.points or 0
    round.order_rule = draft.order_rule
    round.thresholds = dump(draft.limits())
    round.min_group = draft.min_group or 0
    round.stop_rule = dump(draft.stops())
    round.who_may_rate = draft.who_may_rate
    round.feedback = draft.feedback
    round.opens_at = clock.morning(draft.opens_on)
    round.closes_at = clock.evening(draft.closes_on)


def _move_along(thread: Thread, draft: RoundDraft, today: date) -> None:
    """Give the thread's dates that have passed new ones: it waited for this round.

    It makes sense of it from the day after, and closes as long afterwards as was meant.
    """
    passed = days_passed(thread, today)
    if not passed or draft.opens_on is None or draft.closes_on is None:
        return
    meant = thread.making_sense_on
    if DATED["weighing"] in passed:
        thread.weighing_on = draft.opens_on
    if meant is not None and DATED["making_sense"] in passed:
        thread.making_sense_on = draft.closes_on + timedelta(days=1)
    sense = thread.making_sense_on or draft.closes_on
    if thread.closed_on is not None and thread.closed_on <= max(sense, today):
        gap = thread.closed_on - meant if meant else timedelta(days=1)
        thread.closed_on = sense + max(gap, timedelta(days=1))


def _rules(round: Round) -> dict[str, Any]:
    """What the chain keeps, so that everybody can check that a round was held as it was planned."""
    return {
        "number": round.number,
        "cycle": round.cycle,
        "statements": [[row.code, row.version_id] for row in round.statements],
        "points": round.points,
        "order_rule": round.order_rule,
        "thresholds": round.thresholds | {"min_group": round.min_group},
        "stop_rule": round.stop_rule,
        "who_may_rate": round.who_may_rate,
        "feedback": round.feedback,
        "opens_at": round.opens_at.isoformat(),
        "closes_at": round.closes_at.isoformat(),
    }
