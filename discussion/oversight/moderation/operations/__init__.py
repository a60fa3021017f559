"""What moderators do: deciding, looking at who wrote something, going on to what comes next."""

from discussion.oversight.moderation.operations.deciding import ACTIONS, decide, decide_left
from discussion.oversight.moderation.operations.looking import record_refused_look, show_author
from discussion.oversight.moderation.operations.taking import take_next

__all__ = [
    "ACTIONS",
    "decide",
    "decide_left",
    "record_refused_look",
    "show_author",
    "take_next",
]
