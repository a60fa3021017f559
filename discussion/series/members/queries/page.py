"""Who belongs to a series, as what, and the invitations that were made."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.mail.queries import list_refused
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed, require
from discussion.series.members.invitations import hash_of, problem_with
from discussion.series.members.models import Invitation, Membership
from discussion.series.members.queries.listing import (
    MembersAsked,
    count_admitted,
    count_moderating,
    find_listed,
    role_choices,
)
from discussion.series.members.queries.shapes import (
    InvitationLine,
    InvitationPage,
    MemberLine,
    MembershipPage,
    MembersPage,
)
from discussion.series.members.words import BY_WRITING, MAX_INVITED
from discussion.series.series.models import Series
from discussion.series.series.queries.convening import convened
from discussion.series.series.queries.reading import find_series
from discussion.vocabulary import of_series

MONTH, DAY = 7, 10  # characters of a date


def members_page(
    session: Session, viewer: Viewer | None, slug: str, asked: MembersAsked, now: datetime
) -> MembersPage | None:
    """A page of those who belong, as what, and the invitations that were made."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    require(viewer, May.LIST_MEMBERS, series)
    found = find_listed(session, viewer, series, asked, now)
    can_manage = allowed(viewer, May.MANAGE_MEMBERS, series)
    refused = list_refused(session, [row.person.email for row in found.rows])
    moderating = count_moderating(session, series)
    here = f"{paths.series(series.slug)}/members"
    return MembersPage(
        series=convened(series, only_members=not can_manage),
        members=tuple(
            _member(row, viewer, refused, now, can_manage=can_manage, moderating=moderating)
            for row in found.rows
        ),
        url=here,
        asked=asked,
        roles=tuple((slug, str(words)) for slug, words in role_choices()),
        found=found.total,
        query=asked.on(""),
        first_url=replace(asked, after="").on(here) if asked.after else "",
        next_url=replace(asked, after=found.next_after).on(here) if found.next_after else "",
        invitations=_invitations(session, series, now) if can_manage else (),
        admitted_count=count_admitted(session, viewer, series, now),
        can_manage=can_manage,
        can_appoint=allowed(viewer, May.APPOINT_CONVENER, series),
        has_walk_ins=series.who_may_post == "open",
        sanctions_url=paths.sanctions(series.slug) if allowed(viewer, May.MODERATE, series) else "",
    )


def membership_page(session: Session, viewer: Viewer | None, slug: str) -> MembershipPage | None:
    """One's own part in a series; nothing for those who do not belong."""
    series = find_series(session, viewer, slug)
    own = viewer.belongings.get(series.id) if viewer and series else None
    if series is None or own is None:
        return None
    wants_warnings = session.scalar(
        select(Membership.wants_warnings)
        .where(Membership.series_id == series.id)
        .where(Membership.person_id == (viewer.person_id if viewer else 0))
    )
    return MembershipPage(
        series.slug,
        series.title,
        paths.series(series.slug),
        own.role,
        own.is_admitted,
        own.posting_role,
        own.posting_phase,
        bool(wants_warnings),
    )


def invitation_page(
    session: Session, viewer: Viewer | None, secret: str, now: datetime
) -> InvitationPage | None:
    """What an invitation is to; nothing for a secret that was never given."""
    invitation = session.scalar(select(Invitation).where(Invitation.secret_hash == hash_of(secret)))
    if invitation is None:
        return None
    series, here = invitation.series, paths.invitation(secret)
    problem = problem_with(invitation, now)
    return InvitationPage(
        series_slug=series.slug,
        series_title=series.title if not problem else "",
        series_question=series.question if not problem else "",
        host=series.host if not problem else "",
        role=invitation.role,
        problem=problem,
        url=here,
        rules_url=paths.rules(series.slug) if series.status != "draft" and not problem else "",
        is_signed_in=viewer is not None,
        sign_in_url=paths.sign_in(here),
        sign_up_url=paths.sign_up(here),
    )


def find_member(session: Session, series: Series, public_id: str) -> Membership | None:
    """A membership of a series by its person’s public id, ended ones too."""
    return session.scalar(
        select(Membership)
        .join(Membership.person)
        .where(Membership.series_id == series.id)
        .where(Person.public_id == public_id)
    )


def find_invitation(session: Session, series: Series, public_id: str) -> Invitation | None:
    """An invitation to a series by its public id, in any state."""
    return session.scalar(
        select(Invitation)
        .where(Invitation.series_id == series.id)
        .where(Invitation.public_id == public_id)
    )


def _walked_in(row: Membership) -> bool:
    return row.role == "contributor" and row.admitted_how in ("", BY_WRITING)


def _is_past(at: datetime, now: datetime) -> bool:
    return clock.iso(at, MONTH) < clock.iso(now, MONTH)


def _member(
    row: Membership,
    viewer: Viewer | None,
    refused: set[str],
    now: datetime,
    *,
    can_manage: bool,
    moderating: int,
) -> MemberLine:
    """That the first contribution was approved is told from the month after, as that they came."""
    is_told = row.admitted_how != BY_WRITING or _is_past(row.admitted_at or now, now)
    known = of_series(row.series.slug)
    role = str(known.role_labels.get(row.posting_role, ""))
    phase = str(known.phase_labels.get(row.posting_phase, ""))
    return MemberLine(
        id=row.person.public_id,
        name=row.person.display_name,
        post=", ".join(word for word in (role, phase) if word),
        role=row.role,
        is_admitted=is_told
        and row.admitted_at is not None
        and row.person.email_confirmed_at is not None,
        is_confirmed=row.person.email_confirmed_at is not None,
        how=row.admitted_how if is_told else "",
        joined=clock.iso(row.joined_at, MONTH if _walked_in(row) else DAY),
        is_self=viewer is not None and row.person_id == viewer.person_id,
        leaves_one=row.role != "contributor" and moderating == 2,
        sanction_url=paths.sanction_member(row.series.slug, row.person.public_id)
        if can_manage and allowed(viewer, May.SANCTION, row)
        else "",
        is_unreachable=row.person.email in refused,
    )


def _invitations(session: Session, series: Series, now: datetime) -> tuple[InvitationLine, ...]:
    rows = session.scalars(
        select(Invitation)
        .where(Invitation.series_id == series.id)
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
        .limit(MAX_INVITED)
    ).all()
    refused = list_refused(session, [row.email for row in rows])
    return tuple(
        InvitationLine(
            row.public_id,
            row.role,
            row.email,
            row.uses,
            row.max_uses,
            row.expires_at,
            _state(row, now),
            row.email in refused,
        )
        for row in rows
    )


def _state(row: Invitation, now: datetime) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if row.uses >= row.max_uses:
        return "used"
    return "expired" if row.expires_at <= now else "works"
