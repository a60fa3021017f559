"""A statement for every decision, one appeal, and somebody else who looks again."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.db import AppendOnlyError
from discussion.debate.positions.models import Position, Revision
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations import decline_thread
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.claiming import Taken, take
from discussion.decisions.operations.recording import write_decision
from discussion.jobs.models import Job
from discussion.oversight.appeals.models import Appeal, AppealOutcome
from discussion.oversight.appeals.operations.appealing import BadText, CannotAppeal, make_appeal
from discussion.oversight.appeals.operations.reviewing import (
    AlreadyReviewed,
    BadOutcome,
    review_appeal,
)
from discussion.oversight.appeals.queries.waiting import describe, list_bare, tally
from discussion.oversight.moderation.operations import decide
from discussion.oversight.reports.drafts import AnswerDraft, ReportDraft
from discussion.oversight.reports.operations.answering import answer_reports
from discussion.oversight.reports.operations.reporting import send_report
from discussion.oversight.reports.queries.subjects import Matter
from discussion.oversight.sanctions.models import Sanction
from discussion.people.accounts.models import Person
from discussion.permissions.rules import Forbidden
from discussion.series.values.models import ValueProposal
from discussion.series.values.operations import decline_proposal
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
from tests.factories.scenes import Scene

LATER = NOW + timedelta(days=3)
WHY = "zqx-why-somebody-else-should-look"
PENDING: dict[str, Any] = {"status": "pending", "version": None, "live_at": None}
UNPUBLISHED: dict[str, Any] = {"state": "draft", "number": None, "first_published_at": None}


class Appealing(Scene):
    """A series with two moderators and an author."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        asha = make_person(session, display_name="Asha Zqxname")
        self.asha = make_member(session, self.series, asha, role="moderator")
        self.ben = make_member(session, self.series, role="moderator")
        self.writer = make_member(session, self.series)

    def new_thread(self, **changes: Any) -> Thread:
        return make_thread(self.session, self.series, **changes)

    def waiting(self) -> Position:
        return make_position(self.session, self.new_thread(), self.writer, revision=PENDING,
                             **UNPUBLISHED)  # fmt: skip


@pytest.fixture
def scene(session: Session) -> Appealing:
    return Appealing(session)


def decided(session: Session, scene: Appealing, item: Any, action: str, version: Any = None
            ) -> Decision:  # fmt: skip
    return decide(
        session,
        viewer(session, scene.asha),
        item,
        Ruling(
            action,
            reason="unclear",
            why="A note.",
            facts="What was seen.",
            version_id=version.id if version else None,
        ),
        now=NOW,
    )


def appealed(session: Session, scene: Appealing, decision: Decision) -> Appeal:
    return make_appeal(session, viewer(session, scene.writer), decision, WHY, now=LATER)


def overturned(session: Session, scene: Appealing, decision: Decision, by: Person | None = None
               ) -> AppealOutcome:  # fmt: skip
    appeal = appealed(session, scene, decision)
    actor = viewer(session, by or scene.ben)
    return review_appeal(session, actor, appeal, "overturned", "It was clear.", now=LATER)


def test_a_statement_says_what_was_decided_why_by_which_role_and_until_when_to_appeal(
    client: FlaskClient, session: Session, scene: Appealing
) -> None:
    position = scene.waiting()
    decision = decided(session, scene, position, "decline", position.revisions[0])
    shown = sign_in(client, scene.writer).get(f"/appeals/{decision.public_id}").text
    for words in ("Your position was not published", position.revisions[0].claim, "It is unclear",
                  "What was seen.", "A note.", "by a moderator of the series", "23 November 2026",
                  "until 23 December 2026", "within 5 working days"):  # fmt: skip
        assert words in shown, words
    assert "Zqxname" not in shown
    listed = client.get("/appeals").text
    assert f"/appeals/{decision.public_id}" in listed


def test_moderators_read_statements_with_the_name_of_who_decided_and_nobody_else_does(
    client: FlaskClient, session: Session, scene: Appealing
) -> None:
    position = scene.waiting()
    decision = decided(session, scene, position, "decline", position.revisions[0])
    address = f"/appeals/{decision.public_id}"
    assert "Zqxname" in sign_in(client, scene.ben).get(address).text
    others = [make_member(session, scene.series), make_person(session),
              make_person(session, is_administrator=True),
              make_member(session, make_series(session), role="convener")]  # fmt: skip
    for person in others:
        for suffix in ("", ".json"):
            assert sign_in(client, person).get(address + suffix).status_code == 404
    assert client.post(address, data={"text": WHY}).status_code == 404
    client = client.application.test_client()
    asked = client.get(address)
    assert (asked.status_code, "sign-in" in asked.location) == (303, True)


