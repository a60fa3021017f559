"""A sector: organisations as units, each by the middle answers of its own people.

No figure is of fewer than five organisations, and none can be subtracted from another to one of
fewer. Figures stand in *editions*: when organisations come or go, a new one is made only once at
least two of them differ from every set that was told before, whatever sums are made of those; so
nobody's answers follow from the difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from discussion.analysis.arrays import np
from discussion.analysis.practice import STOPS
from discussion.analysis.practice_groups import Beside
from discussion.analysis.suppression import Audit, choose_shown

FEWEST = 5  # organisations in any figure
DIFFER = 2  # organisations between one telling and the next
MOST_VALUES = 3  # of an organisation: those that its people named most
CENTRAL, TOGETHER, LOCAL = "central", "together", "local"
SIDES = (CENTRAL, TOGETHER, LOCAL)


@dataclass(frozen=True)
class Unit:
    """One organisation, by one run. `medians`: professed and practised, 0 … 1, by function."""

    key: str  # of the run
    organisation: str
    medians: Mapping[str, tuple[Fraction, Fraction]]
    beside: Mapping[str, Beside] = field(default_factory=dict)  # leaders beside staff
    values: frozenset[str] = frozenset()
    choices: Mapping[str, Counter[str]] = field(default_factory=dict)  # side → value → people
    chosen: Mapping[str, int] = field(default_factory=dict)  # side → answers that named a value
    leaders: int = 0
    staff: int = 0
    units: int = 0


@dataclass(frozen=True)
class Spread:
    """One function: organisations by stop, from the most local, and how what is done differs."""

    function: str
    organisations: int
    professed: tuple[int, ...]
    practised: tuple[int, ...]
    more_central: int
    more_local: int
    same: int


@dataclass(frozen=True)
class Sharing:
    """Of those who share a value, how many decide a function centrally, together, locally."""

    value: str
    function: str
    sides: tuple[int, int, int]


@dataclass(frozen=True)
class Seen:
    """In how many organisations leaders and staff see a function alike, apart; or unclear."""

    function: str
    alike: int
    apart: int
    cannot_tell: int


@dataclass(frozen=True)
class Named:
    """Of the answers on one side that named a value, how many named this one; None if too few."""

    value: str
    central: Fraction | None
    local: Fraction | None


@dataclass(frozen=True)
class Figures:
    """All that one edition tells; `told`: figure → the runs whose sum it is."""

    organisations: int
    people: int
    leaders: int
    staff: int
    units: int
    spreads: tuple[Spread, ...]
    sharing: tuple[Sharing, ...]
    shared: tuple[tuple[str, int], ...]  # value → organisations that share it, where shown
    seen: tuple[Seen, ...]
    named: tuple[Named, ...]
    choices: tuple[int, int]  # answers that named a value, central and local
    told: Mapping[str, frozenset[str]]


Told = Mapping[str, frozenset[str]]


def may_be_told(
    now: Mapping[str, str], before: Sequence[Mapping[str, str]], fewest: int = FEWEST
) -> bool:
    """Whether a set of runs may be told, beside all sets that ever were.

    Each is run → organisation. At least `fewest` organisations, and at least two whose answers
    differ from every set told before. Raises nothing of its own. Source: our own.
    """
    if len(set(now.values())) < fewest:
        return False
    return all(_differing(now, each) >= DIFFER for each in before)


def find_figures(
    units: Sequence[Unit], before: Sequence[Told], owners: Mapping[str, str]
) -> Figures:
    """What may be told of these organisations, beside what earlier editions told.

    `owners` are the organisations of all runs, also of earlier editions'. Within one edition no sum
    of figures is of one to four organisations; over all of them none is of one. A run that took the
    place of another is of the same organisation, so as many more have to differ. Raises nothing of
    its own. Source: `choose_shown`, with organisations as its people.
    """
    judge = _Judge(before, owners)
    functions = sorted({slug for unit in units for slug in unit.medians})
    values = sorted({value for unit in units for value in unit.values})
    told: dict[str, frozenset[str]] = {}
    spreads, sharing, seen = [], [], []
    shared: dict[str, int] = {}
    for slug in functions:
        knows = [unit for unit in units if slug in unit.medians]
        holders = {value: [unit for unit in knows if value in unit.values] for value in values}
        own = judge.choose(f"function/{slug}", {"": knows, **holders})
        for value, group in own.items():
            told[f"function/{slug}/{value}"] = frozenset(unit.key for unit in group)
            if not value:
                spreads.append(_spread(slug, group))
            else:
                sharing.append(Sharing(value, slug, _sides(slug, group)))
                shared[value] = max(shared.get(value, 0), len(group))
        compared = [unit for unit in units if slug in unit.beside]
        if both := judge.choose(f"roles/{slug}", {"": compared}).get(""):
            told[f"roles/{slug}/"] = frozenset(unit.key for unit in both)
            seen.append(_seen(slug, both))
    choosing: dict[str, Sequence[Unit]] = {
        side: judge.choose(
            f"choices/{side}", {"": [unit for unit in units if unit.chosen.get(side)]}
        ).get("", ())
        for side in (CENTRAL, LOCAL)
    }
    for side, group in choosing.items():
        if group:
            told[f"choices/{side}/"] = frozenset(unit.key for unit in group)
    told["all/"] = frozenset(unit.key for unit in units)
    return Figures(
        organisations=len({unit.organisation for unit in units}),
        people=sum(unit.leaders + unit.staff for unit in units),
        leaders=sum(unit.leaders for unit in units),
        staff=sum(unit.staff for unit in units),
        units=sum(unit.units for unit in units),
        spreads=tuple(
            sorted(spreads, key=lambda one: (-one.more_central - one.more_local, one.function))
        ),
        sharing=tuple(sharing),
        shared=tuple(sorted(shared.items(), key=lambda one: (-one[1], one[0]))),
        seen=tuple(seen),
        named=_named(choosing, values),
        choices=(
            sum(unit.chosen[CENTRAL] for unit in choosing[CENTRAL]),
            sum(unit.chosen[LOCAL] for unit in choosing[LOCAL]),
        ),
        told=told,
    )


def side_of(share: Fraction) -> str:
    """Who decides, by a reading of 0 (local) … 1 (central).

    Raises nothing of its own. Source: none.
    """
    return TOGETHER if share == Fraction(1, 2) else CENTRAL if share > Fraction(1, 2) else LOCAL


class _Judge:
    """Which organisations' sums may be told: beside each other, and beside earlier editions."""

    def __init__(self, before: Sequence[Told], owners: Mapping[str, str]) -> None:
        self._before = before
        self._place = {key: at for at, key in enumerate(sorted(owners))}
        self._most_of_one = max(Counter(owners.values()).values(), default=1)

    def choose(
        self, figure: str, groups: Mapping[str, Sequence[Unit]]
    ) -> dict[str, Sequence[Unit]]:
        """The groups of a figure that may be told, tried in the order given."""
        masks = [self._mask(unit.key for unit in group) for group in groups.values()]
        within = choose_shown(masks, FEWEST) if masks else ()
        across = Audit(len(self._place), DIFFER + self._most_of_one - 1)
        for told in self._before:
            for name, runs in told.items():
                if name.startswith(f"{figure}/"):
                    across.tell(self._mask(runs))
        found: dict[str, Sequence[Unit]] = {}
        for (name, group), mask, shows in zip(groups.items(), masks, within, strict=True):
            if shows == "shown" and across.judge(mask) == "shown":
                found[name] = group
        return found

    def _mask(self, keys: Iterable[str]) -> np.ndarray:
        mask = np.zeros(len(self._place), dtype=bool)
        mask[[self._place[key] for key in keys]] = True
        return mask


