"""A few items that between them speak for most people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from discussion.analysis.answers import BadRatings


@dataclass(frozen=True)
class Chosen:
    """`gain` is what the item added to the proportional score, `approved_by` a number of people."""

    item: str
    gain: Fraction
    approved_by: int


@dataclass(frozen=True)
class Shortlist:
    """Items in the order in which they were chosen, and how many people approve at least one."""

    items: tuple[Chosen, ...]
    spoken_for: int
    people: int


def proportional_shortlist(approvals: Mapping[str, Iterable[str]], size: int) -> Shortlist:
    """At most `size` items by greedy proportional approval voting.

    `approvals` are the items that each person approves. Each step adds the item with the greatest
    sum of 1/(d+1) over those who approve it, d being how many chosen items a person approves
    already; ties go to the smaller key. Exact, and independent of any order. What nobody approves
    is never chosen. Raises BadRatings for a size below 0. Source: Thiele's rule (1895), taken
    greedily.

    Waits for the briefing, which has room for a few positions.
    """
    if size < 0:
        raise BadRatings("a short list has no fewer than no items")
    people = [frozenset(items) for items in approvals.values()]
    items: list[Chosen] = []
    while len(items) < size:
        chosen = {each.item for each in items}
        gains: dict[str, Fraction] = {}
        for approved in people:
            part = Fraction(1, len(approved & chosen) + 1)
            for item in approved - chosen:
                gains[item] = gains.get(item, Fraction(0)) + part
        if not gains:
            break
        best = min(gains, key=lambda item: (-gains[item], item))
        items.append(Chosen(best, gains[best], sum(best in approved for approved in people)))
    chosen = {each.item for each in items}
    spoken_for = sum(bool(approved & chosen) for approved in people)
    return Shortlist(tuple(items), spoken_for, len(people))
