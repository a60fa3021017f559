"""How often a mirror is right, wrong, or cannot tell: `nice python -m bench.practice`.

Organisations whose truth is known are drawn: everybody sees what is said and what is done of ten
functions, each reading a normal deviate of its own around where the function truly stands, moved
and stretched by that person's habit and put on the nearest of five stops. Some know nothing of a
function. The tables are printed, kept in bench/results-practice.json and put into docs/how-sure.md.
Ends with an error where an aim is missed. A thousand mirrors a line take some twenty seconds.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from bench.verdict_tables import put_in
from discussion.analysis.practice import SHOWN, STEP, Mirror, hold_mirror

RESULTS = Path(__file__).parent / "results-practice.json"
PAGE = Path(__file__).parent.parent / "docs" / "how-sure.md"
FUNCTIONS = 10
STRETCH, MOVED = 0.2, 0.35  # people's habits, as bench/verdict_rooms.py draws them
USUAL, NOISY = 0.775, 1.0  # stops: of one person's one reading, besides what both share
FALSE, NAMED = 2.0, 85.0  # per cent of mirrors


@dataclass(frozen=True)
class Truth:
    """How organisations are drawn; `gap` is the mean of very many people's gaps, in steps."""

    name: str
    people: int
    gap: float = 0.0
    mismatches: int = 0  # functions that have that gap; the others none
    noise: float = USUAL
    unknown: float = 0.08  # of a function, the share who do not know
    is_uneven: bool = False  # three functions of which people see half as much again


@dataclass(frozen=True)
class Row:
    """Of so many mirrors, in per cent; of functions where their names say so."""

    truth: str
    people: int
    mirrors: int
    false_mismatch: float  # mirrors that call out of step what truly is less than SHOWN apart
    false_in_step: float  # mirrors that call in step what truly is a step or more apart
    named: float | None  # mirrors that name a true gap
    named_functions: float | None  # of functions that truly differ
    in_step_functions: float | None  # of functions that truly do not


def main() -> None:
    typed = _arguments()
    rows = [asdict(measure(truth, typed.mirrors, typed.seed)) for truth in truths()]
    RESULTS.write_text(json.dumps(rows, indent=1) + "\n")
    found = table(rows)
    print(found)
    PAGE.write_text(put_in(PAGE.read_text(), {"mirrors": found}))
    missed = list(find_missed(rows))
    print("\nEvery aim is met." if not missed else "\nMissed:\n" + "\n".join(missed))
    sys.exit(bool(missed))


def truths() -> list[Truth]:
    """All lines of the table."""
    lines: list[Truth] = []
    for people in (8, 12, 24, 40, 60):
        none = Truth("no gap anywhere", people)
        lines += [
            none,
            replace(none, name="half a step, in all ten", gap=0.5, mismatches=10),
            replace(none, name="just under ¾ of a step, in all ten", gap=0.74, mismatches=10),
            replace(none, name="two steps, in one", gap=2.0, mismatches=1),
            replace(none, name="two steps, in three", gap=2.0, mismatches=3),
        ]
    noisy = Truth("no gap, people see little", 24, noise=NOISY)
    return [
        *lines,
        noisy,
        replace(noisy, name="just under ¾ of a step, people see little", gap=0.74, mismatches=10),
        replace(noisy, name="two steps in one, people see little", gap=2.0, mismatches=1),
        Truth("¾ of a step, three functions seen worse", 24, 0.74, 10, is_uneven=True),
        Truth("two steps in one, three seen worse", 24, 2.0, 1, is_uneven=True),
        Truth("just under ¾ of a step, a third do not know", 24, 0.74, 10, unknown=0.33),
        Truth("two steps in one, a third do not know", 24, 2.0, 1, unknown=0.33),
        Truth("a step and a half, in one", 24, 1.5, 1),
        Truth("just a step, in one", 24, 1.0, 1),
    ]


