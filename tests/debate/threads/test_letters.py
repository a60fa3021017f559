"""Letters about threads: each can be written, in plain text, and to nobody who has left."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.threads.operations import merge_threads, undo_regrouping
from discussion.debate.threads.tasks import MAILS, PERIODIC, TASKS
from discussion.debate.threads.tasks_arranging import MAILS as ARRANGING
from discussion.debate.threads.tasks_reminding import MAILS as REMINDING
from discussion.decisions.models import Decision
from discussion.jobs.models import Job
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_series,
    make_thread,
    viewer,
)

WHY = "It asks two things & answers one."
WITH_A_REASON = ("opened", "declined", "merged")


@pytest.mark.parametrize(
    "template", sorted(MAILS.keys() - {"threads/moved"} - ARRANGING.keys() - REMINDING.keys())
)
def test_each_letter_names_the_thread_and_leads_to_it(
    app: Flask, session: Session, template: str
) -> None:
    series = make_series(session)
    person = make_member(session, series)
    thread = make_thread(session, series, question="Who’s < to “decide”?", proposed_by=person,
                         weighing_on=NOW.date(), closed_on=NOW.date())  # fmt: skip
    decision = Decision(
        series_id=series.id, subject_kind="thread", subject_id=thread.public_id, action="decline",
        why=WHY, decided_by_id=make_person(session).id, decided_by_role="moderator", at=NOW,
    )  # fmt: skip
    session.add(decision)
    session.flush()
    payload = {"person_id": person.id, "ids": {"thread": thread.id, "decision": decision.id}}
    with app.test_request_context(base_url="https://example.org"):
        letter = MAILS[template](session, payload)
        assert letter is not None
        assert letter.to == person.email
        assert thread.question in letter.body
        assert (WHY in letter.body) == (template.rpartition("/")[2] in WITH_A_REASON)
        assert "https://example.org/threads/" in letter.body
        assert "\n\n\n" not in letter.body
        person.left_at = NOW
        assert MAILS[template](session, payload) is None


def test_the_clock_knows_its_task() -> None:
    assert set(PERIODIC) <= set(TASKS)


@pytest.mark.parametrize("is_back", [False, True])
def test_one_letter_tells_of_everything_that_moved_and_why(
    app: Flask, session: Session, is_back: bool
) -> None:
    series = make_series(session)
    source, target = (make_thread(session, series) for _ in range(2))
    person = make_member(session, series)
    own, _other = (make_position(session, one, person) for one in (source, target))
    actor = viewer(session, make_member(session, series, role="moderator"))
    made = merge_threads(session, actor, source, target, why=WHY, now=NOW)
    if is_back:
        undo_regrouping(session, actor, made, why=WHY, now=NOW)
    jobs = session.scalars(select(Job).where(Job.name == "mail.send").order_by(Job.id)).all()
    with app.test_request_context(base_url="https://example.org"):
        letter = MAILS["threads/moved"](session, jobs[-1].payload)
    assert letter is not None
    assert letter.to == person.email
    for words in ((source if is_back else target).question, own.revisions[0].claim, WHY,
                  f"https://example.org/positions/{own.public_id}"):  # fmt: skip
        assert words in letter.body
    assert ("You have two positions" in letter.body) is not is_back
    assert "\n\n\n" not in letter.body
