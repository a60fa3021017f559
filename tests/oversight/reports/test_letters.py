"""Every letter about reports, decisions and appeals: what it says, and what it never says."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.operations import decline_thread
from discussion.decisions.models import Decision
from discussion.jobs.models import Job
from discussion.oversight.appeals.operations.appealing import make_appeal
from discussion.oversight.appeals.operations.reviewing import review_appeal
from discussion.oversight.reports.drafts import AnswerDraft, ReportDraft
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.operations.answering import answer_reports
from discussion.oversight.reports.operations.reporting import send_report
from discussion.oversight.reports.queries.subjects import Matter
from discussion.oversight.reports.tasks import TASKS
from discussion.people.accounts.models import Person
from discussion.series.values.models import ValueProposal
from discussion.series.values.operations import decline_proposal
from discussion.subjects.finding import subject_of
from discussion.wiring.later import everything_later
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_series,
    make_thread,
    viewer,
)

SAID = "zqx-what-the-reporter-wrote"
VISITOR = "visitor@example.org"


@pytest.fixture
def people(session: Session) -> dict[str, Person]:
    series = make_series(session)
    return {
        "author": make_member(session, series),
        "reporter": make_member(session, series, make_person(session, display_name="Zqxreporter")),
        "moderator": make_member(
            session, series, make_person(session, display_name="Zqxmoderator"), role="moderator"
        ),
        "other": make_member(session, series, role="moderator"),
    }


@pytest.fixture
def position(session: Session, people: dict[str, Person]) -> Position:
    from discussion.series.series.models import Series

    series = session.scalars(select(Series)).one()
    return make_position(session, make_thread(session, series), people["author"])


def letters(app: Flask, session: Session) -> dict[str, list[tuple[str, str]]]:
    """What every promise would send now: template → (address, subject and body)."""
    found: dict[str, list[tuple[str, str]]] = {}
    mails = everything_later().mails
    with app.test_request_context():
        for job in session.scalars(select(Job).where(Job.name == "mail.send").order_by(Job.id)):
            written: Any = mails[job.payload["template"]]
            letter = written(session, job.payload)
            if letter is not None:
                said = f"{letter.subject}\n{letter.body}"
                found.setdefault(job.payload["template"], []).append((letter.to, said))
    return found


def test_from_report_to_answer_nobody_reads_who_reported_nor_what(
    app: Flask, session: Session, people: dict[str, Person], position: Position
) -> None:
    subject = Matter(subject_of(position), position.thread.series)
    send_report(session, viewer(session, people["reporter"]), subject,
                ReportDraft("safeguarding", SAID), now=NOW)  # fmt: skip
    visiting = ReportDraft("abuse", SAID, VISITOR)
    position.state = "published"
    second = send_report(session, None, subject, visiting, now=NOW)
    position.state = "hidden"
    session.flush()
    sent = letters(app, session)
    assert [to for to, _said in sent["reports/hidden"]] == [people["author"].email]
    assert [to for to, _said in sent["reports/receipt"]] == [VISITOR]
    urgent = {to for to, _said in sent["moderation/urgent"]}
    assert urgent == {people["moderator"].email, people["other"].email}

    answer_reports(session, viewer(session, people["moderator"]), subject,
                   AnswerDraft("remove", "unclear", "Seen.", "A note.", second.public_id),
                   now=NOW + timedelta(hours=1))  # fmt: skip
    sent = letters(app, session)
    ((to, told),) = sent["moderation/decision"]
    assert to == people["author"].email
    for words in ("Your position was removed", position.revisions[0].claim, "It is unclear",
                  "Seen.", "A note.", "/appeals/", "23 December 2026"):  # fmt: skip
        assert words in told, words
    answered = dict(sent["reports/answered"])
    assert set(answered) == {people["reporter"].email, VISITOR}
    assert "did something about it" in answered[VISITOR]
    everything = "".join(said for each in sent.values() for _to, said in each)
    assert SAID not in everything
    assert "Zqxreporter" not in everything
    assert "Zqxmoderator" not in "".join(
        said for each in sent.values() for to, said in each if to != people["moderator"].email
    )


def test_the_address_of_a_visitor_is_forgotten_after_the_answer(
    session: Session, people: dict[str, Person], position: Position
) -> None:
    subject = Matter(subject_of(position), position.thread.series)
    report = send_report(session, None, subject, ReportDraft("abuse", email=VISITOR), now=NOW)
    TASKS["reports.forget_addresses"](session, {}, NOW + timedelta(days=90))
    assert report.reporter_email == VISITOR
    answer_reports(session, viewer(session, people["moderator"]), subject,
                   AnswerDraft("keep", newest=report.public_id), now=NOW)  # fmt: skip
    TASKS["reports.forget_addresses"](session, {}, NOW + timedelta(days=7))
    assert session.scalars(select(Report.reporter_email)).one() == VISITOR
    TASKS["reports.forget_addresses"](session, {}, NOW + timedelta(days=7, hours=1))
    assert session.scalars(select(Report.reporter_email)).one() == ""


def test_an_appeal_is_answered_by_one_letter_with_its_why(
    app: Flask, session: Session, people: dict[str, Person], position: Position
) -> None:
    series = position.thread.series
    moderator = viewer(session, people["moderator"])
    thread = make_thread(session, series, stage="proposed", proposed_by_id=people["author"].id)
    value = ValueProposal(series_id=series.id, label="Joy", proposed_by_id=people["author"].id,
                          created_at=NOW)  # fmt: skip
    session.add(value)
    session.flush()
    decline_thread(session, moderator, thread, why="Said already.", now=NOW)
    decline_proposal(session, moderator, value, why="It is a mood.", now=NOW)
    sent = letters(app, session)
    for template in ("threads/declined", "series/proposal_answered"):
        assert "/appeals/" in sent[template][0][1], template
    decision = session.scalars(select(Decision).where(Decision.subject_kind == "thread")).one()
    appeal = make_appeal(session, viewer(session, people["author"]), decision, "Look.", now=NOW)
    review_appeal(session, viewer(session, people["other"]), appeal, "overturned",
                  "It asks something new.", now=NOW)  # fmt: skip
    ((to, told),) = letters(app, session)["appeals/answered"]
    assert to == people["author"].email
    for words in ("The decision is reversed", "It asks something new.",
                  "It is a proposal again"):  # fmt: skip
        assert words in told, words


def test_an_administrator_reads_what_is_left_to_them(app: Flask, session: Session) -> None:
    series = make_series(session)
    administrator = make_person(session, is_administrator=True)
    sole = make_member(session, series, role="convener")
    position = make_position(session, make_thread(session, series), sole)
    subject = Matter(subject_of(position), series)
    send_report(session, None, subject, ReportDraft("illegal", SAID), now=NOW)
    ((to, told),) = letters(app, session)["reports/left_to_you"]
    assert to == administrator.email
    assert "/reports/desk/" in told
    assert SAID not in told
