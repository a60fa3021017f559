"""How often findings are right, wrong, or say nothing: `nice python -m bench.verdicts`.

Rooms whose truth is known are drawn (`bench/verdict_rooms.py`) and asked what the site asks. The
tables are printed, written to bench/results-verdicts.json, and explained in docs/how-sure.md. Ends
with an error where an aim is missed.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.verdict_judging import Outcome, Tally, judge, tally_statements
from bench.verdict_rooms import CAMPS, Truth, draw_rooms
from bench.verdict_views import Found, find_in_rooms
from discussion.analysis.answers import KINDS, Kind
from discussion.analysis.diagnosis import diagnose_counted

RESULTS = Path(__file__).parent / "results-verdicts.json"
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
    """One line of a table; shares in per cent. `named`: of rooms where something differs."""

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
    trial, statements = _trial(typed.rooms, typed.seed)
    harder = [_measure(truth, typed.rooms, typed.seed)[0] for truth in harder_truths()]
    views = find_in_rooms(typed.views, typed.seed)
    _print_trial(trial)
    _print_statements(statements)
    _print_harder(harder)
    _print_views(views)
    missed = list(_missed(trial, harder, views))
    RESULTS.write_text(
        json.dumps(
            {
                "rooms": typed.rooms,
                "seed": typed.seed,
                "trial": [asdict(each) for each in trial],
                "harder": [asdict(each) for each in harder],
                "viewpoints": [asdict(each) for each in views],
            },
            indent=1,
        )
        + "\n"
    )
    print("\nEvery aim is met." if not missed else "\nMissed:\n" + "\n".join(missed))
    sys.exit(bool(missed))


def harder_truths() -> list[Truth]:
    """What is not of the trial: unequal groups, scales and kinds, habits, shapes, camps."""
    found = []
    for size in (15, 30):
        one = Truth("", (size, size))
        about_ends = replace(one, effect=2.0, apart=TRUTHS["ends and means"])
        found += [
            replace(one, name="one group half a deviation more agreeable", habit=0.5),
            replace(one, name="one group a deviation more agreeable", habit=1.0),
            replace(about_ends, name="the same, and ends and means differ", habit=0.5),
            replace(about_ends, name="all differences the same way", is_same_way=True),
            replace(one, name="most keep to the middle", stretch=0.5),
            replace(about_ends, name="the same, and ends and means differ.", stretch=0.5),
            replace(one, name="answers at the ends of the scale", stretch=2.0),
            replace(one, name="eight of a kind", per_kind=(8, 8, 8)),
            replace(about_ends, name="the same, and ends and means differ,", per_kind=(8, 8, 8)),
            replace(one, name="half do not know the facts", dont_know=0.5),
            replace(one, name="two camps across roles", camps=CAMPS),
            replace(one, name="another shape, the same means", shape=4.0, apart=TRUTHS["ends"]),
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
    for sizes in ((8, 40), (12, 60), (60, 200)):
        one = Truth("unequal groups", sizes)
        found += [
            one,
            replace(one, effect=1.2, apart=TRUTHS["ends and means"]),
            replace(one, effect=2.0, apart=TRUTHS["ends and means"]),
        ]
    return found


def _trial(rooms: int, seed: int) -> tuple[list[Row], dict[str, Tally]]:
    """Every truth by size and effect; and what was said of single statements."""
    rows: list[Row] = []
    statements: dict[str, Tally] = {}
    for size in SIZES:
        for effect in EFFECTS:
            for name, apart in TRUTHS.items():
                truth = Truth(name, (size, size), effect, apart)
                row, said = _measure(truth, rooms, seed)
                rows.append(row)
                statements[f"{size} and {size}, d = {effect}"] = (
                    statements.get(f"{size} and {size}, d = {effect}", Tally()) + said
                )
    return rows, statements


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


def _mean(values: Iterable[float]) -> float:
    given = list(values)
    return sum(given) / len(given)


def _cells(trial: Sequence[Row]) -> dict[tuple[int, float], list[Row]]:
    found: dict[tuple[int, float], list[Row]] = {}
    for row in trial:
        found.setdefault((row.sizes[0], row.effect), []).append(row)
    return found


def _missed(trial: Sequence[Row], harder: Sequence[Row], views: Sequence[Found]) -> Iterable[str]:
    if (pooled := _mean(row.wrong for row in trial)) > POOLED:
        yield f"{pooled:.2f} % wrong in the trial"
    for (size, effect), rows in _cells(trial).items():
        if (wrong := _mean(row.wrong for row in rows)) > CELL:
            yield f"{wrong:.2f} % wrong, {size} a group, d = {effect}"
        named = _mean(row.named for row in rows if row.named is not None)
        if effect == EFFECTS[-1] and named < NAMED.get(size, 0.0):
            yield f"a true cause is named in {named:.0f} %, {size} a group, d = {effect}"
    for row in (*trial, *harder):
        if row.wrong > TRUTH:
            yield f"{row.wrong:.2f} % wrong: {row.truth}, {row.sizes}, d = {row.effect}"
    for each in views:
        if each.share < VIEWS:
            yield f"{each.room}, {each.people} people: as it should be in {each.share:.0f} %"


def _print_trial(trial: Sequence[Row]) -> None:
    print("\nOf 100 rooms, by people a group and true difference (standard deviations)\n")
    print(f"{'':24}{'wrong':>9}{'right':>9}{'cannot tell':>13}{'a cause':>9}{'all':>7}")
    for (size, effect), rows in _cells(trial).items():
        known = [row for row in rows if row.named is not None and row.named_all is not None]
        print(
            f"{f'{size} and {size}, d = {effect}':24}{_mean(row.wrong for row in rows):9.2f}"
            f"{_mean(row.right for row in rows):9.1f}{_mean(row.cannot_tell for row in rows):13.1f}"
            f"{_mean(row.named or 0 for row in known):9.1f}"
            f"{_mean(row.named_all or 0 for row in known):7.1f}"
        )
    print(f"{'together':24}{_mean(row.wrong for row in trial):9.2f}")
    _print_rows("by truth", trial)


def _print_rows(title: str, rows: Sequence[Row]) -> None:
    print(f"\n{title}\n")
    print(f"{'':44}{'people':>10}{'d':>5}{'wrong':>8}{'right':>8}{'cannot tell':>13}{'a cause':>9}")
    for row in rows:
        named = "" if row.named is None else f"{row.named:9.1f}"
        sizes = f"{row.sizes[0]}+{row.sizes[1]}"
        print(
            f"{row.truth:44}{sizes:>10}{row.effect:5.1f}{row.wrong:8.2f}{row.right:8.1f}"
            f"{row.cannot_tell:13.1f}{named}"
        )


def _print_statements(statements: dict[str, Tally]) -> None:
    print("\nOf 100 statements\n")
    print(f"{'':24}{'differ:':>10}{'apart':>8}{'alike':>8}{'agreed':>8}"
          f"{'do not:':>12}{'apart':>8}{'alike':>8}{'agreed':>8}")  # fmt: skip
    for name, one in statements.items():
        line = f"{name:24}"
        for differs, many, places in ((True, one.differ, 1), (False, one.same, 2)):
            line += f"{many:{10 if differs else 12}}"
            for state in ("apart", "alike", "same_side"):
                line += f"{one.share(state, differs):8.{places}f}"
        print(line)


def _print_harder(harder: Sequence[Row]) -> None:
    _print_rows("What is not of the trial", harder)


def _print_views(views: Sequence[Found]) -> None:
    print("\nViewpoints\n")
    print(f"{'':52}{'people':>8}{'statements':>12}{'found':>8}{'as it should be':>17}")
    for each in views:
        print(
            f"{each.room:52}{each.people:8}{each.statements:12}{each.found:8.1f}{each.share:17.1f}"
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.verdicts", description=__doc__)
    parser.add_argument("--rooms", type=int, default=1000, help="of each truth, size and effect")
    parser.add_argument("--views", type=int, default=200, help="rooms, for viewpoints")
    parser.add_argument("--seed", type=int, default=2026)
    return parser.parse_args()


if __name__ == "__main__":
    main()
