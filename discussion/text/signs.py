"""Words of a sector by which signs of persons and their places are told from ordinary ones.

They are added to those of `text/vocabulary.py`, which every sector has.
"""

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Signs:
    """All in lower case, but for what is known."""

    persons: frozenset[str]  # before a name: "the midwife Sam"
    plurals: frozenset[str]  # of those
    no_names: frozenset[str]  # capitals that follow such a word and are nobody's name
    numbered: frozenset[str]  # before a number of somebody's own
    services: frozenset[str]  # what follows such a word in a title
    workplaces: frozenset[str]  # the last word of the name of a place of work
    sorts_of_workplace: frozenset[str]  # before that, and no name
    known: tuple[str, ...]  # organisations of public life, which anybody may name
    loaded: tuple[str, ...]  # expressions that take a side in a statement, as regular ones
