"""The worked example: should attendance at enrichment be required? Five school leaders (a) and
five sixth-form teachers (b) rate six statements."""

from collections.abc import Sequence

from discussion.analysis.answers import Answer, Kind, RatedStatement
from discussion.analysis.tags import Tagged

A = ("a1", "a2", "a3", "a4", "a5")
B = ("b1", "b2", "b3", "b4", "b5")

# key → kind, the ratings of a, the ratings of b, gap, exact p, state
TABLE: dict[str, tuple[Kind, list[int], list[int], float, float, str]] = {
    "E1": ("end", [5, 5, 5, 4, 5], [5, 4, 5, 5, 5], 0.000, 1.000, "alike"),
    "E2": ("end", [2, 2, 3, 2, 3], [5, 4, 5, 4, 5], 0.550, 0.0079, "apart"),
    "F1": ("fact", [2, 3, 2, 3, 2], [3, 3, 4, 2, 3], 0.150, 0.524, "alike"),
    "F2": ("fact", [5, 4, 4, 5, 4], [4, 4, 3, 4, 4], 0.150, 0.444, "alike"),
    "M1": ("means", [5, 5, 4, 5, 4], [1, 2, 1, 2, 1], 0.800, 0.0079, "apart"),
    "M2": ("means", [3, 4, 3, 4, 3], [4, 4, 3, 5, 4], 0.150, 0.524, "alike"),
}

# The example prints what its tags come to, not the tags: these are ours, and come to the same.
TAGS_A = (
    Tagged(("equality",)),
    Tagged(("equality", "consistency")),
    Tagged(("consistency", "equality")),
)
TAGS_B = (
    Tagged(("equality", "pupil_freedom")),
    Tagged(("equality", "pupil_freedom")),
    Tagged(("pupil_freedom", "self_authorship", "equality")),
)


def rated(key: str, kind: Kind, a: Sequence[Answer], b: Sequence[Answer]) -> RatedStatement:
    """A statement rated by the first of each group."""
    answers: dict[str, Answer] = {f"a{place}": answer for place, answer in enumerate(a, start=1)}
    answers |= {f"b{place}": answer for place, answer in enumerate(b, start=1)}
    return RatedStatement(key, kind, answers)


def statements() -> list[RatedStatement]:
    """The six of the example."""
    return [rated(key, kind, a, b) for key, (kind, a, b, *_rest) in TABLE.items()]
