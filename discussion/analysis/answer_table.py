"""Everybody's answers as small integers, so that any group's are counted in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat

from discussion.analysis.answered import Answered
from discussion.analysis.answers import Answer, numeric, side
from discussion.analysis.arrays import Floats, Indices, Mask, NDArray, np

_USUAL = {int, str, type(None)}


class Raters:
    """People by their places; groups of them as masks over these, each made once."""

    def __init__(self, people: Iterable[str]) -> None:
        self.place = {person: number for number, person in enumerate(dict.fromkeys(people))}
        self._masks: dict[frozenset[str], Mask] = {}

    def mask(self, members: frozenset[str]) -> Mask:
        """Where they stand. Raises KeyError for somebody who is none of the raters."""
        found = self._masks.get(members)
        if found is None:
            found = self._masks[members] = self.find(members)
        return found

    def find(self, members: Iterable[str]) -> Mask:
        """The same of some who are asked for once."""
        found = np.zeros(len(self.place), dtype=bool)
        found[list(map(self.place.__getitem__, members))] = True
        return found


@dataclass(frozen=True)
class GroupAnswers:
    """How many of a group chose each point, gave no number, and call it a crux on either side."""

    counts: tuple[int, ...]
    dont_know: int
    not_for_me: int
    up: int
    down: int

    @property
    def answered(self) -> Answered:
        """The same without the cruxes."""
        return Answered(self.counts, self.dont_know, self.not_for_me)


class AnswerTable:
    """The answers to one statement on a scale of `points`, by raters; who is none is left out.

    `is_answered` and `is_number` are masks of who answered at all, and of who gave a number. Raises
    BadRatings as `answers.numeric` does.
    """

    def __init__(
        self,
        raters: Raters,
        answers: Mapping[str, Answer],
        points: int,
        cruxes: Collection[str] = (),
    ) -> None:
        self._points = points
        self._sides = np.array([side(each, points) for each in range(1, points + 1)])
        place, codes = raters.place, _codes(answers, points)
        places = np.array(list(map(place.get, answers, repeat(-1))), dtype=np.intp)
        said = np.array(codes, dtype=np.intp)
        self._codes = np.zeros(len(place), dtype=np.intp)
        self._codes[places[places >= 0]] = said[places >= 0]
        self._is_crux = np.zeros(len(place), dtype=bool)
        self._is_crux[[place[who] for who in cruxes if who in place]] = True
        self.is_answered = np.zeros(len(place), dtype=bool)
        self.is_answered[places[places >= 0]] = True
        self.is_number: Mask = (self._codes > 0) & (self._codes <= points)

    def count(self, group: Mask) -> GroupAnswers:
        """What those at these places answered."""
        found = self._bins(group)
        cruxes = self._bins(group & self._is_crux)[: self._points]
        return GroupAnswers(
            counts=tuple(found[: self._points].tolist()),
            dont_know=int(found[self._points]),
            not_for_me=int(found[self._points + 1]),
            up=int(cruxes[self._sides == 1].sum()),
            down=int(cruxes[self._sides == -1].sum()),
        )

    @property
    def is_holder(self) -> Mask:
        """Who agrees with the statement."""
        return np.asarray(self.sides == 1)

    @property
    def sides(self) -> Indices:
        """By place, 1 for agreeing and −1 for disagreeing; 0 where no number was given either."""
        return np.asarray(np.append(0, self._sides)[self._codes * self.is_number])

    @property
    def is_unknown(self) -> Mask:
        """Who does not know."""
        return np.asarray(self._codes == self._points + 1)

    @property
    def ratings(self) -> Floats:
        """By place; NaN where no number was given."""
        return np.where(self.is_number, self._codes, np.nan)

    def _bins(self, group: Mask) -> NDArray[np.intp]:
        """From the first point on, then who does not know, then whose question it is not."""
        return np.bincount(self._codes[group], minlength=self._points + 3)[1:]


def _codes(answers: Mapping[str, Answer], points: int) -> list[int]:
    """1 … points for numbers, then one more for not knowing and for "not for me"; 0 for nothing."""
    said = list(answers.values())
    code_of: dict[Answer, int] = {None: 0, "dont_know": points + 1, "not_for_me": points + 2}
    code_of.update((each, each) for each in range(1, points + 1))
    if set(map(type, said)) <= _USUAL and code_of.keys() >= set(said):
        return list(map(code_of.__getitem__, said))
    return [next(iter(numeric((each,), points)), None) or code_of[each] for each in said]
