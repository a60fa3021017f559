"""Joining, admitting, promoting, removing: who belongs to a series, and as what."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.db import add_unless_there
from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.people.accounts.operations.sessions import end_sessions
from discussion.permissions.facts import Viewer, is_of_listed_domain
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, require
from discussion.problems import Refused, TooLate
from discussion.series.members.models import Membership
from discussion.series.members.operations.alone import ONE_LEFT, leaves_one, tell_of_one
from discussion.series.members.words import BY_WRITING
from discussion.series.series.models import Series
from discussion.series.series.operations.higher import keep_labels
from discussion.series.series.operations.record import lock_series, promise_mail, record
from discussion.series.series.words import SERIES_ROLES
from discussion.vocabulary import of_series


def join_by_domain(session: Session, person: Person, now: datetime) -> list[Membership]:
    """Join a person whose address is confirmed to every open series that lists its domain.

    The domain must be equal; a listed domain does not stand for those under it. Somebody who was
    removed stays removed. Returns what was joined or admitted now.
    """
    domain = _domain_of(person)
    if not domain:
        return []
    candidates = session.scalars(
        select(Series).where(Series.who_may_post == "domain").where(Series.status == "open")
    )
    matched = [series for series in candidates if domain in series.domains]
    made = [_admit_new(session, series, person, "domain", now) for series in matched]
    return [row for row in made if row is not None]


def join_series(session: Session, actor: Viewer, series: Series, *, now: datetime) -> Membership:
    """Join a series that is open to all, or that lists one's domain (which also admits)."""
    require(actor, May.JOIN, series)
    person = session.get_one(Person, actor.person_id)
    if is_of_listed_domain(actor, series):
        _refuse_removed(_find(session, series, person))
        _admit_new(session, series, person, "domain", now)
        return _find_known(session, series, person)
    return walk_in(session, actor, series, now)


def walk_in(session: Session, actor: Viewer, series: Series, now: datetime) -> Membership:
    """Make a confirmed person an unadmitted contributor of a series that is open to all.

    Does nothing for somebody who is a member already; raises Forbidden for somebody who was
    removed, and in a series that is not open to all.
    """
    require(actor, May.JOIN, series)
    person = session.get_one(Person, actor.person_id)
    own = _find(session, series, person)
    _refuse_removed(own)
    if own is not None and own.removed_at is None:
        return own
    if series.who_may_post != "open" or series.visibility == "members":
        raise Forbidden(May.JOIN)
    if own is not None:
        own.removed_at, own.removed_how = None, ""
        return own
    return _add(session, series, person, now=now)


def admit_by_approval(
    session: Session, series: Series, person: Person, now: datetime, how: str = BY_WRITING
) -> None:
    """Admit with the first approved contribution, in a series open to all; asks no right.

    For moderation's use, inside a decision whose right was asked. Elsewhere a moderator lets people
    in by name, so nothing happens; neither does it for those who are admitted or removed.
    """
    own = _find(session, series, person)
    if own is None or own.removed_at or own.admitted_at or series.who_may_post != "open":
        return
    if person.email_confirmed_at is None:
        return
    own.admitted_at, own.admitted_how = now, how
    keep_labels(session, series)


def admit_member(session: Session, actor: Viewer, membership: Membership, *, now: datetime) -> None:
    """Let a member in by name, so that they count towards five; TooLate where somebody has."""
    require(actor, May.MANAGE_MEMBERS, membership.series)
    lock_series(session, membership.series)
    session.refresh(membership)
    _refuse_gone(membership)
    if membership.person.email_confirmed_at is None:
        raise Refused(
            _("They have not confirmed their address yet, so they cannot become members.")
        )
    if membership.admitted_at is not None and membership.admitted_how != BY_WRITING:
        raise TooLate(_("They are admitted already."))
    membership.admitted_at, membership.admitted_how = membership.admitted_at or now, "approved"
    record(session, actor, membership.series, "admit_member", subject=_subject(membership), now=now)
    promise_mail(session, "series/admitted", membership.person, now=now, membership=membership.id)
    keep_labels(session, membership.series)


