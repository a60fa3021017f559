"""How the desk is doing: the numbers that moderators read about their own pace."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations import decline_thread
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.operations.recording import write_decision
from discussion.oversight.appeals.models import Appeal, AppealOutcome
from discussion.oversight.moderation.operations import decide
from discussion.oversight.moderation.queries.pace import recent_pace
from discussion.oversight.reports.models import Report
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series
from discussion.series.values.models import ValueProposal
from discussion.series.values.operations import decline_proposal
from tests.conftest import json_of, sign_in
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_series,
    make_thread,
    viewer,
)
from tests.oversight.moderation.waiting import make_waiting_response

URL = "/moderation/statistics"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def series(session: Session) -> Series:
    return make_series(session)


@pytest.fixture
def moderator(session: Session, series: Series) -> Person:
    return make_member(session, series, role="moderator")


def decided(
    session: Session, thread: Thread, hours: float, *, at: datetime = NOW, action: str = "approve"
) -> None:
    """A position that waited so long for its decision."""
    decider = viewer(session, make_member(session, thread.series, role="moderator"))
    since = at - timedelta(hours=hours)
    position = make_position(session, thread, revision={"submitted_at": since})
    version_id = position.revisions[0].id
    for later in range(2):  # what is decided on it again does not count
        write_decision(
            session,
            decider,
            Case("position", position.public_id, thread.series),
            Ruling(action, version_id=version_id),
            now=at + timedelta(days=later),
        )


def test_the_middle_and_nine_in_ten_are_said_by_kind_and_month(
    session: Session, series: Series, moderator: Person, client: FlaskClient
) -> None:
    for hours in range(200, 210):
        decided(session, make_thread(session, make_series(session)), hours)
    thread = make_thread(session, series)
    for hours in (2, 4, 6, 8, 10, 60):
        decided(session, thread, hours, at=NOW - timedelta(days=10))
    for hours in (1, 1, 1):
        decided(session, thread, hours, at=NOW - timedelta(days=40), action="hide")
        decided(session, thread, hours, at=NOW - timedelta(days=40))
    session.add_all(
        Report(series_id=series.id, subject_kind="position", subject_id=f"x{number}",
               reason="abuse", is_urgent=number == 0, status="answered",
               received_at=NOW - timedelta(hours=5), answered_at=NOW)
        for number in range(5)
    )  # fmt: skip
    session.flush()
    sign_in(client, moderator)
    page = json_of(client.get(URL + ".json"))
    lines = {line["slug"]: line for line in page["kinds"]}
    assert [(slug, line["count"], line["half"], line["most"], line["share"])
            for slug, line in lines.items()] == [
        ("", 14, "5 hours", "10 hours", 85),
        ("positions", 9, "4 hours", "60 hours", 88),
        ("reports", 5, "5 hours", "5 hours", 80),
    ]  # fmt: skip
    months = json_of(client.get(URL + ".json?kind=positions"))["months"]
    assert [(line["slug"], line["count"], line["half"]) for line in months] == [
        ("2026-11", 6, "6 hours"), ("2026-10", 3, ""),
    ]  # fmt: skip
    html = client.get(URL + "?kind=positions").text
    assert "14 items were decided, half of them within 5 hours and nine in ten within 10" in html
    assert html.count("Not enough to say") == 1


def test_every_kind_that_is_decided_is_counted(
    session: Session, series: Series, moderator: Person, client: FlaskClient
) -> None:
    author = make_member(session, series)
    actor = viewer(session, moderator)
    since = NOW - timedelta(hours=3)
    proposal = ValueProposal(series_id=series.id, label="Joy", proposed_by_id=author.id,
                             created_at=since)  # fmt: skip
    session.add(proposal)
    session.flush()
    decline_proposal(session, actor, proposal, why="It is there.", now=NOW)
    thread = make_thread(session, series, stage="proposed", created_at=since, proposed_by=author)
    decline_thread(session, actor, thread, why="It is two.", now=NOW)
    response = make_waiting_response(session, make_position(session, make_thread(session, series)))
    decision = decide(
        session,
        actor,
        response,
        Ruling("decline", reason="unclear", version_id=response.texts[0].id),
        now=NOW,
    )
    appeal = Appeal(decision_id=decision.id, series_id=series.id, made_by_id=response.author_id,
                    text="No.", at=since)  # fmt: skip
    appeal.outcome = AppealOutcome(outcome="stands", why="Yes.", reviewed_by_id=author.id,
                                   reviewed_by_role="convener", at=NOW)  # fmt: skip
    session.add(appeal)
    session.flush()
    sign_in(client, moderator)
    kinds = json_of(client.get(URL + ".json"))["kinds"]
    assert [(line["slug"], line["count"]) for line in kinds] == [
        ("", 4), ("responses", 1), ("threads", 1), ("values", 1), ("appeals", 1),
    ]  # fmt: skip


def test_what_waits_now_is_counted_with_its_promise(
    session: Session, series: Series, moderator: Person, client: FlaskClient
) -> None:
    make_thread(session, series, stage="proposed", created_at=NOW)
    sign_in(client, moderator)
    waiting = {line["label"]: line for line in json_of(client.get(URL + ".json"))["waiting"]}
    assert waiting["Proposed threads"]["count"] == 1
    assert waiting["Proposed threads"]["promised"] == "within 48 hours"
    assert waiting["Positions"]["count"] == 0


def test_the_last_thirty_days_are_one_sentence_or_none(session: Session, series: Series) -> None:
    thread = make_thread(session, series)
    for hours in (1, 2, 3, 100):
        decided(session, thread, hours, at=NOW - timedelta(days=9))
    decided(session, thread, 90, at=NOW - timedelta(days=31))
    assert recent_pace(session, (series.id,), NOW) == ""
    decided(session, thread, 9, at=NOW - timedelta(days=9))
    assert recent_pace(session, (series.id,), NOW) == (
        "In the last 30 days 5 decisions were made: half within 3 hours, nine in ten within "
        "5 days. 80 in a hundred were made in the time we promise."
    )


def test_a_moderator_of_several_series_chooses_one(
    session: Session, series: Series, moderator: Person, client: FlaskClient
) -> None:
    other = make_series(session)
    make_member(session, other, moderator, role="convener")
    for hours in range(6):
        decided(session, make_thread(session, other), hours)
    sign_in(client, moderator)
    assert json_of(client.get(URL + ".json"))["kinds"][0]["count"] == 6
    assert json_of(client.get(f"{URL}.json?series={series.slug}"))["kinds"] == []
    assert json_of(client.get(f"{URL}.json?series={other.slug}"))["kinds"][0]["count"] == 6


def test_the_page_is_for_those_who_moderate(
    session: Session, series: Series, client: FlaskClient
) -> None:
    assert client.get(URL).status_code == 404
    sign_in(client, make_member(session, series))
    assert client.get(URL).status_code == 404
