"""Invitations: made, revoked, and taken up; a link works as often as it says, and no longer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.db import random_id
from discussion.jobs.queue import enqueue
from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, require
from discussion.problems import Refused
from discussion.series.members.drafts import InvitationDraft
from discussion.series.members.invitations import (
    gives,
    hash_of,
    problem_for,
    problem_with,
    secret_of,
)
from discussion.series.members.models import Invitation, Membership
from discussion.series.members.operations.members import add_member, join_series
from discussion.series.members.words import MAX_INVITATION_DAYS, MAX_INVITATION_USES
from discussion.series.series.models import Series
from discussion.series.series.operations.record import record
from discussion.series.series.words import SERIES_ROLES


def make_invitation(
    session: Session,
    actor: Viewer,
    series: Series,
    draft: InvitationDraft,
    *,
    key: str,
    now: datetime,
) -> tuple[Invitation, str]:
    """Make a link by which people join; returns it with its secret, of which only a hash is kept.

    With an address, only its confirmed owner can use it, once, and it is mailed there.
    """
    require(actor, May.MANAGE_MEMBERS, series)
    uses = 1 if draft.email else draft.max_uses
    if draft.role not in SERIES_ROLES or not 1 <= draft.days <= MAX_INVITATION_DAYS:
        raise Refused(_("Choose a role and for how long the link works."))
    if not 1 <= uses <= MAX_INVITATION_USES:
        raise Refused(_("A link works for 1 to %(most)s people.", most=MAX_INVITATION_USES))
    if draft.role != "contributor" and not draft.email:
        raise Refused(_("A link for moderators or conveners needs the person’s address."))
    public_id = random_id()
    secret = secret_of(key, public_id)
    invitation = Invitation(
        public_id=public_id,
        series_id=series.id,
        role=draft.role,
        email=draft.email.strip().lower(),
        secret_hash=hash_of(secret),
        made_by_id=actor.person_id,
        max_uses=uses,
        created_at=now,
        expires_at=now + timedelta(days=draft.days),
    )
    session.add(invitation)
    session.flush()
    record(
        session,
        actor,
        series,
        "invite",
        subject=("invitation", public_id),
        now=now,
        role=draft.role,
        days=draft.days,
        max_uses=uses,
    )
    if invitation.email:
        payload = {"template": "series/invited", "ids": {"invitation": invitation.id}}
        enqueue(session, "mail.send", payload, now=now)
    return invitation, secret


def invite_people(
    session: Session,
    actor: Viewer,
    series: Series,
    emails: Sequence[str],
    draft: InvitationDraft,
    *,
    key: str,
    now: datetime,
) -> list[str]:
    """Mail each of these people a link; nobody who belongs, or has a link that works, gets another.

    All of them or none; returns the secrets, in the order of the addresses.
    """
    require(actor, May.MANAGE_MEMBERS, series)
    session.refresh(series, with_for_update=True)  # two conveners come one after the other
    if belong := _who_belongs(session, series, emails, draft.role):
        raise Refused(
            _(
                "They belong to the series already: %(who)s. Take them out and send again.",
                who=", ".join(belong),
            )
        )
    if invited := _who_is_invited(session, series, emails, now):
        raise Refused(
            _(
                "They are invited already: %(who)s. Take them out and send again, or"
                " withdraw the invitation they have.",
                who=", ".join(invited),
            )
        )
    return [
        make_invitation(session, actor, series, replace(draft, email=email), key=key, now=now)[1]
        for email in emails
    ]


def _who_belongs(session: Session, series: Series, emails: Sequence[str], role: str) -> list[str]:
    """Those to whom this invitation would give nothing."""
    ranks = list(SERIES_ROLES)
    rows = session.execute(
        select(Person.email, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.series_id == series.id)
        .where(Membership.removed_at.is_(None))
        .where(Membership.admitted_at.is_not(None))
        .where(Person.email.in_(emails))
        .order_by(Person.email)
    )
    return [email or "" for email, own in rows if ranks.index(role) <= ranks.index(own)]


def _who_is_invited(
    session: Session, series: Series, emails: Sequence[str], now: datetime
) -> list[str]:
    return list(
        session.scalars(
            select(Invitation.email)
            .where(Invitation.series_id == series.id)
            .where(Invitation.email.in_(emails))
            .where(Invitation.revoked_at.is_(None))
            .where(Invitation.expires_at > now)
            .where(Invitation.uses < Invitation.max_uses)
            .order_by(Invitation.email)
            .distinct()
        )
    )


def revoke_invitation(
    session: Session, actor: Viewer, invitation: Invitation, *, now: datetime
) -> None:
    """End an invitation's link; those who joined by it stay."""
    require(actor, May.MANAGE_MEMBERS, invitation.series)
    if invitation.revoked_at is not None:
        return
    invitation.revoked_at = now
    subject = ("invitation", invitation.public_id)
    record(session, actor, invitation.series, "revoke_invitation", subject=subject, now=now)


def join_by_invitation(
    session: Session, actor: Viewer | None, secret: str, *, now: datetime
) -> Membership:
    """Take up an invitation; its own rules are the right, since a draft has no other readers.

    Raises Refused with the reason, and Forbidden for somebody who is signed out.
    """
    if actor is None:
        raise Forbidden(May.JOIN)
    invitation = session.scalar(
        select(Invitation).where(Invitation.secret_hash == hash_of(secret)).with_for_update()
    )
    if invitation is None or (problem := problem_with(invitation, now)):
        raise Refused(problem if invitation else problem_with(None, now))
    person = session.get_one(Person, actor.person_id)
    own = _membership(session, invitation, person)
    if problem := problem_for(invitation, person, own):
        raise Refused(problem)
    return _take_up(session, invitation, person, own, now)


def come_in(session: Session, actor: Viewer, series: Series, *, now: datetime) -> Membership:
    """Join by the way that stands open: an invitation to one's own address, or the series' rule."""
    return _join_as_invited(session, actor, series, now) or join_series(
        session, actor, series, now=now
    )


def _join_as_invited(
    session: Session, actor: Viewer, series: Series, now: datetime
) -> Membership | None:
    """Take up the newest invitation to one's own address, by its own rules; None without one."""
    person = session.get_one(Person, actor.person_id)
    sent = session.scalars(
        select(Invitation)
        .where(Invitation.series_id == series.id)
        .where(Invitation.email == (person.email or "nobody"))
        .order_by(Invitation.id.desc())
        .with_for_update()
    )
    for invitation in sent.all():
        own = _membership(session, invitation, person)
        if not (problem_with(invitation, now) or problem_for(invitation, person, own)):
            return _take_up(session, invitation, person, own, now)
    return None


def _take_up(
    session: Session,
    invitation: Invitation,
    person: Person,
    own: Membership | None,
    now: datetime,
) -> Membership:
    if own is not None and not gives(invitation, own):
        return own  # a member who presses twice costs no use
    invitation.uses += 1
    return add_member(session, invitation.series, person, role=invitation.role, now=now)


def _membership(session: Session, invitation: Invitation, person: Person) -> Membership | None:
    return session.scalar(
        select(Membership)
        .where(Membership.series_id == invitation.series_id)
        .where(Membership.person_id == person.id)
    )
