"""Blocks about what is common, what parts people, what might move them, and what nobody knows."""

from collections.abc import Sequence
from fractions import Fraction

from discussion.analysis.answered import THIRD
from discussion.analysis.answers import exact
from discussion.analysis.cruxes import FEWEST
from discussion.language import _, _l, _n
from discussion.weighing.findings.computing.cells import cell_of
from discussion.weighing.findings.computing.knowing import (
    NotKnowing,
    is_knowing_told,
    not_knowing,
)
from discussion.weighing.findings.content.compared import ComparedCrux
from discussion.weighing.findings.content.counted import Numbers
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.queries.presenters.rows import size_in
from discussion.weighing.findings.sentences.clauses import some_in_all, some_of
from discussion.weighing.findings.sentences.groups import capital
from discussion.weighing.findings.sentences.numbers import floating, in_small_words
from discussion.weighing.findings.sentences.quoting import all_of, listed, quoted
from discussion.weighing.findings.shapes.ground import (
    Crux,
    Reading,
    Shared,
    Unknown,
)
from discussion.weighing.findings.shapes.groups import Cell
from discussion.weighing.findings.shapes.rows import Row

MOST_SHARED = 5
NOTHING = Reading("", ())


def too_alike(basis: Basis) -> Reading | None:
    """What can be said where numbers would tell of a few beside an earlier round's."""
    if not basis.moved:
        return None
    return Reading(_("Too few new answers to say."), ())


def common_ground(basis: Basis, rows: Sequence[Row]) -> tuple[Reading, tuple[Shared, ...]]:
    """What the room and each of its groups agree with, or reject; the surest first."""
    if not basis.content.has_diagnosis:
        return _earlier_common_ground(basis, rows)
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
    parts = [_some(basis, cell, against=against) for cell in row.cells if cell.raters]
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
        and (each := _shared(basis, row))
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


def _earlier_common_ground(basis: Basis, rows: Sequence[Row]) -> tuple[Reading, tuple[Shared, ...]]:
    """By the rule before: what both groups agree with, or both disagree with."""
    if basis.found is None:
        return NOTHING, ()
    shared = [each for row in rows if not row.is_left_out and (each := _shared(basis, row))]
    shared.sort(key=lambda each: (-(each.measure or 0), each.code))
    agreed = [each for each in shared if each.consensus in ("agree", "disagree")]
    bar = bar_in_words(basis)
    if agreed:
        said = _(
            "Both groups agree: %(statements)s.",
            statements=listed([_stance(each) for each in agreed]),
        )
    else:
        alike = too_alike(basis)
        said = (
            alike.said
            if alike
            else _("There is nothing yet that %(bar)s of each group agree on.", bar=bar)
        )
    nearest = next(
        (each for each in shared if each.code in _means(rows) and not each.against), None
    )
    says = []
    if nearest is not None:
        says.append(
            _(
                "The nearest to a shared way forward is %(code)s, %(text)s: %(who)s.",
                code=nearest.code,
                text=quoted(nearest.text),
                who=nearest.says,
            )
        )
    return Reading(said, tuple(says)), tuple(shared[:MOST_SHARED])


def what_parts(basis: Basis, rows: Sequence[Row]) -> tuple[Reading, tuple[Row, ...]]:
    """The statements that are apart; the widest gap first."""
    if basis.found is None:
        return NOTHING, ()
    apart = sorted(
        (row for row in rows if row.state == "apart"), key=lambda row: (-(row.gap or 0), row.code)
    )
    if not apart:
        nothing = Reading(_("No statement clearly divides the two groups."), ())
        return too_alike(basis) or nothing, ()
    says = tuple(
        _(
            "%(code)s, %(text)s: %(who)s.",
            code=row.code,
            text=quoted(row.text),
            who=_who(basis, row),
        )
        for row in apart
    )
    said = _n(
        "One statement divides them.",
        "%(count)s statements divide them.",
        len(apart),
        count=capital(in_small_words(len(apart))),
    )
    return Reading(said, says), tuple(apart)


