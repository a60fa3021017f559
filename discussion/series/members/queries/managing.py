"""Who managed a member while somebody else was about to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.decisions.shapes import Overtaken
from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.series.words import SERIES_ROLES


def managed_meanwhile(
    session: Session, membership: Membership, verb: str, otherwise: str
) -> Overtaken:
    """Who admitted a member, or changed their role to what it is now; for who manages members too.

    Only acts by name are looked at: who came in by writing is told of by nobody.
    """
    name = session.scalar(
        select(Person.display_name)
        .join(AuditEvent, AuditEvent.actor_id == Person.id)
        .where(AuditEvent.series_id == membership.series_id)
        .where(AuditEvent.verb == verb)
        .where(AuditEvent.subject_id == membership.person.public_id)
        .order_by(AuditEvent.id.desc())
        .limit(1)
    )
    if name is None:
        return Overtaken(otherwise)
    if verb == "admit_member":
        return Overtaken(
            _(
                "%(name)s has admitted %(member)s already.",
                name=name,
                member=membership.person.display_name,
            )
        )
    return Overtaken(
        _(
            "%(name)s has just changed the role of %(member)s: %(role)s.",
            name=name,
            member=membership.person.display_name,
            role=SERIES_ROLES[membership.role],
        )
    )
