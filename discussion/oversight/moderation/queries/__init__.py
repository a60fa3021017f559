"""What waits, what a moderator looks at, and what was decided."""

from discussion.oversight.moderation.queries.desk import desk_page, find_contribution
from discussion.oversight.moderation.queries.frame import find_line, frame
from discussion.oversight.moderation.queries.queue import tally_waiting
from discussion.oversight.moderation.queries.shapes import DeskFrame

__all__ = [
    "DeskFrame",
    "desk_page",
    "find_contribution",
    "find_line",
    "frame",
    "tally_waiting",
]
