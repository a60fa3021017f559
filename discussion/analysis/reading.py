"""Whether two groups read the same evidence, and whether they read it alike."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from discussion.analysis.tags import BadTags

STANCES: Mapping[str, int] = {"supports": 1, "qualifies": 0, "background": 0, "contradicts": -1}
NOT_THE_SAME_BELOW = Fraction(1, 5)
FEWEST_ITEMS = 3  # on each side
CONFLICT_FROM = Fraction(1, 2)


@dataclass(frozen=True)
class Link:
    """One link of a position to an item, and the claim that it bears on (any key of it).

    Raises BadTags for an unknown stance.
    """

    item: str
    stance: str
    claim: str

    def __post_init__(self) -> None:
        if self.stance not in STANCES:
            raise BadTags(f"{self.stance!r} is not a stance")


@dataclass(frozen=True)
class EvidenceOverlap:
    """`share` is Ω, None when nobody cites anything; items are in the order of their keys."""

    share: Fraction | None
    shared: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    retracted: tuple[str, ...]  # cited, and left out

    @property
    def is_reading_other_things(self) -> bool:
        """The flag "not reading the same things"; not itself a disagreement."""
        fewest = len(self.shared) + min(len(self.only_a), len(self.only_b))
        return self.share is not None and self.share < NOT_THE_SAME_BELOW and fewest >= FEWEST_ITEMS


@dataclass(frozen=True)
class ReadingConflict:
    """One item that both groups cite on one claim: each one's mean stance (−1 … 1), and R."""

    item: str
    claim: str
    a: Fraction
    b: Fraction

    @property
    def conflict(self) -> Fraction:
        """R, 0 … 1: half the distance between the mean stances."""
        return abs(self.a - self.b) / 2

    @property
    def is_conflict(self) -> bool:
        """The flag "same evidence, read differently"."""
        return self.conflict >= CONFLICT_FROM


def evidence_overlap(
    a: Iterable[Link], b: Iterable[Link], retracted: Collection[str] = ()
) -> EvidenceOverlap:
    """The share of all items cited by two groups that both cite.

    Every link counts but background; `retracted` items (retracted after they were linked) count for
    neither, and are named in the result. Raises nothing of its own. Source: Jaccard's index; the
    bounds of the flag are our own.
    """
    first, second = _items(a), _items(b)
    left_out = (first | second) & set(retracted)
    first, second = first - left_out, second - left_out
    together = first | second
    share = Fraction(len(first & second), len(together)) if together else None
    return EvidenceOverlap(
        share=share,
        shared=tuple(sorted(first & second)),
        only_a=tuple(sorted(first - second)),
        only_b=tuple(sorted(second - first)),
        retracted=tuple(sorted(left_out)),
    )


def reading_conflict(
    a: Iterable[Link], b: Iterable[Link], retracted: Collection[str] = ()
) -> tuple[ReadingConflict, ...]:
    """How differently two groups read each item that both cite on one claim; the most first.

    Supports is 1, qualifies and background 0, contradicts −1. An item that a group gives as
    background alone is not cited by it. Only links on the same claim are compared: of two people
    who claim opposites, one cites an item in support and the other against, and they read it alike.
    Raises nothing of its own. Source: our own.
    """
    first, second = _stances(a, retracted), _stances(b, retracted)
    found = [
        ReadingConflict(item, claim, _mean(first[item, claim]), _mean(second[item, claim]))
        for item, claim in first.keys() & second.keys()
    ]
    return tuple(sorted(found, key=lambda each: (-each.conflict, each.item, each.claim)))


def _items(links: Iterable[Link]) -> frozenset[str]:
    return frozenset(link.item for link in links if link.stance != "background")


def _stances(links: Iterable[Link], retracted: Collection[str]) -> dict[tuple[str, str], list[str]]:
    stances: dict[tuple[str, str], list[str]] = defaultdict(list)
    for link in links:
        if link.item not in retracted:
            stances[link.item, link.claim].append(link.stance)
    return {key: found for key, found in stances.items() if set(found) != {"background"}}


def _mean(stances: list[str]) -> Fraction:
    return Fraction(sum(STANCES[stance] for stance in stances), len(stances))
