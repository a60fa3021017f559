"""One comparison that is to be told: which side holds what, with counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from discussion.analysis.tallies import Tally
from discussion.language import _, _l
from discussion.weighing.findings.computing.cells import tally_of
from discussion.weighing.findings.content.compared import Compared
from discussion.weighing.findings.content.counted import CountedStatement
from discussion.weighing.findings.content.diagnosed import Diagnosed
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.sentences.groups import Labels, counted_name_of
from discussion.weighing.findings.sentences.quoting import quoted


@dataclass(frozen=True)
class Told:
    """One comparison of a snapshot, and the words for its parts."""

    content: Content
    found: Compared
    diagnosis: Diagnosed
    labels: Labels

    @cached_property
    def statements(self) -> Mapping[str, CountedStatement]:
        """By code."""
        return {each.code: each for each in self.content.ratings.statements}

    def text(self, code: str) -> str:
        return quoted(self.statements[code].text)

    def kind(self, code: str) -> str:
        return self.statements[code].kind

    def codes(self, kinds: Sequence[str]) -> tuple[str, ...]:
        """Of all statements of these kinds that were diagnosed."""
        return tuple(code for code in self.diagnosis.statements if self.kind(code) in kinds)

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


def first_of(code: str, codes: Sequence[str]) -> tuple[str, ...]:
    """The statement that a clause names, and then the others that it rests on."""
    return (code, *(each for each in codes if each != code))
