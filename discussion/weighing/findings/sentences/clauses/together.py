"""What two groups agree on, or answered alike."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from discussion.analysis.answers import KINDS, Kind
from discussion.language import _, _n
from discussion.weighing.findings.sentences.clauses.kinds import over
from discussion.weighing.findings.sentences.clauses.told import Told, some_of
from discussion.weighing.findings.sentences.groups import name_of
from discussion.weighing.findings.sentences.numbers import in_small_words, up
from discussion.weighing.findings.sentences.unsure import is_stronger
from discussion.weighing.findings.shapes.found import Clause
from discussion.weighing.findings.words import ALL_ON_ONE_SIDE, MOST_ON_ONE_SIDE

Says = Callable[[Told, Sequence[Kind]], tuple[str, str]]


def together(told: Told, state: str, says: Says) -> Iterator[Clause]:
    """One clause for all kinds of which the same is known."""
    kinds = [kind for kind in KINDS if told.diagnosis.kinds[kind].state == state]
    if kinds:
        lead, said = says(told, kinds)
        yield Clause(tuple(kinds), state, lead, said, told.codes(kinds))


def agreed(told: Told, kinds: Sequence[Kind]) -> tuple[str, str]:
    """Lead and words of kinds on which both groups are on one side of every statement."""
    codes = [code for kind in kinds for code in told.diagnosis.kinds[kind].of("same_side")]
    lead = _("%(over)s they agree", over=over(kinds))
    if len(codes) == 1:
        says = told.who(codes[0], told.diagnosis.statements[codes[0]].side)
    else:
        says = _all_or_at_least(told, codes)
    return lead, says + _more_strongly(told, codes)


def _all_or_at_least(told: Told, codes: Sequence[str]) -> str:
    """Of several statements: how many of each group are on the side that the group is on."""
    (first, all_first), (second, all_second) = (_least(told, codes, place) for place in (0, 1))
    count = in_small_words(len(codes))
    sides = {told.diagnosis.statements[code].side for code in codes}
    way = sides.pop() if len(sides) == 1 else 0  # they agree with some, and disagree with others
    if all_first and all_second:
        every = _("both") if len(codes) == len(("a", "b")) else _("all %(count)s", count=count)
        return str(ALL_ON_ONE_SIDE[way]) % {"every": every, "first": first, "second": second}
    return str(MOST_ON_ONE_SIDE[way]) % {"count": count, "first": first, "second": second}


def _least(told: Told, codes: Sequence[str], place: int) -> tuple[str, bool]:
    """One group on the statement where the smallest part of it is on that side; whether all are."""
    key = (told.found.a, told.found.b)[place]
    found = []
    for code in codes:
        two = told.tallies(code)
        if two is not None:
            each = two[place]
            some = each.agrees if told.diagnosis.statements[code].side > 0 else each.disagrees
            found.append((Fraction(some, each.seen), some, each.seen))
    if not found:
        return told.name(key), False
    _share, some, all_ = min(found)
    return some_of(some, all_, told.name(key)), some == all_


def _more_strongly(told: Told, codes: Sequence[str]) -> str:
    """ ", the nurses more strongly" where the two are apart in strength alone."""
    limits = told.content.ratings.round.limits
    strongly = []
    for code in codes:
        each = told.diagnosis.statements[code]
        if each.shift and is_stronger(each, limits):
            key = told.found.b if each.shift * each.side > 0 else told.found.a
            strongly.append(name_of(key, told.labels))
    if not strongly:
        return ""
    name, many = Counter(strongly).most_common(1)[0]
    if many == len(codes):
        return _(", the %(group)s more strongly", group=name)
    count = in_small_words(many)
    return _(", the %(group)s more strongly on %(count)s of them", group=name, count=count)


def alike(told: Told, kinds: Sequence[Kind]) -> tuple[str, str]:
    """Lead and words of kinds of which every difference from the bound on is ruled out."""
    lead = _("%(over)s they answered alike", over=over(kinds))
    most = max(told.diagnosis.kinds[kind].most or 0.0 for kind in kinds)
    says = _("a difference of more than %(most)s of the scale is ruled out", most=up(most))
    rows = told.diagnosis.statements
    codes = [code for code in told.codes(kinds) if rows[code].difference]
    divided = [code for code in codes if rows[code].is_split_within]
    if divided == codes:
        says += _(", though each group is itself divided")
    elif divided:
        says += _n(
            ", though each group is itself divided on %(count)s statement",
            ", though each group is itself divided on %(count)s statements",
            len(divided),
            count=in_small_words(len(divided)),
        )
    return lead, says