def cruxes(basis: Basis) -> tuple[Reading, tuple[Crux, ...]]:
    """Where people say that another view of a statement would change their position.

    A double crux has enough on both sides; marks on one side are told as such; too few marks say
    nothing; and that there is no crux is said only where enough were asked on every statement.
    """
    if basis.found is None:
        return NOTHING, ()
    if basis.found.diagnosis is None:
        return _earlier_cruxes(basis)
    states = {code: each.crux for code, each in basis.found.diagnosis.statements.items()}
    both = tuple(
        _crux(basis, each) for each in basis.found.cruxes if states.get(each.code) == "double_crux"
    )
    one = tuple(_on_one_side(basis, code) for code, s in states.items() if s == "one_side_only")
    if both or one:
        return Reading(_whom_it_might_move(both, one), tuple(c.says for c in both)), (*both, *one)
    if states and set(states.values()) <= {"no_crux"}:
        return too_alike(basis) or Reading(
            _("No statement is likely to move both sides."),
            (
                _(
                    "People were asked, and on no statement do five or more on one side say that"
                    " their position depends on it."
                ),
            ),
        ), ()
    return too_alike(basis) or NOTHING, ()


def _whom_it_might_move(both: Sequence[Crux], one: Sequence[Crux]) -> str:
    said = []
    if both:
        said.append(
            _n(
                "%(codes)s might move both sides.",
                "%(codes)s might move both sides.",
                len(both),
                codes=all_of([each.code for each in both]),
            )
        )
    if one:
        said.append(
            _n(
                "%(codes)s was marked on one side only.",
                "%(codes)s were marked on one side only.",
                len(one),
                codes=all_of([each.code for each in one]),
            )
        )
    return " ".join(said)


def _on_one_side(basis: Basis, code: str) -> Crux:
    cells = [cell_of(basis.counted, code, key) for key in basis.two]
    shown = [cell for cell in cells if isinstance(cell, Numbers)]
    up, down = sum(cell.up for cell in shown), sum(cell.down for cell in shown)
    says = (
        _(
            "%(num)s who agree with it say that another view of it would change their position."
            " Of those who disagree, fewer than %(fewest)s say so.",
            num=up,
            fewest=in_small_words(FEWEST),
        )
        if up >= down
        else _(
            "%(num)s who disagree with it say that another view of it would change their position."
            " Of those who agree, fewer than %(fewest)s say so.",
            num=down,
            fewest=in_small_words(FEWEST),
        )
    )
    return Crux(code, basis.texts[code], 0.0, 0, 0, says, is_on_one_side=True)


def _earlier_cruxes(basis: Basis) -> tuple[Reading, tuple[Crux, ...]]:
    """By the rule before: any pair of both sides, however few say so."""
    assert basis.found is not None
    found = tuple(_crux(basis, each) for each in basis.found.cruxes)
    if not found:
        return too_alike(basis) or Reading(
            _("No statement is likely to move both sides."),
            (
                _(
                    "On no statement do people on both sides say that their position depends"
                    " on it. More evidence alone will not settle this."
                ),
            ),
        ), ()
    said = _n(
        "One statement might move both sides.",
        "%(count)s statements might move both sides.",
        len(found),
        count=capital(in_small_words(len(found))),
    )
    return Reading(said, tuple(each.says for each in found)), found


def unknown(basis: Basis, rows: Sequence[Row]) -> tuple[Reading, tuple[Unknown, ...]]:
    """What at least a third of those who were asked say that they do not know."""
    found = [_unknown(basis, row, known) for row in rows if (known := _not_knowing(basis, row))]
    found.sort(key=lambda each: (-each.share, each.code))
    if not found and basis.content.has_diagnosis and not _is_told(basis, rows):
        return too_alike(basis) or NOTHING, ()
    if not found:
        nothing = Reading(_("There is nothing that many people say they do not know."), ())
        return too_alike(basis) or nothing, ()
    said = _(
        "Many people do not know: %(statements)s.",
        statements=listed([quoted(each.text) for each in found]),
    )
    return Reading(said, tuple(each.says for each in found)), tuple(found)


def _not_knowing(basis: Basis, row: Row) -> NotKnowing | None:
    """Who do not know, of whom; by the rule before, of everybody who rated anything."""
    if basis.content.has_diagnosis:
        return not_knowing(basis.counted, row.code, basis.two)
    found = NotKnowing(row.everybody.dont_know or 0, size_in(basis, basis.room) or 1)
    return found if found.share >= THIRD else None


