"""Letters about threads: each can be written, in plain text, and to nobody who has left."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from discussion.moderation.models import Decision
from discussion.threads.tasks import MAILS, PERIODIC, TASKS
from tests.factories import NOW, make_member, make_person, make_series, make_thread

WHY = "It asks two things & answers one."


@pytest.mark.parametrize("template", MAILS)
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
        assert (WHY in letter.body) == (template in ("threads/opened", "threads/declined"))
        assert "https://example.org/threads/" in letter.body
        assert "\n\n\n" not in letter.body
        person.left_at = NOW
        assert MAILS[template](session, payload) is None


def test_the_clock_knows_its_task() -> None:
    assert set(PERIODIC) <= set(TASKS)
