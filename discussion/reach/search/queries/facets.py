"""How many of what was found each word of each facet leaves.

Each facet is counted with all the others applied and itself left out, so that a number says what
one gets by choosing it instead. A match counts under what its card shows, and nothing else.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from discussion.reach.search.queries.matching import Match
from discussion.reach.search.queries.meaning import Keys, Meanings

Chosen = Mapping[str, str]  # name of a facet → the word that is chosen


class Reading(NamedTuple):
    """Of which field of a match a facet is, and under which words what stands there counts."""

    field: str
    reads: Callable[[Meanings, Any], Keys]


def _one(_means: Meanings, word: str) -> Keys:
    return (word,) if word else ()


def _series(means: Meanings, series_id: int | None) -> Keys:
    found = means.series.get(series_id or 0)
    return (found.slug,) if found else ()


OF_MATCH: Mapping[str, Reading] = {
    "kind": Reading("kind", _one),
    "series": Reading("series_id", _series),
    "theme": Reading("thread_id", lambda means, id: means.themes_of(id)),
    "stage": Reading("thread_id", lambda means, id: _one(means, means.stage(id))),
    "level": Reading("level", _one),
    "value": Reading("tags", lambda means, tags: means.tagged(tags)[0]),
    "cost": Reading("tags", lambda means, tags: means.tagged(tags)[1]),
    "evidence": Reading("items", lambda means, items: means.cited(items)[0]),
    "strength": Reading("items", lambda means, items: means.cited(items)[1]),
    "role": Reading("role", _one),
    "phase": Reading("phase", _one),
    "month": Reading("shown_on", lambda means, day: _one(means, day[:7])),
    "answered": Reading("answered", _one),
}


def words_of(means: Meanings, one: Match, name: str) -> Keys:
    """Under which words of a facet a match counts."""
    field, reads = OF_MATCH[name]
    return reads(means, getattr(one, field))


def narrow(means: Meanings, matches: Iterable[Match], chosen: Chosen) -> list[Match]:
    """Those that meet every choice."""
    return [one for one in matches if not _unmet(means, one, chosen)]


def count_all(means: Meanings, matches: Sequence[Match], chosen: Chosen) -> dict[str, Counter[str]]:
    """Name of a facet → word → how many choosing it would leave."""
    others = {name: list[Match]() for name in chosen}  # that fail this one alone
    met = list(matches)
    if chosen:
        met = []
        for one in matches:
            unmet = _unmet(means, one, chosen)
            if not unmet:
                met.append(one)
            elif len(unmet) == 1:
                others[unmet[0]].append(one)
    alike = _alike(met)
    return {
        name: _count(means, reading, alike[reading.field], others.get(name, ()))
        for name, reading in OF_MATCH.items()
    }


def _unmet(means: Meanings, one: Match, chosen: Chosen) -> list[str]:
    return [name for name, word in chosen.items() if word not in words_of(means, one, name)]


def count_one(means: Meanings, name: str, matches: Sequence[Match]) -> Counter[str]:
    """How many count under each word of one facet."""
    return _count(means, OF_MATCH[name], Counter(), matches)


def _alike(matches: Sequence[Match]) -> dict[str, Counter[Any]]:
    """Field → what stands in it → how often: column by column, which is quick."""
    columns = zip(*matches, strict=True) if matches else ((),) * len(Match._fields)
    wanted = {reading.field for reading in OF_MATCH.values()}
    found = zip(Match._fields, columns, strict=True)
    return {name: Counter(column) for name, column in found if name in wanted}


def _count(
    means: Meanings, reading: Reading, alike: Counter[Any], more: Iterable[Match]
) -> Counter[str]:
    """Alike ones are looked at once."""
    found: Counter[str] = Counter()
    for value, times in (alike + Counter(map(attrgetter(reading.field), more))).items():
        for word in reading.reads(means, value):
            found[word] += times
    return found