def measure(truth: Truth, mirrors: int, seed: int) -> Row:
    """So many mirrors of one kind; the same for the same seed."""
    random = np.random.default_rng([seed, truth.people, *truth.name.encode()])
    false = false_in_step = named = named_functions = in_step = 0
    for _ in range(mirrors):
        answers, gaps = draw(truth, random)
        mirror = hold_mirror(answers)
        out, same = _named(mirror, "out_of_step"), _named(mirror, "in_step")
        true = {name for name, gap in gaps.items() if gap >= STEP}
        none = {name for name, gap in gaps.items() if not gap}
        false += any(gaps[name] < SHOWN for name in out)
        false_in_step += bool(same & true)
        named += bool(out & true)
        named_functions += len(out & true)
        in_step += len(same & none)
    differing = truth.mismatches if truth.gap >= STEP else 0
    alike = FUNCTIONS - truth.mismatches

    def share(number: int, of: int = 1) -> float:
        return round(100 * number / (mirrors * of), 2)

    return Row(
        truth.name,
        truth.people,
        mirrors,
        share(false),
        share(false_in_step),
        share(named) if differing else None,
        share(named_functions, differing) if differing else None,
        share(in_step, alike) if alike else None,
    )


def draw(
    truth: Truth, random: np.random.Generator
) -> tuple[dict[str, list[tuple[int, int]]], dict[str, float]]:
    """One organisation's answers by function, and the true gaps."""
    stretch = np.exp(random.normal(0.0, STRETCH, truth.people))
    moved = random.normal(0.0, MOVED, truth.people)
    answers, gaps = {}, {}
    for at in range(FUNCTIONS):
        gap = truth.gap if at < truth.mismatches else 0.0
        noise = truth.noise * (1.5 if truth.is_uneven and at < 3 else 1.0)
        low = _low(gap, random)
        stands = np.array([low, _high(low, gap, noise)]) * random.choice([-1.0, 1.0])
        views = stands[:, None] + noise * random.normal(size=(2, truth.people))
        stops = np.clip(np.rint(3 + stretch * views + moved), 1, 5).astype(int)
        knows = random.random(truth.people) >= truth.unknown
        says, does = stops[:, knows].tolist()
        answers[f"F{at}"] = list(zip(says, does, strict=True))
        gaps[f"F{at}"] = gap
    return answers, gaps


def _low(gap: float, random: np.random.Generator) -> float:
    """Where the more local reading stands, in stops from the middle; room is left for the gap."""
    return float(random.choice(np.arange(-2.0, 2.0 - gap if gap else 2.1, 0.5)[: 5 if gap else 9]))


@cache
def _high(low: float, gap: float, noise: float) -> float:
    """Where the other must stand, for the mean of very many people's gaps to be as wished."""
    if not gap:
        return low
    random = np.random.default_rng(1)
    many = 40_000
    stretch, moved = np.exp(random.normal(0.0, STRETCH, many)), random.normal(0.0, MOVED, many)
    one, other = noise * random.normal(size=(2, many))

    def mean_stop(at: float, view: Any) -> float:
        return float(np.clip(np.rint(3 + stretch * (at + view) + moved), 1, 5).mean())

    here, least, most = mean_stop(low, one), low, low + 9.0
    for _ in range(40):
        middle = (least + most) / 2
        if mean_stop(middle, other) - here < gap:
            least = middle
        else:
            most = middle
    return (least + most) / 2


def find_missed(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The aims that are missed, as sentences."""
    for row in rows:
        said = f"{row['truth']}, {row['people']} people"
        if row["false_mismatch"] > FALSE:
            yield f"{row['false_mismatch']:.2f} % name a false mismatch: {said}"
        if row["truth"] != "just a step, in one" and row["false_in_step"] > FALSE:
            yield f"{row['false_in_step']:.2f} % call a true gap in step: {said}"
        if (
            row["people"] == 24
            and row["truth"].startswith("two steps")
            and "third" not in row["truth"]
            and row["named"] < NAMED
        ):
            yield f"{row['named']:.1f} % name a true gap of two steps: {said}"


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """As Markdown."""
    head = (
        "what is true",
        "people",
        "a false mismatch",
        "falsely in step",
        "names a true gap",
        "of true gaps, named",
        "of no gaps, in step",
    )
    lines = [head, tuple("---" for _ in head)]
    for row in rows:
        shares = (
            row["false_mismatch"],
            row["false_in_step"],
            row["named"],
            row["named_functions"],
            row["in_step_functions"],
        )
        lines.append(
            (
                row["truth"],
                str(row["people"]),
                *("" if each is None else f"{each:.1f}" for each in shares),
            )
        )
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _named(mirror: Mirror, state: str) -> set[str]:
    return {each.function for each in mirror.functions if each.state == state}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.practice", description=__doc__)
    parser.add_argument("--mirrors", type=int, default=1000, help="of each line")
    parser.add_argument("--seed", type=int, default=2026)
    return parser.parse_args()


if __name__ == "__main__":
    main()
