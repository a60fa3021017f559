"""Which values each level puts first, and where levels pull apart, in words."""

from collections.abc import Mapping, Sequence

from discussion import paths
from discussion.analysis.levels import (
    FEWEST_HERE,
    FEWEST_VALUES,
    LevelsBeside,
    compare_levels,
    put_first,
)
from discussion.analysis.tags import Tagged
from discussion.language import _, _l
from discussion.vocabulary import Vocabulary
from discussion.weighing.findings.computing.given import GivenPosition
from discussion.weighing.findings.queries.inputs import OTHER_VALUE
from discussion.weighing.findings.sentences.groups import lowered
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.levels.queries.shapes import Across, First, LevelWords, Pair

SEED = 20_261_202
SHOWN_FIRST = 3
TOO_LITTLE = {
    "too_few": _l(
        "Cannot tell %(one)s from %(other)s: each level needs at least %(fewest)s positions that"
        " name their values."
    ),
    "few_values": _l(
        "Cannot tell %(one)s from %(other)s: between them they name fewer than %(values)s values."
    ),
}


def across_levels(
    series_slug: str,
    positions: Sequence[GivenPosition],
    labels: Mapping[str, str],
    vocabulary: Vocabulary,
    *,
    concludes: bool = True,
    threads: tuple[tuple[str, str], ...] = (),
) -> Across:
    """Of published positions; over several threads nothing is concluded, since people recur."""
    by_level = {
        level: [
            Tagged(each.served, each.outweighed if each.served else ())
            for each in positions
            if each.level == level
        ]
        for level in vocabulary.levels
    }
    there = {level: found for level, found in by_level.items() if found}
    words = _Words(series_slug, labels, vocabulary)
    pairs = tuple(
        words.pair(each, concludes=concludes)
        for each in compare_levels(there, SEED, concludes=concludes)
    )
    return Across(
        levels=tuple(
            LevelWords(
                level=each.level,
                positions=each.positions,
                tagged=each.tagged,
                first=tuple(
                    First(words.label(value), words.url(value), count)
                    for value, count in each.first[:SHOWN_FIRST]
                ),
            )
            for each in put_first(there)
        ),
        pairs=pairs,
        says=_says(pairs),
        threads=threads,
    )


class _Words:
    """What a series calls its levels and values."""

    def __init__(self, series: str, labels: Mapping[str, str], vocabulary: Vocabulary) -> None:
        self.series, self.labels = series, labels
        self.levels = vocabulary.level_labels

    def label(self, value: str) -> str:
        return self.labels.get(value, value)

    def url(self, value: str) -> str:
        return "" if value == OTHER_VALUE else paths.value(self.series, value)

    def pair(self, found: LevelsBeside, *, concludes: bool) -> Pair:
        most = found.most
        return Pair(
            one=found.one,
            other=found.other,
            said=found.said,
            says=self._says(found, concludes=concludes),
            shared=None if found.shared is None else float(found.shared),
            order=found.order,
            value=self.label(most.value) if most else "",
            value_url=self.url(most.value) if most else "",
            at_one=float(most.a) if most else None,
            at_other=float(most.b) if most else None,
        )

    def _says(self, found: LevelsBeside, *, concludes: bool) -> str:
        one, other = (str(self.levels[each]).lower() for each in (found.one, found.other))
        if found.said in TOO_LITTLE:
            return str(TOO_LITTLE[found.said]) % {
                "one": one,
                "other": other,
                "fewest": in_small_words(FEWEST_HERE),
                "values": in_small_words(FEWEST_VALUES),
            }
        if found.most is None or found.shared is None:
            return _(
                "Positions at %(one)s and %(other)s level put the same weight on values.",
                one=one,
                other=other,
            )
        given = {
            "one": one,
            "other": other,
            "value": lowered(self.label(found.most.value)),
            "a": _percent(float(found.most.a)),
            "b": _percent(float(found.most.b)),
            "shared": _percent(float(found.shared)),
        }
        if found.said == "apart":
            return _(
                "Positions at %(one)s and %(other)s level put weight on different values. They"
                " differ most over %(value)s: %(a)s of the weight at the one, %(b)s at the other."
                " They share %(shared)s.",
                **given,
            )
        if concludes:
            return _(
                "Positions at %(one)s and %(other)s level share %(shared)s of the weight, and"
                " differ most over %(value)s: %(a)s and %(b)s. With so few, that may be chance.",
                **given,
            )
        return _(
            "Positions at %(one)s and %(other)s level share %(shared)s of the weight, and differ"
            " most over %(value)s: %(a)s and %(b)s. We conclude nothing from it: the same people"
            " may have written about several questions.",
            **given,
        )


def _says(pairs: Sequence[Pair]) -> tuple[str, ...]:
    """What pulls apart; else the widest pair that can be told; else why nothing can be said."""
    if not pairs:
        return (_("All positions speak of one level, so there is nothing to compare yet."),)
    apart = [each for each in pairs if each.said == "apart"]
    told = [each for each in pairs if each.shared is not None]
    widest = sorted(apart or told, key=lambda each: each.shared or 0)
    return tuple(each.says for each in (widest if apart else widest[:1] or list(pairs[:1])))


def _percent(part: float) -> str:
    return f"{round(part * 100)}%"
