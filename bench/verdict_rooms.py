"""Rooms whose truth is known: who would answer what, if people were as simple as this.

Everybody has a latent view of every statement, in points of the scale around its middle: where the
statement stands with everybody, what their group adds to it where it truly differs, and a normal
deviate of their own. What they choose is that view, stretched and moved by their own habit of
answering, put on the nearest of five points; some answer nothing, some say that they do not know.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discussion.analysis.answered import Answered
from discussion.analysis.answers import KINDS, Kind
from discussion.analysis.statement_findings import CountedStatement

POINTS = 5
CAMPS = 3.0  # standard deviations between two camps
ABSENT, DONT_KNOW = 0, -1
ON_A_SIDE = 1.1  # points from the middle, from where three quarters choose that side


@dataclass(frozen=True)
class Truth:
    """How a kind of room is drawn; effects and habits are in standard deviations of a view."""

    name: str
    sizes: tuple[int, int]
    effect: float = 0.0
    apart: frozenset[Kind] = frozenset()  # kinds on which the groups truly differ
    per_kind: tuple[int, int, int] = (2, 2, 2)  # ends, facts, means
    habit: float = 0.0  # the second group agrees so much more, with anything
    stretch: float = 1.0  # below 1: most keep near the middle
    dont_know: float = 0.05  # of facts
    camps: float = 0.0  # between two halves of the room, whatever their group
    shape: float = 0.0  # the second group is two camps, on what differs; the means are the same
    base: float = 0.9  # statements stand within so many points of `lean`
    lean: float = 0.0  # and that so many points above the middle
    is_same_way: bool = False  # on all that differs, the second group is the higher

    @property
    def statements(self) -> int:
        return sum(self.per_kind)

    @property
    def kinds(self) -> list[Kind]:
        return [kind for kind, many in zip(KINDS, self.per_kind, strict=True) for _ in range(many)]


@dataclass(frozen=True, eq=False)
class Room:
    """`answers`: people × statements, 1 … 5, 0 for none, −1 for not knowing; `group`: 0 or 1."""

    truth: Truth
    answers: NDArray[np.int8]
    group: NDArray[np.int8]
    camp: NDArray[np.int8]  # 0 or 1, whatever the group
    differs: NDArray[np.bool_]  # by statement
    views: NDArray[np.float64]  # statements × groups: where each group stands, about the middle
    counted: tuple[CountedStatement, ...]

    @property
    def apart(self) -> frozenset[Kind]:
        """The kinds on which the groups truly differ."""
        return frozenset(
            kind for kind, differs in zip(self.truth.kinds, self.differs, strict=True) if differs
        )

    def is_same_side(self, kind: Kind) -> bool:
        """Whether most of both groups truly stand on one side of every statement of a kind."""
        own = self.views[[each == kind for each in self.truth.kinds]]
        return bool(np.all(np.all(own >= ON_A_SIDE, axis=1) | np.all(own <= -ON_A_SIDE, axis=1)))


def draw_rooms(truth: Truth, many: int, seed: int) -> Iterator[Room]:
    """So many rooms of one kind; the same for the same seed."""
    random = np.random.default_rng([seed, *truth.name.encode()])
    for _ in range(many):
        yield draw_room(truth, random)


def draw_room(truth: Truth, random: np.random.Generator) -> Room:
    """One room."""
    people, width = sum(truth.sizes), truth.statements
    group = np.repeat([0, 1], truth.sizes).astype(np.int8)
    differs = _differing(truth, random)
    way = np.ones(width) if truth.is_same_way else random.choice([-1.0, 1.0], width)
    stands = truth.lean + random.uniform(-truth.base, truth.base, width)
    views = stands[:, None] + np.outer(way * differs * truth.effect, [-0.5, 0.5])
    view = views.T[group] + random.normal(size=(people, width))
    if truth.shape:
        torn = random.choice([-0.5, 0.5], (people, width)) * truth.shape
        view += np.where(group[:, None] * differs, torn, 0.0)
    camp = random.permutation(np.arange(people) % 2).astype(np.int8)
    view += (camp[:, None] - 0.5) * truth.camps * random.choice([-1.0, 1.0], width)
    stretch = truth.stretch * np.exp(random.normal(0.0, 0.2, (people, 1)))
    moved = random.normal(0.0, 0.35, (people, 1)) + truth.habit * group[:, None]
    chosen = np.clip(np.rint(3 + stretch * view + moved), 1, POINTS).astype(np.int8)
    absent = random.random(chosen.shape) < random.uniform(0.1, 0.3)
    is_fact = np.array([kind == "fact" for kind in truth.kinds])
    unknown = (random.random(chosen.shape) < truth.dont_know) & is_fact
    chosen[unknown] = DONT_KNOW
    chosen[absent] = ABSENT
    return Room(truth, chosen, group, camp, differs, views, _count(truth, chosen, group))


def _differing(truth: Truth, random: np.random.Generator) -> NDArray[np.bool_]:
    """Of a kind that is apart one statement at least, and any other of it with a chance of half."""
    differs = np.zeros(truth.statements, dtype=bool)
    kinds = truth.kinds
    for kind in sorted(truth.apart):
        own = random.permutation([at for at, each in enumerate(kinds) if each == kind])
        differs[own] = random.random(len(own)) < 0.5
        differs[own[0]] = True
    return differs


def _count(
    truth: Truth, chosen: NDArray[np.int8], group: NDArray[np.int8]
) -> tuple[CountedStatement, ...]:
    found = []
    for at, kind in enumerate(truth.kinds):
        two = []
        for which in (0, 1):
            number = np.bincount(chosen[group == which, at] + 1, minlength=POINTS + 2).tolist()
            two.append(Answered(tuple(number[2:]), number[0]))
        found.append(CountedStatement(f"S{at}", kind, two[0], two[1], two[0] + two[1]))
    return tuple(found)
