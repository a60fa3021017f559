"""Moving a thread through its stages, by hand and by date."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from discussion import clock, text
from discussion.debate.positions.operations.parting import freeze_part_counts
from discussion.debate.threads.drafts import problems_in_outcome, problems_in_why
from discussion.debate.threads.models import StageMove, Thread, ThreadCycle
from discussion.debate.threads.operations.higher import ON_STAGE
from discussion.debate.threads.operations.proposing import enter_open
from discussion.debate.threads.operations.record import lock_thread, record
from discussion.debate.threads.queries.higher import IS_RATED
from discussion.debate.threads.queries.needs import next_move
from discussion.debate.threads.queries.overdue import list_due
from discussion.debate.threads.queries.summarising import find_summary
from discussion.debate.threads.words import CLOSABLE, DATED, MAX_WHY, MOVES, REOPENABLE, TRACK
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused
from discussion.subjects.happenings import happened

LONGEST_MOVE_REASON = 300


def move_stage(
    session: Session, actor: Viewer, thread: Thread, to: str, *, why: str = "", now: datetime
) -> Thread:
    """Move an open thread on to weighing, or a weighing one to making sense."""
    require(actor, May.CURATE_THREAD, thread)
    lock_thread(session, thread)
    if to not in MOVES.get(thread.stage, ()):
        raise Refused(_("This thread cannot move to that stage from where it is now."))
    if problems := problems_in_why(why, is_required=IS_RATED()(session, thread)):
        raise Invalid(problems)  # an open round closes with it, before its day
    before = thread.stage
    enter_stage(session, thread, to, actor.person_id, why, now)
    record(session, actor, thread, "move_on", why=why, now=now, before=before, after=to)
    return thread


def close_thread(
    session: Session,
    actor: Viewer,
    thread: Thread,
    *,
    outcome: str,
    review_on: date | None,
    now: datetime,
) -> Thread:
    """Close a thread with its outcome (Markdown) and the day on which it is looked at again."""
    require(actor, May.CURATE_THREAD, thread)
    lock_thread(session, thread)
    if thread.stage not in CLOSABLE:
        raise Refused(_("Only a thread that is open, weighing or making sense can be closed."))
    _write_outcome(thread, outcome, review_on, now)
    before = thread.stage
    enter_stage(session, thread, "closed", actor.person_id, "", now)
    record(
        session,
        actor,
        thread,
        "close",
        why=text.excerpt(text.plain(thread.outcome), MAX_WHY),
        now=now,
        before=before,
        cycle=thread.cycle,
        outcome=thread.outcome,
        review_on=str(review_on),
    )
    return thread


def keep_outcome(
    session: Session,
    actor: Viewer,
    thread: Thread,
    *,
    outcome: str,
    review_on: date | None,
    now: datetime,
) -> Thread:
    """Keep the outcome until the thread closes by its date; nobody else reads it before."""
    require(actor, May.CURATE_THREAD, thread)
    lock_thread(session, thread)
    if thread.stage not in CLOSABLE:
        raise Refused(_("Only a thread that is open, weighing or making sense can be closed."))
    _write_outcome(thread, outcome, review_on, now)
    record(session, actor, thread, "edit", why=_("Outcome kept until the date."), now=now)
    return thread


def reopen_thread(
    session: Session, actor: Viewer, thread: Thread, *, why: str, now: datetime
) -> Thread:
    """Begin a new cycle at open; how the earlier one ended is kept, at an address of its own."""
    require(actor, May.CURATE_THREAD, thread)
    lock_thread(session, thread)
    if thread.stage not in REOPENABLE:
        raise Refused(_("Only a thread that has moved on from open can be reopened."))
    if problems := problems_in_why(why):
        raise Invalid(problems)
    kept = {"outcome": thread.outcome, "review_on": str(thread.review_on), "before": thread.stage}
    keep_cycle(session, thread, now)
    thread.cycle += 1
    for name in DATED.values():
        setattr(thread, name, None)
    thread.outcome = thread.outcome_html = ""
    thread.review_on = None
    enter_stage(session, thread, "open", actor.person_id, why, now)
    record(session, actor, thread, "reopen", why=why, now=now, cycle=thread.cycle, **kept)
    return thread


def move_due_threads(session: Session, now: datetime) -> int:
    """Move every thread whose next stage is due by its date; returns how many moved.

    Weighing needs a round and closing an outcome. While there is none, the thread stays where it
    is, and `remind_curators` says so.
    """
    moved = 0
    for thread, missing in list_due(session, now):
        to, _day = next_move(thread)
        if missing:
            continue
        if to == "open":
            enter_open(session, thread, None, now)
        else:
            enter_stage(session, thread, to, None, "", now)
        moved += 1
    return moved


def enter_stage(
    session: Session, thread: Thread, to: str, moved_by_id: int | None, why: str, now: datetime
) -> None:
    """Move, from today; private answers are counted once, as the thread leaves open.

    A round opens and closes with the stage in which people rate. Asks no right.
    """
    move = StageMove(
        thread_id=thread.id,
        cycle=thread.cycle,
        before=thread.stage,
        after=to,
        moved_by_id=moved_by_id,
        why=text.excerpt(why, LONGEST_MOVE_REASON) if why else "",
        at=now,
    )
    session.add(move)
    if thread.stage == "open":
        freeze_part_counts(session, thread, now)
    _forget_skipped_dates(thread, to)
    thread.stage = to
    setattr(thread, DATED[to], clock.day(now))
    thread.changed_at = now
    session.flush()
    for follow in ON_STAGE:
        follow(session, thread, moved_by_id, now)
    happened(session, "thread.moved_on", move.id, now=now)


def keep_cycle(session: Session, thread: Thread, now: datetime) -> ThreadCycle:
    """Keep how a thread's cycle ends: its outcome and summary, and when it entered each stage."""
    summary = find_summary(session, thread)
    entered = {stage: getattr(thread, name) for stage, name in DATED.items()}
    kept = ThreadCycle(
        thread_id=thread.id,
        number=thread.cycle,
        stage=thread.stage,
        outcome=thread.outcome,
        outcome_html=thread.outcome_html,
        review_on=thread.review_on,
        summary=thread.summary,
        summary_version=summary.version if summary else None,
        entered={
            stage: entered[stage].isoformat()
            for stage in TRACK[: TRACK.index(thread.stage) + 1]
            if entered[stage] is not None
        },
        ended_at=now,
    )
    session.add(kept)
    return kept


def _forget_skipped_dates(thread: Thread, to: str) -> None:
    """A stage that was passed over has no date, so the track does not claim that it was walked."""
    if thread.stage in TRACK:
        for stage in TRACK[TRACK.index(thread.stage) + 1 : TRACK.index(to)]:
            setattr(thread, DATED[stage], None)


def _write_outcome(thread: Thread, outcome: str, review_on: date | None, now: datetime) -> None:
    problems = problems_in_outcome(outcome, review_on, clock.day(now))
    if problems:
        raise Invalid(problems)
    thread.outcome = text.paragraphs(outcome)
    thread.outcome_html = str(text.render(thread.outcome))
    thread.review_on = review_on
    thread.changed_at = now
