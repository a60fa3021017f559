"""A thread's life: which moves there are, by hand and by date, and what each leaves behind."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.debate.positions.models import Part, PartCounts
from discussion.debate.threads.models import StageMove, Thread
from discussion.debate.threads.operations import (
    close_thread,
    decline_thread,
    hide_thread,
    keep_outcome,
    move_due_threads,
    move_stage,
    open_thread,
    remind_curators,
    reopen_thread,
    restore_thread,
)
from discussion.debate.threads.words import STAGES
from discussion.decisions.models import Decision
from discussion.jobs.models import Job
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Refused
from tests.factories import NOW, make_member, make_position, make_series, make_thread, viewer

TODAY = NOW.date()
LATER = TODAY + timedelta(days=90)
WHY = "New evidence has come in."

ACTS = {
    "open": lambda s, a, t: open_thread(s, a, t, now=NOW),
    "weighing": lambda s, a, t: move_stage(s, a, t, "weighing", now=NOW),
    "making_sense": lambda s, a, t: move_stage(s, a, t, "making_sense", now=NOW),
    "closed": lambda s, a, t: close_thread(s, a, t, outcome="So.", review_on=LATER, now=NOW),
    "reopen": lambda s, a, t: reopen_thread(s, a, t, why=WHY, now=NOW),
}
ALLOWED = {
    ("proposed", "open"): "open",
    ("open", "weighing"): "weighing",
    ("weighing", "making_sense"): "making_sense",
    ("open", "closed"): "closed",
    ("weighing", "closed"): "closed",
    ("making_sense", "closed"): "closed",
    ("weighing", "reopen"): "open",
    ("making_sense", "reopen"): "open",
    ("closed", "reopen"): "open",
}


@pytest.fixture
def thread(session: Session) -> Thread:
    return make_thread(session, make_series(session), open_on=TODAY - timedelta(days=20))


@pytest.fixture
def moderator(session: Session, thread: Thread) -> Viewer:
    return viewer(session, make_member(session, thread.series, role="moderator"))


def moves(session: Session, thread: Thread) -> list[StageMove]:
    return list(session.scalars(select(StageMove).where(StageMove.thread_id == thread.id)))


def letters(session: Session, template: str) -> int:
    jobs = session.scalars(select(Job).where(Job.name == "mail.send"))
    return sum(job.payload["template"] == template for job in jobs)


@pytest.mark.parametrize("before", STAGES)
@pytest.mark.parametrize("act", ACTS)
def test_each_stage_has_its_moves_and_no_others(
    session: Session, thread: Thread, moderator: Viewer, before: str, act: str
) -> None:
    thread.stage = before
    session.flush()
    after = ALLOWED.get((before, act))
    if after is None:
        with pytest.raises(Refused):
            ACTS[act](session, moderator, thread)
        assert (thread.stage, thread.cycle, moves(session, thread)) == (before, 1, [])
        return
    ACTS[act](session, moderator, thread)
    assert thread.stage == after
    assert thread.cycle == (2 if act == "reopen" else 1)
    [move] = moves(session, thread)
    assert (move.before, move.after, move.cycle) == (before, after, thread.cycle)
    assert getattr(thread, f"{after}_on") == TODAY


@pytest.mark.parametrize("act", ACTS)
def test_contributors_move_nothing(session: Session, thread: Thread, act: str) -> None:
    contributor = viewer(session, make_member(session, thread.series))
    with pytest.raises(Forbidden):
        ACTS[act](session, contributor, thread)


def test_a_move_leaves_a_decision_and_an_audited_row(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    move_stage(session, moderator, thread, "weighing", why=WHY, now=NOW)
    decision = session.scalar(select(Decision).where(Decision.subject_id == thread.public_id))
    assert decision is not None
    assert (decision.subject_kind, decision.action, decision.why) == ("thread", "move_on", WHY)
    event = session.scalar(select(AuditEvent).where(AuditEvent.subject_id == thread.public_id))
    assert event is not None
    assert event.details == {
        "decision": decision.public_id, "said": decision.fingerprint,
        "before": "open", "after": "weighing",
    }  # fmt: skip


@pytest.mark.parametrize("stage", ["weighing", "closed"])
def test_leaving_open_freezes_what_was_answered_privately(
    session: Session, thread: Thread, moderator: Viewer, stage: str
) -> None:
    position = make_position(session, thread)
    for _each in range(5):
        person = make_member(session, thread.series)
        session.add(Part(position_id=position.id, person_id=person.id, stance="2", over=["values"],
                         answered_at=NOW))  # fmt: skip
    session.flush()
    ACTS[stage](session, moderator, thread)
    counts = session.scalar(select(PartCounts).where(PartCounts.position_id == position.id))
    assert counts is not None
    assert (counts.people, counts.cycle) == (5, 1)


@pytest.mark.parametrize(
    ("outcome", "review_on", "fields"),
    [
        ("", None, ["outcome", "review_on"]),
        ("So.", None, ["review_on"]),
        ("So.", TODAY, ["review_on"]),
        ("  ", LATER, ["outcome"]),
        ("a" * 6_001, LATER, ["outcome"]),
    ],
)
def test_closing_needs_an_outcome_and_a_day_to_look_again(
    session: Session, thread: Thread, moderator: Viewer, outcome: str, review_on: date | None,
    fields: list[str],
) -> None:  # fmt: skip
    with pytest.raises(Invalid) as error:
        close_thread(session, moderator, thread, outcome=outcome, review_on=review_on, now=NOW)
    assert [problem.field for problem in error.value.problems] == fields
    assert thread.stage == "open"


def test_a_stage_that_was_passed_over_has_no_date(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    thread.weighing_on = thread.making_sense_on = LATER
    ACTS["closed"](session, moderator, thread)
    assert [thread.weighing_on, thread.making_sense_on, thread.closed_on] == [None, None, TODAY]


def test_reopening_keeps_the_earlier_outcome_in_the_record(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    close_thread(session, moderator, thread, outcome="**Both.**", review_on=LATER, now=NOW)
    assert thread.outcome_html
    reopen_thread(session, moderator, thread, why=WHY, now=NOW)
    assert (thread.outcome, thread.outcome_html, thread.review_on) == ("", "", None)
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [event.details.get("outcome") for event in events[-2:]] == ["**Both.**", "**Both.**"]
    thread.stage = "closed"
    with pytest.raises(Invalid):
        reopen_thread(session, moderator, thread, why=" ", now=NOW)


def test_nobody_decides_on_their_own_proposal_but_a_convener(
    session: Session, thread: Thread
) -> None:
    for role, may in (("moderator", False), ("convener", True)):
        person = make_member(session, thread.series, role=role)
        own = make_thread(session, thread.series, stage="proposed", proposed_by=person)
        actor = viewer(session, person)
        if may:
            assert open_thread(session, actor, own, now=NOW).stage == "open"
            continue
        for act in (open_thread, decline_thread):
            with pytest.raises(Forbidden):
                act(session, actor, own, why=WHY, now=NOW)


def test_the_proposer_is_told_what_became_of_it(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    proposer = make_member(session, thread.series)
    good = make_thread(session, thread.series, stage="proposed", proposed_by=proposer)
    bad = make_thread(session, thread.series, stage="proposed", proposed_by=proposer)
    open_thread(session, moderator, good, now=NOW)
    with pytest.raises(Invalid):
        decline_thread(session, moderator, bad, why="", now=NOW)
    decline_thread(session, moderator, bad, why=WHY, now=NOW)
    assert (letters(session, "threads/opened"), letters(session, "threads/declined")) == (1, 1)
    assert (bad.stage, bad.is_hidden) == ("proposed", True)
    with pytest.raises(Refused):
        open_thread(session, moderator, bad, now=NOW)
    assert not restore_thread(session, moderator, bad, now=NOW).is_hidden


def test_hiding_asks_why_and_showing_again_undoes_it(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    with pytest.raises(Invalid):
        hide_thread(session, moderator, thread, why="", now=NOW)
    hide_thread(session, moderator, thread, why=WHY, now=NOW)
    with pytest.raises(Refused):
        hide_thread(session, moderator, thread, why=WHY, now=NOW)
    restore_thread(session, moderator, thread, now=NOW)
    assert not thread.is_hidden
    actions = session.scalars(select(Decision.action).order_by(Decision.id)).all()
    assert actions == ["hide", "restore"]


def test_a_dated_move_to_weighing_waits_and_tells_the_moderators_once(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    thread.weighing_on = TODAY
    make_member(session, thread.series, role="convener")
    make_member(session, thread.series)
    for hours in range(3):
        assert move_due_threads(session, NOW + timedelta(hours=hours)) == 0
        remind_curators(session, NOW + timedelta(hours=hours))
    assert thread.stage == "open"
    assert letters(session, "threads/needs_round") == 2
    thread.weighing_on = TODAY + timedelta(days=1)
    remind_curators(session, NOW)
    assert letters(session, "threads/needs_round") == 2
    remind_curators(session, NOW + timedelta(days=1))
    assert letters(session, "threads/needs_round") == 4


def test_other_stages_move_on_their_day_and_not_before(session: Session, thread: Thread) -> None:
    series = thread.series
    waits = make_thread(session, series, stage="proposed")
    opens = make_thread(session, series, stage="proposed", open_on=TODAY)
    early = make_thread(session, series, stage="weighing", making_sense_on=LATER)
    due = make_thread(session, series, stage="weighing", making_sense_on=TODAY)
    hidden = make_thread(session, series, stage="proposed", open_on=TODAY, is_hidden=True)
    assert move_due_threads(session, NOW) == 2
    assert [one.stage for one in (waits, opens, early, due, hidden)] == [
        "proposed", "open", "weighing", "making_sense", "proposed"]  # fmt: skip
    assert [move.moved_by_id for move in moves(session, due)] == [None]
    assert move_due_threads(session, NOW) == 0


def test_closing_by_date_waits_for_an_outcome(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    thread.stage, thread.closed_on = "making_sense", TODAY
    session.flush()
    assert move_due_threads(session, NOW) == move_due_threads(session, NOW) == 0
    assert (remind_curators(session, NOW), remind_curators(session, NOW)) == (1, 0)
    assert letters(session, "threads/needs_outcome") == 1
    keep_outcome(session, moderator, thread, outcome="So.", review_on=LATER, now=NOW)
    assert thread.stage == "making_sense"
    assert move_due_threads(session, NOW) == 1
    assert (thread.stage, thread.outcome) == ("closed", "So.")
    assert session.scalar(select(func.count()).select_from(StageMove)) == 1
