"""How often viewpoints are found where there are two, and where there is none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bench.verdict_rooms import CAMPS, POINTS, Truth, draw_room
from discussion.analysis.answers import RatedStatement
from discussion.analysis.clustering import adjusted_rand_index
from discussion.analysis.viewpoints import Viewpoints, find_viewpoints

Draw = Callable[[np.random.Generator], NDArray[np.int8]]

LIKE_CAMPS = 0.8  # the adjusted Rand index with the camps, to count as finding them


@dataclass(frozen=True)
class Found:
    """Shares in per cent of rooms; `share`: as it should be."""

    room: str
    people: int
    statements: int
    expected: Literal["none", "camps"]
    found: float
    share: float
    rooms: int


def find_in_rooms(rooms: int, seed: int) -> list[Found]:
    """Random ratings, shared habits alone, and two camps unrelated to role."""
    found = []
    for people in (30, 100):
        for per_kind in ((2, 2, 2), (3, 3, 2), (4, 4, 4)):
            width = sum(per_kind)
            found.append(_nobody("random ratings", _random(people, width), rooms, seed))
            for name, habit, stretch in (
                ("nothing differs, people share habits", 0.35, 0.2),
                ("the same, with strong habits", 0.7, 0.4),
            ):
                draw = _habits(people, width, habit, stretch)
                found.append(_nobody(name, draw, rooms, seed))
    for half in (15, 50):
        for per_kind in ((2, 2, 2), (3, 3, 2), (4, 4, 4)):
            truth = Truth("camps", (half, half), camps=CAMPS, per_kind=per_kind)
            found.append(_camps(truth, rooms, seed))
    return found


def _nobody(name: str, draw: Draw, rooms: int, seed: int) -> Found:
    random = np.random.default_rng([seed, *name.encode()])
    tables = [draw(random) for _ in range(rooms)]
    many = sum(_look(table, number).state == "found" for number, table in enumerate(tables))
    share = 100 * many / rooms
    people, width = tables[0].shape
    return Found(name, people, width, "none", share, 100 - share, rooms)


def _camps(truth: Truth, rooms: int, seed: int) -> Found:
    random = np.random.default_rng([seed, *truth.name.encode()])
    found = alike = 0
    for number in range(rooms):
        room = draw_room(truth, random)
        seen = _look(room.answers, number)
        if seen.state != "found":
            continue
        found += 1
        labels = {who: at for at, own in enumerate(seen.holders) for who in own}
        placed = sorted(labels)
        camps = [room.camp[int(who)] for who in placed]
        alike += adjusted_rand_index([labels[who] for who in placed], camps) >= LIKE_CAMPS
    name = "two camps, three standard deviations apart"
    people = sum(truth.sizes)
    return Found(
        name, people, truth.statements, "camps", 100 * found / rooms, 100 * alike / rooms, rooms
    )


def _look(table: NDArray[np.int8], seed: int) -> Viewpoints:
    statements = [
        RatedStatement(
            f"S{at}",
            "end",
            {f"{who:04}": int(said) for who, said in enumerate(column) if said > 0},
        )
        for at, column in enumerate(table.T)
    ]
    return find_viewpoints(statements, seed=seed)


def _random(people: int, width: int) -> Draw:
    def draw(random: np.random.Generator) -> NDArray[np.int8]:
        return _with_gaps(random.integers(1, POINTS + 1, (people, width)), random)

    return draw


def _habits(people: int, width: int, habit: float, stretch: float) -> Draw:
    """Everybody has the same view of each statement but for chance; habits of answering differ."""

    def draw(random: np.random.Generator) -> NDArray[np.int8]:
        view = random.uniform(-0.9, 0.9, width) + random.normal(size=(people, width))
        wide = np.exp(random.normal(0.0, stretch, (people, 1)))
        moved = random.normal(0.0, habit, (people, 1))
        return _with_gaps(np.clip(np.rint(3 + wide * view + moved), 1, POINTS), random)

    return draw


def _with_gaps(chosen: NDArray[np.generic], random: np.random.Generator) -> NDArray[np.int8]:
    table = chosen.astype(np.int8)
    table[random.random(table.shape) < random.uniform(0.1, 0.3)] = 0
    return table
