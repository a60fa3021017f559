"""Keeping an account: profile, password and sessions."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.people.accounts.drafts import Profile
from discussion.people.accounts.models import Person
from discussion.people.accounts.operations.entering import replace_password
from discussion.people.accounts.operations.naming import refuse_unfit
from discussion.people.accounts.operations.sessions import end_sessions
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, require


def change_profile(session: Session, actor: Viewer | None, draft: Profile) -> Person:
    """Put what the form says into the actor's profile."""
    require(actor, May.KEEP_ACCOUNT)
    refuse_unfit(session, draft.display_name)
    person = _own_row(session, actor)
    person.display_name = draft.display_name
    person.roles = list(draft.roles)
    person.phases = list(draft.phases)
    person.region = draft.region
    person.organisation = draft.organisation
    person.organisation_type = draft.organisation_type
    person.organisation_size = draft.organisation_size
    person.shows_organisation = draft.shows_organisation
    person.shows_region = draft.shows_region
    person.interests = draft.interests
    session.flush()
    return person


def change_password(
    session: Session, actor: Viewer | None, password_hash: str, *, now: datetime
) -> Person:
    """Replace the actor's password, which ends every session."""
    require(actor, May.KEEP_ACCOUNT)
    person = _own_row(session, actor)
    replace_password(session, person, password_hash, now=now)
    session.flush()
    return person


def renew_hash(session: Session, actor: Viewer | None, password_hash: str) -> None:
    """Keep the same password under today's parameters; sessions go on."""
    require(actor, May.KEEP_ACCOUNT)
    _own_row(session, actor).password_hash = password_hash
    session.flush()


def sign_out_everywhere(session: Session, actor: Viewer | None, *, now: datetime) -> None:
    """End every session of the actor, on every device."""
    require(actor, May.KEEP_ACCOUNT)
    end_sessions(session, _own_row(session, actor).id, now=now)


def _own_row(session: Session, actor: Viewer | None) -> Person:
    person = session.get(Person, actor.person_id) if actor else None
    if person is None:
        raise Forbidden(May.KEEP_ACCOUNT)
    return person
