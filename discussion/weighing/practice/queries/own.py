"""What somebody answered so far, by their invitation, while that is known."""

from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.weighing.practice.keys import respondent_key
from discussion.weighing.practice.models import Respondent, RunInvitation


def order_of(invitation: RunInvitation, secret: str) -> list[str]:
    """The order in which somebody is asked: drawn for them, and the same whenever they come."""
    slugs = [one.slug for one in invitation.run.instrument.functions]
    if invitation.run.instrument.shuffles:
        key = respondent_key(secret, invitation.run.public_id, invitation.public_id)
        Random(key).shuffle(slugs)  # noqa: S311  # an order, no secret
    return slugs


def find_own(session: Session, invitation: RunInvitation, secret: str) -> Respondent | None:
    """What somebody answered so far; None before the first answer, and after the close."""
    key = respondent_key(secret, invitation.run.public_id, invitation.public_id)
    return session.scalar(select(Respondent).where(Respondent.key == key))
