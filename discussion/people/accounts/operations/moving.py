"""Moving an account to another address, also when nobody reads mail at the old one any more.

The new address confirms, the old one is told, and seven days pass; either can stop it. It is done
sooner when the old address says yes too, or somebody with power does. For seven days afterwards the
old address can take it back. Nothing here tells whether an address has an account.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.audit.operations import append_event
from discussion.jobs.queue import enqueue
from discussion.people.accounts.models import AddressChange, MailedLink, Person
from discussion.people.accounts.operations.devices import forget_devices
from discussion.people.accounts.operations.entering import (
    find_by_address,
    follow_confirmation,
    forget_unconfirmed,
    lock_address,
    promise_mail,
)
from discussion.people.accounts.operations.links import (
    LASTS,
    LinkSpent,
    cancel_links,
    make_link,
    use_link,
)
from discussion.people.accounts.operations.sessions import end_sessions
from discussion.people.accounts.queries_higher import KEEPS_MEMBER
from discussion.people.accounts.queries_moving import find_open_change, find_reversible_change
from discussion.people.accounts.words import MOVES_AFTER, REVERSIBLE_FOR
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, allowed, require

CHANGES_KEPT = timedelta(days=30)


class JustMoved(Exception):
    """The address changed a few days ago, and the old one may still take it back."""


def ask_new_address(session: Session, actor: Viewer | None, email: str, *, now: datetime) -> None:
    """Write to the old and to the new address; a change that was asked for before ends.

    An address that has an account already is told so by mail, and its link is never made: the
    page answers the same. Raises JustMoved.
    """
    require(actor, May.KEEP_ACCOUNT)
    person = _own_row(session, actor)
    if find_reversible_change(session, person.id, now) is not None:
        raise JustMoved
    stop_changes(session, person, "replaced", now=now)
    change = AddressChange(
        person_id=person.id, old_email=person.email or "", new_email=email, asked_at=now
    )
    session.add(change)
    session.flush()
    carries = {"email": email, "change": change.id}
    old = make_link(session, person, "change_old", email=change.old_email, carries=carries, now=now)
    promise_mail(session, "change_old", now=now, link_id=old.id)
    taken = find_by_address(session, email)
    if taken is not None and taken.email_confirmed_at is not None:
        promise_mail(session, "registered", now=now, person_id=taken.id)
        return
    new = make_link(session, person, "change_new", email=email, carries=carries, now=now)
    promise_mail(session, "change_new", now=now, link_id=new.id)


def answer_for_new(
    session: Session, actor: Viewer | None, link: MailedLink, *, now: datetime
) -> AddressChange:
    """The new address says yes: from now on it waits for the old one, or for seven days.

    Raises LinkSpent, also when somebody else confirmed the new address in the meantime.
    """
    require(actor, May.ENTER)
    change = _locked(session, link)
    use_link(session, link, now=now, keeps_carried=True)
    if _is_taken(session, change):
        raise LinkSpent
    change.confirmed_at, change.due_at = now, now + MOVES_AFTER
    session.flush()
    if change.agreed_at is not None:
        _carry_out(session, change, actor_id=None, now=now)
    else:
        _tell(session, "change_waits", change, now=now, link_id=_link_of_old(session, change))
    return change


def answer_for_old(
    session: Session, actor: Viewer | None, link: MailedLink, *, is_yes: bool, now: datetime
) -> AddressChange:
    """The old address says yes, or stops it. Raises LinkSpent."""
    require(actor, May.ENTER)
    change = _locked(session, link)
    if not is_yes:
        _stop(session, change, "old", now=now)
        return change
    change.agreed_at = change.agreed_at or now
    session.flush()
    if change.confirmed_at is not None:
        _carry_out(session, change, actor_id=None, now=now)
    return change


def stop_own_change(session: Session, actor: Viewer | None, *, now: datetime) -> None:
    """The owner stops it, as long as it is not done."""
    require(actor, May.KEEP_ACCOUNT)
    stop_changes(session, _own_row(session, actor), "owner", now=now)


def second_change(
    session: Session, actor: Viewer | None, change: AddressChange, *, now: datetime
) -> None:
    """Somebody with power, who knows the owner, says yes too: it is done at once.

    An administrator may, and a convener of a series that the owner belongs to; never for
    themselves, and a convener never for an administrator. Raises Forbidden.
    """
    change = session.get_one(AddressChange, change.id, with_for_update=True, populate_existing=True)
    if actor is None or not may_second(session, actor, change):
        raise Forbidden(May.MANAGE_MEMBERS)
    if change.confirmed_at is None or change.changed_at or change.ended_at:
        raise LinkSpent
    change.seconded_by_id = actor.person_id
    _carry_out(session, change, actor_id=actor.person_id, now=now)
    if change.changed_at is None:
        raise LinkSpent


def may_second(session: Session, actor: Viewer, change: AddressChange) -> bool:
    """Whether the actor may say yes to the change of somebody else."""
    if change.person_id == actor.person_id:
        return False
    if allowed(actor, May.ADMINISTER):
        return True
    owner = session.get_one(Person, change.person_id)
    return not owner.is_administrator and KEEPS_MEMBER()(session, actor, change.person_id)


def take_back(
    session: Session, actor: Viewer | None, link: MailedLink, *, now: datetime
) -> MailedLink:
    """The old address takes the account back: nobody is signed in, and no password works.

    Returns a link to choose a new one. Raises LinkSpent.
    """
    require(actor, May.ENTER)
    change = session.get(
        AddressChange, link.carries.get("change"), with_for_update=True, populate_existing=True
    )
    if change is None or change.ended_at is not None or not change.is_reversible(now):
        raise LinkSpent
    lock_address(session, change.old_email)
    holder = find_by_address(session, change.old_email)
    if holder is not None and holder.email_confirmed_at is not None:
        raise LinkSpent  # it has an account of its own since
    if holder is not None:
        forget_unconfirmed(session, holder)
    use_link(session, link, now=now)
    person = link.person
    person.email, person.email_confirmed_at = change.old_email, now
    person.password_hash = None
    change.ended_at, change.ended_how = now, "reversed"
    _end_all(session, person, now)
    forget_devices(session, person)
    _tell(session, "change_reversed", change, now=now)
    _record(session, "move_address_back", person, None, now)
    return make_link(
        session, person, "reset", email=change.old_email, carries={"next": "/"}, now=now
    )


def stop_changes(session: Session, person: Person, how: str, *, now: datetime) -> None:
    """End what was asked for and is not done; called by operations that asked."""
    change = find_open_change(session, person.id)
    if change is not None:
        _stop(session, change, how, now=now)


def move_due(session: Session, *, now: datetime) -> None:
    """Carry out what has waited for its seven days, and let lapse what the new address ignored."""
    rows = session.scalars(
        select(AddressChange)
        .where(AddressChange.changed_at.is_(None))
        .where(AddressChange.ended_at.is_(None))
        .order_by(AddressChange.id)
        .with_for_update(skip_locked=True)
    ).all()
    for change in rows:
        if change.due_at is not None and change.due_at <= now:
            _carry_out(session, change, actor_id=None, now=now)
        elif change.confirmed_at is None and change.asked_at + LASTS["change_new"] <= now:
            _stop(session, change, "lapsed", now=now)


def forget_changes(session: Session, person_id: int) -> None:
    """Nothing is left of where somebody moved; and nobody is named as having said yes."""
    session.execute(delete(AddressChange).where(AddressChange.person_id == person_id))
    for change in session.scalars(
        select(AddressChange).where(AddressChange.seconded_by_id == person_id)
    ):
        change.seconded_by_id = None


def forget_old_changes(session: Session, *, now: datetime) -> None:
    """Those that ended, or could be taken back, a month ago."""
    since = now - CHANGES_KEPT
    session.execute(
        delete(AddressChange).where(
            (AddressChange.ended_at < since) | (AddressChange.changed_at < since - REVERSIBLE_FOR)
        )
    )


def _carry_out(
    session: Session, change: AddressChange, *, actor_id: int | None, now: datetime
) -> None:
    """Move the account; where the address was taken meanwhile, or the owner left, it ends."""
    person = session.get_one(Person, change.person_id, with_for_update=True)
    if person.left_at is not None or person.email != change.old_email:
        _stop(session, change, "overtaken", now=now)
        return
    if _is_taken(session, change):
        _stop(session, change, "overtaken", now=now)
        return
    holder = find_by_address(session, change.new_email)
    if holder is not None:
        forget_unconfirmed(session, holder)
    person.email, person.email_confirmed_at = change.new_email, now
    change.changed_at = now
    _end_all(session, person, now)
    back = make_link(
        session,
        person,
        "change_back",
        email=change.old_email,
        carries={"email": change.new_email, "change": change.id},
        now=now,
    )
    _tell(session, "change_made", change, now=now, link_id=back.id)
    _tell(session, "change_done", change, now=now)
    _record(session, "move_address", person, actor_id, now)
    follow_confirmation(session, person, now=now)


def _stop(session: Session, change: AddressChange, how: str, *, now: datetime) -> None:
    person = session.get_one(Person, change.person_id)
    change.ended_at, change.ended_how = now, how
    cancel_links(session, person, "change_old", "change_new", now=now)
    if how == "old" and change.confirmed_at is not None:
        _tell(session, "change_stopped", change, now=now)
    session.flush()


def _end_all(session: Session, person: Person, now: datetime) -> None:
    end_sessions(session, person.id, now=now)
    cancel_links(session, person, now=now)
    session.flush()


def _locked(session: Session, link: MailedLink) -> AddressChange:
    """The change of a link, held until the end; two answers at once come one after the other."""
    change = session.get(
        AddressChange, link.carries.get("change"), with_for_update=True, populate_existing=True
    )
    if change is None or change.ended_at is not None or change.changed_at is not None:
        raise LinkSpent
    return change


def _is_taken(session: Session, change: AddressChange) -> bool:
    """Whether somebody else has an account at the new address by now."""
    lock_address(session, change.new_email)
    holder = find_by_address(session, change.new_email)
    return holder is not None and holder.email_confirmed_at is not None


def _link_of_old(session: Session, change: AddressChange) -> int | None:
    return session.scalar(
        select(MailedLink.id)
        .where(MailedLink.person_id == change.person_id)
        .where(MailedLink.purpose == "change_old")
        .where(MailedLink.used_at.is_(None))
        .order_by(MailedLink.id.desc())
        .limit(1)
    )


def _tell(
    session: Session,
    template: str,
    change: AddressChange,
    *,
    now: datetime,
    link_id: int | None = None,
) -> None:
    payload = {
        "template": f"accounts/{template}",
        "person_id": change.person_id,
        "ids": {"change": change.id, "link": link_id},
    }
    enqueue(session, "mail.send", payload, now=now)


def _record(
    session: Session, verb: str, person: Person, actor_id: int | None, now: datetime
) -> None:
    """No address stands in the chain, which is there for good."""
    append_event(
        session,
        series_id=None,
        actor_id=actor_id,
        verb=verb,
        subject=("person", person.public_id),
        now=now,
    )


def _own_row(session: Session, actor: Viewer | None) -> Person:
    person = session.get(Person, actor.person_id) if actor else None
    if person is None:
        raise Forbidden(May.KEEP_ACCOUNT)
    return person
