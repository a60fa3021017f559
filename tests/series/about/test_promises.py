"""How long the privacy page says that things are kept is what the clock does, whoever comes in."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.debate.composing.models import KeptDraft
from discussion.jobs.models import Job
from discussion.kept.models import KeptForm, SentForm
from discussion.mail.models import RefusedAddress
from discussion.oversight.reports.models import Report
from discussion.oversight.rights.models import DataCopy
from discussion.people.accounts.models import Attempt, MailedLink, Person
from discussion.web.site import site
from discussion.wiring.later import everything_later
from tests.factories import NOW, make_person, make_series

DAY = timedelta(days=1)
MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Promise:
    """Words of the page, the regular task that keeps them, what is made, and what is left of it."""

    words: str
    task: str
    lasts: timedelta
    make: Callable[[Session], Any]
    left: Callable[[Session], int]


def an_attempt(session: Session) -> None:
    session.add(Attempt(key="k", at=NOW))


def a_sign_up(session: Session) -> None:
    make_person(session, email_confirmed_at=None, password_hash=None, created_at=NOW)


def a_link(session: Session) -> None:
    session.add(MailedLink(person=make_person(session), purpose="reset", email="x@example.org",
                           carries={}, created_at=NOW, expires_at=NOW))  # fmt: skip


def a_letter_sent(session: Session) -> None:
    session.add(Job(name="mail.send", payload={}, created_at=NOW, run_after=NOW, done_at=NOW))


def a_letter_given_up(session: Session) -> None:
    session.add(Job(name="mail.send", payload={}, created_at=NOW, run_after=NOW, failed_at=NOW))


def a_refusal(session: Session) -> None:
    session.add(RefusedAddress(email="x@example.org", about="address", since=NOW, at=NOW))


def a_draft(session: Session) -> None:
    session.add(KeptDraft(token_hash="h", kind="position", subject_id="x", typed={}, saved_at=NOW,
                          expires_at=NOW + 7 * DAY))  # fmt: skip


def a_kept_form(session: Session) -> None:
    session.add(KeptForm(address="/x", page="/x", fields={}, kept_at=NOW,
                         expires_at=NOW + 7 * DAY))  # fmt: skip


def a_sent_form(session: Session) -> None:
    session.add(SentForm(key="k", place="p", sealed="", at=NOW))


def a_copy(session: Session) -> None:
    session.add(DataCopy(person=make_person(session), asked_at=NOW, file_name="x.zip", ready_at=NOW,
                         expires_at=NOW + 7 * DAY))  # fmt: skip


def an_answered_report(session: Session) -> None:
    session.add(Report(series_id=make_series(session).id, subject_kind="position", subject_id="x",
                       reporter_email="v@example.org", reason="other", received_at=NOW,
                       status="answered", answered_at=NOW))  # fmt: skip


def count(*what: Any) -> Callable[[Session], int]:
    return lambda session: session.scalar(select(func.count()).where(*what)) or 0


PROMISES = (
    Promise("One day", "accounts.tidy", DAY, an_attempt, count(Attempt.id > 0)),
    Promise("A sign-up that nobody confirmed", "accounts.tidy", 30 * DAY, a_sign_up,
            count(Person.id > 0)),
    Promise("links that were e-mailed", "accounts.tidy", 30 * DAY, a_link,
            count(MailedLink.id > 0)),
    Promise("Which e-mails were sent to you", "jobs.tidy", 30 * DAY, a_letter_sent,
            count(Job.id > 0)),
    Promise("Which e-mails were sent to you", "jobs.tidy", 30 * DAY, a_letter_given_up,
            count(Job.id > 0)),
    Promise("at most thirty days", "mail.tidy", 30 * DAY, a_refusal,
            count(RefusedAddress.email != "")),
    Promise("written signed out, seven days", "positions.forget_drafts", 7 * DAY, a_draft,
            count(KeptDraft.id > 0)),
    Promise("while you were signed out", "kept.tidy", 7 * DAY, a_kept_form, count(KeptForm.id > 0)),
    Promise("so that a second press", "kept.tidy", DAY, a_sent_form, count(SentForm.id > 0)),
    Promise("Copies of your data", "rights.forget", 7 * DAY, a_copy,
            count(DataCopy.deleted_at.is_(None), DataCopy.id > 0)),
    Promise("a week after the answer", "reports.forget_addresses", 7 * DAY, an_answered_report,
            count(Report.reporter_email != "")),
)  # fmt: skip


@pytest.mark.parametrize("promise", PROMISES, ids=lambda one: one.make.__name__)
def test_what_is_promised_is_kept_by_the_clock_alone(
    app: Flask, client: FlaskClient, session: Session, promise: Promise
) -> None:
    assert promise.words in client.get("/about/privacy").text
    registry = everything_later()
    assert registry.periodic[promise.task] <= timedelta(hours=6)
    promise.make(session)
    session.flush()

    def after(now: datetime) -> int:
        with app.test_request_context():
            registry.tasks[promise.task](session, {}, now)
        session.flush()
        return promise.left(session)

    assert after(NOW + promise.lasts - MOMENT) == 1
    assert after(NOW + promise.lasts + MOMENT) == 0


def test_letters_in_the_folder_are_kept_for_thirty_days(app: Flask, session: Session) -> None:
    folder = site(app).settings.mail_folder
    folder.mkdir(parents=True)
    for name, days in (("old.eml", 31), ("new.eml", 29), ("half.part", 2), ("other.txt", 90)):
        path = folder / name
        path.write_text("x")
        at = (NOW - days * DAY).timestamp()
        os.utime(path, (at, at))
    with app.test_request_context():
        everything_later().tasks["mail.tidy"](session, {}, NOW)
    assert sorted(path.name for path in folder.iterdir()) == ["new.eml", "other.txt"]


def test_the_other_promises_have_their_regular_work(app: Flask) -> None:
    """Their own rooms test what these do: redactions, rights and sanctions."""
    periodic = everything_later().periodic
    assert {"redactions.destroy", "rights.find_due", "sanctions.end"} <= periodic.keys()
