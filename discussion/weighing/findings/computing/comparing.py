"""What two groups disagree about, from numbers that are shown and from published positions.

The diagnosis wants people with answers. It is given as many as the numbers say, and none where a
number is not shown: then there is not enough to say, and nothing else could be told.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from discussion.analysis.agreement import agreement, bridge, consensus, in_a_word
from discussion.analysis.answers import KINDS, Answer, RatedStatement
from discussion.analysis.cruxes import FEWEST as FEWEST_CRUX_RATERS
from discussion.analysis.earlier_diagnosis import (
    Diagnosis,
    Dimension,
    StatementFinding,
    TagFindings,
    diagnose,
)
from discussion.analysis.group_informed_consensus import small_group_consensus
from discussion.analysis.ratings import Thresholds
from discussion.analysis.tallies import Tally
from discussion.weighing.findings.computing.given import GivenTags
from discussion.weighing.findings.computing.groups import BOTH, EVERYBODY, LEANS, OTHERS, PARTITIONS
from discussion.weighing.findings.computing.tagging import compare_tags

Cell = Mapping[str, Any]
Found = dict[str, Any]
_COUNTED = ("up", "down", "dont_know", "not_for_me")


def find_in(counted: Mapping[str, Any], tags: GivenTags) -> Found:
    """Every comparison of a counted round: of its pairs, and of each group with all others."""
    pairs = [(each["key"], each["a"], each["b"]) for each in counted["pairs"]]
    pairs += [
        (f"as:{key}", key, f"{OTHERS}:{key}")
        for key, group in counted["groups"].items()
        if "size" in group and key.split(":")[0] in PARTITIONS and counted["room"] == EVERYBODY
    ]
    return {
        "headline": pairs[0][0] if counted["pairs"] else "",
        "comparisons": {key: compare(counted, tags, key, a, b) for key, a, b in pairs},
    }


def compare(counted: Mapping[str, Any], tags: GivenTags, key: str, a: str, b: str) -> Found:
    """One pair of groups: the diagnosis, with everything that it was made from."""
    about = counted["round"]
    grouped_by = key.split(":")[1] if key.startswith(f"{LEANS}:") else None
    compared = compare_tags(tags, counted["statements"], a, b)
    limits = limits_of(about)
    diagnosis = diagnose(
        _rated(counted, a, b),
        _people("a", size_of(counted, a)),
        _people("b", size_of(counted, b)),
        seed=about["seed"],
        points=about["points"],
        thresholds=limits,
        tags=TagFindings(compared.emphasis, compared.readings),
        grouped_by=grouped_by,
    )
    return {
        "a": a,
        "b": b,
        "grouped_by": grouped_by,
        "verdict": diagnosis.verdict,
        "tested": diagnosis.tested,
        "dimensions": {d.kind: _dimension(d) for d in _dimensions(diagnosis)},
        "statements": {
            each.key: _finding(each) | _between(counted, each.key, a, b, limits)
            for each in diagnosis.statements
        },
        "cruxes": _cruxes(counted, a, b, limits),
        "tags": compared.as_told(),
    }


def limits_of(about: Mapping[str, Any]) -> Thresholds:
    names = ("gap", "alike", "alpha", "consensus")
    given = {name: about["limits"][name] for name in names if name in about["limits"]}
    return Thresholds(**given, min_group=about["min_group"])


def size_of(counted: Mapping[str, Any], key: str) -> int:
    """How many raters a group has; 0 where that is not shown."""
    groups = counted["groups"]
    if key == BOTH:
        return sum(size_of(counted, each) for each in _headline(counted))
    if key.startswith(f"{OTHERS}:"):
        group = size_of(counted, key.removeprefix(f"{OTHERS}:"))
        return max(size_of(counted, EVERYBODY) - group, 0) if group else 0
    return int(groups.get(key, {}).get("size", 0))


def cell_of(counted: Mapping[str, Any], code: str, key: str) -> Cell:
    """A group's numbers for a statement, or {"why": …}; sums and differences of what is shown."""
    cells: Mapping[str, Cell] = counted["cells"][code]
    if key == BOTH:
        two = [cells.get(each, {"why": "few"}) for each in _headline(counted)]
        return _combined(two[0], two[1], 1) if len(two) == 2 else {"why": "few"}
    if key.startswith(f"{OTHERS}:"):
        group = cells.get(key.removeprefix(f"{OTHERS}:"), {"why": "few"})
        return _combined(cells.get(EVERYBODY, {"why": "few"}), group, -1)
    return cells.get(key, {"why": "few"})


def rating_counts(cell: Cell) -> list[int] | None:
    """How many chose each point; None where that is not shown."""
    return cell.get("counts") or None if sum(cell.get("counts", ())) else None


def answers_in(cell: Cell) -> list[Answer]:
    """As many answers as a cell tells of, in order."""
    found: list[Answer] = []
    for point, number in enumerate(cell.get("counts", ()), start=1):
        found += [point] * number
    if "counts" in cell:
        found += ("dont_know",) * cell["dont_know"]
        found += ("not_for_me",) * cell["not_for_me"]
    return found


