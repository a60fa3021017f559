"""The tables of the trial, as Markdown: printed by the bench, and put into docs/how-sure.md."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cells = Sequence[str]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Results:
    """What the bench found, as it is kept in bench/results-verdicts.json; shares in per cent."""

    trial: Sequence[Row]
    statements: Sequence[Row]
    harder: Sequence[Row]
    viewpoints: Sequence[Row]

    def tables(self) -> dict[str, str]:
        """By the name of its place on the page."""
        return {
            "rooms": self._rooms(),
            "cells": _cells(self.trial),
            "truths": _truths(self.trial),
            "statements": _statements(self.statements),
            "harder": _harder(self.harder),
            "viewpoints": _viewpoints(self.viewpoints),
        }

    def _rooms(self) -> str:
        """How many rooms the tables on the page were made from."""
        trial, harder, views = (
            max((row["rooms"] for row in rows if "rooms" in row), default=0)
            for rows in (self.trial, self.harder, self.viewpoints)
        )
        return (
            f"The tables are of {trial} rooms for each truth, size and effect in the trial,\n"
            f"{harder} for each line of harder rooms, and {views} for each of viewpoints."
        )


def put_in(page: str, tables: Mapping[str, str]) -> str:
    """A page with each table between the two marks of its name."""
    for name, table in tables.items():
        between = re.compile(f"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        page = between.sub(lambda marks, table=table: f"{marks[1]}{table}\n{marks[2]}", page)  # type: ignore[misc]
    return page


def by_cell(trial: Iterable[Row]) -> dict[tuple[int, float], list[Row]]:
    """Rows of the trial by people a group and effect."""
    found: dict[tuple[int, float], list[Row]] = {}
    for row in trial:
        found.setdefault((row["sizes"][0], row["effect"]), []).append(row)
    return found


def mean(rows: Iterable[Row], name: str) -> float:
    """Of those that have it."""
    given = [row[name] for row in rows if row[name] is not None]
    return sum(given) / len(given) if given else 0.0


def _cells(trial: Sequence[Row]) -> str:
    return _table(
        (
            "people a group",
            "true difference",
            "wrong",
            "right",
            "cannot tell",
            "names a cause",
            "all",
        ),
        [
            (
                f"{size} and {size}",
                f"{effect} sd",
                f"{mean(rows, 'wrong'):.2f}",
                *(
                    f"{mean(rows, name):.1f}"
                    for name in ("right", "cannot_tell", "named", "named_all")
                ),
            )
            for (size, effect), rows in by_cell(trial).items()
        ]
        + [
            (
                "together",
                "",
                f"{mean(trial, 'wrong'):.2f}",
                *(
                    f"{mean(trial, name):.1f}"
                    for name in ("right", "cannot_tell", "named", "named_all")
                ),
            )
        ],
    )


def _truths(trial: Sequence[Row]) -> str:
    cells = by_cell(trial)
    names = dict.fromkeys(row["truth"] for row in trial)
    lines = []
    for name in names:
        own = [next(row for row in rows if row["truth"] == name) for rows in cells.values()]
        lines.append((name, *(f"{row['wrong']:.1f} / {row['right']:.0f}" for row in own)))
    heads = [f"{size}, {effect} sd" for size, effect in cells]
    return _table(("what truly differs", *heads), lines)


def _statements(statements: Sequence[Row]) -> str:
    return _table(
        (
            "people a group",
            "true difference",
            "differ: apart",
            "alike",
            "same side",
            "do not differ: apart",
            "alike",
            "same side",
        ),
        [
            (
                f"{row['size']} and {row['size']}",
                f"{row['effect']} sd",
                *(f"{each:.1f}" for each in row["differ"]),
                f"{row['same'][0]:.2f}",
                *(f"{each:.1f}" for each in row["same"][1:]),
            )
            for row in statements
        ],
    )


def _harder(harder: Sequence[Row]) -> str:
    return _table(
        ("the room", "people", "true difference", "wrong", "right", "cannot tell"),
        [
            (
                row["truth"],
                f"{row['sizes'][0]} and {row['sizes'][1]}",
                f"{row['effect']} sd" if row["effect"] else "none",
                f"{row['wrong']:.2f}",
                f"{row['right']:.1f}",
                f"{row['cannot_tell']:.1f}",
            )
            for row in harder
        ],
    )


def _viewpoints(viewpoints: Sequence[Row]) -> str:
    return _table(
        ("the room", "people", "statements", "found", "as it should be"),
        [
            (
                row["room"],
                str(row["people"]),
                str(row["statements"]),
                f"{row['found']:.1f}",
                f"{row['share']:.1f}",
            )
            for row in viewpoints
        ],
    )


def _table(heads: Cells, lines: Iterable[Cells]) -> str:
    return "\n".join(f"| {' | '.join(each)} |" for each in (heads, ("---",) * len(heads), *lines))
