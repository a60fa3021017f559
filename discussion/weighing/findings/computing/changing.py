"""What changed between two rounds, all raters of each together."""

from collections.abc import Mapping
from typing import Any

from discussion.analysis.spread import Spread, counted_spread, stable
from discussion.weighing.findings.computing.comparing import cell_of, rating_counts


def spread_of(counted: Mapping[str, Any], code: str) -> Spread | None:
    """Median and quartiles of everybody, where they are shown."""
    cell = cell_of(counted, code, counted["room"])
    counts = rating_counts(cell)
    return None if counts is None else counted_spread(counts)


def find_change(
    before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Statements that mean the same in both rounds; None without a round before, or none of them.

    `hidden` are those whose numbers cannot be told apart from an earlier round's. Rounds of
    different scales are not compared.
    """
    if before is None or before["round"]["points"] != after["round"]["points"]:
        return None
    was, now = _spreads(before), _spreads(after)
    found = stable(was, now)
    codes = {each["same"]: each["code"] for each in after["statements"]}
    rows = [
        {
            "code": codes[same],
            "before": str(was[same].median),
            "after": str(now[same].median),
            "has_settled": same in found.settled,
        }
        for same in codes
        if same in was and same in now
    ]
    told = {row["code"] for row in rows}
    hidden = [
        {"code": code, "moved": moved}
        for code, moved in after.get("moved", {}).items()
        if code not in told and "why" in cell_of(after, code, after["room"])
    ]
    if not rows and not hidden:
        return None
    return {
        "before": before["round"]["number"],
        "is_stable": found.is_stable,
        "rows": rows,
        "hidden": hidden,
    }


def _spreads(counted: Mapping[str, Any]) -> dict[str, Spread]:
    found = {each["same"]: spread_of(counted, each["code"]) for each in counted["statements"]}
    return {same: each for same, each in found.items() if each is not None}
