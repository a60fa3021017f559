"""What asking for a link came to, and what a moderator makes of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What asking came to: one of words.LINK_STATES, and why it could not be told."""

    state: str
    status_code: int | None = None
    leads_to: str = ""  # moved: the new address
    problem: str = ""  # unreachable: one of words.LINK_PROBLEMS


@dataclass(frozen=True)
class Settlement:
    """What a moderator decides about an item that waits on the desk."""

    action: str  # of words.SETTLEMENTS
    why: str = ""
    archive_url: str = ""
    seen: str = ""  # what was on screen, so that nothing is decided unseen
