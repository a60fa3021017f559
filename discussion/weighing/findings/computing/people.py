"""Sets of a round's raters, as all rounds name them: each person has a place, a set is a mask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress

from discussion.analysis.arrays import Indices, Mask, np


@dataclass(frozen=True, eq=False)
class Roster:
    """Everybody whom sets may hold, by place; each of them once."""

    names: tuple[str, ...]
    _places: dict[Roster, Indices] = field(default_factory=dict, repr=False)

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each of them stands."""
        return {name: number for number, name in enumerate(self.names)}

    def of(self, names: Iterable[str]) -> People:
        """A set of these. Raises KeyError for somebody who is not on it."""
        mask = np.zeros(len(self.names), dtype=bool)
        mask[[self.place[each] for each in names]] = True
        return People(self, mask)

    def join(self, others: Iterable[Roster]) -> Roster:
        """One of everybody who is on any of these, those of this one first."""
        rosters = [each for each in dict.fromkeys((self, *others)) if each.names]
        if len(rosters) == 1:
            return rosters[0]
        return Roster(tuple(dict.fromkeys(name for each in rosters for name in each.names)))

    def mask(self, people: People) -> Mask:
        """Where the people of a set stand here. Raises KeyError for somebody who is not on it."""
        if people.roster is self:
            return people.mask
        if people.roster not in self._places:
            found = [self.place[each] for each in people.roster.names]
            self._places[people.roster] = np.array(found, dtype=np.intp)
        mask = np.zeros(len(self.names), dtype=bool)
        mask[self._places[people.roster][people.mask]] = True
        return mask


@dataclass(frozen=True, eq=False)
class People:
    """Some of those on a roster."""

    roster: Roster
    mask: Mask

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[str]:
        return compress(self.roster.names, self.mask.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, People) and set(self) == set(other)

    @cached_property
    def _size(self) -> int:
        return int(np.count_nonzero(self.mask))
