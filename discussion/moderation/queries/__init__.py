"""What waits, what a moderator looks at, and what was decided."""

from discussion.moderation.queries.desk import desk_page, find_contribution
from discussion.moderation.queries.waiting import count_waiting, list_waiting

__all__ = ["count_waiting", "desk_page", "find_contribution", "list_waiting"]
