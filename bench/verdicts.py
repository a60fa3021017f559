"""How often findings are right, wrong, or say nothing: `nice python -m bench.verdicts`.

Rooms whose truth is known are drawn (`bench/verdict_rooms.py`) and asked what the site asks. The
tables are printed, kept in bench/results-verdicts.json, and put into docs/how-sure.md, which
explains them. Ends with an error where an aim is missed. A thousand rooms a truth take some twenty
minutes; `trial`, `harder` or `viewpoints` asks for a part, and leaves what is kept of the others.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from bench.verdict_judging import Outcome, Tally, judge, tally_statements
from bench.verdict_rooms import CAMPS, Truth, draw_rooms
from bench.verdict_tables import Results, by_cell, mean, put_in
from bench.verdict_views import find_in_rooms
from discussion.analysis.answers import KINDS, Kind
from discussion.analysis.diagnosis import diagnose_counted
from discussion.analysis.statement_findings import StatementState

RESULTS = Path(__file__).parent / "results-verdicts.json"
PAGE = Path(__file__).parent.parent / "docs" / "how-sure.md"
PARTS = ("trial", "harder", "viewpoints")
STATES: tuple[StatementState, ...] = ("apart", "alike", "same_side")
SIZES, EFFECTS = (8, 15, 30, 60), (1.2, 2.0)
ENDS, FACTS, MEANS = KINDS
TRUTHS: dict[str, frozenset[Kind]] = {
    "nothing differs": frozenset(),
    "means": frozenset({MEANS}),
    "ends and means": frozenset({ENDS, MEANS}),
    "facts and means": frozenset({FACTS, MEANS}),
    "all three": frozenset(KINDS),
    "ends": frozenset({ENDS}),
    "facts": frozenset({FACTS}),
}
# Wrong, in per cent: pooled over the trial, in each cell of size and effect, in any one truth.
POOLED, CELL, TRUTH = 2.0, 2.5, 4.0
NAMED = {15: 85.0, 30: 95.0}  # per cent of rooms, of so many a group and two standard deviations
VIEWS = 95.0


@dataclass(frozen=True)
class Row:
    """One kind of room; shares in per cent. `named`: of rooms where something differs."""

    truth: str
    sizes: tuple[int, int]
    effect: float
    rooms: int
    wrong: float
    right: float
    cannot_tell: float
    named: float | None
    named_all: float | None


def main() -> None:
    typed = _arguments()
    if unknown := set(typed.parts) - set(PARTS):
        sys.exit(f"no part of the bench: {', '.join(sorted(unknown))}")
    kept: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for part in typed.parts or PARTS:
        kept |= _measure_part(part, typed)
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n")
    results = Results(
        *(kept.get(name, []) for name in ("trial", "statements", "harder", "viewpoints"))
    )
    tables = results.tables()
    for table in tables.values():
        print(f"\n{table}")
    if PAGE.exists():
        PAGE.write_text(put_in(PAGE.read_text(), tables))
    missed = list(find_missed(results))
    print("\nEvery aim is met." if not missed else "\nMissed:\n" + "\n".join(missed))
    sys.exit(bool(missed))


def find_missed(results: Results) -> Iterator[str]:
    """The aims that are missed, as sentences."""
    if (pooled := mean(results.trial, "wrong")) > POOLED:
        yield f"{pooled:.2f} % wrong in the trial"
    for (size, effect), rows in by_cell(results.trial).items():
        if (wrong := mean(rows, "wrong")) > CELL:
            yield f"{wrong:.2f} % wrong, {size} a group, d = {effect}"
        if effect == EFFECTS[-1] and (named := mean(rows, "named")) < NAMED.get(size, 0.0):
            yield f"a true cause is named in {named:.0f} %, {size} a group, d = {effect}"
    for row in (*results.trial, *results.harder):
        if row["wrong"] > TRUTH:
            yield f"{row['wrong']:.2f} % wrong: {row['truth']}, {row['sizes']}, d = {row['effect']}"
    for row in results.viewpoints:
        if row["share"] < VIEWS:
            yield f"{row['room']}, {row['people']} people: as it should be in {row['share']:.0f} %"


def harder_truths() -> list[Truth]:
    """What is not of the trial: habits, scales, many statements, shapes, camps, unequal groups."""
    return [
        *(each for size in (15, 30) for each in _harder_of(size)),
        *(
            Truth(
                "unequal groups", sizes, effect, TRUTHS["ends and means"] if effect else frozenset()
            )
            for sizes in ((8, 40), (12, 60), (60, 200))
            for effect in (0.0, *EFFECTS)
        ),
    ]


def _harder_of(size: int) -> list[Truth]:
    one = Truth("", (size, size))
    differ = replace(one, effect=2.0, apart=TRUTHS["ends and means"])
    return [
        replace(one, name="one group is half a deviation more agreeable", habit=0.5),
        replace(one, name="one group is a whole deviation more agreeable", habit=1.0),
        replace(
            differ, name="half a deviation more agreeable, and ends and means differ", habit=0.5
        ),
        replace(differ, name="ends and means differ, all the same way", is_same_way=True),
        replace(one, name="most keep to the middle", stretch=0.5),
        replace(differ, name="most keep to the middle, and ends and means differ", stretch=0.5),
        replace(
            differ,
            name="most keep to the middle, and ends and means differ by less",
            stretch=0.5,
            effect=EFFECTS[0],
        ),
        replace(one, name="most answer at the ends of the scale", stretch=2.0),
        replace(one, name="eight statements of a kind", per_kind=(8, 8, 8)),
        replace(differ, name="eight of a kind, and ends and means differ", per_kind=(8, 8, 8)),
        replace(one, name="half do not know the facts", dont_know=0.5),
        replace(one, name="two camps across roles", camps=CAMPS),
        replace(
            one, name="ends of another shape, with the same means", shape=4.0, apart=TRUTHS["ends"]
        ),
        replace(
            one,
            name="all agree, one group more strongly",
            base=0.0,
            lean=2.2,
            effect=0.8,
            apart=frozenset(KINDS),
            is_same_way=True,
        ),
    ]


def _measure_part(part: str, typed: argparse.Namespace) -> dict[str, Any]:
    if part == "trial":
        return _trial(typed.rooms, typed.seed)
    if part == "harder":
        rows = [_measure(truth, typed.rooms, typed.seed)[0] for truth in harder_truths()]
        return {"harder": [asdict(each) for each in rows]}
    return {"viewpoints": [asdict(each) for each in find_in_rooms(typed.views, typed.seed)]}


def _trial(rooms: int, seed: int) -> dict[str, Any]:
    """Every truth by size and effect; and what was said of single statements."""
    rows: list[Row] = []
    statements = []
    for size in SIZES:
        for effect in EFFECTS:
            said = Tally()
            for name, apart in TRUTHS.items():
                row, more = _measure(Truth(name, (size, size), effect, apart), rooms, seed)
                rows.append(row)
                said += more
            statements.append(
                {
                    "size": size,
                    "effect": effect,
                    "differ": [said.share(state, True) for state in STATES],
                    "same": [said.share(state, False) for state in STATES],
                }
            )
    return {"trial": [asdict(each) for each in rows], "statements": statements}


def _measure(truth: Truth, rooms: int, seed: int) -> tuple[Row, Tally]:
    outcomes: list[Outcome] = []
    said = Tally()
    for number, room in enumerate(draw_rooms(truth, rooms, seed)):
        found = diagnose_counted(room.counted, truth.sizes, seed=number)
        outcomes.append(judge(room, found))
        said += tally_statements(room, found)
    return _row(truth, outcomes), said


def _row(truth: Truth, outcomes: Sequence[Outcome]) -> Row:
    differs = bool(truth.apart)
    return Row(
        truth=truth.name,
        sizes=truth.sizes,
        effect=truth.effect,
        rooms=len(outcomes),
        wrong=_share(each.is_wrong for each in outcomes),
        right=_share(each.is_right for each in outcomes),
        cannot_tell=_share(not each.is_wrong and not each.is_right for each in outcomes),
        named=_share(each.names_one for each in outcomes) if differs else None,
        named_all=_share(each.names_all for each in outcomes) if differs else None,
    )


def _share(marks: Iterable[bool]) -> float:
    given = list(marks)
    return round(100 * sum(given) / len(given), 2)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.verdicts", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help="all, where none is named")
    parser.add_argument("--rooms", type=int, default=1000, help="of each truth, size and effect")
    parser.add_argument("--views", type=int, default=200, help="rooms, for viewpoints")
    parser.add_argument("--seed", type=int, default=2026)
    return parser.parse_args()


if __name__ == "__main__":
    main()
