"""Whose letters about threads that move soon a link ends."""

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership


def warning_token(person: Person, secret: str) -> str:
    """What stands in a letter's link: whose letters it ends, signed with the site's own key."""
    return str(_signer(secret).dumps(person.public_id))


def find_warned(session: Session, token: str, *, secret: str) -> Person | None:
    """Whose letters a token ends."""
    try:
        public_id = _signer(secret).loads(token)
    except BadSignature:
        return None
    return session.scalar(select(Person).where(Person.public_id == str(public_id)))


def is_warned(session: Session, person: Person) -> bool:
    """Whether any series still writes to them."""
    wanted = select(Membership.id).where(
        Membership.person_id == person.id, Membership.wants_warnings.is_(True)
    )
    return bool(session.scalar(select(wanted.exists())))


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="threads.warnings")
