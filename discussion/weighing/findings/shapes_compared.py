"""One comparison of a snapshot, read from the JSON in which it is kept and never altered.

What snapshots of an earlier kind do not say has the value that says nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Kept = Mapping[str, Any]  # as `computing/comparing.py` makes it
Two = tuple[int, int]  # of the one group, and of the other


@dataclass(frozen=True)
class ComparedDimension:
    """Ends, facts or means: whether the two are apart, over which statements, by their codes."""

    state: str  # apart, alike, unclear, insufficient
    reasons: tuple[str, ...]
    needed: int
    rated: int
    apart: tuple[str, ...]
    alike: tuple[str, ...]
    unclear: tuple[str, ...]
    insufficient: tuple[str, ...]


@dataclass(frozen=True)
class ComparedStatement:
    """What the ratings of two groups say of one statement."""

    state: str = "insufficient"
    gap: Fraction | None = None  # 0 … 1
    p: Fraction | None = None
    p_kind: str = ""  # exact, sampled
    at_least: int = 0  # relabellings whose gap is as wide
    relabellings: int = 0
    adjusted_p: Fraction | None = None
    bridge: Fraction | None = None
    consensus: str = "insufficient"  # agree, disagree, …
    common: float | None = None  # how surely both agree
    against: float | None = None  # how surely both disagree
    is_one_sided: bool = False


@dataclass(frozen=True)
class ComparedCrux:
    """Pairs of people, one of each group, of whom both say that their position depends on it."""

    code: str
    pairs: int
    possible: int
    share: Fraction
    sides: tuple[int, int, int, int]  # agreeing and disagreeing here, then there


@dataclass(frozen=True)
class ComparedEmphasis:
    """How much weight the positions of each group give to each value."""

    gap: Fraction | None = None
    shared: Fraction | None = None
    values: tuple[tuple[str, Fraction, Fraction], ...] = ()  # slug, weight here, weight there
    shared_values: tuple[str, ...] = ()
    distinctive: tuple[str, ...] = ()
    tagged: Two = (0, 0)
    positions: Two = (0, 0)


@dataclass(frozen=True)
class ComparedSources:
    """Which items of evidence both cite, by public id, and which only one does."""

    share: Fraction | None = None
    shared: tuple[str, ...] = ()
    only_a: tuple[str, ...] = ()
    only_b: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()
    is_reading_other_things: bool = False


@dataclass(frozen=True)
class ComparedReading:
    """One item that both cite on one claim: −1 against it … 1 in support, in the mean."""

    item: str
    claim: str
    conflict: Fraction
    a: Fraction
    b: Fraction
    is_conflict: bool


@dataclass(frozen=True)
class ComparedTags:
    """What positions show of the two groups; nothing where bylines do not tell the groups."""

    why_not: str = ""  # not_told, made_by_values
    emphasis: ComparedEmphasis | None = None
    overlap: ComparedSources | None = None
    readings: tuple[ComparedReading, ...] = ()


@dataclass(frozen=True)
class Compared:
    """Two groups beside each other."""

    a: str
    b: str
    grouped_by: str | None  # code of the statement that the groups were made from
    verdict: str
    tested: int
    dimensions: Mapping[str, ComparedDimension]  # by kind: end, fact, means
    statements: Mapping[str, ComparedStatement]  # by code
    cruxes: tuple[ComparedCrux, ...]
    tags: ComparedTags = field(default_factory=ComparedTags)


def compared_in(results: Kept, key: str) -> Compared | None:
    """The comparison of this key; None where the snapshot has none."""
    kept = results["found"]["comparisons"].get(key)
    return None if kept is None else read_compared(kept)


def read_compared(kept: Kept) -> Compared:
    return Compared(
        a=kept["a"],
        b=kept["b"],
        grouped_by=kept["grouped_by"],
        verdict=kept["verdict"],
        tested=kept["tested"],
        dimensions={kind: _dimension(each) for kind, each in kept["dimensions"].items()},
        statements={code: _statement(each) for code, each in kept["statements"].items()},
        cruxes=tuple(_crux(each) for each in kept["cruxes"]),
        tags=_tags(kept["tags"]),
    )


def _dimension(kept: Kept) -> ComparedDimension:
    return ComparedDimension(
        state=kept["state"],
        reasons=tuple(kept["reasons"]),
        needed=kept["needed"],
        rated=kept["rated"],
        apart=tuple(kept["apart"]),
        alike=tuple(kept["alike"]),
        unclear=tuple(kept["unclear"]),
        insufficient=tuple(kept["insufficient"]),
    )


def _statement(kept: Kept) -> ComparedStatement:
    return ComparedStatement(
        state=kept["state"],
        gap=_exactly(kept["gap"]),
        p=_exactly(kept["p"]),
        p_kind=kept["p_kind"],
        at_least=kept["at_least"],
        relabellings=kept["relabellings"],
        adjusted_p=_exactly(kept["adjusted_p"]),
        bridge=_exactly(kept.get("bridge")),
        consensus=kept.get("consensus", "insufficient"),
        common=kept.get("common"),
        against=kept.get("against"),
        is_one_sided=bool(kept.get("is_one_sided")),
    )


def _crux(kept: Kept) -> ComparedCrux:
    here_up, here_down, there_up, there_down = kept["sides"]
    return ComparedCrux(
        code=kept["code"],
        pairs=kept["pairs"],
        possible=kept["possible"],
        share=Fraction(kept["share"]),
        sides=(here_up, here_down, there_up, there_down),
    )


def _tags(kept: Kept) -> ComparedTags:
    emphasis, overlap = kept["emphasis"], kept["overlap"]
    return ComparedTags(
        why_not=kept["why_not"],
        emphasis=_emphasis(emphasis) if emphasis else None,
        overlap=_sources(overlap) if overlap else None,
        readings=tuple(_reading(each) for each in kept["readings"]),
    )


def _emphasis(kept: Kept) -> ComparedEmphasis:
    return ComparedEmphasis(
        gap=_exactly(kept["gap"]),
        shared=_exactly(kept["shared"]),
        values=tuple((value, Fraction(a), Fraction(b)) for value, a, b in kept["values"]),
        shared_values=tuple(kept["shared_values"]),
        distinctive=tuple(kept["distinctive"]),
        tagged=(kept["tagged"][0], kept["tagged"][1]),
        positions=(kept["positions"][0], kept["positions"][1]),
    )


def _sources(kept: Kept) -> ComparedSources:
    return ComparedSources(
        share=_exactly(kept["share"]),
        shared=tuple(kept["shared"]),
        only_a=tuple(kept["only_a"]),
        only_b=tuple(kept["only_b"]),
        retracted=tuple(kept["retracted"]),
        is_reading_other_things=kept["is_reading_other_things"],
    )


def _reading(kept: Kept) -> ComparedReading:
    return ComparedReading(
        item=kept["item"],
        claim=kept["claim"],
        conflict=Fraction(kept["conflict"]),
        a=Fraction(kept["a"]),
        b=Fraction(kept["b"]),
        is_conflict=kept["is_conflict"],
    )


def _exactly(kept: str | None) -> Fraction | None:
    return None if kept is None else Fraction(kept)
