"""What two groups differ over, by the surest statement of each kind."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from discussion.analysis.answers import KINDS
from discussion.language import _l, _n
from discussion.weighing.findings.content.diagnosed import DiagnosedStatement
from discussion.weighing.findings.sentences.clauses.told import Told, first_of
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.shapes.found import Clause

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


def apart(told: Told) -> Iterator[Clause]:
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


def _surest(told: Told, codes: Sequence[str]) -> str:
    return min(codes, key=lambda code: (*_sureness(told.diagnosis.statements[code]), code))


def _sureness(found: DiagnosedStatement) -> tuple[Fraction, Fraction]:
    return found.adjusted_p or Fraction(0), -(found.gap or Fraction(0))