def tally_of(counted: Mapping[str, Any], code: str, key: str) -> Tally | None:
    """Who agrees and who disagrees, where it is shown."""
    cell = cell_of(counted, code, key)
    if rating_counts(cell) is None:
        return None
    points = counted["round"]["points"]
    least = (points + 1) // 2 + 1  # agreeing; disagreeing is its mirror image
    counts = cell["counts"]
    return Tally(sum(counts[least - 1 :]), sum(counts[: points + 1 - least]), sum(counts))


def _headline(counted: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(each[side] for each in counted["pairs"][:1] for side in ("a", "b"))


def _combined(one: Cell, other: Cell, sign: int) -> Cell:
    if "counts" not in one or "counts" not in other:
        return {"why": one.get("why") or other.get("why") or "few"}
    counts = [x + sign * y for x, y in zip(one["counts"], other["counts"], strict=True)]
    rest = {name: one[name] + sign * other[name] for name in _COUNTED}
    return {"counts": counts, **rest}


def _rated(counted: Mapping[str, Any], a: str, b: str) -> list[RatedStatement]:
    found = []
    for each in counted["statements"]:
        if each["kind"] not in KINDS:
            continue
        two = [answers_in(cell_of(counted, each["code"], key)) for key in (a, b)]
        if not all(two):  # one is not shown: then neither is compared
            two = [[], []]
        answers = {
            f"{side}{number}": answer
            for side, given in zip("ab", two, strict=True)
            for number, answer in enumerate(given)
        }
        found.append(RatedStatement(each["code"], each["kind"], answers))
    return found


def _people(side: str, size: int) -> list[str]:
    return [f"{side}{number}" for number in range(size)]


def _dimensions(diagnosis: Diagnosis) -> tuple[Dimension, ...]:
    return diagnosis.ends, diagnosis.facts, diagnosis.means


def _dimension(found: Dimension) -> Found:
    return {
        "state": found.state,
        "reasons": list(found.reasons),
        "needed": found.needed,
        "rated": found.rated,
        "apart": list(found.apart),
        "alike": list(found.alike),
        "unclear": list(found.unclear),
        "insufficient": list(found.insufficient),
    }


def _finding(found: StatementFinding) -> Found:
    p = found.p
    return {
        "state": found.state,
        "gap": _said(found.gap),
        "p": _said(p.value) if p else None,
        "p_kind": p.kind if p else "",
        "at_least": p.at_least if p else 0,
        "relabellings": p.relabellings if p else 0,
        "adjusted_p": _said(found.adjusted_p),
    }


def _between(counted: Mapping[str, Any], code: str, a: str, b: str, limits: Thresholds) -> Found:
    """What the two have in common, and whether each is of one mind."""
    cells = [cell_of(counted, code, key) for key in (a, b)]
    counts = [rating_counts(cell) for cell in cells]
    tallies = [tally_of(counted, code, key) for key in (a, b)]
    if None in counts or None in tallies:
        return {"bridge": None, "consensus": "insufficient", "common": None, "against": None}
    points = counted["round"]["points"]
    answers = [answers_in(cell) for cell in cells]
    known = [each for each in tallies if each is not None]
    return {
        "bridge": _said(bridge(answers, points).product),
        "consensus": consensus(answers, points=points, thresholds=limits).state,
        "common": small_group_consensus(known),
        "against": small_group_consensus(known, against=True),
        "is_one_sided": _is_one_sided(*(each for each in counts if each is not None)),
    }


def _is_one_sided(first: Sequence[int], second: Sequence[int]) -> bool:
    """Whether one group's ratings lie wholly higher: then the gap is the distance of the means."""
    sizes = sum(first), sum(second)
    above = [
        sum(first[: n + 1]) * sizes[1] - sum(second[: n + 1]) * sizes[0] for n in range(len(first))
    ]
    return all(each >= 0 for each in above) or all(each <= 0 for each in above)


def _cruxes(counted: Mapping[str, Any], a: str, b: str, limits: Thresholds) -> list[dict[str, Any]]:
    """Where both sides say that another view of it would change their position; strongest first."""
    found = []
    fewest = max(limits.min_group, FEWEST_CRUX_RATERS)
    for each in counted["statements"]:
        here, there = (cell_of(counted, each["code"], key) for key in (a, b))
        people = sum(here.get("counts", ())), sum(there.get("counts", ()))
        if min(people) < fewest:
            continue
        pairs = here["up"] * there["down"] + here["down"] * there["up"]
        if pairs:
            possible = people[0] * people[1]
            sides = [here["up"], here["down"], there["up"], there["down"]]
            found.append(
                {
                    "code": each["code"],
                    "pairs": pairs,
                    "possible": possible,
                    "share": str(Fraction(pairs, possible)),
                    "sides": sides,
                }
            )
    return sorted(found, key=lambda crux: (-Fraction(crux["share"]), crux["code"]))


def agreement_in(counts: Sequence[int]) -> tuple[Fraction, str]:
    """Whether a group is of one mind, as a number and a word."""
    found = agreement(counts)
    return found, in_a_word(found)


def _said(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
