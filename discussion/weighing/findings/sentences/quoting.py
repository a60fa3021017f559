"""Statements and lists inside a sentence, and how many answered."""

from collections.abc import Sequence

from discussion.language import _, _n
from discussion.series.series.words import MIN_GROUP
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.sentences.numbers import in_small_words

MOST_NAMED = 2


def quoted(text: str) -> str:
    return _("“%(text)s”", text=text.rstrip("."))


def listed(names: Sequence[str]) -> str:
    """ "a and b", "a, b and 2 more"."""
    if len(names) > MOST_NAMED:
        more = len(names) - MOST_NAMED
        return _n(
            "%(names)s and %(num)s more",
            "%(names)s and %(num)s more",
            more,
            names=", ".join(names[:MOST_NAMED]),
        )
    return all_of(names)


def all_of(names: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(names) < MOST_NAMED:
        return "".join(names)
    return _("%(first)s and %(second)s", first=", ".join(names[:-1]), second=names[-1])


def how_many_answered(answered: int) -> str:
    """A number only from five people on, as while the round was open."""
    if answered < MIN_GROUP:
        return _("Fewer than %(fewest)s answered.", fewest=in_small_words(MIN_GROUP))
    return _("%(num)s answered.", num=answered)


def rule_before(content: Content) -> str:
    """That a finding was made by an earlier rule, beside a sentence of it; empty by the present."""
    return "" if content.has_diagnosis else _("This finding was made by an earlier rule.")
