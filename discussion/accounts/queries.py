"""Who somebody is, and what others may see of them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.accounts.models import Person
from discussion.permissions.facts import Belonging, Viewer
from discussion.series.models import Membership


def find_viewer(session: Session, public_id: str, generation: int) -> Viewer | None:
    """The viewer of a cookie, or None once they signed out everywhere or left."""
    person = session.scalar(
        select(Person)
        .where(Person.public_id == public_id)
        .where(Person.session_generation == generation)
        .where(Person.left_at.is_(None))
    )
    return viewer_of(session, person) if person else None


def viewer_of(session: Session, person: Person) -> Viewer:
    """A person as rules see them."""
    rows = session.scalars(
        select(Membership)
        .where(Membership.person_id == person.id)
        .where(Membership.removed_at.is_(None))
    )
    is_confirmed = person.email_confirmed_at is not None
    return Viewer(
        person_id=person.id,
        public_id=person.public_id,
        name=person.display_name,
        is_confirmed=is_confirmed,
        is_administrator=person.is_administrator,
        belongings={
            row.series_id: Belonging(
                role=row.role,
                is_admitted=is_confirmed and row.admitted_at is not None,
                posting_role=row.posting_role,
                posting_phase=row.posting_phase,
            )
            for row in rows
        },
    )
