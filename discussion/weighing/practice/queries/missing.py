"""What a run needs before its invitations go out."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.language import _
from discussion.problems import Problem
from discussion.weighing.practice import words
from discussion.weighing.practice.models import Run, RunInvitation


def missing_of(session: Session, run: Run, now: datetime) -> list[Problem]:
    """What a run needs before its invitations go out."""
    problems = []
    if run.consented_at is None or not run.consent_by:
        problems.append(
            Problem("consent", _("Record that your organisation agrees, and who agreed."))
        )
    if not run.units:
        problems.append(Problem("units", _("Name the parts of your organisation.")))
    asked = session.scalars(
        select(RunInvitation.id).where(RunInvitation.run_id == run.id).limit(words.FEWEST)
    ).all()
    if len(asked) < words.FEWEST:
        problems.append(
            Problem(
                "lines",
                _(
                    "Invite at least %(fewest)s people: of fewer nothing is ever shown.",
                    fewest=words.FEWEST,
                ),
            )
        )
    begins = max(run.opens_at or now, now)
    if run.closes_at is None or run.closes_at <= begins:
        problems.append(Problem("closes_on", _("Choose a day on which it closes, after today.")))
    elif run.closes_at > begins + words.LONGEST_OPEN:
        problems.append(
            Problem(
                "closes_on",
                _("It is open for at most %(days)s days.", days=words.LONGEST_OPEN.days),
            )
        )
    if run.reminds_at and run.closes_at and not begins < run.reminds_at < run.closes_at:
        problems.append(
            Problem("reminds_on", _("Choose a day between the first and the last, or none."))
        )
    return problems