def test_every_decision_with_an_addressee_leads_to_its_statement(
    client: FlaskClient, session: Session, scene: Appealing
) -> None:
    """Position, response, thread, value, item: all in one's own list, each with its letter."""
    item = make_item(session, scene.series, added_by_id=scene.writer.id)
    thread = scene.new_thread(stage="proposed", proposed_by_id=scene.writer.id)
    value = ValueProposal(series_id=scene.series.id, label="Joy", proposed_by_id=scene.writer.id,
                          created_at=NOW)  # fmt: skip
    session.add(value)
    position = make_position(session, scene.new_thread(), scene.writer)
    response = make_response(session, make_position(session, scene.new_thread()), scene.writer)
    asha = viewer(session, scene.asha)
    decided(session, scene, position, "hide")
    decided(session, scene, response, "remove")
    decline_thread(session, asha, thread, why="Said already.", now=NOW)
    decline_proposal(session, asha, value, why="It is a mood.", now=NOW)
    reported = Matter(subject_of(item), scene.series)
    report = send_report(session, None, reported, ReportDraft("misattributed"), now=NOW)
    answer_reports(session, asha, reported,
                   AnswerDraft("hide", "unclear", newest=report.public_id), now=NOW)  # fmt: skip
    decisions = session.scalars(
        select(Decision).where(Decision.addressed_to_id == scene.writer.id)
    ).all()
    assert {row.subject_kind for row in decisions} == {
        "position", "response", "thread", "value", "evidence"}  # fmt: skip
    sign_in(client, scene.writer)
    listed = client.get("/appeals").text
    for row in decisions:
        assert f"/appeals/{row.public_id}" in listed
        shown = client.get(f"/appeals/{row.public_id}")
        assert "Send the appeal" in shown.text, row.subject_kind
    told = [job.payload for job in session.scalars(select(Job))]
    assert sum(one["person_id"] == scene.writer.id for one in told) == len(decisions)


def test_one_appeal_a_decision_within_its_time_and_with_a_why(
    session: Session, scene: Appealing
) -> None:
    position = make_position(session, scene.new_thread(), scene.writer)
    decision = decided(session, scene, position, "hide")
    author = viewer(session, scene.writer)
    for text in ("", "   ", "a" * 2001):
        with pytest.raises(BadText):
            make_appeal(session, author, decision, text, now=LATER)
    with pytest.raises(CannotAppeal):
        make_appeal(session, author, decision, WHY, now=NOW + timedelta(days=31))
    with pytest.raises(Forbidden):
        make_appeal(session, viewer(session, scene.ben), decision, WHY, now=LATER)
    make_appeal(session, author, decision, WHY, now=NOW + timedelta(days=30))
    with pytest.raises(CannotAppeal):
        make_appeal(session, author, decision, WHY, now=LATER)


def test_there_is_nothing_to_appeal_against_in_what_was_approved(
    session: Session, scene: Appealing
) -> None:
    position = scene.waiting()
    decision = decided(session, scene, position, "approve", position.revisions[0])
    with pytest.raises(CannotAppeal):
        appealed(session, scene, decision)


def test_never_who_decided_appealed_or_reported_looks_again(
    session: Session, scene: Appealing
) -> None:
    reporter = make_member(session, scene.series, role="convener")
    position = make_position(session, scene.new_thread(), scene.writer)
    subject = Matter(subject_of(position), scene.series)
    report = send_report(session, viewer(session, reporter), subject, ReportDraft("abuse"), now=NOW)
    decision = answer_reports(
        session, viewer(session, scene.asha), subject,
        AnswerDraft("hide", "unclear", newest=report.public_id), now=NOW,
    )  # fmt: skip
    appeal = appealed(session, scene, decision)
    administrator = make_person(session, is_administrator=True)
    for person in (scene.asha, scene.writer, reporter, administrator):
        with pytest.raises(Forbidden):
            review_appeal(session, viewer(session, person), appeal, "stands", "So.", now=LATER)
    bare = list_bare(session, [scene.series.id], LATER)
    assert len(bare) == 1
    assert set(bare[0].own_ids) == {scene.asha.id, scene.writer.id, reporter.id}
    review_appeal(session, viewer(session, scene.ben), appeal, "stands", "So.", now=LATER)
    assert list_bare(session, [scene.series.id], LATER) == []


