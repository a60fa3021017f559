"""The frozen shapes of reports: the form, the receipt, and one's own list."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Choice:
    """One reason for a report."""

    slug: str
    label: str
    says: str
    is_urgent: bool


@dataclass(frozen=True)
class ReportPage:
    """The form, with the words that are reported, so that it is seen to be the right thing."""

    kind: str  # of words.KINDS
    words: str
    language: str
    url: str  # where it stands
    send_url: str
    version: int | None  # of a position, where an earlier one is meant
    series_slug: str
    series_title: str
    rules_url: str
    choices: tuple[Choice, ...]
    within: str  # "within 1 working day"
    within_urgent: str
    hides: bool  # whether an urgent report by the viewer hides it at once
    is_signed_in: bool


@dataclass(frozen=True)
class ReceiptPage:
    """What became of a report; it says neither what was reported nor what was written of it."""

    kind: str
    outcome: str  # of words.OUTCOMES
    received_on: date
    answered_on: date | None
    due_words: str  # "within 4 hours"
    turns: bool  # whether it says who else can protect somebody
    was_mailed: bool  # an answer goes to the address that a visitor gave
    own_url: str  # the reporter's own list, signed in


@dataclass(frozen=True)
class OwnReport:
    """A report of one's own: what one wrote, and what became of it."""

    kind: str
    reason: str
    text: str
    outcome: str
    words: str  # of the thing, while one can still read it
    language: str
    url: str
    receipt_url: str
    received_on: date
    answered_on: date | None


@dataclass(frozen=True)
class OwnReportsPage:
    reports: tuple[OwnReport, ...]
