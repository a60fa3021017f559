"""The words of a sector: what people do, where, at which level, what they value and rely on.

Nothing else names a role, a phase or a level. Code asks for the words of the series that it is
about, and for the site's own where it is about none; the keys in them are what rows hold.
"""

from discussion.vocabulary.education import EDUCATION
from discussion.vocabulary.shape import Vocabulary, Wording

__all__ = ["Vocabulary", "Wording", "of_series", "of_site"]

_own: Vocabulary = EDUCATION


def of_site() -> Vocabulary:
    """The words of pages and people that belong to no series."""
    return _own


def of_series(slug: str) -> Vocabulary:
    """The words of the sector that this series is of: today every series is of the site's own."""
    return _own