def _differing(now: Mapping[str, str], before: Mapping[str, str]) -> int:
    """How many organisations are in one of both alone, or in both by different runs."""
    changed = dict(now.items() ^ before.items())
    return len(set(changed.values()))


def _stop(share: Fraction) -> int:
    """The stop at a middle answer, from 0; between two, the more local one."""
    return floor(share * (STOPS - 1))


def _spread(slug: str, units: Sequence[Unit]) -> Spread:
    said: list[Counter[int]] = [Counter(), Counter()]
    gaps = []
    for unit in units:
        professed, practised = unit.medians[slug]
        said[0][_stop(professed)] += 1
        said[1][_stop(practised)] += 1
        gaps.append(practised - professed)
    says, does = (tuple(each[stop] for stop in range(STOPS)) for each in said)
    return Spread(
        slug,
        len(units),
        says,
        does,
        sum(gap > 0 for gap in gaps),
        sum(gap < 0 for gap in gaps),
        sum(gap == 0 for gap in gaps),
    )


def _sides(slug: str, units: Sequence[Unit]) -> tuple[int, int, int]:
    found = Counter(side_of(unit.medians[slug][1]) for unit in units)
    return found[CENTRAL], found[TOGETHER], found[LOCAL]


def _seen(slug: str, units: Sequence[Unit]) -> Seen:
    found = Counter(unit.beside[slug] for unit in units)
    return Seen(slug, found["alike"], found["apart"], found["cannot_tell"])


def _named(choosing: Mapping[str, Sequence[Unit]], values: Iterable[str]) -> tuple[Named, ...]:
    def share(side: str, value: str) -> Fraction | None:
        units = choosing[side]
        of = sum(unit.chosen[side] for unit in units)
        number = sum(unit.choices.get(side, Counter())[value] for unit in units)
        return Fraction(number, of) if of and number >= FEWEST else None

    found = [Named(value, share(CENTRAL, value), share(LOCAL, value)) for value in values]
    known = [each for each in found if each.central is not None or each.local is not None]
    return tuple(sorted(known, key=lambda one: (-(one.central or 0), -(one.local or 0), one.value)))
