"""Answering: one decision about something answers every report of it that a moderator has read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from discussion.db import Identified
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.deciding import Steps, carry_out
from discussion.decisions.operations.notifications import tell
from discussion.decisions.operations.refusing import AlreadyDecided
from discussion.mail.queue import promise_mail
from discussion.oversight.reports.drafts import AnswerDraft
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.queries.subjects import Matter, actions_for, concern_of
from discussion.oversight.reports.words import ADDRESS_KEPT
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.subjects.effects import effects_of
from discussion.subjects.finding import about
from discussion.subjects.kinds import Subject

DESK = "reports"  # of moderation.words.KINDS


def answer_reports(
    session: Session, actor: Viewer, matter: Matter, draft: AnswerDraft, *, now: datetime
) -> Decision:
    """Decide on what was reported, and answer the reports that the actor has read.

    One that came in meanwhile goes on waiting. Who wrote it gets a statement of reasons unless
    nothing changes for them; every reporter hears of it in general words. Raises Taken,
    AlreadyDecided, NeedsReason, TooLong, and RepeatsWords for a note on
    a statement that is withheld which says its words.
    """
    require(actor, May.ANSWER_REPORT, concern_of(session, matter))
    ruling = Ruling(draft.action, draft.reason, draft.why, draft.facts, decided=draft.decided)
    steps = _steps(session, actor, matter, draft, now)
    return carry_out(session, actor, ruling, steps, now=now)


def _steps(
    session: Session, actor: Viewer, matter: Matter, draft: AnswerDraft, now: datetime
) -> Steps:
    subject, effects = matter.about, effects_of(matter.about.row)
    answered: list[Report] = []

    def hold() -> Case:
        _hold(session, subject.row)
        answered[:] = _find_read(session, subject, draft.newest)
        return Case(
            *subject.key,
            matter.series,
            addressed_to_id=None if draft.action == "keep" else subject.author_id,
            waits_as=((DESK, answered[0].public_id),),
        )

    def check(_ruling: Ruling) -> None:
        if draft.action not in actions_for(subject):
            raise AlreadyDecided

    def apply(ruling: Ruling) -> Ruling:
        said = (draft.why, draft.facts)
        details = effects.change(session, draft.action, actor.person_id, said, now)
        effects.settle(session)
        return replace(ruling, details=details)

    def tell_all(decision: Decision) -> None:
        effects.follow(session, decision, now)
        tell(session, decision, now)
        _answer(session, answered, decision, now)

    return Steps(hold, check, apply, tell_all, needs_reason=True)


def _hold(session: Session, row: Identified) -> None:
    """So that of two moderators the second sees what the first did."""
    session.flush()
    session.refresh(row, with_for_update={"of": type(row)})


def _find_read(session: Session, subject: Subject, newest: str) -> list[Report]:
    """The reports that wait and were on screen; none when somebody else was quicker."""
    rows = session.scalars(
        select(Report)
        .where(about(Report, subject))
        .where(Report.status == "waiting")
        .order_by(Report.id)
        .with_for_update(of=Report)
        .execution_options(populate_existing=True)
    ).all()
    last = next((row.id for row in rows if row.public_id == newest), 0)
    read = [row for row in rows if row.id <= last]
    if not read:
        raise AlreadyDecided
    return read


def _answer(session: Session, reports: Sequence[Report], decision: Decision, now: datetime) -> None:
    for report in reports:
        report.status, report.decision_id, report.answered_at = "answered", decision.id, now
        _tell_reporter(session, report, now)
    session.flush()


def _tell_reporter(session: Session, report: Report, now: datetime) -> None:
    """By mail, where there is an address; a visitor's is forgotten a week later."""
    if report.reporter_id is not None:
        person = session.get_one(Person, report.reporter_id)
        if person.email is None or person.left_at is not None:
            return
    elif not report.reporter_email:
        return
    promise_mail(
        session,
        template="reports/answered",
        person_id=report.reporter_id,
        ids={"report": report.id},
        once_key=f"report-answered-{report.id}",
        now=now,
    )


def forget_addresses(session: Session, now: datetime) -> None:
    """What visitors gave to be answered goes once the answer is long sent."""
    session.execute(
        update(Report)
        .where(Report.status == "answered", Report.reporter_email != "")
        .where(Report.answered_at < now - ADDRESS_KEPT)
        .values(reporter_email="")
    )
