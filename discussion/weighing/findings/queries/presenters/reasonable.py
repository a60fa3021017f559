"""Blocks about what is found reasonable, and what changed since the round before."""

from collections.abc import Sequence
from fractions import Fraction

from discussion.language import _, _n
from discussion.weighing.findings.content.counted import CountedLegitimacy, Unsaid
from discussion.weighing.findings.content.whole import ChangedStatement, HiddenChange
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.queries.presenters.ground.saying import (
    bar_in_words,
    bar_of,
    too_alike,
)
from discussion.weighing.findings.queries.presenters.moving import kind_moves, says_of_whom
from discussion.weighing.findings.shapes.reasonable import Change, Legitimacy, Meta, Moved
from discussion.weighing.rounds.words import STOP_RULES

CLOSE = Fraction(1, 20)


def meta(basis: Basis) -> Meta:
    """Not mine, but reasonable; those who do not hold a statement were asked, and they alone."""
    bar = bar_of(basis)
    rows = [
        _legitimacy(basis, code, found, bar)
        for code, found in basis.counted.legitimacy.items()
        if found.answered
    ]
    rows.sort(key=lambda row: (-(row.share or 0), row.code))
    disputed = [row for row in rows if row.is_disputed]
    says = tuple(_respected(basis, disputed))
    return Meta(
        normative=_of_kind(disputed, "end"),
        epistemic=_of_kind(disputed, "fact"),
        preference_range=_of_kind(disputed, "means"),
        rows=tuple(rows),
        says=says,
    )


def change(basis: Basis) -> Change | None:
    """What moved since the round before, all raters of each together."""
    found = basis.content.change
    if found is None:
        return None
    rows = tuple(
        Moved(
            code=each.code,
            text=basis.texts[each.code],
            before=float(each.before),
            after=float(each.after),
            has_settled=each.has_settled,
            says=_moved(each),
        )
        for each in found.rows
    )
    settled = sum(row.has_settled for row in rows)
    rule = basis.about.stop_rule.kind
    says = (
        [
            _n(
                "On %(settled)s of %(num)s statement, answers have stopped changing since round "
                "%(before)s.",
                "On %(settled)s of %(num)s statements, answers have stopped changing since "
                "round %(before)s.",
                len(rows),
                settled=settled,
                before=found.before,
            )
        ]
        if rows
        else []
    )
    says += _hidden(found.hidden or ())
    if found.is_stable:
        says.append(_("That is at least four in five, so answers are stable now."))
    says += says_of_whom(found)
    if rule == "stable" and (rules := _rules(basis.about.again, found.is_stable)):
        says.append(rules)
    return Change(
        before=found.before,
        is_stable=found.is_stable,
        stop_rule=str(STOP_RULES.get(rule, "")),
        rows=rows,
        says=tuple(says),
        kinds=kind_moves(basis, found),
    )


def _hidden(found: Sequence[HiddenChange]) -> list[str]:
    """Statements whose numbers would tell of a few beside an earlier round's, in words."""
    if not found:
        return []
    said = [
        _(
            "Too few new answers for separate results: %(codes)s.",
            codes=", ".join(each.code for each in found),
        )
    ]
    for moved, words in (
        ("most", _("Of those who answered in both rounds, most moved on %(codes)s.")),
        ("some", _("Of those who answered in both rounds, at most some moved on %(codes)s.")),
    ):
        if codes := [each.code for each in found if each.moved == moved]:
            said.append(words % {"codes": ", ".join(codes)})
    return said


def _rules(again: bool | Unsaid | None, is_stable: bool) -> str:
    """What was decided when the round closed; nothing where it closed with the thread's stage."""
    if again:
        return _("The rule set before the round says that another round follows.")
    if is_stable:
        return _("The rule set before the round says that no further round is needed.")
    if again is not False:
        return ""
    return _("The rule set before the round says that this was the last round.")


def _legitimacy(basis: Basis, code: str, found: CountedLegitimacy, bar: Fraction) -> Legitimacy:
    share = found.share
    return Legitimacy(
        code=code,
        kind=basis.statements[code].kind,
        text=basis.texts[code],
        holders=found.holders,
        non_holders=found.non_holders,
        answered=found.answered,
        yes=found.yes,
        share=None if share is None else float(share),
        bar=float(bar),
        is_disputed=found.is_disputed,
        is_respected=share is not None and share >= bar,
        says=_(
            "%(yes)s of %(all)s who do not share it find it reasonable",
            yes=found.yes,
            all=found.answered,
        ),
        against_bar="" if share is None else _against(share, bar),
    )


def _against(share: Fraction, bar: Fraction) -> str:
    """Where a share lies beside the mark that was set before the round."""
    mark = round(bar * 100)
    if share >= bar:
        return _("at or above the %(mark)s%% mark", mark=mark)
    if bar - share <= CLOSE:
        return _("just below the %(mark)s%% mark", mark=mark)
    return _("below the %(mark)s%% mark", mark=mark)


def _of_kind(rows: Sequence[Legitimacy], kind: str) -> float | None:
    own = [row for row in rows if row.kind == kind]
    return sum(row.is_respected for row in own) / len(own) if own else None


def _respected(basis: Basis, disputed: Sequence[Legitimacy]) -> list[str]:
    if not disputed and (alike := too_alike(basis)):
        return [alike.said]
    if not disputed:
        return [_("Nothing is disputed by enough people on both sides for this question.")]
    respected = [row.code for row in disputed if row.is_respected]
    not_yet = [row.code for row in disputed if not row.is_respected]
    bar = bar_in_words(basis)
    said = []
    if respected:
        said.append(
            _(
                "At least %(bar)s of those who do not share %(codes)s find it reasonable.",
                bar=bar,
                codes=", ".join(respected),
            )
        )
    if not_yet:
        said.append(_("Fewer people say this of %(codes)s so far.", codes=", ".join(not_yet)))
    return said


def _moved(found: ChangedStatement) -> str:
    if found.before == found.after:
        return _("The middle answer stays at %(after)s.", after=_point(found.after))
    return _(
        "The middle answer moved from %(before)s to %(after)s.",
        before=_point(found.before),
        after=_point(found.after),
    )


def _point(said: Fraction) -> str:
    return f"{float(said):g}"
