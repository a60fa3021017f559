"""Tidying: what is no longer needed is forgotten, as the privacy notice says."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Attempt, MailedLink, Person
from discussion.people.accounts.operations.devices import forget_old_devices
from discussion.people.accounts.operations.entering import forget_unconfirmed
from discussion.people.accounts.operations.moving import forget_old_changes
from discussion.people.accounts.operations.sessions import forget_old_sessions

ATTEMPTS_KEPT = timedelta(days=1)
LINKS_KEPT = timedelta(days=30)
UNCONFIRMED_KEPT = timedelta(days=30)


def tidy_accounts(session: Session, *, now: datetime) -> None:
    """Forget old attempts, spent links, and sign-ups that nobody confirmed."""
    session.execute(delete(Attempt).where(Attempt.at < now - ATTEMPTS_KEPT))
    session.execute(delete(MailedLink).where(MailedLink.expires_at < now - LINKS_KEPT))
    forget_old_devices(session, now=now)
    forget_old_sessions(session, now=now)
    forget_old_changes(session, now=now)
    unconfirmed = session.scalars(
        select(Person)
        .where(Person.email.is_not(None))
        .where(Person.email_confirmed_at.is_(None))
        .where(Person.password_hash.is_(None))
        .where(Person.is_guest.is_(False))
        .where(Person.created_at < now - UNCONFIRMED_KEPT)
        .where(
            ~select(MailedLink.id)
            .where(MailedLink.person_id == Person.id)
            .where(MailedLink.expires_at > now)
            .exists()
        )
    )
    for person in unconfirmed.all():
        forget_unconfirmed(session, person)
