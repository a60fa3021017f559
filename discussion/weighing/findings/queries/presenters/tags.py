"""Blocks made from published positions: values, evidence, and how levels cohere."""

from collections.abc import Iterable
from fractions import Fraction

from discussion.language import _, _n
from discussion.weighing.findings.content.compared import (
    ComparedEmphasis,
    ComparedReading,
    ComparedSources,
    ComparedTags,
)
from discussion.weighing.findings.content.whole import CoherentLevels, CoherentPair
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.queries.presenters.ground.saying import NOTHING
from discussion.weighing.findings.sentences.earlier import values_apart
from discussion.weighing.findings.sentences.groups import capital, lowered
from discussion.weighing.findings.sentences.numbers import floating, in_small_words
from discussion.weighing.findings.sentences.quoting import listed, quoted
from discussion.weighing.findings.shapes.ground import Reading
from discussion.weighing.findings.shapes.groups import Link
from discussion.weighing.findings.shapes.tags import (
    Emphasis,
    LevelPair,
    Levels,
    ReadDifferently,
    Tags,
)

FEWEST_TAGGED = 3


def tags(basis: Basis) -> Tags:
    """What the two groups' positions show."""
    found = _tags_of(basis)
    emphasis = found.emphasis or ComparedEmphasis()
    overlap = found.overlap or ComparedSources()
    return Tags(
        is_compared=found.overlap is not None,
        gap=floating(emphasis.gap),
        shared=floating(emphasis.shared),
        emphases=tuple(_emphasis(basis, emphasis, *each) for each in emphasis.values)
        if emphasis.gap is not None
        else (),
        tagged=emphasis.tagged,
        positions=emphasis.positions,
        overlap=floating(overlap.share),
        shared_items=_links(basis, overlap.shared),
        only_a=len(overlap.only_a),
        only_b=len(overlap.only_b),
        is_reading_other_things=overlap.is_reading_other_things,
        retracted=_links(basis, overlap.retracted),
        says=tuple(_tags_say(found)),
    )


def not_reading(basis: Basis) -> Reading:
    """The flag "not reading the same things"; not itself a disagreement."""
    overlap = _tags_of(basis).overlap
    if not overlap or not overlap.is_reading_other_things:
        return NOTHING
    a, b = (basis.name(key) for key in basis.two)
    shared = len(overlap.shared)
    every = shared + len(overlap.only_a) + len(overlap.only_b)
    return Reading(
        _("The two groups are not reading the same things."),
        (
            _n(
                "Of %(all)s sources that positions of %(a)s and %(b)s cite, both cite %(num)s.",
                "Of %(all)s sources that positions of %(a)s and %(b)s cite, both cite %(num)s.",
                shared,
                all=every,
                a=a,
                b=b,
            ),
        ),
    )


def read_differently(basis: Basis) -> tuple[Reading, tuple[ReadDifferently, ...]]:
    """Sources that both cite on one claim, the one for it and the other against."""
    readings = _tags_of(basis).readings
    rows = tuple(
        _read(basis, each)
        for each in readings
        if each.is_conflict and each.item in basis.known.items
    )
    if not rows:
        return NOTHING, ()
    said = _n(
        "One source is read in two ways.",
        "%(count)s sources are read in two ways.",
        len(rows),
        count=capital(in_small_words(len(rows))),
    )
    return Reading(said, tuple(row.says for row in rows)), rows


def different_reasons(basis: Basis) -> Reading:
    """Agreement on what to do, with other values behind it."""
    if basis.found is None:
        return NOTHING
    dimensions = basis.found.dimensions
    if dimensions["means"].state != "alike" or dimensions["end"].state != "apart":
        return NOTHING
    values = values_apart(basis.found.tags, basis.labels)
    codes = dimensions["end"].apart
    over = values or listed([quoted(basis.texts[code]) for code in codes])
    return Reading(
        _("They would do the same thing for different reasons."),
        (
            _(
                "They differ over why: %(ends)s. Write down what both would do, and keep both"
                " reasons.",
                ends=over,
            ),
        )
        if over
        else (),
    )


def levels(basis: Basis) -> tuple[Levels, ...]:
    """Where the same question gets different values at different levels."""
    return tuple(_level(basis, each) for each in basis.content.levels if each.pairs)


