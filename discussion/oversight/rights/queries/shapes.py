"""The frozen shapes of the pages about one's own data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class CopyLine:
    """One copy that can be fetched."""

    url: str
    made_at: datetime
    until: date  # the last whole day on which it is there
    size: str  # "1.2 MB"


@dataclass(frozen=True)
class RightsPage:
    is_being_made: bool
    copies: tuple[CopyLine, ...]
    most_a_day: int
    kept_days: int
    ask_url: str
    leave_url: str
    leaves_on: date | None
    grace_days: int
    consents_url: str
    problem: str = ""  # why no copy can be asked for now


@dataclass(frozen=True)
class LeavePage:
    leaves_on: date | None  # they asked already
    choice: str
    needed_for: tuple[str, ...]  # what stands in the way
    positions: int  # published
    responses: int
    private_answers: int
    choices: Mapping[str, str]
    send_url: str
    stay_url: str
    copy_url: str
    grace_days: int
    name: str  # a sample of how a name is shown afterwards


@dataclass(frozen=True)
class Agreement:
    """What one agreed to, with its version; an earlier one is history."""

    what: str
    version: str
    given_on: date
    withdrawn_on: date | None
    is_current: bool


@dataclass(frozen=True)
class Choice:
    """What one chose, and can take back."""

    slug: str
    what: str
    is_given: bool
    says: str  # where it stands now


@dataclass(frozen=True)
class ConsentsPage:
    agreements: tuple[Agreement, ...]
    choices: tuple[Choice, ...]
    owes_consent: bool
    owes_first: bool
    accept_url: str
    send_url: str
    leave_url: str
    profile_url: str


@dataclass(frozen=True)
class TermsPage:
    """Asking for consent again; `typed` is what somebody was about to send, so nothing is lost."""

    send_url: str
    terms_version: str
    rules_version: str
    accepted: str  # the version of the terms accepted before, empty for none
    asks_age: bool
    typed: tuple[tuple[str, str], ...]
    is_wrong: bool = False