def change_role(
    session: Session,
    actor: Viewer,
    membership: Membership,
    role: str,
    *,
    is_sure: bool = False,
    was: str = "",
    now: datetime,
) -> None:
    """Make a member a contributor, a moderator or a convener; the last convener stays one.

    TooLate where they are no longer what they `was` on screen.
    Who leaves one person alone to moderate is warned once, and says that they are sure.
    """
    require(actor, May.MANAGE_MEMBERS, membership.series)
    if role not in SERIES_ROLES:
        raise Refused(_("Choose contributor, moderator or convener."))
    lock_series(session, membership.series)
    session.refresh(membership)
    _refuse_gone(membership)
    if was and was != membership.role:
        raise TooLate(_("Their role has been changed since."))
    if role == membership.role:
        return
    if role != "contributor":
        _refuse_unconfirmed(membership.person)
    _keep_a_convener(session, membership, role)
    if role == "contributor" and not is_sure and leaves_one(session, membership):
        raise Refused(ONE_LEFT)
    before, membership.role = membership.role, role
    event = record(
        session,
        actor,
        membership.series,
        "change_role",
        subject=_subject(membership),
        now=now,
        before=before,
        after=role,
    )
    promise_mail(
        session,
        "series/role_changed",
        membership.person,
        now=now,
        membership=membership.id,
        event=event.id,
    )
    keep_labels(session, membership.series)
    if role == "contributor":
        tell_of_one(session, membership.series, now)


def end_for_a_while(session: Session, membership: Membership, now: datetime) -> None:
    """Take a member out of the series until take_back(); asks no right, for a sanction that did.

    What they wrote stays, and they cannot walk back in. That they were admitted is remembered, and
    that they moderated is not. Who had left before is only kept from coming back.
    """
    if membership.removed_at is None:
        _keep_a_convener(session, membership, "")
        had_power = membership.role != "contributor"
        membership.removed_at, membership.role = now, "contributor"
        if had_power:
            tell_of_one(session, membership.series, now)
    membership.removed_how = "removed"
    end_sessions(session, membership.person_id, now=now)
    keep_labels(session, membership.series)


def take_back(session: Session, membership: Membership, *, had_left: bool) -> None:
    """Undo end_for_a_while(); who had left before it is free to come back, and no more."""
    membership.removed_how = "left" if had_left else ""
    if not had_left:
        membership.removed_at = None
    keep_labels(session, membership.series)


def leave_series(session: Session, actor: Viewer, series: Series, *, now: datetime) -> None:
    """End one's own membership; the last convener appoints another first."""
    require(actor, May.READ_SERIES, series)
    lock_series(session, series)
    membership = _find(session, series, session.get_one(Person, actor.person_id))
    if membership is None:
        return
    session.refresh(membership)
    if membership.removed_at is not None:
        return
    _keep_a_convener(session, membership, "")
    had_power = membership.role != "contributor"
    membership.removed_at, membership.removed_how = now, "left"
    membership.role, membership.admitted_at = "contributor", None
    record(session, actor, series, "leave", subject=_subject(membership), now=now)
    keep_labels(session, series)
    if had_power:
        tell_of_one(session, series, now)


def appoint_convener(
    session: Session, actor: Viewer, series: Series, email: str, *, now: datetime
) -> Membership:
    """Make the person with this confirmed address a convener of any series."""
    require(actor, May.APPOINT_CONVENER, series)
    lock_series(session, series)
    person = session.scalar(select(Person).where(Person.email == email.strip().lower()))
    if person is None or person.email_confirmed_at is None or person.left_at is not None:
        raise Refused(_("Nobody with that address has confirmed an account here."))
    own = _find(session, series, person) or _add(session, series, person, now=now)
    own.removed_at, own.removed_how = None, ""
    own.role = "convener"
    if own.admitted_at is None:
        own.admitted_at, own.admitted_how = now, "invited"
    event = record(session, actor, series, "appoint_convener", subject=_subject(own), now=now)
    promise_mail(session, "series/role_changed", person, now=now, membership=own.id, event=event.id)
    keep_labels(session, series)
    return own


