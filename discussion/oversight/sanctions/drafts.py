"""What a moderator asks of a member, before it is a sanction."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SanctionDraft:
    """One of words.KINDS for so many days; `reason` is a slug of the series' list."""

    kind: str
    days: int
    reason: str
    facts: str = ""
    why: str = ""
