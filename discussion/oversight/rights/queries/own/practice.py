"""What somebody was asked of how an organisation of theirs operates, and what they hold of it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion.oversight.rights.queries.own.reading import Asked, Record, record_of, stream
from discussion.weighing.practice.keys import respondent_key
from discussion.weighing.practice.models import (
    Answer,
    Coordinator,
    Respondent,
    Run,
    RunInvitation,
)


def coordinated(session: Session, asked: Asked) -> Iterator[Record]:
    """The organisations for which they hold runs, or held one."""
    own = select(Coordinator).where(Coordinator.person_id == asked.person.id)
    for row in stream(session, own.options(joinedload(Coordinator.organisation))):
        yield {"organisation": row.organisation.name, **record_of(row, "made_at")}
    held = select(Run).where(Run.coordinator_id == asked.person.id).order_by(Run.id)
    for run in stream(session, held.options(joinedload(Run.organisation))):
        yield {
            "organisation": run.organisation.name,
            "text": run.letter,
            **record_of(run, "consent_by", "consented_at", "made_at", "closed_at"),
        }


def practised(session: Session, asked: Asked) -> Iterator[Record]:
    """Their answers, while it is known which they are."""
    if not asked.person.email:
        return
    rows = select(RunInvitation).where(RunInvitation.email == asked.person.email)
    for invitation in session.scalars(rows.order_by(RunInvitation.id)).all():
        run = invitation.run
        yield {"organisation": run.organisation.name, "counted_as": invitation.role}
        key = respondent_key(asked.secret, run.public_id, invitation.public_id)
        answers = (
            select(Answer)
            .join(Respondent, Respondent.id == Answer.respondent_id)
            .where(Respondent.key == key)
            .order_by(Answer.function_id)
        )
        for answer in session.scalars(answers).all():
            yield {
                "asked": answer.function.name,
                **record_of(
                    answer, "professed", "practised", "compulsion", "values", "reason", "may_show"
                ),
            }
