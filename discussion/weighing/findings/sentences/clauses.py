"""What is known of two groups, in clauses, the surest first.

Every clause says which side holds what, with counts. A clause never says more than the states of a
snapshot carry: see `docs/how-sure.md`.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from discussion.analysis.answers import KINDS, Kind
from discussion.analysis.tallies import Tally
from discussion.language import _, _l, _n
from discussion.weighing.findings.computing.cells import tally_of
from discussion.weighing.findings.computing.knowing import NotKnowing, not_knowing
from discussion.weighing.findings.content.compared import Compared
from discussion.weighing.findings.content.diagnosed import (
    Diagnosed,
    DiagnosedKind,
    DiagnosedStatement,
)
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.sentences.groups import Labels, counted_name_of, name_of
from discussion.weighing.findings.sentences.numbers import in_small_words, up
from discussion.weighing.findings.sentences.quoting import all_of, quoted
from discussion.weighing.findings.sentences.unsure import LEADS, ORDER, first_unsure, is_stronger
from discussion.weighing.findings.shapes.found import Clause
from discussion.weighing.findings.words import ALL_ON_ONE_SIDE, MOST_ON_ONE_SIDE

OVER: dict[str, str] = {
    "end": _l("over ends"),
    "fact": _l("on the facts"),
    "means": _l("on what to do"),
}
OVER_ONE: dict[str, str] = {
    "end": _l("they differ over an end"),
    "fact": _l("they differ over a fact"),
    "means": _l("they differ over what to do"),
}
OVER_MANY: dict[str, str] = {
    "end": _l("they differ over ends"),
    "fact": _l("they differ over facts"),
    "means": _l("they differ over what to do"),
}
MISSING: dict[str, str] = {
    "end": _l("no statement on what matters was rated"),
    "fact": _l("no statement of fact was rated"),
    "means": _l("no statement on what to do was rated"),
}


@dataclass(frozen=True)
class Told:
    """One comparison of a snapshot, and the words for its parts."""

    content: Content
    found: Compared
    diagnosis: Diagnosed
    labels: Labels

    def text(self, code: str) -> str:
        return quoted(next(s.text for s in self.content.ratings.statements if s.code == code))

    def name(self, key: str) -> str:
        return counted_name_of(key, self.labels)

    def tallies(self, code: str) -> tuple[Tally, Tally] | None:
        """Of the two groups; None where one is not shown."""
        counted = self.content.ratings
        a, b = (tally_of(counted, code, key) for key in (self.found.a, self.found.b))
        return None if a is None or b is None else (a, b)

    def who(self, code: str, side: int) -> str:
        """ "2 of 18 midwives and 15 of 16 nurses agree with “…”"."""
        two = self.tallies(code)
        if two is None:
            return self.text(code)
        keys = (self.found.a, self.found.b)
        said = [
            (each.agrees if side >= 0 else each.disagrees, each.seen, self.name(key))
            for each, key in zip(two, keys, strict=True)
        ]
        said.sort(key=lambda each: -Fraction(each[0], each[1]))  # who does so first
        first, second = (some_of(*each) for each in said)
        says = (
            _l("%(first)s and %(second)s agree with %(text)s")
            if side >= 0
            else _l("%(first)s and %(second)s disagree with %(text)s")
        )
        return str(says) % {"first": first, "second": second, "text": self.text(code)}

    def both_sides(self, code: str) -> str:
        """ "of 18 midwives 9 agree and 8 disagree, of 16 nurses 7 and 7, with “…”"."""
        two = self.tallies(code)
        if two is None:
            return self.text(code)
        a, b = two
        return _(
            "of %(all_a)s %(a)s %(up_a)s agree and %(down_a)s disagree with %(text)s,"
            " and of %(all_b)s %(b)s %(up_b)s agree and %(down_b)s disagree",
            all_a=a.seen,
            a=self.name(self.found.a),
            up_a=a.agrees or _("none"),
            down_a=a.disagrees or _("none"),
            all_b=b.seen,
            b=self.name(self.found.b),
            up_b=b.agrees or _("none"),
            down_b=b.disagrees or _("none"),
            text=self.text(code),
        )

    def parting(self, code: str) -> str:
        """Which side holds what: by who agrees, where that tells the two apart."""
        two = self.tallies(code)
        if two is None:
            return self.text(code)
        a, b = (Fraction(each.agrees, each.seen) for each in two)
        found = self.diagnosis.statements[code]
        is_by_spread = 2 * abs(found.shift or Fraction(0)) < (found.gap or Fraction(0))
        is_told = abs(a - b) >= Fraction(str(self.content.ratings.round.limits.gap))
        return self.who(code, 1) if is_told and not is_by_spread else self.both_sides(code)


def some_of(some: int, all_: int, who: str) -> str:
    """ "2 of 18 midwives", "all 18 midwives", "none of the 18 midwives"."""
    if some == all_:
        return _("all %(all)s %(who)s", all=all_, who=who)
    if not some:
        return _("none of the %(all)s %(who)s", all=all_, who=who)
    return _("%(some)s of %(all)s %(who)s", some=some, all=all_, who=who)


def some_in_all(some: int, all_: int) -> str:
    """ "27 of 30", "all 30"."""
    if some == all_:
        return _("all %(all)s", all=all_)
    return _("%(some)s of %(all)s", some=some, all=all_)


def clauses_of(told: Told) -> tuple[Clause, ...]:
    """Apart, split, viewpoints, agreed, alike, not to be told, not known."""
    return (
        *_apart(told),
        *_split(told),
        *_viewpoints(told),
        *_together(told, "agreed", _agreed),
        *_together(told, "alike", _alike),
        *_unclear(told),
        *_too_few(told),
        *_unknown(told),
    )


def _apart(told: Told) -> Iterator[Clause]:
    """One clause a kind, by its surest statement; the surest kind first, then ends before means."""
    kinds = [kind for kind in KINDS if told.diagnosis.kinds[kind].state == "apart"]
    surest = {kind: _surest(told, told.diagnosis.kinds[kind].of("apart")) for kind in kinds}
    order = {kind: place for place, kind in enumerate(KINDS)}
    kinds.sort(
        key=lambda kind: (_sureness(told.diagnosis.statements[surest[kind]])[0], order[kind])
    )
    for kind in kinds:
        codes = told.diagnosis.kinds[kind].of("apart")
        lead = str((OVER_MANY if len(codes) > 1 else OVER_ONE)[kind])
        says = told.parting(surest[kind]) + _more_apart(len(codes) - 1)
        yield Clause((kind,), "apart", lead, says, first_of(surest[kind], codes))


def first_of(code: str, codes: Sequence[str]) -> tuple[str, ...]:
    """The statement that a clause names, and then the others that it rests on."""
    return (code, *(each for each in codes if each != code))


def _more_apart(more: int) -> str:
    """That they differ on other statements too, which the table has."""
    if not more:
        return ""
    return _n(
        "; they differ on %(count)s more statement",
        "; they differ on %(count)s more statements",
        more,
        count=in_small_words(more),
    )


def _more_split(more: int) -> str:
    if not more:
        return ""
    return _n(
        "; people are split on %(count)s more statement",
        "; people are split on %(count)s more statements",
        more,
        count=in_small_words(more),
    )


def _surest(told: Told, codes: Sequence[str]) -> str:
    return min(codes, key=lambda code: (*_sureness(told.diagnosis.statements[code]), code))


def _sureness(found: DiagnosedStatement) -> tuple[Fraction, Fraction]:
    return found.adjusted_p or Fraction(0), -(found.gap or Fraction(0))


def _split(told: Told) -> Iterator[Clause]:
    """Only where it is the finding: no kind apart, and each group itself split."""
    if told.diagnosis.verdict != "split_within_groups":
        return
    split = [code for code, each in told.diagnosis.statements.items() if each.is_split_within]
    runs = all(told.diagnosis.statements[code].is_within for code in split)
    code = min(split, key=lambda code: (told.diagnosis.statements[code].gap or 0, code))
    lead = _("the split runs through both groups") if runs else _("each group is itself split")
    kinds = tuple(kind for kind in KINDS if any(_kind(told, code) == kind for code in split))
    says = told.both_sides(code) + _more_split(len(split) - 1)
    yield Clause(kinds, "split", lead, says, first_of(code, split))


def _viewpoints(told: Told) -> Iterator[Clause]:
    """Which shared ways of answering a split within groups is, where they can be made out."""
    counted = told.content.ratings.viewpoints
    if told.diagnosis.verdict != "split_within_groups" or counted is None or not counted.held:
        return
    lead = _("%(count)s viewpoints run through the room", count=in_small_words(len(counted.held)))
    sizes = all_of([str(each.size) for each in counted.held])
    within = [each.within.get(key) for each in counted.held for key in (told.found.a, told.found.b)]
    says = (
        _l("each held in both groups, by %(sizes)s of %(all)s people")
        if all(each is not None and each.size for each in within)
        else _l("held by %(sizes)s of %(all)s people")
    )
    said = str(says) % {"sizes": sizes, "all": told.content.ratings.raters}
    yield Clause((), "viewpoints", lead, said, counted.opposed)


def _kind(told: Told, code: str) -> str:
    return next(s.kind for s in told.content.ratings.statements if s.code == code)


Says = Callable[[Told, Sequence[Kind]], tuple[str, str]]


def _together(told: Told, state: str, says: Says) -> Iterator[Clause]:
    """One clause for all kinds of which the same is known."""
    kinds = [kind for kind in KINDS if told.diagnosis.kinds[kind].state == state]
    if kinds:
        lead, said = says(told, kinds)
        yield Clause(tuple(kinds), state, lead, said, _codes(told, kinds))


def _codes(told: Told, kinds: Sequence[Kind]) -> tuple[str, ...]:
    return tuple(code for code in told.diagnosis.statements if _kind(told, code) in kinds)


def _over(kinds: Sequence[str]) -> str:
    return all_of([str(OVER[kind]) for kind in kinds])


def _agreed(told: Told, kinds: Sequence[Kind]) -> tuple[str, str]:
    codes = [code for kind in kinds for code in told.diagnosis.kinds[kind].of("same_side")]
    lead = _("%(over)s they agree", over=_over(kinds))
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


def _alike(told: Told, kinds: Sequence[Kind]) -> tuple[str, str]:
    lead = _("%(over)s they answered alike", over=_over(kinds))
    most = max(told.diagnosis.kinds[kind].most or 0.0 for kind in kinds)
    says = _("a difference of more than %(most)s of the scale is ruled out", most=up(most))
    rows = told.diagnosis.statements
    codes = [code for code in _codes(told, kinds) if rows[code].difference]
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


def _unclear(told: Told) -> Iterator[Clause]:
    """Both halves: what was found, if anything, and how large a difference is ruled out."""
    by_kind, limits = told.diagnosis.kinds, told.content.ratings.round.limits
    kinds = [kind for kind in KINDS if by_kind[kind].state == "unclear"]
    rows = told.diagnosis.statements
    found = {kind: first_unsure([rows[c] for c in _codes(told, [kind])], limits) for kind in kinds}
    for word in ORDER:
        if own := [k for k in kinds if found[k] == word and not (word == "" and _is_open(told, k))]:
            lead = str(LEADS[word]) % {"over": _over(own)}
            yield Clause(tuple(own), "unclear", lead, _ruled_out(by_kind, own), _codes(told, own))


def _is_open(told: Told, kind: Kind) -> bool:
    """Whether a kind cannot be told only because people do not know: that is said by itself."""
    found = told.diagnosis.kinds[kind]
    return bool(found.of("unknown")) and not found.of("unclear")


def _ruled_out(by_kind: Mapping[str, DiagnosedKind], kinds: Sequence[Kind]) -> str:
    bounds = {kind: most for kind in kinds if (most := _most(by_kind[kind])) < 1.0}
    if not bounds:
        return _("and none is ruled out")
    if len(bounds) == len(kinds) and len({up(most) for most in bounds.values()}) == 1:
        most = max(bounds.values())
        return _("and one of more than %(most)s of the scale is ruled out", most=up(most))
    (kind, most), *rest = bounds.items()
    said = [
        _("%(most)s of the scale %(over)s", most=up(most), over=str(OVER[kind])),
        *(_("%(most)s %(over)s", most=up(most), over=str(OVER[kind])) for kind, most in rest),
    ]
    return _("and one of more than %(bounds)s is ruled out", bounds=all_of(said))


def _most(found: DiagnosedKind) -> float:
    return 1.0 if found.most is None else found.most


def _too_few(told: Told) -> Iterator[Clause]:
    """Too few who rated, too few statements, or none; what made the groups is no shortfall."""
    by_kind = told.diagnosis.kinds
    asked = [kind for kind in KINDS if by_kind[kind].is_asked]
    few = [kind for kind in asked if by_kind[kind].state == "insufficient"]
    single = [kind for kind in few if by_kind[kind].rated == len(_codes(told, [kind]))]
    unrated = [kind for kind in few if kind not in single and not _is_unknown(told, kind)]
    if unrated:
        says = _("not enough of both groups rated the same statements")
        yield Clause(tuple(unrated), "insufficient", _over(unrated), says, ())
    if single:
        says = _("one statement is too few to tell")
        yield Clause(tuple(single), "insufficient", _over(single), says, ())
    for kind in KINDS:
        if kind not in asked and not (kind == "means" and told.found.grouped_by):
            yield Clause((kind,), "missing", str(MISSING[kind]), "", ())


def _is_unknown(told: Told, kind: Kind) -> bool:
    """Whether facts are too little rated only because people do not know them."""
    two = (told.found.a, told.found.b)
    few = told.diagnosis.kinds[kind].of("insufficient")
    return kind == "fact" and all(not_knowing(told.content.ratings, code, two) for code in few)


def _unknown(told: Told) -> Iterator[Clause]:
    """What a third of the room, or of either group, do not know; of those asked."""
    two = (told.found.a, told.found.b)
    found = {
        code: known
        for code in told.diagnosis.statements
        if _kind(told, code) == "fact" and (known := not_knowing(told.content.ratings, code, two))
    }
    if not found:
        return
    code = max(found, key=lambda code: (found[code].share, code))
    known = found[code]
    lead = _n(
        "many do not know a fact",
        "many do not know %(count)s facts",
        len(found),
        count=in_small_words(len(found)),
    )
    says = _(
        "%(who)s do not know whether %(text)s", who=_of_asked(told, known), text=told.text(code)
    )
    first = _("for one, ") if len(found) > 1 else ""
    yield Clause(("fact",), "unknown", lead, first + says, first_of(code, [*found]))


def _of_asked(told: Told, known: NotKnowing) -> str:
    """ "14 of 30 who were asked"; of everybody, where it is not told how many were."""
    group = told.name(known.group) if known.group else ""
    if group:
        return _(
            "%(some)s of %(asked)s %(group)s who were asked",
            some=known.some,
            asked=known.asked,
            group=group,
        )
    if known.is_of_all:
        return _("%(some)s of all %(asked)s", some=known.some, asked=known.asked)
    return _("%(some)s of %(asked)s who were asked", some=known.some, asked=known.asked)
