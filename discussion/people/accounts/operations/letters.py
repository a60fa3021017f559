"""Letting letters go out again to an address to which they did not arrive."""

from sqlalchemy.orm import Session

from discussion.mail.operations import write_again
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require


def resume_letters(session: Session, actor: Viewer | None) -> None:
    """As its owner asks, who has put their mailbox right."""
    require(actor, May.KEEP_ACCOUNT)
    assert actor is not None
    person = session.get_one(Person, actor.person_id)
    if person.email:
        write_again(session, person.email)
