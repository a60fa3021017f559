"""What a moderator has written of a decision, before it is one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DecisionDraft:
    """As typed so far; everything may still be empty."""

    action: str = ""
    reason: str = ""  # slug
    why: str = ""
    facts: str = ""
    marks: tuple[str, ...] = ()
    twin: str = ""  # public id
