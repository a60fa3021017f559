"""What somebody wants to tell the moderators, and what is wrong with it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReportDraft:
    """A report as it was typed."""

    reason: str  # of words.REASONS
    text: str = ""
    email: str = ""  # signed out, for the answer
    version: int | None = None  # of a position, as its readers count


@dataclass(frozen=True)
class AnswerDraft:
    """What a moderator decides about something that was reported."""

    action: str
    reason: str = ""  # slug of the series' list
    facts: str = ""
    why: str = ""
    newest: str = ""  # public id of the newest report that was on screen
    decided: str | None = None  # the newest decision that was on screen; None asks nothing of it
