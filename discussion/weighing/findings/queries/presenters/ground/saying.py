"""Words that the blocks share: how many agree, which share is a consensus."""

from fractions import Fraction

from discussion.analysis.answers import exact
from discussion.language import _
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.sentences.clauses.told import some_of
from discussion.weighing.findings.sentences.numbers import floating
from discussion.weighing.findings.shapes.ground import Reading, Shared
from discussion.weighing.findings.shapes.groups import Cell
from discussion.weighing.findings.shapes.rows import Row

MOST_SHARED = 5
NOTHING = Reading("", ())


def too_alike(basis: Basis) -> Reading | None:
    """What can be said where numbers would tell of a few beside an earlier round's."""
    if not basis.moved:
        return None
    return Reading(_("Too few new answers to say."), ())


def shared_of(basis: Basis, row: Row) -> Shared | None:
    """How far a statement is shared, as a block shows it; None where that is not shown."""
    finding = basis.found.statements.get(row.code) if basis.found else None
    if finding is None or finding.common is None:
        return None
    against = finding.consensus == "disagree"
    polis = basis.counted.polis.product.get(row.code) if basis.counted.polis else None
    measure = finding.against if against else finding.common
    if polis is not None:
        measure = polis.disagree if against else polis.agree
    return Shared(
        code=row.code,
        text=row.text,
        says=who_of(basis, row, against=against),
        measure=measure,
        bridge=floating(finding.bridge),
        consensus=finding.consensus,
        against=against,
    )


def who_of(basis: Basis, row: Row, *, against: bool = False) -> str:
    """ "18 of 18 midwives and 16 of 16 nurses in towns agree"."""
    first, second = (some_of_cell(basis, cell, against=against) for cell in row.cells)
    if against:
        return _("%(first)s and %(second)s disagree", first=first, second=second)
    return _("%(first)s and %(second)s agree", first=first, second=second)


def some_of_cell(basis: Basis, cell: Cell, *, against: bool) -> str:
    """ "16 of 18 midwives", in the words of the rule by which the snapshot was made."""
    some = cell.disagree if against else cell.agree
    if not basis.content.has_diagnosis:
        return _(
            "%(some)s of %(all)s %(group)s",
            some=some,
            all=cell.raters,
            group=basis.counted_name(cell.group),
        )
    return some_of(some or 0, cell.raters or 0, basis.counted_name(cell.group))


def bar_of(basis: Basis) -> Fraction:
    """The share that is a consensus, as it was fixed with the round: above a half, at most 1."""
    return exact(basis.about.limits.consensus)


def bar_in_words(basis: Basis) -> str:
    """The same: "three in four", "80 %"."""
    share = bar_of(basis)
    if share == Fraction(3, 4):
        return _("three in four")
    return _("%(percent)s%%", percent=f"{float(share) * 100:g}")
