"""What moderators do: deciding, and looking at who wrote something."""

from discussion.moderation.operations.deciding import (
    ACTIONS,
    AlreadyDecided,
    NeedsReason,
    TooLong,
    decide,
)
from discussion.moderation.operations.looking import show_author
from discussion.moderation.operations.recording import write_decision

__all__ = [
    "ACTIONS",
    "AlreadyDecided",
    "NeedsReason",
    "TooLong",
    "decide",
    "show_author",
    "write_decision",
]
