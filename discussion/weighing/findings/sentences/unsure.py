"""What was found where two groups are neither apart nor alike: nothing, or something unsure."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from discussion.analysis.answers import exact
from discussion.language import _l
from discussion.weighing.findings.content.diagnosed import DiagnosedStatement
from discussion.weighing.rounds.fixed import Limits

Unsure = Literal["habit", "unknown", "strength", "small", ""]

ORDER: tuple[Unsure, ...] = ("habit", "unknown", "strength", "small", "")
LEADS: dict[Unsure, str] = {
    "habit": _l("%(over)s a difference was found that may be only a habit of agreeing"),
    "unknown": _l("%(over)s those who know differ, but many do not know"),
    "strength": _l("%(over)s only a difference in strength was found"),
    "small": _l("%(over)s only a small difference was found"),
    "": _l("%(over)s no difference was found"),
}
UP_TO: dict[Unsure, str] = {
    "habit": _l("%(codes)s: may be only a habit of agreeing, up to %(most)s is not ruled out."),
    "small": _l("%(codes)s: a small difference found, up to %(most)s is not ruled out."),
    "": _l("%(codes)s: no difference found, up to %(most)s is not ruled out."),
}
ANYTHING: dict[Unsure, str] = {
    "habit": _l("%(codes)s: may be only a habit of agreeing, none ruled out."),
    "small": _l("%(codes)s: a small difference found, none ruled out."),
    "": _l("%(codes)s: no difference found, none ruled out."),
}


def unsure_of(found: DiagnosedStatement, limits: Limits) -> Unsure:
    """What more than chance was found of a statement that is not apart; empty for nothing."""
    if found.gap is None or found.adjusted_p is None or found.adjusted_p > exact(limits.alpha):
        return ""
    if found.gap < exact(limits.gap):
        return "small"
    by_state: dict[str, Unsure] = {"unclear": "habit", "unknown": "unknown"}
    return by_state.get(found.state, "strength")


def first_unsure(found: Iterable[DiagnosedStatement], limits: Limits) -> Unsure:
    """Of several statements, what most forbids to say that nothing was found."""
    return min((unsure_of(each, limits) for each in found), key=ORDER.index, default="")


def is_stronger(found: DiagnosedStatement, limits: Limits) -> bool:
    """Whether both are on one side, one of them more strongly, and not merely in another shape."""
    if unsure_of(found, limits) != "strength" or found.gap is None:
        return False
    return abs(found.shift or Fraction(0)) >= Fraction(4, 5) * found.gap
