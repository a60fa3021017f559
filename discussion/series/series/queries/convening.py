"""What conveners see: settings, rules and reasons, themes, scales, members, invitations."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.debate.positions.models import ValueTag
from discussion.decisions.words import TARGETS
from discussion.language import _
from discussion.mail.queries import list_refused
from discussion.people.accounts.models import Person
from discussion.people.accounts.words import PHASES, ROLES
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed, require
from discussion.series.series.invitations import hash_of, problem_with
from discussion.series.series.models import (
    Invitation,
    Membership,
    Reason,
    Scale,
    ScaleWording,
    Series,
    Theme,
    ThemeWording,
)
from discussion.series.series.queries.ending import ending_in_words
from discussion.series.series.queries.kept import (
    Convened,
    InvitationLine,
    InvitationPage,
    ListPage,
    MemberLine,
    MembershipPage,
    MembersPage,
    ProposalLine,
    RowLine,
    SettingsPage,
    Tab,
    TargetsPage,
)
from discussion.series.series.queries.readiness import steps_to_open
from discussion.series.series.queries.reading import find_series
from discussion.series.series.words import BY_WRITING, MAX_INVITED, MOVES
from discussion.series.values.models import Value, ValueProposal, ValueWording

MONTH, DAY = 7, 10  # characters of a date

Row = TypeVar("Row", Theme, Scale, Reason, Value)


def settings_page(session: Session, viewer: Viewer | None, slug: str) -> SettingsPage | None:
    """The series' own settings, what it still needs, and where it can move."""
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    steps = steps_to_open(session, series) if series.status != "open" else ()
    acts = tuple(act for act, (starts, _ends) in MOVES.items() if series.status in starts)
    ending = ending_in_words(series, clock.today())
    missing = sum(not one.is_done for one in steps)
    return SettingsPage(convened(series), steps, missing, acts, ending)


def targets_page(session: Session, viewer: Viewer | None, slug: str) -> TargetsPage | None:
    """What the series sets a time for."""
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    kinds = tuple((name, str(words)) for name, words in TARGETS.items())
    return TargetsPage(convened(series), paths.targets_settings(slug), kinds)


def rules_settings_page(session: Session, viewer: Viewer | None, slug: str) -> ListPage | None:
    """The rules with their version, and every reason."""
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    rows = [
        _row(reason, reason.label, reason.explanation, paths.rules_settings(slug))
        for reason in series.reasons
    ]
    return ListPage(
        convened(series),
        "reason",
        _ends(rows),
        paths.rules_settings(slug),
        series.rules_version,
        series.rules,
    )


def themes_settings_page(session: Session, viewer: Viewer | None, slug: str) -> ListPage | None:
    """Every theme in order, with its earlier wordings."""
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    wordings = session.scalars(
        select(ThemeWording)
        .join(ThemeWording.theme)
        .where(Theme.series_id == series.id)
        .order_by(ThemeWording.until.desc())
    )
    earlier: dict[int, list[tuple[str, datetime]]] = {}
    for wording in wordings:
        earlier.setdefault(wording.theme_id, []).append((wording.question, wording.until))
    rows = [
        _row(
            theme,
            theme.question,
            theme.provenance,
            paths.themes_settings(slug),
            earlier.get(theme.id, ()),
        )
        for theme in series.themes
    ]
    return ListPage(convened(series), "theme", _ends(rows), paths.themes_settings(slug))


def scales_settings_page(session: Session, viewer: Viewer | None, slug: str) -> ListPage | None:
    """Every scale in order, with its earlier wordings and what took its place."""
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    wordings = session.scalars(
        select(ScaleWording)
        .join(ScaleWording.scale)
        .where(Scale.series_id == series.id)
        .order_by(ScaleWording.until.desc())
    )
    earlier: dict[int, list[tuple[str, datetime]]] = {}
    for one in wordings:
        words = f"{one.low} – {one.high} ({', '.join(one.steps)})"
        earlier.setdefault(one.scale_id, []).append((words, one.until))
    replaced = {scale.replaces[-1]: scale for scale in series.scales if scale.replaces}
    rows = [
        replace(
            _row(
                scale,
                f"{scale.low} – {scale.high}",
                scale.definition,
                paths.scales_settings(slug),
                earlier.get(scale.id, ()),
            ),
            successor=f"{after.low} – {after.high}" if after else "",
        )
        for scale in series.scales
        for after in (replaced.get(scale.slug),)
    ]
    return ListPage(convened(series), "scale", _ends(rows), paths.scales_settings(slug))


