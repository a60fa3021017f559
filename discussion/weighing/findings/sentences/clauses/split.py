"""That each group is itself split, and which viewpoints run through both."""

from collections.abc import Iterator

from discussion.analysis.answers import KINDS
from discussion.language import _, _l, _n
from discussion.weighing.findings.sentences.clauses.told import Told, first_of
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.sentences.quoting import all_of
from discussion.weighing.findings.shapes.found import Clause


def _more_split(more: int) -> str:
    if not more:
        return ""
    return _n(
        "; people are split on %(count)s more statement",
        "; people are split on %(count)s more statements",
        more,
        count=in_small_words(more),
    )


def split(told: Told) -> Iterator[Clause]:
    """Only where it is the finding: no kind apart, and each group itself split."""
    if told.diagnosis.verdict != "split_within_groups":
        return
    split = [code for code, each in told.diagnosis.statements.items() if each.is_split_within]
    runs = all(told.diagnosis.statements[code].is_within for code in split)
    code = min(split, key=lambda code: (told.diagnosis.statements[code].gap or 0, code))
    lead = _("the split runs through both groups") if runs else _("each group is itself split")
    kinds = tuple(kind for kind in KINDS if any(told.kind(code) == kind for code in split))
    says = told.both_sides(code) + _more_split(len(split) - 1)
    yield Clause(kinds, "split", lead, says, first_of(code, split))


def viewpoints(told: Told) -> Iterator[Clause]:
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
