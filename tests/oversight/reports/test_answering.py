"""Answering reports: one decision for all of them, by somebody who is not concerned."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.decisions.models import Decision
from discussion.decisions.operations.claiming import Taken, take
from discussion.decisions.operations.refusing import AlreadyDecided, NeedsReason
from discussion.jobs.models import Job
from discussion.oversight.moderation.queries.sources import list_everything
from discussion.oversight.reports.drafts import AnswerDraft, ReportDraft
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.operations.answering import answer_reports
from discussion.oversight.reports.operations.reporting import send_report
from discussion.oversight.reports.queries.own import outcome_of
from discussion.oversight.reports.queries.subjects import Matter, actions_for
from discussion.oversight.reports.queries.waiting import describe, list_bare, tally
from discussion.people.accounts.models import Person
from discussion.permissions.rules import Forbidden
from discussion.series.series.models import Series
from discussion.subjects.finding import subject_of
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_person,
    make_position,
    make_response,
    make_series,
    make_thread,
    viewer,
)

LATER = NOW + timedelta(hours=2)
URGENT = ReportDraft("safeguarding", "zqx-what-was-said")
PLAIN = ReportDraft("off_topic", "zqx-something-else")


@pytest.fixture
def series(session: Session) -> Series:
    return make_series(session)


@pytest.fixture
def moderator(session: Session, series: Series) -> Person:
    return make_member(session, series, role="moderator")


@pytest.fixture
def position(session: Session, series: Series) -> Position:
    thread = make_thread(session, series)
    make_position(session, thread)
    return make_position(session, thread)


def of(row: Any) -> Matter:
    thread = getattr(row, "thread", None) or getattr(getattr(row, "position", None), "thread", row)
    return Matter(subject_of(row), thread.series)


def report(session: Session, row: Any, by: Person | None = None, draft: ReportDraft = PLAIN,
           at: Any = NOW) -> Report:  # fmt: skip
    return send_report(session, viewer(session, by) if by else None, of(row), draft, now=at)


def answer(session: Session, by: Person, row: Any, action: str, reason: str = "",
           newest: Report | None = None) -> Decision:  # fmt: skip
    last = newest or session.scalars(select(Report).order_by(Report.id.desc())).first()
    assert last is not None
    draft = AnswerDraft(action, reason, "What was seen.", "A note.", last.public_id)
    return answer_reports(session, viewer(session, by), of(row), draft, now=LATER)


def test_one_decision_answers_all_open_reports_and_every_reporter_hears(
    session: Session, series: Series, moderator: Person, position: Position
) -> None:
    other = make_position(session, position.thread)
    report(session, other)
    member = make_member(session, series)
    report(session, position, member)
    report(session, position, draft=ReportDraft("abuse", email="visitor@example.org"))
    report(session, position)
    session.query(Job).delete()

    decision = answer(session, moderator, position, "hide", "unclear")

    rows = session.scalars(select(Report).where(Report.subject_id == position.public_id)).all()
    assert {row.decision_id for row in rows} == {decision.id}
    assert {row.status for row in rows} == {"answered"}
    assert session.scalars(select(Report.status).where(Report.subject_id == other.public_id)
                           ).one() == "waiting"  # fmt: skip
    letters = [(job.payload.get("template"), job.payload.get("person_id"))
               for job in session.scalars(select(Job)) if job.name == "mail.send"]  # fmt: skip
    assert sorted(letters, key=str) == [
        ("moderation/decision", position.author_id),
        ("reports/answered", member.id),
        ("reports/answered", None),
    ]
    assert (position.state, decision.facts) == ("hidden", "What was seen.")
    assert [outcome_of(session, row) for row in rows] == ["acted"] * 3


def test_to_keep_something_tells_its_author_nothing_and_the_reporter_that_it_was_kept(
    session: Session, series: Series, moderator: Person, position: Position
) -> None:
    made = report(session, position, make_member(session, series))
    decision = answer(session, moderator, position, "keep")
    assert decision.addressed_to_id is None
    assert outcome_of(session, made) == "kept"
    assert position.state == "published"


def test_what_a_report_hid_is_shown_again_hidden_for_good_or_removed(
    session: Session, series: Series, moderator: Person
) -> None:
    for action, state in (("restore", "published"), ("hide", "hidden"), ("remove", "removed")):
        position = make_position(session, make_thread(session, series))
        report(session, position, make_member(session, series), URGENT)
        assert position.state == "hidden"
        assert actions_for(subject_of(position)) == ("restore", "hide", "remove")
        decision = answer(session, moderator, position, action, "unclear")
        assert (position.state, decision.addressed_to_id) == (state, position.author_id)


@pytest.mark.parametrize("kind", ["evidence", "thread"])
def test_an_item_and_a_thread_are_hidden_by_a_decision(
    session: Session, series: Series, moderator: Person, kind: str
) -> None:
    author = make_member(session, series)
    row: Any = (
        make_item(session, series, added_by_id=author.id)
        if kind == "evidence"
        else make_thread(session, series, proposed_by_id=author.id)
    )
    report(session, row)
    decision = answer(session, moderator, row, "hide", "unclear")
    assert (row.is_hidden, decision.addressed_to_id) == (True, author.id)
    report_again = Report(series_id=series.id, subject_kind=kind, subject_id=row.public_id,
                          reason="other", received_at=NOW)  # fmt: skip
    session.add(report_again)
    session.flush()
    answer(session, moderator, row, "restore")
    assert row.is_hidden is False


def test_a_reason_is_needed_where_something_is_taken_away(
    session: Session, moderator: Person, position: Position
) -> None:
    report(session, position)
    for action in ("hide", "remove", "ask_edit"):
        with pytest.raises(NeedsReason):
            answer(session, moderator, position, action)


def test_a_report_that_came_in_meanwhile_goes_on_waiting(
    session: Session, moderator: Person, position: Position
) -> None:
    first, second = report(session, position), report(session, position)
    answer(session, moderator, position, "keep", newest=first)
    assert (first.status, second.status) == ("answered", "waiting")
    with pytest.raises(AlreadyDecided):
        answer(session, moderator, position, "keep", newest=first)


def test_what_one_moderator_has_taken_another_does_not_answer(
    session: Session, series: Series, moderator: Person, position: Position
) -> None:
    made = report(session, position)
    other = viewer(session, make_member(session, series, role="moderator"))
    take(session, other, "reports", made.public_id, series, now=LATER)
    with pytest.raises(Taken):
        answer(session, moderator, position, "keep")


def test_nobody_answers_about_their_own_writing_nor_their_own_report(
    client: FlaskClient, session: Session, series: Series
) -> None:
    author = make_member(session, series, role="moderator")
    reporter = make_member(session, series, role="convener")
    position = make_position(session, make_thread(session, series), author)
    made = report(session, position, reporter, URGENT)
    make_member(session, series, role="moderator")
    for person in (author, reporter):
        with pytest.raises(Forbidden):
            answer(session, person, position, "restore")
        shown = sign_in(client, person).get(f"/reports/desk/{made.public_id}")
        assert shown.status_code == 200
        assert "zqx-what-was-said" not in shown.text
        assert "Somebody else answers" in shown.text
        assert client.post(f"/reports/desk/{made.public_id}", data={
            "action": "restore", "newest": made.public_id}).status_code == 403  # fmt: skip


def test_only_where_nobody_is_left_does_the_administrator_answer(
    client: FlaskClient, session: Session, series: Series
) -> None:
    administrator = make_person(session, is_administrator=True)
    sole = make_member(session, series, role="convener")
    position = make_position(session, make_thread(session, series), sole)
    made = report(session, position, draft=URGENT)
    told = [job.payload["person_id"] for job in session.scalars(select(Job))]
    assert told == [administrator.id]
    page = sign_in(client, administrator).get(f"/reports/desk/{made.public_id}")
    assert (page.status_code, "zqx-what-was-said" in page.text) == (200, True)
    answered = client.post(f"/reports/desk/{made.public_id}", data={
        "action": "hide", "reason": "unclear", "newest": made.public_id})  # fmt: skip
    assert answered.status_code == 303
    decision = session.scalars(select(Decision)).one()
    assert (decision.decided_by_role, position.state) == ("administrator", "hidden")

    make_member(session, series, role="moderator")
    another = report(session, make_position(session, position.thread))
    assert client.get(f"/reports/desk/{another.public_id}").status_code == 404


def test_what_is_left_to_the_administrator_never_tells_what_the_one_moderator_wrote(
    client: FlaskClient, session: Session, series: Series
) -> None:
    administrator = make_person(session, is_administrator=True)
    sole = make_member(session, series, role="convener")
    thread = make_thread(session, series, attribution="chatham_house")
    for author in (sole, make_member(session, series)):
        position = make_position(session, thread, author, attribution="chatham_house")
        made = report(session, position, draft=URGENT)
        told = [job.payload["ids"] for job in session.scalars(select(Job))
                if job.payload["person_id"] == administrator.id]  # fmt: skip
        assert {"report": made.id} in told
        page = sign_in(client, administrator).get(f"/reports/desk/{made.public_id}")
        assert page.status_code == 200
        assert f"/reports/desk/{made.public_id}" in client.get("/appeals/desk").text


def test_the_desk_lists_a_thing_once_the_urgent_ahead_and_says_nobody_s_name(
    client: FlaskClient, session: Session, series: Series, moderator: Person, position: Position
) -> None:
    response = make_response(session, position)
    item = make_item(session, series)
    member = make_member(session, series)
    first = report(session, position, member)
    report(session, position)
    report(session, response, make_member(session, series), URGENT)
    report(session, item, at=NOW + timedelta(minutes=5))
    report(session, make_thread(session, series))
    report(session, make_position(session, make_thread(session, make_series(session))))

    bares = list_bare(session, [series.id], NOW)
    assert [bare.is_urgent for bare in bares].count(True) == 1
    assert len(bares) == 4
    assert session.execute(tally([series.id])).one()[0] == 4
    line = next(bare for bare in bares if bare.id == first.public_id)
    assert set(line.own_ids) == {position.author_id, member.id}
    assert line.thread_id == position.thread_id
    said = describe(session, viewer(session, moderator), bares, NOW)
    assert said[first.public_id].label == "Reported by a member and a visitor"
    assert len(said) == 4
    kinds = [bare.kind for bare in list_everything(session, [series.id], NOW)]
    assert kinds.count("reports") == 4

    shown = sign_in(client, moderator).get("/moderation")
    assert "Safeguarding report" in shown.text
    assert f"/reports/desk/{first.public_id}" in shown.text


def test_the_page_of_the_desk_asks_and_answers(
    client: FlaskClient, session: Session, series: Series, moderator: Person, position: Position
) -> None:
    made = report(session, position)
    sign_in(client, moderator)
    address = f"/reports/desk/{made.public_id}"
    shown = client.get(address)
    assert "zqx-something-else" in shown.text
    assert position.revisions[0].claim in shown.text
    assert f'name="newest" value="{made.public_id}"' in shown.text
    assert client.post(address, data={"newest": made.public_id}).status_code == 422
    typed = {"action": "hide", "newest": made.public_id, "why": "My note to them."}
    refused = client.post(address, data=typed)
    assert (refused.status_code, "My note to them." in refused.text) == (422, True)
    seen = client.post(address, data=typed | {"see": "1", "reason": "unclear"})
    assert "Your position is hidden" in seen.text
    assert position.state == "published"
    done = client.post(address, data=typed | {"reason": "unclear"})
    assert done.status_code == 303
    assert position.state == "hidden"
    assert client.post(address, data=typed | {"reason": "unclear"}).status_code == 409
