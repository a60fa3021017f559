"""What moderators do: deciding, and looking at who wrote something."""

from discussion.oversight.moderation.operations.claiming import (
    Taken,
    check_claim,
    give_back,
    release,
    take,
    take_next,
)
from discussion.oversight.moderation.operations.deciding import (
    ACTIONS,
    AlreadyDecided,
    NeedsEdit,
    NeedsReason,
    NeedsTwin,
    TooLong,
    decide,
    decide_left,
)
from discussion.oversight.moderation.operations.looking import record_refused_look, show_author
from discussion.oversight.moderation.operations.recording import write_decision
from discussion.oversight.moderation.operations.telling import tell

__all__ = [
    "ACTIONS",
    "AlreadyDecided",
    "NeedsEdit",
    "NeedsReason",
    "NeedsTwin",
    "Taken",
    "TooLong",
    "check_claim",
    "decide",
    "decide_left",
    "give_back",
    "record_refused_look",
    "release",
    "show_author",
    "take",
    "take_next",
    "tell",
    "write_decision",
]
