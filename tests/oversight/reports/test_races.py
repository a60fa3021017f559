"""Two reports at once hide once; of two moderators one answers; of two reviewers one is heard."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.db import transaction
from discussion.debate.positions.models import Position
from discussion.decisions.models import Decision
from discussion.decisions.operations.refusing import AlreadyDecided
from discussion.oversight.appeals.models import Appeal, AppealOutcome
from discussion.oversight.appeals.operations.appealing import CannotAppeal, make_appeal
from discussion.oversight.appeals.operations.reviewing import AlreadyReviewed, review_appeal
from discussion.oversight.reports.drafts import AnswerDraft, ReportDraft
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.operations.answering import answer_reports
from discussion.oversight.reports.operations.reporting import send_report
from discussion.oversight.reports.queries.subjects import Matter
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.subjects.finding import subject_of
from tests.factories import NOW, make_member, make_position, make_series, make_thread, viewer
from tests.journeys.together import together

ROUNDS = 3
URGENT = ReportDraft("safeguarding")


def acting(
    engine: Engine, person_id: int, act: Callable[[Session, Viewer], Any]
) -> Callable[[], Any]:
    """An act by somebody in a transaction of its own."""

    def run() -> Any:
        with transaction(engine) as session:
            return act(session, viewer_of(session, session.get_one(Person, person_id), NOW))

    return run


def filled(engine: Engine) -> tuple[str, list[int], int]:
    """A published position, four members of whom two moderate, and its author."""
    with transaction(engine) as session:
        series = make_series(session)
        people = [make_member(session, series, role=role) for role in
                  ("contributor", "contributor", "moderator", "moderator", "convener")]  # fmt: skip
        position = make_position(session, make_thread(session, series))
        return position.public_id, [one.id for one in people], position.author_id


def subject(session: Session, public_id: str) -> Matter:
    row = position_of(session, public_id)
    return Matter(subject_of(row), row.thread.series)


def position_of(session: Session, public_id: str) -> Position:
    return session.scalars(select(Position).where(Position.public_id == public_id)).one()


def test_two_urgent_reports_at_once_hide_once(own_engine: Engine) -> None:
    for _ in range(ROUNDS):
        public_id, people, _author = filled(own_engine)

        def report(session: Session, actor: Viewer, about: str = public_id) -> None:
            send_report(session, actor, subject(session, about), URGENT, now=NOW)

        results = together([acting(own_engine, id, report) for id in people[:2]])

        refused = [one for one in results if one is not None]
        assert all(isinstance(one, Forbidden) for one in refused), refused
        with transaction(own_engine, writes=False) as session:
            mine = (Report.subject_id == public_id,)
            assert session.scalar(select(func.count()).where(*mine)) == 2 - len(refused)
            assert session.scalar(select(func.count()).where(*mine, Report.has_hidden)) == 1
            hidden = select(func.count()).where(AuditEvent.subject_id == public_id)
            assert session.scalar(hidden) == 1
            row = position_of(session, public_id)
            assert row.state == "hidden"


def test_of_two_moderators_one_answers_and_of_two_reviewers_one_is_heard(
    own_engine: Engine,
) -> None:
    for _ in range(ROUNDS):
        public_id, people, author = filled(own_engine)
        with transaction(own_engine) as session:
            reporter = viewer(session, session.get_one(Person, people[0]))
            newest = send_report(session, reporter, subject(session, public_id), URGENT, now=NOW)
            draft = AnswerDraft("hide", "unclear", newest=newest.public_id)

        def answer(
            session: Session, actor: Viewer, about: str = public_id, said: AnswerDraft = draft
        ) -> None:
            answer_reports(session, actor, subject(session, about), said, now=NOW)

        results = together([acting(own_engine, id, answer) for id in people[2:4]])
        assert [type(one) for one in results if one is not None] == [AlreadyDecided]

        def appeal(session: Session, actor: Viewer, about: str = public_id) -> None:
            row = session.scalars(select(Decision).where(Decision.subject_id == about)).one()
            make_appeal(session, actor, row, "Look again.", now=NOW)

        results = together([acting(own_engine, author, appeal)] * 2)
        assert [type(one) for one in results if one is not None] == [CannotAppeal]

        def review(session: Session, actor: Viewer, about: str = public_id) -> None:
            row = session.scalars(
                select(Appeal).join(Decision).where(Decision.subject_id == about)
            ).one()
            review_appeal(session, actor, row, "overturned", "It was clear.", now=NOW)

        with transaction(own_engine) as session:
            decider = session.scalars(
                select(Decision.decided_by_id).where(Decision.subject_id == public_id)
            ).one()
        reviewers = [id for id in people[2:] if id != decider]
        results = together([acting(own_engine, id, review) for id in reviewers])
        assert [type(one) for one in results if one is not None] == [AlreadyReviewed]
        with transaction(own_engine, writes=False) as session:
            outcomes = (
                select(func.count())
                .select_from(AppealOutcome)
                .join(AppealOutcome.appeal)
                .join(Appeal.decision)
            )
            assert session.scalar(outcomes.where(Decision.subject_id == public_id)) == 1
            row = position_of(session, public_id)
            assert row.state == "published"