def test_an_outcome_is_final_and_told_with_its_why(session: Session, scene: Appealing) -> None:
    position = make_position(session, scene.new_thread(), scene.writer)
    appeal = appealed(session, scene, decided(session, scene, position, "hide"))
    ben = viewer(session, scene.ben)
    for outcome, why in (("stands", ""), ("perhaps", "So."), ("stands", "a" * 1001)):
        with pytest.raises(BadOutcome):
            review_appeal(session, ben, appeal, outcome, why, now=LATER)
    review_appeal(session, ben, appeal, "stands", "So.", now=LATER)
    assert position.state == "hidden"
    with pytest.raises(AlreadyReviewed):
        review_appeal(session, ben, appeal, "overturned", "No.", now=LATER)
    letter = session.scalars(select(Job).order_by(Job.id.desc())).first()
    assert letter is not None
    assert letter.payload["template"] == "appeals/answered"
    verbs = session.scalars(select(AuditEvent.verb).order_by(AuditEvent.id)).all()
    assert verbs == ["hide", "review_appeal"]


def test_another_moderator_s_claim_holds(session: Session, scene: Appealing) -> None:
    position = make_position(session, scene.new_thread(), scene.writer)
    appeal = appealed(session, scene, decided(session, scene, position, "hide"))
    other = viewer(session, make_member(session, scene.series, role="moderator"))
    take(session, other, "appeals", appeal.public_id, scene.series, now=LATER)
    with pytest.raises(Taken):
        review_appeal(session, viewer(session, scene.ben), appeal, "stands", "So.", now=LATER)


@pytest.mark.parametrize("action", ["decline", "send_back"])
def test_overturned_a_version_that_was_not_published_is(
    session: Session, scene: Appealing, action: str
) -> None:
    position = scene.waiting()
    outcome = overturned(
        session, scene, decided(session, scene, position, action, position.revisions[0])
    )
    assert (position.state, position.live is position.revisions[0]) == ("published", True)
    undid = session.get_one(Decision, outcome.decision_id)
    assert (undid.action, undid.addressed_to_id) == ("approve", scene.writer.id)
    with pytest.raises(CannotAppeal):
        appealed(session, scene, undid)


def test_overturned_too_late_it_says_that_a_newer_version_counts(
    session: Session, scene: Appealing
) -> None:
    position = scene.waiting()
    decision = decided(session, scene, position, "send_back", position.revisions[0])
    newer = Revision(position=position, claim="A newer claim.", level="school", confidence=2,
                     submitted_at=LATER, status="pending")  # fmt: skip
    session.add(newer)
    session.flush()
    outcome = overturned(session, scene, decision)
    assert (position.state, newer.status) == ("draft", "pending")
    undid = session.get_one(Decision, outcome.decision_id)
    assert undid.action == "overturn"
    assert "newer version" in undid.facts


def test_overturned_a_declined_position_is_not_put_beside_a_second_one(
    session: Session, scene: Appealing
) -> None:
    position = scene.waiting()
    decision = decided(session, scene, position, "decline", position.revisions[0])
    make_position(session, position.thread, scene.writer)
    outcome = overturned(session, scene, decision)
    assert position.state == "declined"
    assert "another position" in session.get_one(Decision, outcome.decision_id).facts


@pytest.mark.parametrize("action", ["hide", "remove"])
def test_overturned_what_was_taken_away_is_shown_again(
    session: Session, scene: Appealing, action: str
) -> None:
    position = make_position(session, scene.new_thread(), scene.writer)
    response = make_response(session, make_position(session, scene.new_thread()), scene.writer)
    for item in (position, response):
        overturned(session, scene, decided(session, scene, item, action))
        assert item.state == "published"


def test_overturned_after_something_else_was_decided_that_counts(
    session: Session, scene: Appealing
) -> None:
    position = make_position(session, scene.new_thread(), scene.writer)
    first = decided(session, scene, position, "hide")
    decided(session, scene, position, "remove")
    outcome = overturned(session, scene, first)
    assert position.state == "removed"
    assert session.get_one(Decision, outcome.decision_id).action == "overturn"


def test_overturned_a_thread_a_value_an_item_and_a_sanction_are_put_back(
    session: Session, scene: Appealing
) -> None:
    asha = viewer(session, scene.asha)
    thread = scene.new_thread(stage="proposed", proposed_by_id=scene.writer.id)
    value = ValueProposal(series_id=scene.series.id, label="Joy", proposed_by_id=scene.writer.id,
                          created_at=NOW)  # fmt: skip
    item = make_item(session, scene.series, added_by_id=scene.writer.id, is_hidden=True)
    session.add(value)
    session.flush()
    decline_thread(session, asha, thread, why="Said already.", now=NOW)
    decline_proposal(session, asha, value, why="It is a mood.", now=NOW)
    hidden = _decision(session, scene, "hide", ("evidence", item.public_id))
    paused = _decision(session, scene, "pause", ("person", scene.writer.public_id))
    sanction = Sanction(series_id=scene.series.id, person_id=scene.writer.id, kind="pause",
                        decision_id=paused.id, starts_at=NOW,
                        ends_at=NOW + timedelta(days=20))  # fmt: skip
    session.add(sanction)
    session.flush()
    for row in session.scalars(select(Decision).order_by(Decision.id)).all():
        overturned(session, scene, row)
    assert (thread.is_hidden, thread.stage) == (False, "proposed")
    assert value.state == "waiting"
    assert item.is_hidden is False
    assert sanction.lifted_at == LATER
    assert hidden.action == "hide"