def choose_post(session: Session, actor: Viewer, series: Series, role: str, phase: str) -> None:
    """Choose the one role and the one phase under which one posts in this series."""
    require(actor, May.READ_SERIES, series)
    own = _find(session, series, session.get_one(Person, actor.person_id))
    if own is None or own.removed_at is not None:
        raise Refused(_("You do not belong to this series."))
    known = of_series(series.slug)
    if role not in known.roles or (phase and phase not in known.phases):
        raise Refused(_("Choose a role from the list."))
    own.posting_role, own.posting_phase = role, phase
    keep_labels(session, series)


def choose_letters(
    session: Session, actor: Viewer, series: Series, *, wants_warnings: bool
) -> None:
    """Choose whether to be told before a thread moves in which one has not taken part."""
    require(actor, May.READ_SERIES, series)
    own = _find(session, series, session.get_one(Person, actor.person_id))
    if own is None or own.removed_at is not None:
        raise Refused(_("You do not belong to this series."))
    own.wants_warnings = wants_warnings
    session.flush()


def add_member(
    session: Session,
    series: Series,
    person: Person,
    *,
    role: str = "contributor",
    how: str = "invited",
    now: datetime,
) -> Membership:
    """Add an admitted member; asks no right. For founding a series and for taking up an invitation.

    A role is only ever raised here, never lowered.
    """
    own = _find(session, series, person) or _add(session, series, person, now=now)
    ranks = list(SERIES_ROLES)
    own.removed_at, own.removed_how = None, ""
    own.role = max(own.role, role, key=ranks.index)
    if own.admitted_at is None:
        own.admitted_at, own.admitted_how = now, how
    session.flush()
    keep_labels(session, series)
    return own


def _admit_new(
    session: Session, series: Series, person: Person, how: str, now: datetime
) -> Membership | None:
    own = _find(session, series, person)
    if own is not None and (own.was_removed or (own.admitted_at and not own.removed_at)):
        return None
    return add_member(session, series, person, how=how, now=now)


def _keep_a_convener(session: Session, membership: Membership, role: str) -> None:
    """Needs the lock: the count must still be true when this transaction ends."""
    if membership.role != "convener" or role == "convener":
        return
    others = session.scalar(
        select(func.count())
        .select_from(Membership)
        .join(Membership.person)
        .where(Membership.series_id == membership.series_id)
        .where(Membership.role == "convener")
        .where(Membership.removed_at.is_(None))
        .where(Membership.id != membership.id)
        .where(Person.left_at.is_(None))
    )
    if not others:
        raise Refused(
            _("A series always has a convener, and this is the last. Make somebody else one first.")
        )


def _add(session: Session, series: Series, person: Person, *, now: datetime) -> Membership:
    own = Membership(
        series_id=series.id,
        person_id=person.id,
        posting_role=person.roles[0] if person.roles else "",
        posting_phase=person.phases[0] if person.phases else "",
        joined_at=now,
    )
    if add_unless_there(session, own):
        return own
    return _find_known(session, series, person)  # a second click was quicker


def _find(session: Session, series: Series, person: Person) -> Membership | None:
    return session.scalar(
        select(Membership)
        .where(Membership.series_id == series.id)
        .where(Membership.person_id == person.id)
    )


def _find_known(session: Session, series: Series, person: Person) -> Membership:
    own = _find(session, series, person)
    assert own is not None
    return own


def _refuse_removed(membership: Membership | None) -> None:
    if membership is not None and membership.was_removed:
        raise Forbidden(May.JOIN)


def _refuse_gone(membership: Membership) -> None:
    if membership.removed_at is not None:
        raise Refused(_("They no longer belong to the series. Invite them again."))


def _refuse_unconfirmed(person: Person) -> None:
    if person.email_confirmed_at is None:
        raise Refused(_("They have not confirmed their address yet."))


def _subject(membership: Membership) -> tuple[str, str]:
    return ("person", membership.person.public_id)


def _domain_of(person: Person) -> str:
    if person.email_confirmed_at is None or not person.email:
        return ""
    return person.email.rpartition("@")[2].lower()
