"""Who looks into a question is reported, decided on, redacted and appealed like other writing."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.decisions.models import Decision
from discussion.jobs.models import Job
from discussion.oversight.appeals.models import Appeal
from discussion.oversight.appeals.operations.appealing import make_appeal
from discussion.oversight.appeals.operations.reviewing import review_appeal
from discussion.oversight.redactions.drafts import RedactionDraft
from discussion.oversight.redactions.operations import redact
from discussion.oversight.reports.drafts import AnswerDraft, ReportDraft
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.operations.answering import answer_reports
from discussion.oversight.reports.operations.reporting import send_report
from discussion.oversight.reports.queries.subjects import find_readable, find_reported
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.reach.needed.models import Looking
from discussion.reach.needed.operations.looking import decide_looking, end_looking
from discussion.reach.needed.operations.wording import remove_question
from discussion.subjects.finding import subject_of
from tests.conftest import sign_in
from tests.factories import NOW, make_member
from tests.reach.needed.scene import HOW, TEAM, Asking

NOT_OURS = "It names a patient."


class Answering(Asking):
    """A member says that they look into a question; two moderate."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.sent = self.look()
        self.second = make_member(session, self.series, role="moderator")

    def decide(self, *, is_shown: bool = True, why: str = "") -> Looking:
        decide_looking(
            self.session, self.as_moderator, self.sent, is_shown=is_shown, why=why, now=NOW
        )
        return self.sent

    @property
    def decision(self) -> Decision:
        asked = select(Decision).order_by(Decision.id.desc())
        return self.session.scalars(asked.limit(1)).one()

    def is_named(self, app: Flask, face: str = "") -> bool:
        self.session.flush()
        return TEAM in app.test_client().get(face or self.own_page).text

    def report(self, who: Viewer | None, reason: str) -> Report:
        matter = find_readable(self.session, who, "looking", self.sent.public_id)
        assert matter is not None
        draft = ReportDraft(reason, "It names my ward.")
        return send_report(self.session, who, matter, draft, now=NOW)

    def answer(self, report: Report, action: str) -> None:
        matter = find_reported(self.session, report)
        assert matter is not None
        draft = AnswerDraft(action, "unclear", newest=report.public_id)
        answer_reports(self.session, self.as_moderator, matter, draft, now=NOW)

    def appeal(self) -> Appeal:
        who = self.as_(self.member)
        return make_appeal(self.session, who, self.decision, "We count for a year.", now=NOW)

    def overturn(self) -> None:
        who = self.as_(self.second)
        review_appeal(self.session, who, self.appeal(), "overturned", "It is so.", now=NOW)


@pytest.fixture
def scene(session: Session) -> Answering:
    return Answering(session)


@pytest.mark.parametrize("act", ["declined", "taken away"])
def test_what_moderators_do_not_show_is_told_with_its_reason_and_comes_back_on_appeal(
    app: Flask, scene: Answering, act: str
) -> None:
    scene.decide(is_shown=act == "taken away", why=NOT_OURS)
    if act == "taken away":
        end_looking(scene.session, scene.as_moderator, scene.sent, why=NOT_OURS, now=NOW)
    assert not scene.is_named(app)
    decision = scene.decision
    assert (decision.why, decision.addressed_to_id) == (NOT_OURS, scene.member.id)
    letters = scene.session.scalars(select(Job).where(Job.name == "mail.send")).all()
    assert decision.id in [one.payload["ids"].get("decision") for one in letters]
    statement = sign_in(app.test_client(), scene.member).get(f"/appeals/{decision.public_id}")
    assert NOT_OURS in statement.text
    with pytest.raises(Forbidden):
        make_appeal(scene.session, scene.as_moderator, decision, "No.", now=NOW)
    scene.overturn()
    assert scene.is_named(app)


def test_an_urgent_report_hides_it_once_until_a_moderator_has_looked(
    app: Flask, scene: Answering
) -> None:
    scene.decide()
    assert f"/reports/looking/{scene.sent.public_id}" in app.test_client().get(scene.own_page).text
    assert scene.is_named(app)
    report = scene.report(scene.as_(scene.second), "identifies")
    assert not scene.is_named(app)
    assert TEAM not in app.test_client().get(paths.needed_csv(scene.series.slug)).text
    desk = sign_in(app.test_client(), scene.moderator)
    assert TEAM in desk.get(f"/reports/desk/{report.public_id}").text
    scene.answer(report, "restore")
    assert scene.is_named(app)
    second = scene.report(None, "identifies")
    assert scene.is_named(app)
    scene.answer(second, "hide")
    assert not scene.is_named(app)
    own = sign_in(app.test_client(), scene.member).get(scene.own_page).text
    assert TEAM in own
    assert "Hidden for now" in own
    scene.overturn()
    assert scene.is_named(app)


def test_words_are_taken_out_of_it(app: Flask, scene: Answering) -> None:
    scene.decide()
    draft = RedactionDraft(("Hexham",), "place", "unclear", 0)
    redact(scene.session, scene.as_moderator, subject_of(scene.sent), draft, close=str, now=NOW)
    scene.session.flush()
    said = app.test_client().get(scene.own_page).text
    assert "Hexham" not in said
    assert "The night team of" in said
    with pytest.raises(Forbidden):
        redact(
            scene.session, scene.as_(scene.member), subject_of(scene.sent), draft, close=str,
            now=NOW,
        )  # fmt: skip


def test_only_what_one_reads_is_reported(app: Flask, scene: Answering) -> None:
    where = f"/reports/looking/{scene.sent.public_id}"
    codes = [app.test_client().get(where).status_code]
    scene.decide()
    scene.session.flush()
    codes.append(app.test_client().get(where).status_code)
    scene.source.state = "hidden"
    scene.session.flush()
    codes.append(app.test_client().get(where).status_code)
    scene.source.state = "published"
    remove_question(scene.session, scene.as_moderator, scene.question, why="Two.", now=NOW)
    scene.session.flush()
    codes.append(app.test_client().get(where).status_code)
    assert codes == [404, 200, 404, 404]
    assert HOW not in app.test_client().get(where).text
