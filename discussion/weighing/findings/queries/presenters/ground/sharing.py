"""What the room and each of its groups agree on, and what divides them least."""

from collections.abc import Sequence
from fractions import Fraction

from discussion.language import _, _l, _n
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.queries.presenters.ground.earlier import earlier_common_ground
from discussion.weighing.findings.queries.presenters.ground.saying import (
    MOST_SHARED,
    NOTHING,
    bar_in_words,
    bar_of,
    shared_of,
    some_of_cell,
    too_alike,
)
from discussion.weighing.findings.sentences.clauses.told import some_in_all
from discussion.weighing.findings.sentences.groups import capital
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.sentences.quoting import all_of, listed, quoted
from discussion.weighing.findings.shapes.ground import Reading, Shared
from discussion.weighing.findings.shapes.groups import Cell
from discussion.weighing.findings.shapes.rows import Row


def common_ground(basis: Basis, rows: Sequence[Row]) -> tuple[Reading, tuple[Shared, ...]]:
    """What the room and each of its groups agree with, or reject; the surest first."""
    if not basis.content.has_diagnosis:
        return earlier_common_ground(basis, rows)
    shared = [each for row in rows if (each := _consensus(basis, row))]
    shared.sort(key=lambda each: (-(each.measure or 0), each.code))
    bar = bar_in_words(basis)
    if shared:
        said = " ".join(_in_common(basis, shared, against=side) for side in (False, True)).strip()
        return Reading(said, ()), tuple(shared)
    if not basis.two:
        return Reading(_("Nothing is known yet that %(bar)s of all agree on.", bar=bar), ()), ()
    nothing = Reading(_("Nothing is known yet that %(bar)s of each group agree on.", bar=bar), ())
    return too_alike(basis) or nothing, ()


def _in_common(basis: Basis, shared: Sequence[Shared], *, against: bool) -> str:
    texts = [quoted(each.text) for each in shared if each.against == against]
    if not texts:
        return ""
    says = {
        (False, True): _l("At least %(bar)s of each group agree with %(statements)s."),
        (True, True): _l("At least %(bar)s of each group disagree with %(statements)s."),
        (False, False): _l("At least %(bar)s agree with %(statements)s."),
        (True, False): _l("At least %(bar)s disagree with %(statements)s."),
    }[against, bool(basis.two)]
    return str(says) % {"bar": bar_in_words(basis), "statements": listed(texts)}


def _consensus(basis: Basis, row: Row) -> Shared | None:
    """A statement on which the room is of one mind, by its share."""
    said = (basis.content.room or {}).get(row.code)
    if said is None or said.state != "consensus" or not row.everybody.raters:
        return None
    against = said.side < 0
    if not all(_is_most(basis, cell, against=against) for cell in row.cells):
        return None  # the room is of one mind, and a group that is looked at here is not
    some = row.everybody.disagree if against else row.everybody.agree
    counted = capital(some_in_all(some or 0, row.everybody.raters))
    whole = _("%(some)s disagree", some=counted) if against else _("%(some)s agree", some=counted)
    parts = [some_of_cell(basis, cell, against=against) for cell in row.cells if cell.raters]
    return Shared(
        code=row.code,
        text=row.text,
        says=_("%(whole)s: %(parts)s", whole=whole, parts=all_of(parts)) if parts else whole,
        measure=(some or 0) / row.everybody.raters,
        bridge=None,
        consensus="disagree" if against else "agree",
        against=against,
    )


def _is_most(basis: Basis, cell: Cell, *, against: bool) -> bool:
    some = cell.disagree if against else cell.agree
    return bool(cell.raters) and Fraction(some or 0, cell.raters or 1) >= bar_of(basis)


def least_divisive(basis: Basis, rows: Sequence[Row]) -> tuple[Reading, tuple[Shared, ...]]:
    """What at least half of each group agree with, without being common ground; never shared."""
    if not basis.content.has_diagnosis or basis.found is None:
        return NOTHING, ()
    room = basis.content.room or {}
    found = [
        each
        for row in rows
        if not (row.code in room and room[row.code].state == "consensus")
        and all(2 * (cell.agree or 0) >= (cell.raters or 1) for cell in row.cells)
        and not row.is_left_out
        and (each := shared_of(basis, row))
    ]
    found.sort(key=lambda each: (-(each.bridge or 0), each.code))
    if not found:
        return NOTHING, ()
    said = _n(
        "At least half of each group agree with %(count)s statement. It is not common ground.",
        "At least half of each group agree with %(count)s statements. They are not common ground.",
        len(found),
        count=in_small_words(len(found)),
    )
    return Reading(said, ()), tuple(found[:MOST_SHARED])
