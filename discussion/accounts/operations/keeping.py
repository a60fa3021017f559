"""Keeping an account: profile, password, address and sessions."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.accounts.drafts import Profile
from discussion.accounts.models import MailedLink, Person
from discussion.accounts.operations.entering import (
    find_by_address,
    forget_unconfirmed,
    join_by_domain,
    lock_address,
    promise_mail,
    replace_password,
)
from discussion.accounts.operations.links import LinkSpent, cancel_links, make_link, use_link
from discussion.accounts.operations.naming import refuse_unfit
from discussion.accounts.operations.sessions import end_sessions
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


def ask_new_address(session: Session, actor: Viewer | None, email: str, *, now: datetime) -> None:
    """Mail a link to the old and to the new address; the change waits for both.

    An address that has an account already is told so by mail, and its link is never made: the
    page answers the same.
    """
    require(actor, May.KEEP_ACCOUNT)
    person = _own_row(session, actor)
    cancel_links(session, person, "change_old", "change_new", now=now)
    taken = find_by_address(session, email)
    is_taken = taken is not None and taken.email_confirmed_at is not None
    carries = {"email": email, "other": None}
    old = make_link(session, person, "change_old", email=person.email or "", carries=carries,
                    now=now)  # fmt: skip
    promise_mail(session, "change_old", now=now, link_id=old.id)
    if taken is not None and is_taken:
        promise_mail(session, "registered", now=now, person_id=taken.id)
        return
    new = make_link(session, person, "change_new", email=email,
                    carries={"email": email, "other": old.id}, now=now)  # fmt: skip
    old.carries = {"email": email, "other": new.id}
    promise_mail(session, "change_new", now=now, link_id=new.id)


def confirm_new_address(
    session: Session, actor: Viewer | None, link: MailedLink, *, now: datetime
) -> bool:
    """Use one of the two links; True once both were used and the address is changed.

    Raises LinkSpent, also when somebody else confirmed the new address in the meantime.
    """
    require(actor, May.ENTER)
    person, email = link.person, link.carries["email"]
    lock_address(session, email)
    carried = use_link(session, link, now=now, keeps_carried=True)
    if not _is_used(session, carried["other"]):
        return False
    holder = find_by_address(session, email)
    if holder is not None and holder.email_confirmed_at is not None:
        raise LinkSpent
    if holder is not None:
        forget_unconfirmed(session, holder)
    person.email = email
    person.email_confirmed_at = now
    cancel_links(session, person, now=now)
    join_by_domain(session, person, now=now)
    return True


def _is_used(session: Session, link_id: int | None) -> bool:
    """Whether a link was pressed; one that was cancelled carries nothing any more."""
    link = session.get(MailedLink, link_id) if link_id else None
    return link is not None and link.used_at is not None and bool(link.carries)


def _own_row(session: Session, actor: Viewer | None) -> Person:
    person = session.get(Person, actor.person_id) if actor else None
    if person is None:
        raise Forbidden(May.KEEP_ACCOUNT)
    return person
