"""What positions show without any rating: emphasis on values, what is read, how levels cohere.

A position is one of a group's only where its byline tells so. The group of somebody who wrote under
the Chatham House Rule, or under a label that is too coarse, is not known to the reader, and sums
over groups must not give it away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from discussion.analysis.coherence import coherence_index
from discussion.analysis.ratings import DEFAULTS, Thresholds
from discussion.analysis.reading import (
    EvidenceOverlap,
    Link,
    ReadingConflict,
    evidence_overlap,
    reading_conflict,
)
from discussion.analysis.tag_chances import TagChance, emphasis_chance, reading_chance
from discussion.analysis.tags import EmphasisGap, Tagged, emphasis_gap
from discussion.weighing.findings.computing.given import GivenPosition, GivenTags
from discussion.weighing.findings.computing.groups import is_in, parts_of
from discussion.weighing.findings.content.compared import (
    ComparedEmphasis,
    ComparedReading,
    ComparedSources,
    ComparedTags,
)
from discussion.weighing.findings.content.counted import Counted
from discussion.weighing.findings.content.whole import CoherentLevels, CoherentPair

MADE_BY_VALUES = "value"  # groups made by their first value differ in it by being made


@dataclass(frozen=True)
class TagsBeside:
    """What the positions of two groups show; all None where groups cannot be told by bylines."""

    why_not: str  # not_told, made_by_values (then only evidence is compared); empty
    emphasis: EmphasisGap | None
    overlap: EvidenceOverlap | None
    readings: tuple[ReadingConflict, ...]
    emphasis_chance: TagChance | None = None
    reading_chances: tuple[TagChance, ...] = ()  # of each reading
    thresholds: Thresholds = DEFAULTS

    @property
    def content(self) -> ComparedTags:
        """As a snapshot tells it."""
        return ComparedTags(
            why_not=self.why_not,
            emphasis=self._emphasis(),
            overlap=_sources(self.overlap) if self.overlap else None,
            readings=tuple(
                ComparedReading(
                    item=each.item,
                    claim=each.claim,
                    conflict=each.conflict,
                    a=each.a,
                    b=each.b,
                    is_conflict=each.is_conflict,
                    p=chance.p.value if chance.p else None,
                    may_conclude=chance.may_conclude(self.thresholds),
                )
                for each, chance in zip(self.readings, self.reading_chances, strict=True)
            ),
        )

    def _emphasis(self) -> ComparedEmphasis | None:
        gap, chance = self.emphasis, self.emphasis_chance
        if gap is None or chance is None:
            return None
        return ComparedEmphasis(
            gap=gap.gap,
            shared=gap.shared,
            values=tuple((each.value, each.a, each.b) for each in gap.values),
            shared_values=tuple(each.value for each in gap.shared_values),
            distinctive=tuple(each.value for each in gap.distinctive),
            tagged=gap.tagged,
            positions=gap.positions,
            shortfalls=gap.shortfalls,
            p=chance.p.value if chance.p else None,
            may_conclude=chance.may_conclude(self.thresholds),
        )


def compare_tags(tags: GivenTags, counted: Counted, a: str, b: str) -> TagsBeside:
    """The positions of two declared groups beside each other, and how much of it chance does."""
    if not parts_of(a) or not parts_of(b):
        return TagsBeside("not_told", None, None, ())
    seed = counted.round.seed
    first, second = ([each for each in tags.positions if is_in(each, key)] for key in (a, b))
    of_statement = {each.code: frozenset(each.sources) for each in counted.statements}
    links = [{each.id: _links([each], of_statement) for each in group} for group in (first, second)]
    here, there = ([link for own in group.values() for link in own] for group in links)
    readings = reading_conflict(here, there, tags.retracted)
    is_by_values = MADE_BY_VALUES in parts_of(a)
    served = _tagged(first), _tagged(second)
    return TagsBeside(
        why_not="made_by_values" if is_by_values else "",
        emphasis=None if is_by_values else emphasis_gap(*served),
        overlap=evidence_overlap(_cited(first), _cited(second), tags.retracted),
        readings=readings,
        emphasis_chance=None if is_by_values else emphasis_chance(*served, seed),
        reading_chances=tuple(
            reading_chance(links[0], links[1], each.item, each.claim, seed) for each in readings
        ),
        thresholds=counted.round.limits.thresholds(counted.round.min_group),
    )


def find_levels(tags: GivenTags) -> tuple[CoherentLevels, ...]:
    """Coherence between levels: in the thread, and over it and the threads related to it."""
    alone = _coherence("thread", (), tags.positions, tags.levels)
    if not tags.related:
        return (alone,)
    together = tags.positions + tuple(p for each in tags.related for p in each.positions)
    threads = tuple((each.slug, each.question) for each in tags.related)
    return alone, _coherence("related", threads, together, tags.levels)


def _coherence(
    scope: str,
    threads: tuple[tuple[str, str], ...],
    positions: Sequence[GivenPosition],
    levels: Iterable[str],
) -> CoherentLevels:
    by_level: dict[str, list[Tagged]] = {}
    for level in levels:
        if found := _tagged(each for each in positions if each.level == level):
            by_level[level] = found
    index = coherence_index(by_level)
    return CoherentLevels(
        scope=scope,
        threads=threads,
        index=index.index,
        pairs=tuple(
            CoherentPair(
                first=one,
                second=other,
                coherence=found.emphasis.shared,
                value=found.most_different.value if found.most_different else "",
                a=found.most_different.a if found.most_different else None,
                b=found.most_different.b if found.most_different else None,
                tagged=found.emphasis.tagged,
            )
            for one, other, found in index.pairs
        ),
    )


def _sources(overlap: EvidenceOverlap) -> ComparedSources:
    return ComparedSources(
        share=overlap.share,
        shared=overlap.shared,
        only_a=overlap.only_a,
        only_b=overlap.only_b,
        retracted=overlap.retracted,
        is_reading_other_things=overlap.is_reading_other_things,
    )


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
