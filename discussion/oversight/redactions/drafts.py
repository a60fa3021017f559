"""What a moderator wants taken out, before it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RedactionDraft:
    """Phrases as they were typed, what the gap is called, and for how long the words are kept."""

    phrases: tuple[str, ...]
    what: str  # of words.WHAT
    reason: str  # slug of the series' list
    days: int
    why: str = ""