def _is_told(basis: Basis, rows: Sequence[Row]) -> bool:
    return all(is_knowing_told(basis.counted, row.code, basis.two) for row in rows)


def _shared(basis: Basis, row: Row) -> Shared | None:
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
        says=_who(basis, row, against=against),
        measure=measure,
        bridge=floating(finding.bridge),
        consensus=finding.consensus,
        against=against,
    )


def _who(basis: Basis, row: Row, *, against: bool = False) -> str:
    """ "18 of 18 midwives and 16 of 16 nurses in towns agree"."""
    first, second = (_some(basis, cell, against=against) for cell in row.cells)
    if against:
        return _("%(first)s and %(second)s disagree", first=first, second=second)
    return _("%(first)s and %(second)s agree", first=first, second=second)


def _some(basis: Basis, cell: Cell, *, against: bool) -> str:
    some = cell.disagree if against else cell.agree
    if not basis.content.has_diagnosis:
        return _(
            "%(some)s of %(all)s %(group)s",
            some=some,
            all=cell.raters,
            group=basis.counted_name(cell.group),
        )
    return some_of(some or 0, cell.raters or 0, basis.counted_name(cell.group))


def _stance(each: Shared) -> str:
    if each.against:
        return _("not %(text)s", text=quoted(each.text))
    return quoted(each.text)


def _means(rows: Sequence[Row]) -> frozenset[str]:
    return frozenset(row.code for row in rows if row.kind == "means" and not row.is_left_out)


def _crux(basis: Basis, found: ComparedCrux) -> Crux:
    a, b = (basis.name(key) for key in basis.two)
    told = _(
        "On %(code)s, pair each of the %(a)s with each of the %(b)s. In %(pairs)s"
        " of %(possible)s pairs the two disagree, and both say that their position"
        " depends on it.",
        code=found.code,
        pairs=found.pairs,
        possible=found.possible,
        a=a,
        b=b,
    )
    a_up, a_down, b_up, b_down = found.sides
    a, b = (basis.counted_name(key) for key in basis.two)
    sides = [
        (one, other, x, y)
        for one, other, x, y in ((a_up, b_down, a, b), (b_up, a_down, b, a))
        if one and other
    ]
    if sides and all(min(one, other) >= basis.fewest for one, other, _x, _y in sides):
        who = _(" and ").join(
            _(
                "%(first)s %(a)s who agree with %(code)s and %(second)s %(b)s who disagree with it",
                first=one,
                second=other,
                a=x,
                b=y,
                code=found.code,
            )
            for one, other, x, y in sides
        )
        told = _(
            "%(who)s say that their position depends on it: %(pairs)s of %(possible)s pairs.",
            who=who,
            pairs=found.pairs,
            possible=found.possible,
        )
    return Crux(
        code=found.code,
        text=basis.texts[found.code],
        share=float(found.share),
        pairs=found.pairs,
        possible=found.possible,
        says=told,
    )


def _unknown(basis: Basis, row: Row, known: NotKnowing) -> Unknown:
    sources = basis.statements[row.code].sources
    cites = sum(basis.known.cited.get(id, 0) for id in sources) if sources else None
    said = (
        _(
            "%(some)s of %(all)s %(group)s said they do not know %(code)s",
            some=known.some,
            all=known.asked,
            group=basis.counted_name(known.group),
            code=row.code,
        )
        if known.group
        else _(
            "%(some)s of %(all)s said they do not know %(code)s",
            some=known.some,
            all=known.asked,
            code=row.code,
        )
    )
    if cites == 0:
        said = _("%(first)s, and no position it was drawn from cites evidence", first=said)
    return Unknown(
        code=row.code,
        text=row.text,
        dont_know=known.some,
        asked=known.asked,
        share=float(known.share),
        says=f"{said}.",
        cites=cites,
    )


def bar_of(basis: Basis) -> Fraction:
    """The share that is a consensus, as it was fixed with the round: above a half, at most 1."""
    return exact(basis.about.limits.consensus)


def bar_in_words(basis: Basis) -> str:
    """The same: "three in four", "80 %"."""
    share = bar_of(basis)
    if share == Fraction(3, 4):
        return _("three in four")
    return _("%(percent)s%%", percent=f"{float(share) * 100:g}")
