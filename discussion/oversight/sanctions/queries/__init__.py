"""Which sanctions hold, and the pages on which they are seen and made."""

from discussion.oversight.sanctions.queries.in_force import PAUSED, list_active
from discussion.oversight.sanctions.queries.own import list_own, list_pauses

__all__ = ["PAUSED", "list_active", "list_own", "list_pauses"]
