"""How many of what was found each word of each facet leaves.

Each facet is counted with all the others applied and itself left out, so that a number says what
one gets by choosing it instead. A match counts under what its card shows, and nothing else.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from discussion.reach.search.queries.matching import Match
from discussion.reach.search.queries.meaning import Keys, Meanings

Chosen = Mapping[str, str]  # name of a facet → the word that is chosen
# What of a match a facet looks at, and under which words that counts.
Column = Callable[[Match], object]
Reads = Callable[[Meanings, Match], Keys]


def _one(word: str) -> Keys:
    return (word,) if word else ()


def _series(means: Meanings, one: Match) -> Keys:
    found = means.series.get(one.series_id or 0)
    return (found.slug,) if found else ()


def _month(_means: Meanings, one: Match) -> Keys:
    return _one(one.shown_on[:7])


OF_MATCH: Mapping[str, tuple[Column, Reads]] = {
    "kind": (lambda one: one.kind, lambda _means, one: (one.kind,)),
    "series": (lambda one: one.series_id, _series),
    "theme": (lambda one: one.thread_id, lambda means, one: means.themes_of(one.thread_id)),
    "stage": (lambda one: one.thread_id, lambda means, one: _one(means.stage(one.thread_id))),
    "level": (lambda one: one.level, lambda _means, one: _one(one.level)),
    "value": (lambda one: one.tags, lambda means, one: means.tagged(one.tags)[0]),
    "cost": (lambda one: one.tags, lambda means, one: means.tagged(one.tags)[1]),
    "evidence": (lambda one: one.items, lambda means, one: means.cited(one.items)[0]),
    "strength": (lambda one: one.items, lambda means, one: means.cited(one.items)[1]),
    "role": (lambda one: one.role, lambda _means, one: _one(one.role)),
    "phase": (lambda one: one.phase, lambda _means, one: _one(one.phase)),
    "month": (lambda one: one.shown_on[:7], _month),
    "answered": (lambda one: one.answered, lambda _means, one: _one(one.answered)),
}


def narrow(means: Meanings, matches: Iterable[Match], chosen: Chosen) -> list[Match]:
    """Those that meet every choice."""
    return [one for one in matches if not _unmet(means, one, chosen)]


def count_all(means: Meanings, matches: Sequence[Match], chosen: Chosen) -> dict[str, Counter[str]]:
    """Name of a facet → word → how many choosing it would leave."""
    others = {name: list[Match]() for name in chosen}  # that fail this one alone
    met = []
    for one in matches:
        unmet = _unmet(means, one, chosen)
        if not unmet:
            met.append(one)
        elif len(unmet) == 1:
            others[unmet[0]].append(one)
    return {name: _count(means, name, [*met, *others.get(name, ())]) for name in OF_MATCH}


def _unmet(means: Meanings, one: Match, chosen: Chosen) -> list[str]:
    return [name for name, word in chosen.items() if word not in OF_MATCH[name][1](means, one)]


def _count(means: Meanings, name: str, matches: Sequence[Match]) -> Counter[str]:
    """Alike ones are looked at once."""
    column, reads = OF_MATCH[name]
    alike: Counter[object] = Counter()
    first: dict[object, Match] = {}
    for one in matches:
        key = column(one)
        alike[key] += 1
        if key not in first:
            first[key] = one
    found: Counter[str] = Counter()
    for key, times in alike.items():
        for word in reads(means, first[key]):
            found[word] += times
    return found
