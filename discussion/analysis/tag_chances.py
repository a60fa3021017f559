"""Whether what two groups' positions are tagged with could differ by chance alone.

Positions are dealt anew between the groups, each with all its values or links: two links of one
position are one person's reading, not two. Tags illustrate what ratings found; they never decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from discussion.analysis.answers import exact
from discussion.analysis.arrays import Floats, np
from discussion.analysis.ratings import DEFAULTS, Thresholds
from discussion.analysis.reading import STANCES, Link
from discussion.analysis.relabelling import ENOUGH, STEPS, Relabelled
from discussion.analysis.tags import Tagged

FEWEST_POSITIONS = 8  # of each group
_ROUNDING = 1e-9


@dataclass(frozen=True)
class TagChance:
    """`positions` that count, of each group; `p` is None where they are fewer than eight."""

    positions: tuple[int, int]
    p: Relabelled | None

    def may_conclude(self, thresholds: Thresholds = DEFAULTS) -> bool:
        """Whether anything is concluded; else tags are plain counts."""
        return self.p is not None and self.p.value <= exact(thresholds.alpha)


def emphasis_chance(a: Iterable[Tagged], b: Iterable[Tagged], seed: int) -> TagChance:
    """How often chance moves as much emphasis between values, over the tagged positions.

    `a` and `b` are the groups' positions; the gap is that of `emphasis_gap`. Raises nothing of its
    own. Source: Fisher's permutation test.
    """
    groups = [[each.weights() for each in group if each.served] for group in (a, b)]
    values = sorted({value for group in groups for weights in group for value in weights})
    rows = [[[float(w.get(value, 0)) for value in values] for w in group] for group in groups]
    return _chance(rows[0], rows[1], seed)


def reading_chance(
    a: Mapping[str, Sequence[Link]],
    b: Mapping[str, Sequence[Link]],
    item: str,
    claim: str,
    seed: int,
) -> TagChance:
    """How often chance parts two groups as far in how they read one item on one claim.

    `a` and `b` are each group's links by position; a position reads it as the mean of its stances,
    and one that gives it as background alone does not. Raises nothing of its own. Source: as above.
    """
    rows = [
        [
            [float(stance)]
            for links in group.values()
            if (stance := _stance(links, item, claim)) is not None
        ]
        for group in (a, b)
    ]
    return _chance(rows[0], rows[1], seed)


def _stance(links: Sequence[Link], item: str, claim: str) -> Fraction | None:
    own = [each.stance for each in links if (each.item, each.claim) == (item, claim)]
    if set(own) <= {"background"}:
        return None
    return Fraction(sum(STANCES[stance] for stance in own), len(own))


def _chance(a: list[list[float]], b: list[list[float]], seed: int) -> TagChance:
    positions = len(a), len(b)
    if min(positions) < FEWEST_POSITIONS:
        return TagChance(positions, None)
    smaller, larger = sorted((sorted(a), sorted(b)), key=lambda group: (len(group), group))
    return TagChance(positions, _deal(np.array(smaller), np.array(larger), seed))


def _deal(smaller: Floats, larger: Floats, seed: int) -> Relabelled:
    """Half the sum of the differences between the groups' means, among seeded deals."""
    random = np.random.default_rng(seed)
    rows = np.concatenate((smaller, larger))
    size, people = len(smaller), len(rows)
    total = rows.sum(axis=0)
    observed = _moved(rows[:size].sum(axis=0), total, size, people) - _ROUNDING
    at_least = drawn = 0
    for step in STEPS:
        chosen = random.random((step, people)).argsort(axis=1)[:, :size]
        far = _moved(rows[chosen].sum(axis=1), total, size, people) >= observed
        so_far = at_least + np.cumsum(far)
        if so_far[-1] >= ENOUGH:
            drawn += int(np.searchsorted(so_far, ENOUGH)) + 1
            return Relabelled(Fraction(ENOUGH, drawn), "sampled", ENOUGH, drawn)
        at_least, drawn = int(so_far[-1]), drawn + step
    return Relabelled(Fraction(at_least + 1, drawn + 1), "sampled", at_least, drawn)


def _moved(chosen: Floats, total: Floats, size: int, people: int) -> Floats:
    """Of each row of sums over one group."""
    apart: Floats = chosen / size - (total - chosen) / (people - size)
    moved: Floats = np.abs(apart).sum(axis=-1) / 2
    return moved
