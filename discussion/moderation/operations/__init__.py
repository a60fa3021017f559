"""What moderators do: deciding, and looking at who wrote something."""

from discussion.moderation.operations.claiming import (
    Taken,
    check_claim,
    give_back,
    release,
    take,
    take_next,
)
from discussion.moderation.operations.deciding import (
    ACTIONS,
    AlreadyDecided,
    NeedsReason,
    TooLong,
    decide,
)
from discussion.moderation.operations.looking import show_author
from discussion.moderation.operations.recording import write_decision
from discussion.moderation.operations.telling import tell

__all__ = [
    "ACTIONS",
    "AlreadyDecided",
    "NeedsReason",
    "Taken",
    "TooLong",
    "check_claim",
    "decide",
    "give_back",
    "release",
    "show_author",
    "take",
    "take_next",
    "tell",
    "write_decision",
]
