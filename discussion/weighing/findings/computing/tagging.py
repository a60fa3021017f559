"""What positions show without any rating: emphasis on values, what is read, how levels cohere.

A position is one of a group's only where its byline tells so. The group of somebody who wrote under
the Chatham House Rule, or under a label that is too coarse, is not known to the reader, and sums
over groups must not give it away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from discussion.analysis.coherence import coherence_index
from discussion.analysis.reading import (
    EvidenceOverlap,
    Link,
    ReadingConflict,
    evidence_overlap,
    reading_conflict,
)
from discussion.analysis.tags import EmphasisGap, Tagged, emphasis_gap
from discussion.weighing.findings.computing.given import GivenPosition, GivenTags
from discussion.weighing.findings.computing.groups import is_in, parts_of

MADE_BY_VALUES = "value"  # groups made by their first value differ in it by being made


@dataclass(frozen=True)
class ComparedTags:
    """What the positions of two groups show; all None where groups cannot be told by bylines."""

    why_not: str  # not_told, made_by_values (then only evidence is compared); empty
    emphasis: EmphasisGap | None
    overlap: EvidenceOverlap | None
    readings: tuple[ReadingConflict, ...]

    def as_told(self) -> dict[str, Any]:
        """As JSON can say it."""
        gap, overlap = self.emphasis, self.overlap
        return {
            "why_not": self.why_not,
            "emphasis": None
            if gap is None
            else {
                "gap": None if gap.gap is None else str(gap.gap),
                "shared": None if gap.shared is None else str(gap.shared),
                "values": [[each.value, str(each.a), str(each.b)] for each in gap.values],
                "shared_values": [each.value for each in gap.shared_values],
                "distinctive": [each.value for each in gap.distinctive],
                "tagged": list(gap.tagged),
                "positions": list(gap.positions),
                "shortfalls": list(gap.shortfalls),
            },
            "overlap": None
            if overlap is None
            else {
                "share": None if overlap.share is None else str(overlap.share),
                "shared": list(overlap.shared),
                "only_a": list(overlap.only_a),
                "only_b": list(overlap.only_b),
                "retracted": list(overlap.retracted),
                "is_reading_other_things": overlap.is_reading_other_things,
            },
            "readings": [
                {
                    "item": each.item,
                    "claim": each.claim,
                    "conflict": str(each.conflict),
                    "a": str(each.a),
                    "b": str(each.b),
                    "is_conflict": each.is_conflict,
                }
                for each in self.readings
            ],
        }


def compare_tags(
    tags: GivenTags, statements: Sequence[Mapping[str, Any]], a: str, b: str
) -> ComparedTags:
    """The positions of two declared groups beside each other."""
    if not parts_of(a) or not parts_of(b):
        return ComparedTags("not_told", None, None, ())
    first, second = ([each for each in tags.positions if is_in(each, key)] for key in (a, b))
    of_statement = {each["code"]: frozenset(each["sources"]) for each in statements}
    links = [_links(group, of_statement) for group in (first, second)]
    is_by_values = MADE_BY_VALUES in parts_of(a)
    return ComparedTags(
        why_not="made_by_values" if is_by_values else "",
        emphasis=None if is_by_values else emphasis_gap(_tagged(first), _tagged(second)),
        overlap=evidence_overlap(_cited(first), _cited(second), tags.retracted),
        readings=reading_conflict(links[0], links[1], tags.retracted),
    )


def find_levels(tags: GivenTags) -> list[dict[str, Any]]:
    """Coherence between levels: in the thread, and over it and the threads related to it."""
    scopes: list[tuple[str, Sequence[GivenPosition], Sequence[tuple[str, str]]]]
    scopes = [("thread", tags.positions, ())]
    if tags.related:
        together = tags.positions + tuple(p for each in tags.related for p in each.positions)
        threads = tuple((each.slug, each.question) for each in tags.related)
        scopes.append(("related", together, threads))
    return [
        {
            "scope": scope,
            "threads": [list(each) for each in threads],
            **_coherence(positions, tags.levels),
        }
        for scope, positions, threads in scopes
    ]


def _coherence(positions: Iterable[GivenPosition], levels: Iterable[str]) -> dict[str, Any]:
    by_level: dict[str, list[Tagged]] = {}
    given = tuple(positions)
    for level in levels:
        if found := _tagged(each for each in given if each.level == level):
            by_level[level] = found
    index = coherence_index(by_level)
    return {
        "index": None if index.index is None else str(index.index),
        "pairs": [
            {
                "first": one,
                "second": other,
                "coherence": None if found.emphasis.shared is None else str(found.emphasis.shared),
                "value": found.most_different.value if found.most_different else "",
                "a": str(found.most_different.a) if found.most_different else None,
                "b": str(found.most_different.b) if found.most_different else None,
                "tagged": list(found.emphasis.tagged),
            }
            for one, other, found in index.pairs
        ],
    }


def _tagged(positions: Iterable[GivenPosition]) -> list[Tagged]:
    return [Tagged(served=each.served, outweighed=each.outweighed) for each in positions]


def _cited(positions: Iterable[GivenPosition]) -> list[Link]:
    return [Link(item, stance, each.id) for each in positions for item, stance in each.links]


def _links(
    positions: Iterable[GivenPosition], of_statement: Mapping[str, frozenset[str]]
) -> list[Link]:
    """Links by claim: a claim that several make is a statement that was drawn from theirs."""
    return [
        Link(item, stance, code)
        for each in positions
        for code, sources in of_statement.items()
        if each.id in sources
        for item, stance in each.links
    ]