def _decision(
    session: Session, scene: Appealing, action: str, subject: tuple[str, str]
) -> Decision:
    return write_decision(
        session,
        viewer(session, scene.asha),
        Case(*subject, scene.series, addressed_to_id=scene.writer.id),
        Ruling(action),
        now=NOW,
    )


def test_with_one_moderator_the_administrator_looks_again_and_is_told(
    client: FlaskClient, session: Session
) -> None:
    series = make_series(session)
    sole = make_member(session, series, role="convener")
    author = make_member(session, series)
    administrator = make_person(session, is_administrator=True)
    position = make_position(session, make_thread(session, series), author)
    decision = decide(
        session, viewer(session, sole), position, Ruling("hide", reason="unclear"), now=NOW
    )
    sign_in(client, author).post(f"/appeals/{decision.public_id}", data={"text": WHY})
    appeal = session.scalars(select(Appeal)).one()
    letters = [job.payload for job in session.scalars(select(Job))
               if job.payload["template"] == "appeals/left_to_you"]  # fmt: skip
    assert [one["person_id"] for one in letters] == [administrator.id]

    sign_in(client, administrator)
    assert f"/appeals/desk/{appeal.public_id}" in client.get("/appeals/desk").text
    address = f"/appeals/desk/{appeal.public_id}"
    assert WHY in client.get(address).text
    done = client.post(address, data={"outcome": "overturned", "why": "It was clear."})
    assert (done.status_code, done.location) == (303, "/appeals/desk")
    assert position.state == "published"
    assert session.scalars(select(AppealOutcome.reviewed_by_role)).one() == "administrator"
    assert appeal.public_id not in client.get("/appeals/desk").text
    for person in (sole, author):
        assert sign_in(client, person).get("/appeals/desk").status_code == 404


def test_the_page_of_the_desk_shows_the_decision_and_the_appeal_to_who_may_look_again(
    client: FlaskClient, session: Session, scene: Appealing
) -> None:
    position = make_position(session, scene.new_thread(), scene.writer)
    appeal = appealed(session, scene, decided(session, scene, position, "hide"))
    address = f"/appeals/desk/{appeal.public_id}"
    shown = sign_in(client, scene.ben).get(address).text
    for words in (WHY, "What was seen.", "Zqxname", position.revisions[0].claim):
        assert words in shown, words
    assert scene.writer.display_name not in shown
    assert client.post(address, data={"outcome": "stands"}).status_code == 422
    line = describe(
        session, viewer(session, scene.ben), list_bare(session, [scene.series.id], LATER), LATER
    )[appeal.public_id]
    assert line.note == "Asha Zqxname decided it, so not Asha Zqxname"
    assert session.execute(tally([scene.series.id])).one()[0] == 1
    decider = sign_in(client, scene.asha).get(address)
    assert (decider.status_code, WHY in decider.text) == (200, False)
    for person in (scene.writer, make_person(session)):
        assert sign_in(client, person).get(address).status_code == 404
    sign_in(client, scene.ben)
    assert client.post(address, data={"outcome": "stands", "why": "So."}).status_code == 303
    told = sign_in(client, scene.writer).get(f"/appeals/{appeal.decision.public_id}").text
    assert "The decision stays" in told
    assert "So." in told
    again = client.post(f"/appeals/{appeal.decision.public_id}", data={"text": "Once more."})
    assert again.status_code == 409


def test_whoever_looks_again_reads_the_version_that_was_not_published(
    client: FlaskClient, session: Session, scene: Appealing
) -> None:
    position = scene.waiting()
    decision = decided(session, scene, position, "send_back", position.revisions[0])
    appeal = appealed(session, scene, decision)
    shown = sign_in(client, scene.ben).get(f"/appeals/desk/{appeal.public_id}").text
    assert "Because it is fair." in shown


@pytest.mark.parametrize(("name", "of"), [("why", "outcome"), ("text", "appeal")])
def test_an_appeal_and_its_outcome_are_never_changed(
    session: Session, scene: Appealing, name: str, of: str
) -> None:
    position = make_position(session, scene.new_thread(), scene.writer)
    outcome = overturned(session, scene, decided(session, scene, position, "hide"))
    setattr({"outcome": outcome, "appeal": outcome.appeal}[of], name, "Something else.")
    with pytest.raises(AppendOnlyError):
        session.flush()
