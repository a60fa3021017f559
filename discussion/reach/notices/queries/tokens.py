"""What stands in a letter's links: whose letters of which kinds it stops, signed by the site."""

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.mail.kinds import KINDS, Kind
from discussion.people.accounts.models import Person


def stop_token(public_id: str, kinds: tuple[str, ...], secret: str) -> str:
    return str(_signer(secret).dumps([public_id, *kinds]))


def find_stopped(
    session: Session, token: str, secret: str
) -> tuple[Person, tuple[Kind, ...]] | None:
    """Whose letters a link stops, and which; None for what the site never signed."""
    try:
        public_id, *names = _signer(secret).loads(token)
    except (BadSignature, TypeError, ValueError):
        return None
    person = session.scalar(select(Person).where(Person.public_id == str(public_id)))
    kinds = tuple(kind for kind in KINDS if kind.name in names)
    return (person, kinds) if person is not None and kinds else None


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="notices.stop")