def _level(basis: Basis, found: CoherentLevels) -> Levels:
    pairs = tuple(_pair(basis, each) for each in found.pairs)
    index = found.index
    told = [pair for pair in pairs if pair.value]
    widest = min(told, key=lambda pair: (pair.coherence or 0, pair.first), default=None)
    says = [widest.says] if widest else []
    if index is not None:
        says.insert(
            0,
            _(
                "Across levels, positions share %(share)s of the weight they give to values.",
                share=_percent(index),
            ),
        )
    if not says:
        says = [_("Not enough to say: two levels with at least three positions each are needed.")]
    return Levels(
        scope=found.scope,
        threads=tuple(
            basis.known.threads[slug]
            for slug, _question in found.threads
            if slug in basis.known.threads
        ),
        index=floating(index),
        pairs=pairs,
        says=tuple(says),
    )


def _pair(basis: Basis, found: CoherentPair) -> LevelPair:
    levels = basis.vocabulary.level_labels
    first, second = (str(levels.get(each, each)) for each in (found.first, found.second))
    value = basis.labels.value(found.value)
    a, b, coherence = found.a, found.b, found.coherence
    says = _(
        "Not enough to say about %(first)s and %(second)s: each level needs at least "
        "%(fewest)s positions that name their values.",
        first=first.lower(),
        second=second.lower(),
        fewest=in_small_words(FEWEST_TAGGED),
    )
    if coherence is not None:
        says = _(
            "Between %(first)s and %(second)s level, positions share %(share)s of the "
            "weight they give to values.",
            first=first.lower(),
            second=second.lower(),
            share=_percent(coherence),
        )
    if coherence is not None and value and a is not None and b is not None:
        says = _(
            "%(said_so)s They differ most over %(value)s: %(a)s at the one, %(b)s at the other.",
            said_so=says,
            value=lowered(value),
            a=_percent(a),
            b=_percent(b),
        )
    return LevelPair(
        first=first,
        second=second,
        coherence=floating(coherence),
        value=value,
        value_url=basis.known.values.get(found.value, ""),
        a=floating(a),
        b=floating(b),
        says=says,
    )


def _tags_of(basis: Basis) -> ComparedTags:
    return basis.found.tags if basis.found else ComparedTags()


def _emphasis(
    basis: Basis, found: ComparedEmphasis, value: str, a: Fraction, b: Fraction
) -> Emphasis:
    return Emphasis(
        value=value,
        label=basis.labels.value(value),
        url=basis.known.values.get(value, ""),
        a=float(a),
        b=float(b),
        is_shared=value in found.shared_values,
        is_distinctive=value in found.distinctive,
    )


def _tags_say(found: ComparedTags) -> list[str]:
    """In sentences: how much emphasis is shared, or why that cannot be said."""
    if found.why_not == "not_told":
        return [_("Positions are not compared: they do not show which group their authors are in.")]
    said = []
    if found.why_not == "made_by_values":
        said.append(_("Values are not compared, because the groups were made from them."))
    emphasis, overlap = found.emphasis, found.overlap
    if emphasis and emphasis.gap is not None:
        said.append(
            _(
                "%(gap)s of the weight on values would have to move for the two"
                " groups’ positions to match.",
                gap=_percent(emphasis.gap),
            )
        )
    elif emphasis:
        said.append(
            _(
                "Not enough to say what their positions give weight to. Each group"
                " needs three positions that show it; they have %(a)s and %(b)s.",
                a=emphasis.positions[0],
                b=emphasis.positions[1],
            )
        )
    if overlap and overlap.retracted:
        said.append(
            _n(
                "One source was left out, since it has been retracted.",
                "%(num)s sources were left out, since they have been retracted.",
                len(overlap.retracted),
            )
        )
    return said


def _read(basis: Basis, found: ComparedReading) -> ReadDifferently:
    item = basis.known.items[found.item]
    a, b = (basis.name(key) for key in basis.two)
    first, second = (_stands(mean) for mean in (found.a, found.b))
    return ReadDifferently(
        title=item.label,
        url=item.url,
        claim=found.claim,
        conflict=float(found.conflict),
        says=_(
            "On %(code)s, “%(title)s” is cited %(first)s by %(a)s and %(second)s by %(b)s.",
            code=found.claim,
            title=item.label,
            first=first,
            a=a,
            second=second,
            b=b,
        ),
    )


def _stands(mean: Fraction) -> str:
    if mean > 0:
        return _("in support")
    return _("against") if mean < 0 else _("as a qualification")


def _links(basis: Basis, ids: Iterable[str]) -> tuple[Link, ...]:
    return tuple(basis.known.items[id] for id in ids if id in basis.known.items)


def _percent(share: Fraction) -> str:
    return _("%(percent)s%%", percent=round(100 * share))
