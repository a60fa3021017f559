"""The way into a series, as it stands to one viewer: offered where it is open, told where not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.permissions import facts
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import listed_series
from discussion.series.members.invitations import gives, problem_for
from discussion.series.members.models import Invitation, Membership
from discussion.series.series.models import Series


@dataclass(frozen=True)
class Joining:
    """What somebody who does not belong to a series reads of joining it."""

    says: str
    url: str  # where one press joins; empty where one cannot
    role: str  # contributor, moderator or convener: what one would be
    here: str  # the page that one comes back to
    sign_in_url: str  # for who is signed out
    sign_up_url: str


@dataclass(frozen=True)
class Offer:
    """A series that the viewer may join."""

    slug: str
    title: str
    question: str
    language: str
    joining: Joining


def find_joining(
    session: Session, viewer: Viewer | None, series: Series, here: str, now: datetime
) -> Joining | None:
    """The way in; None for those who belong, and where the series takes nothing."""
    if viewer is None:
        says = _signed_out(series)
        ways = (paths.sign_in(here), paths.sign_up(here))
        return Joining(says, "", "", here, *ways) if says else None
    if facts.is_member_of(viewer, series):
        return None  # a letter that offers another role leads to it by itself
    return _way_in(viewer, series, here, _invitations(session, viewer, now))


def _way_in(
    viewer: Viewer, series: Series, here: str, invitations: Sequence[Invitation]
) -> Joining | None:
    """Of somebody who does not belong; `invitations` are all of theirs."""
    invitation = next((row for row in invitations if row.series_id == series.id), None)
    if invitation is not None:
        return Joining(_invited(invitation), paths.join(series.slug), invitation.role, here, "", "")
    if not facts.is_open_series(viewer, series):
        return None
    if allowed(viewer, May.JOIN, series):
        return Joining(_may(series), paths.join(series.slug), "contributor", here, "", "")
    return Joining(_may_not(viewer, series), "", "", here, "", "")


def find_series_to_join(
    session: Session, viewer: Viewer, slug: str, now: datetime
) -> Series | None:
    """A series that the viewer may join, though perhaps not read before."""
    series = session.scalar(select(Series).where(Series.slug == slug))
    if series is None:
        return None
    is_invited = any(row.series_id == series.id for row in _invitations(session, viewer, now))
    return series if is_invited or allowed(viewer, May.JOIN, series) else None


def list_offers(session: Session, viewer: Viewer | None, now: datetime) -> tuple[Offer, ...]:
    """The series that invite the viewer or list their domain, and that they do not belong to."""
    if viewer is None:
        return ()
    invitations = _invitations(session, viewer, now)
    invited = [row.series for row in invitations if not facts.is_member_of(viewer, row.series)]
    listing = session.scalars(
        select(Series).where(Series.who_may_post == "domain").where(Series.status == "open")
    ).all()
    shown = session.scalars(
        select(Series.id).where(listed_series(viewer)).where(Series.who_may_post == "domain")
    ).all()
    by_domain = [
        row
        for row in listing
        if facts.is_of_listed_domain(viewer, row)
        and not facts.is_member_of(viewer, row)
        and (row.visibility == "members" or row.id in shown)
    ]
    offered = {row.id: row for row in (*invited, *by_domain)}
    found = (
        (row, _way_in(viewer, row, paths.series(row.slug), invitations))
        for row in sorted(offered.values(), key=lambda row: (row.title, row.id))
    )
    return tuple(
        Offer(row.slug, row.title, row.question, row.language, joining)
        for row, joining in found
        if joining is not None and joining.url
    )


def _invitations(session: Session, viewer: Viewer, now: datetime) -> Sequence[Invitation]:
    """Those to one's own address that work and would give something; newest first."""
    rows = session.execute(
        select(Invitation, Person, Membership)
        .join(Person, Person.email == Invitation.email)
        .outerjoin(
            Membership,
            (Membership.series_id == Invitation.series_id) & (Membership.person_id == Person.id),
        )
        .where(Person.id == viewer.person_id)
        .where(Invitation.revoked_at.is_(None))
        .where(Invitation.expires_at > now)
        .where(Invitation.uses < Invitation.max_uses)
        .options(joinedload(Invitation.series))
        .order_by(Invitation.id.desc())
    )
    return [
        invitation
        for invitation, person, own in rows
        if not problem_for(invitation, person, own) and gives(invitation, own)
    ]


def _signed_out(series: Series) -> str:
    if series.status != "open":
        return ""
    return {
        "open": _(
            "Anybody in the sector may take part once they have confirmed an e-mail address."
        ),
        "domain": _(
            "People join by invitation, or because their address is at an organisation "
            "that the series lists. Sign in, or sign up, and this page says whether yours "
            "is."
        ),
        "invited": _(
            "People join by invitation. If you were invited, open the link in the e-mail, "
            "or sign in with the address it went to."
        ),
    }[series.who_may_post]


def _invited(invitation: Invitation) -> str:
    return {
        "contributor": _("You are invited to join this series as a contributor."),
        "moderator": _("You are invited to join this series as a moderator."),
        "convener": _("You are invited to join this series as a convener."),
    }[invitation.role]


def _may(series: Series) -> str:
    if series.who_may_post == "open":
        return _("You can take part: you join with what you write first, or now.")
    return _("You can join: your address is at one of the organisations that take part.")


def _may_not(viewer: Viewer, series: Series) -> str:
    if series.id in viewer.removed_from:
        return _(
            "You were removed from this series, so you can read it and not write in it. The "
            "e-mail that told you says why, and how to appeal."
        )
    if not viewer.is_confirmed:
        return _(
            "Confirm your address first, with the link in the e-mail we sent you. Then this "
            "page says whether you can join."
        )
    if series.who_may_post == "domain":
        return _(
            "You can read this series. To write in it, join: with an address at one of the "
            "organisations that take part, which yours is not, or by an invitation from its "
            "conveners."
        )
    return _(
        "You can read this series. To write in it, you need an invitation from its conveners, "
        "sent to your address."
    )
