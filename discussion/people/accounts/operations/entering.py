"""Coming in: sign up, confirm the address, ask for a reset, choose a new password."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from discussion.db import hold_word
from discussion.jobs.queue import enqueue
from discussion.people.accounts.drafts import SignUp
from discussion.people.accounts.models import (
    AddressChange,
    Consent,
    KnownDevice,
    MailedLink,
    Person,
)
from discussion.people.accounts.operations.devices import forget_devices
from discussion.people.accounts.operations.links import cancel_links, make_link, use_link
from discussion.people.accounts.operations.naming import refuse_unfit
from discussion.people.accounts.operations.sessions import end_sessions
from discussion.people.accounts.queries_higher import CONFIRMED
from discussion.people.accounts.words import RULES_VERSION, TERMS_VERSION
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require

CONSENTS = (("adult", TERMS_VERSION), ("terms", TERMS_VERSION), ("rules", RULES_VERSION))


def sign_up(session: Session, actor: Viewer | None, draft: SignUp, *, now: datetime) -> None:
    """Mail a link to a new address; to a known one, how to come in and on from there.

    Nobody can tell from the answer which of the two happened. The name and password wait in the
    link, not with the person: whoever reads the mail takes those of that mail, so signing up with
    somebody else's address first gains nothing.
    """
    require(actor, May.ENTER)
    refuse_unfit(session, draft.display_name)
    lock_address(session, draft.email)
    person = find_by_address(session, draft.email)
    if person is not None and person.email_confirmed_at is not None:
        # What was written stays out of it: a stranger's would be handed in as the owner's.
        carries = {"next": draft.next}
        link = make_link(session, person, "reset", email=draft.email, carries=carries, now=now)
        promise_mail(session, "registered", now=now, person_id=person.id, link_id=link.id)
        return
    person = person or _add_person(session, draft, now)
    _record_consents(session, person, now)
    carries = {
        "next": draft.next,
        "draft_token": draft.draft_token,
        "display_name": draft.display_name,
        "password_hash": draft.password_hash,
        "role": draft.role,
        "phase": draft.phase,
    }
    link = make_link(session, person, "confirm", email=draft.email, carries=carries, now=now)
    promise_mail(session, "confirm", now=now, link_id=link.id)


def confirm_address(
    session: Session, actor: Viewer | None, link: MailedLink, *, now: datetime
) -> dict[str, Any]:
    """Make the account of a confirm link real; returns what the link carried.

    Raises LinkSpent.
    """
    require(actor, May.ENTER)
    carried = use_link(session, link, now=now)
    person = link.person
    person.display_name = carried["display_name"]
    person.password_hash = carried["password_hash"]
    _set_post(person, carried.get("role", ""), carried.get("phase", ""))
    person.email_confirmed_at = now
    cancel_links(session, person, now=now)
    follow_confirmation(session, person, now=now)
    return carried


def ask_reset(
    session: Session, actor: Viewer | None, email: str, *, next_path: str, now: datetime
) -> None:
    """Mail a link to choose a new password; for an unknown address there is nobody to mail."""
    require(actor, May.ENTER)
    person = find_by_address(session, email)
    if person is None or person.left_at is not None:
        promise_tidying(session, now=now)  # so that there is a row to write either way
        return
    carries = {"next": next_path}
    link = make_link(session, person, "reset", email=email, carries=carries, now=now)
    promise_mail(session, "reset", now=now, link_id=link.id)


def reset_password(
    session: Session,
    actor: Viewer | None,
    link: MailedLink,
    password_hash: str,
    *,
    now: datetime,
) -> dict[str, Any]:
    """Set a new password and end every session; returns what the link carried.

    It came by mail, so it confirms the address too. Raises LinkSpent.
    """
    require(actor, May.ENTER)
    carried = use_link(session, link, now=now)
    person = link.person
    is_new = person.email_confirmed_at is None
    person.email_confirmed_at = person.email_confirmed_at or now
    replace_password(session, person, password_hash, now=now)
    if is_new:
        follow_confirmation(session, person, now=now)
    return carried


def replace_password(
    session: Session, person: Person, password_hash: str, *, now: datetime
) -> None:
    """The new password: sessions and mailed links end, no device is known, a letter tells.

    So does a change of address that waits: a stranger may have asked for it.
    """
    person.password_hash = password_hash
    end_sessions(session, person.id, now=now)
    forget_devices(session, person)
    cancel_links(session, person, now=now)
    session.execute(
        update(AddressChange)
        .where(AddressChange.person_id == person.id)
        .where(AddressChange.changed_at.is_(None))
        .where(AddressChange.ended_at.is_(None))
        .values(ended_at=now, ended_how="password")
    )
    promise_mail(session, "password_changed", now=now, person_id=person.id)


def find_by_address(session: Session, email: str) -> Person | None:
    """The person of a normalised address; None where there is none."""
    return session.scalar(select(Person).where(Person.email == email))


def lock_address(session: Session, email: str) -> None:
    """Two people who sign up with one address at once come one after the other."""
    hold_word(session, f"address/{email}")


def follow_confirmation(session: Session, person: Person, *, now: datetime) -> None:
    """What follows from an address that is confirmed: they join series that list its domain."""
    session.flush()
    for follow in CONFIRMED:
        follow(session, person, now)


def promise_mail(
    session: Session,
    template: str,
    *,
    now: datetime,
    person_id: int | None = None,
    link_id: int | None = None,
) -> None:
    """One of this room's mails, once the transaction is done: to a person, or with a link."""
    payload = {
        "template": f"accounts/{template}",
        "person_id": person_id,
        "ids": {"link": link_id},
    }
    enqueue(session, "mail.send", payload, now=now)
    promise_tidying(session, now=now)


def promise_tidying(session: Session, *, now: datetime) -> None:
    """A row to write whoever the address belongs to; the clock promises the same each hour."""
    enqueue(session, "accounts.tidy", {}, now=now, once_key=f"accounts.tidy@{now:%Y-%m-%d}")


def forget_unconfirmed(session: Session, person: Person) -> None:
    """Take away somebody who never confirmed, and all that was kept of them."""
    for table in (Consent, MailedLink, KnownDevice):
        session.execute(delete(table).where(table.person_id == person.id))
    session.delete(person)
    session.flush()


def _add_person(session: Session, draft: SignUp, now: datetime) -> Person:
    person = Person(email=draft.email, display_name=draft.display_name, created_at=now)
    _set_post(person, draft.role, draft.phase)
    session.add(person)
    session.flush()
    return person


def _set_post(person: Person, role: str, phase: str) -> None:
    """As what they post wherever they come to belong; a link of before knows of none."""
    if role:
        person.roles, person.phases = [role], [phase] if phase else []


def _record_consents(session: Session, person: Person, now: datetime) -> None:
    session.execute(delete(Consent).where(Consent.person_id == person.id))
    session.add_all(
        Consent(person_id=person.id, kind=kind, version=version, given_at=now)
        for kind, version in CONSENTS
    )