def values_settings_page(session: Session, viewer: Viewer | None, slug: str) -> ListPage | None:
    """Every value with its earlier wordings, and the proposals that wait; moderators see it too."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    require(
        viewer, May.MODERATE if not allowed(viewer, May.CONVENE, series) else May.CONVENE, series
    )
    values = session.scalars(
        select(Value).where(Value.series_id == series.id).order_by(Value.order, Value.id)
    ).all()
    labels = {value.id: value.label for value in values}
    earlier: dict[int, list[tuple[str, datetime]]] = {}
    for wording in session.scalars(
        select(ValueWording)
        .where(ValueWording.value_id.in_(labels))
        .order_by(ValueWording.until.desc())
    ):
        earlier.setdefault(wording.value_id, []).append(
            (f"{wording.label}: {wording.definition}", wording.until)
        )
    rows = [
        _row(
            value,
            value.label,
            value.definition,
            paths.values_settings(slug),
            earlier.get(value.id, ()),
            value.family,
            labels.get(value.replaced_by_id or 0, ""),
        )
        for value in values
    ]
    by_family = [
        _ends([one for one in rows if one.family == family])
        for family in dict.fromkeys(value.family for value in values)
    ]
    return ListPage(
        convened(series, only_members=not allowed(viewer, May.CONVENE, series)),
        "value",
        tuple(row for family in by_family for row in family),
        paths.values_settings(slug),
        series.value_set_version,
        proposals=_proposals(session, viewer, series),
        merge_choices=tuple((v.slug, v.label) for v in values if v.retired_at is None),
        can_convene=allowed(viewer, May.CONVENE, series),
    )


def members_page(
    session: Session, viewer: Viewer | None, slug: str, now: datetime
) -> MembersPage | None:
    """Who belongs, as what, and the invitations that were made."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    require(viewer, May.LIST_MEMBERS, series)
    rows = session.scalars(
        select(Membership)
        .join(Membership.person)
        .where(Membership.series_id == series.id)
        .where(Membership.removed_at.is_(None))
        .options(joinedload(Membership.person))
        .order_by(Person.display_name, Person.id)
    ).all()
    can_manage = allowed(viewer, May.MANAGE_MEMBERS, series)
    refused = list_refused(session, [row.person.email for row in rows])
    moderating = sum(row.role != "contributor" for row in rows)
    members = tuple(
        _member(row, viewer, refused, now, can_manage=can_manage, moderating=moderating)
        for row in rows
        if _is_listed(row, viewer, now)
    )
    return MembersPage(
        series=convened(series, only_members=not can_manage),
        members=members,
        invitations=_invitations(session, series, now) if can_manage else (),
        admitted_count=sum(one.is_admitted for one in members),
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


def with_editing(page: ListPage, slug: str) -> ListPage:
    """The page on which one row of the list is being changed."""
    return replace(page, editing=slug)


def find_convened(session: Session, viewer: Viewer | None, slug: str) -> Series | None:
    """A series the viewer may read, and change; raises Forbidden when only the former."""
    series = find_series(session, viewer, slug)
    if series is not None:
        require(viewer, May.CONVENE, series)
    return series


def find_member(session: Session, series: Series, public_id: str) -> Membership | None:
    return session.scalar(
        select(Membership)
        .join(Membership.person)
        .where(Membership.series_id == series.id)
        .where(Person.public_id == public_id)
    )


def find_invitation(session: Session, series: Series, public_id: str) -> Invitation | None:
    return session.scalar(
        select(Invitation)
        .where(Invitation.series_id == series.id)
        .where(Invitation.public_id == public_id)
    )


def find_listed(session: Session, kind: type[Row], series: Series, slug: str) -> Row | None:
    """A theme, scale, reason or value of the series, retired or not."""
    return session.scalar(select(kind).where(kind.series_id == series.id).where(kind.slug == slug))


def find_proposal(session: Session, series: Series, public_id: str) -> ValueProposal | None:
    return session.scalar(
        select(ValueProposal)
        .where(ValueProposal.series_id == series.id)
        .where(ValueProposal.public_id == public_id)
    )


def convened(series: Series, *, only_members: bool = False) -> Convened:
    """The head of every page of the settings."""
    slug = series.slug
    tabs = (
        Tab(_("Settings"), paths.settings(slug)),
        Tab(_("Rules and reasons"), paths.rules_settings(slug)),
        Tab(_("Times to decide"), paths.targets_settings(slug)),
        Tab(_("Themes"), paths.themes_settings(slug)),
        Tab(_("Scales"), paths.scales_settings(slug)),
        Tab(_("Values"), paths.values_settings(slug)),
        Tab(_("Members"), paths.members(slug)),
    )
    shown = tabs[-2:] if only_members else tabs
    return Convened(slug, series.title, paths.series(slug), series.status, shown)


def _row(
    row: Theme | Scale | Reason | Value,
    words: str,
    detail: str,
    url: str,
    earlier: Iterable[tuple[str, datetime]] = (),
    family: str = "",
    replaced_by: str = "",
) -> RowLine:
    return RowLine(
        str(row.id),
        row.slug,
        words,
        detail,
        f"{url}/{row.slug}",
        row.retired_at is not None,
        False,
        False,
        tuple(earlier),
        family,
        replaced_by,
    )


def _ends(rows: list[RowLine]) -> tuple[RowLine, ...]:
    """Live rows first, the first and last of them marked; then the retired."""
    live = [row for row in rows if not row.is_retired]
    marked = [
        replace(row, is_first=at == 0, is_last=at == len(live) - 1) for at, row in enumerate(live)
    ]
    return (*marked, *(row for row in rows if row.is_retired))


def _proposals(session: Session, viewer: Viewer | None, series: Series) -> tuple[ProposalLine, ...]:
    rows = session.execute(
        select(ValueProposal, func.count(ValueTag.id))
        .outerjoin(ValueTag, ValueTag.proposal_id == ValueProposal.id)
        .where(ValueProposal.series_id == series.id)
        .where(ValueProposal.state == "waiting")
        .group_by(ValueProposal.id)
        .order_by(ValueProposal.created_at)
    )
    own_id = viewer.person_id if viewer else 0
    return tuple(
        ProposalLine(row.public_id, row.label, row.created_at, uses, row.proposed_by_id == own_id)
        for row, uses in rows
    )


def _is_listed(row: Membership, viewer: Viewer | None, now: datetime) -> bool:
    """Who came in by writing is listed from the month after.

    Today the name would tell who wrote what has just come in, whatever it is to be shown under.
    """
    is_themself = viewer is not None and row.person_id == viewer.person_id
    return is_themself or not _walked_in(row) or _is_past(row.joined_at, now)


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
    role, phase = str(ROLES.get(row.posting_role, "")), str(PHASES.get(row.posting_phase, ""))
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
