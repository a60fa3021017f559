"""Which sanctions hold, and the pages on which they are seen and made."""

from discussion.sanctions.queries.in_force import find_paused, list_active

__all__ = ["find_paused", "list_active"]
