"""The frozen shapes of the pages about who belongs."""

from dataclasses import dataclass
from datetime import datetime

from discussion.series.members.queries.listing import MembersAsked
from discussion.series.series.queries.kept import Convened


@dataclass(frozen=True)
class MemberLine:
    id: str
    name: str
    post: str
    role: str
    is_admitted: bool
    is_confirmed: bool
    how: str
    joined: str  # ISO: the day, or the month of who came in by themselves
    is_self: bool
    leaves_one: bool  # to moderate, if they no longer do
    sanction_url: str  # where something is asked of them by name; empty if the viewer may not
    is_unreachable: bool  # letters to them are refused


@dataclass(frozen=True)
class InvitationLine:
    id: str
    role: str
    email: str
    uses: int
    max_uses: int
    expires_at: datetime
    state: str  # works, or why it does not
    is_unreachable: bool  # its letter was refused


@dataclass(frozen=True)
class MembersPage:
    series: Convened
    members: tuple[MemberLine, ...]  # one page of them
    url: str
    asked: MembersAsked
    roles: tuple[tuple[str, str], ...]  # by what the list can be narrowed
    found: int  # how many meet what is asked
    query: str  # what is asked, as an address has it
    first_url: str  # empty on the first page
    next_url: str  # empty on the last
    invitations: tuple[InvitationLine, ...]
    admitted_count: int
    can_manage: bool
    can_appoint: bool
    has_walk_ins: bool  # people come in by themselves, and are listed a month later
    sanctions_url: str  # empty for those who do not moderate


@dataclass(frozen=True)
class MembershipPage:
    """One's own part in a series."""

    series_slug: str
    series_title: str
    series_url: str
    role: str
    is_admitted: bool
    posting_role: str
    posting_phase: str
    wants_warnings: bool  # letters before a thread moves in which one has not taken part


@dataclass(frozen=True)
class InvitationPage:
    """What somebody with a link sees before they join."""

    series_slug: str
    series_title: str
    series_question: str
    host: str
    role: str
    problem: str  # why it cannot be taken up; empty when it can
    url: str
    rules_url: str
    is_signed_in: bool
    sign_in_url: str
    sign_up_url: str
