"""What the library can be asked."""

from discussion.debate.evidence.queries.finding import find_item, find_items, find_same
from discussion.debate.evidence.queries.fingerprints import find_unlisted, fingerprint
from discussion.debate.evidence.queries.wording import (
    hidden_in_words,
    link_in_words,
    short_source,
    strength_in_words,
)

__all__ = [
    "find_item",
    "find_items",
    "find_same",
    "find_unlisted",
    "fingerprint",
    "hidden_in_words",
    "link_in_words",
    "short_source",
    "strength_in_words",
]
