"""What the library can be asked."""

from discussion.evidence.queries.finding import find_item, find_items, find_same
from discussion.evidence.queries.wording import short_source, strength_in_words

__all__ = [
    "find_item",
    "find_items",
    "find_same",
    "short_source",
    "strength_in_words",
]
