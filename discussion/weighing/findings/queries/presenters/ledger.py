"""The ledger: one line a kind, with what is known, and what would settle it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from discussion.analysis.answers import KINDS, Kind, exact
from discussion.language import _, _l
from discussion.weighing.findings.computing.knowing import not_knowing
from discussion.weighing.findings.content.diagnosed import (
    Diagnosed,
    DiagnosedKind,
    DiagnosedSettling,
    DiagnosedStatement,
)
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.sentences.numbers import below, down, floating, in_small_words, up
from discussion.weighing.findings.sentences.quoting import all_of
from discussion.weighing.findings.sentences.unsure import ANYTHING, ORDER, UP_TO, unsure_of
from discussion.weighing.findings.shapes.ledger import LedgerLine, Sure
from discussion.weighing.findings.words import STATES
from discussion.weighing.statements.words import KINDS_OF_MANY

EVERYTHING = 1.0
BOTH = {1: _l("%(codes)s: both agree."), -1: _l("%(codes)s: both disagree.")}
MOST_SETTLED = 2  # statements of a kind whose numbers are told; the table has the rest


def ledger(basis: Basis) -> tuple[LedgerLine, ...]:
    """Ends, facts and means; () where no two groups are compared, and by the rule before."""
    diagnosis = basis.found.diagnosis if basis.found else None
    return tuple(_line(basis, diagnosis, kind) for kind in KINDS) if diagnosis else ()


def sure_of(basis: Basis, found: DiagnosedStatement | None) -> Sure:
    """One statement, as it is drawn."""
    if found is None:
        return Sure(None, None, None, float(_line_of(basis)), "", "")
    return Sure(
        gap=floating(found.gap),
        least=found.least or None,
        most=found.most,
        mark=float(_line_of(basis)),
        found=gap_words(basis, found.gap),
        says=_bounds(found),
    )


def gap_words(basis: Basis, gap: Fraction | None, nothing: str = "") -> str:
    """Two places, and never on the line that a gap is under."""
    return below(gap, _line_of(basis), nothing)


def is_not_known(basis: Basis, code: str) -> bool:
    """Whether a third of the room, or of either group, of those asked, do not know a fact."""
    is_fact = basis.statements[code].kind == "fact"
    return is_fact and not_knowing(basis.counted, code, basis.two) is not None


def _line_of(basis: Basis) -> Fraction:
    return exact(basis.about.limits.gap)


def _bounds(found: DiagnosedStatement) -> str:
    if found.gap is None:
        return ""
    most = EVERYTHING if found.most is None else found.most
    if most >= EVERYTHING:
        return _("anything") if not found.least else _("%(least)s or more", least=down(found.least))
    if found.least and down(found.least) == up(most):
        return up(most)
    if found.least:
        return _("%(least)s to %(most)s", least=down(found.least), most=up(most))
    return _("up to %(most)s", most=up(most))


def _line(basis: Basis, compared: Diagnosed, kind: Kind) -> LedgerLine:
    found = compared.kinds[kind]
    drawn = _drawn(compared, found)
    nobody_knows = found.state in ("insufficient", "unclear") and any(
        is_not_known(basis, code) for code in (*found.of("unknown"), *found.of("insufficient"))
    )
    state = "unknown" if nobody_knows and found.state == "insufficient" else found.state
    return LedgerLine(
        kind=kind,
        title=str(KINDS_OF_MANY[kind]),
        state=state if found.is_asked else "",
        state_words=str(STATES[state]) if found.is_asked else _not_asked(basis, kind),
        drawn=drawn,
        sure=sure_of(basis, compared.statements.get(drawn)),
        known=tuple(_known(basis, compared, found)),
        settle=tuple(_settle(basis, compared, found)),
    )


def _not_asked(basis: Basis, kind: Kind) -> str:
    """What made the groups was asked, and is left out."""
    made = basis.found.grouped_by if basis.found else None
    return _("Left out") if made and kind == "means" else _("Not asked")


def _drawn(compared: Diagnosed, found: DiagnosedKind) -> str:
    """Of what is apart the farthest; else what is least ruled out."""
    rows = compared.statements
    if found.of("apart"):
        return max(found.of("apart"), key=lambda code: (rows[code].gap or 0, code))
    rated = (*found.of("same_side"), *found.of("alike"), *found.of("unclear"), *found.of("unknown"))
    return max(rated, key=lambda code: (rows[code].most or 0, code), default="")


def _known(basis: Basis, compared: Diagnosed, found: DiagnosedKind) -> list[str]:
    """What is known of each statement, those of which the same is known together."""
    rows = compared.statements
    if not found.is_asked:
        made = basis.found.grouped_by if basis.found else None
        is_of_groups = made is not None and found is compared.kinds[basis.statements[made].kind]
        return [
            _("The only statement of this kind is the one that made the groups.")
            if is_of_groups
            else _("No statement of this kind was rated.")
        ]
    said = [
        _(
            "%(code)s %(gap)s apart, at least %(least)s.",
            code=code,
            gap=gap_words(basis, rows[code].gap),
            least=down(rows[code].least or 0.0),
        )
        if rows[code].least
        else _("%(code)s %(gap)s apart.", code=code, gap=gap_words(basis, rows[code].gap))
        for code in found.of("apart")
    ]
    for side, says in BOTH.items():
        if codes := [code for code in found.of("same_side") if rows[code].side == side]:
            said.append(str(says) % {"codes": _codes(codes)})
    if found.of("alike"):
        said.append(
            _(
                "%(codes)s: answered alike, more than %(most)s is ruled out.",
                codes=_codes(found.of("alike")),
                most=up(max(rows[code].most or 0.0 for code in found.of("alike"))),
            )
        )
    said += _unclear(basis, rows, found.of("unclear"))
    few = [code for code in found.of("insufficient") if not is_not_known(basis, code)]
    unknown = [
        *found.of("unknown"),
        *(code for code in found.of("insufficient") if code not in few),
    ]
    if unknown:
        said.append(_("%(codes)s: not known.", codes=_codes(unknown)))
    if few:
        said.append(_("%(codes)s: too few in a group.", codes=_codes(few)))
    return said


def _unclear(
    basis: Basis, rows: Mapping[str, DiagnosedStatement], codes: Sequence[str]
) -> list[str]:
    """What was found, if anything, and how much is not ruled out."""
    said = []
    for word in ORDER:
        own = [code for code in codes if unsure_of(rows[code], basis.about.limits) == word]
        if own:
            bounds = [rows[code].most for code in own]
            most = max(EVERYTHING if each is None else each for each in bounds)
            says = (UP_TO if most < EVERYTHING else ANYTHING)[word]
            said.append(str(says) % {"codes": _codes(own), "most": up(most)})
    return said


def _settle(basis: Basis, diagnosis: Diagnosed, found: DiagnosedKind) -> list[str]:
    """How many more answers of whom, or that no number would; nothing of groups too small to tell.

    How many a small group lacks would tell how many there are: only that it is too small.
    """
    rows = diagnosis.statements
    open_ = [code for codes in found.by_state.values() for code in codes]
    by_state: dict[str, list[str]] = {}
    for code in open_:
        by_state.setdefault(rows[code].settling.state, []).append(code)
    said = []
    if open_ and by_state.get("settled", []) == open_:
        return [_all_settled(found)]
    if more := by_state.get("more"):
        said += _more_by_number(basis, more, rows)
    if no_number := by_state.get("no_number"):
        unknown = [code for code in no_number if rows[code].state == "unknown"]
        close = [code for code in no_number if code not in unknown]
        if unknown:
            said.append(_nobody_knows(unknown))
        if close:
            said.append(_("More answers would not settle %(codes)s.", codes=_codes(close)))
    if unrated := by_state.get("unrated"):
        unknown = [code for code in unrated if is_not_known(basis, code)]
        few = [code for code in unrated if code not in unknown]
        if unknown:
            said.append(_nobody_knows(unknown))
        if few:
            said.append(
                _(
                    "On %(codes)s at least %(fewest)s of each group have to answer.",
                    codes=_codes(few),
                    fewest=in_small_words(basis.fewest),
                )
            )
    return said


def _nobody_knows(codes: list[str]) -> str:
    return _("More answers would not settle %(codes)s: somebody has to know.", codes=_codes(codes))


def _all_settled(found: DiagnosedKind) -> str:
    """Each statement is; the kind need not be, and then more answers would not help."""
    if found.state not in ("unclear", "insufficient"):
        return _("Settled: more answers would only say how far.")
    if found.rated == 1:
        return _("A second statement would be needed: more answers would not settle it.")
    return _("Each statement is settled, but not all in the same way.")


def _more_by_number(
    basis: Basis, codes: Sequence[str], rows: Mapping[str, DiagnosedStatement]
) -> list[str]:
    """Statements that as many answers would settle together, the fewest first."""
    by_number: dict[tuple[int, int], list[str]] = {}
    for code in codes:
        by_number.setdefault(rows[code].settling.more, []).append(code)
    told = sorted(by_number.values(), key=lambda each: sum(rows[each[0]].settling.more))
    return [_more(basis, _codes(each), rows[each[0]].settling) for each in told[:MOST_SETTLED]]


def _more(basis: Basis, code: str, found: DiagnosedSettling) -> str:
    """ "To settle F1: about 20 more midwives and 20 more nurses, if averages stay as they are."."""
    who = [
        _("%(num)s more %(who)s", num=number, who=basis.counted_name(key))
        for number, key in zip(found.more, basis.two, strict=True)
        if number
    ]
    return _(
        "To settle %(code)s: about %(who)s, if averages stay as they are.",
        code=code,
        who=all_of(who),
    )


def _codes(codes: tuple[str, ...] | list[str]) -> str:
    return all_of(list(codes))
