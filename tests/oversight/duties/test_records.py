"""The records: versions that stay, who reads them, and reminders that come once."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.jobs.models import Job
from discussion.oversight.duties.drafts import DutyDraft
from discussion.oversight.duties.models import DutyRecord
from discussion.oversight.duties.operations import WrittenMeanwhile, remind_of_reviews, write_record
from discussion.oversight.duties.tasks import MAILS
from discussion.oversight.duties.words import KINDS, MAX_TEXT
from discussion.people.accounts.models import Person
from discussion.permissions.rules import Forbidden
from tests.conftest import json_of, sign_in
from tests.factories import NOW, make_person, viewer

PUBLIC, OWN = "complaints-procedure", "illegal-content-risk-assessment"
IN_A_YEAR = NOW.date() + timedelta(days=365)


@pytest.fixture
def administrator(session: Session) -> Person:
    return make_person(session, is_administrator=True)


def write(session: Session, who: Person, kind: str = PUBLIC, *, seen: int = 0,
          text: str = "Write to **us**.") -> DutyRecord:  # fmt: skip
    draft = DutyDraft(text, "A code of 2025", IN_A_YEAR, "", seen)
    return write_record(session, viewer(session, who), kind, draft, now=NOW)


def typed(**changes: Any) -> dict[str, str]:
    from discussion import clock

    review = clock.now().date() + timedelta(days=200)
    given = {"text": "## Who\n\nUs.", "code_version": "A code", "review_on": f"{review}",
             "what_changed": "", "seen": "0"}  # fmt: skip
    return given | changes


def test_everybody_reads_what_is_public_and_only_administrators_the_rest(
    session: Session, client: FlaskClient, administrator: Person
) -> None:
    for kind in (PUBLIC, OWN):
        write(session, administrator, kind)
    for who in (None, make_person(session)):
        if who is not None:
            sign_in(client, who)
        assert "<strong>us</strong>" in client.get(f"/duties/{PUBLIC}").text
        for path in (f"/duties/{OWN}", f"/duties/{OWN}.json", f"/duties/{OWN}/versions/1",
                     f"/duties/{PUBLIC}/write", "/duties/nonsense"):  # fmt: skip
            assert client.get(path).status_code == 404, path
        assert [one["kind"] for one in json_of(client.get("/duties.json"))["records"]] == [PUBLIC]
    sign_in(client, administrator)
    assert client.get(f"/duties/{OWN}").status_code == 200
    assert len(json_of(client.get("/duties.json"))["records"]) == len(KINDS)


def test_a_new_version_is_added_and_the_old_one_stays(
    session: Session, client: FlaskClient, administrator: Person
) -> None:
    sign_in(client, administrator)
    address = f"/duties/{PUBLIC}/write"
    assert "Who looks again" in client.get(address).text, "the form begins with prompts"
    assert client.post(address, data=typed(text="The first.")).status_code == 303
    late = client.post(address, data=typed(text="A second.", what_changed="More"))
    assert late.status_code == 422
    assert "The first." in late.text
    assert "A second." in late.text
    unsaid = client.post(address, data=typed(text="A second.", seen="1"))
    assert unsaid.status_code == 422
    done = client.post(address, data=typed(text="A second.", seen="1", what_changed="More"))
    assert done.status_code == 303
    assert "The first." in client.get(f"/duties/{PUBLIC}/versions/1").text
    assert "A second." in client.get(f"/duties/{PUBLIC}").text
    verbs = session.scalars(select(AuditEvent.verb).order_by(AuditEvent.number)).all()
    assert list(verbs) == ["write_duty", "write_duty"]


@pytest.mark.parametrize(
    ("field", "right", "wrong"),
    [
        ("text", "x" * MAX_TEXT, "x" * (MAX_TEXT + 1)),
        ("code_version", "x" * 120, "x" * 121),
        ("review_on", 1, 0),
        ("review_on", 366, 367),
    ],
)
def test_limits_are_kept_at_their_edges(
    client: FlaskClient, administrator: Person, field: str, right: Any, wrong: Any
) -> None:
    from discussion import clock

    sign_in(client, administrator)
    for value, status in ((wrong, 422), (right, 303)):
        if isinstance(value, int):
            value = str(clock.now().date() + timedelta(days=value))
        given = typed(**{field: value})
        assert client.post(f"/duties/{PUBLIC}/write", data=given).status_code == status, value


def test_nobody_else_writes_and_of_two_at_once_one_is_told(
    session: Session, administrator: Person
) -> None:
    with pytest.raises(Forbidden):
        write(session, make_person(session))
    write(session, administrator)
    with pytest.raises(WrittenMeanwhile):
        write(session, administrator)


def test_administrators_are_reminded_before_the_day_on_it_and_ever_less_after_it(
    session: Session, app: Flask, administrator: Person
) -> None:
    make_person(session)
    record = write(session, administrator)
    day = timedelta(days=1)
    due = NOW + timedelta(days=365)
    days = [at * day for at in (-31, -30, -29, -8, -7, -1, 0, 2, 3, 4, 7, 20, 21, 22, 80)]
    told = [(at, remind_of_reviews(session, due + at)) for at in days]
    assert [(at.days, number) for at, number in told if number] == [
        (days, 1) for days in (-30, -7, 0, 3, 7, 21)
    ]
    job = session.scalars(select(Job).where(Job.name == "mail.send").order_by(Job.id)).first()
    assert job is not None
    with time_machine.travel(due), app.test_request_context():
        letter = MAILS["duties/review"](session, job.payload)
        assert letter is not None
        assert "Complaints procedure" in letter.subject
        later = DutyDraft("New.", "A code", IN_A_YEAR + 90 * day, "Reviewed", 1)
        write_record(session, viewer(session, administrator), PUBLIC, later, now=NOW)
        assert MAILS["duties/review"](session, job.payload) is None, "it was reviewed meanwhile"
    assert record.version == 1
