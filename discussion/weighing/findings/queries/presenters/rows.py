"""The table: statements by kind, and what is known of each kind."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from discussion.analysis.answers import KINDS
from discussion.language import _, _n
from discussion.weighing.findings.computing.cells import size_of
from discussion.weighing.findings.content.compared import ComparedDimension, ComparedStatement
from discussion.weighing.findings.content.counted import CountedStatement
from discussion.weighing.findings.content.diagnosed import DiagnosedKind
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.queries.presenters.ledger import (
    gap_words,
    is_not_known,
    sure_of,
)
from discussion.weighing.findings.sentences.groups import capital
from discussion.weighing.findings.sentences.numbers import (
    chance,
    earlier_chance,
    floating,
    in_small_words,
)
from discussion.weighing.findings.shapes.groups import Cell
from discussion.weighing.findings.shapes.rows import Dimension, KindRows, Row
from discussion.weighing.findings.words import EARLIER_STATES, MOVED, STATES
from discussion.weighing.statements.words import KIND_SAYS, KINDS_OF_MANY

NOTHING = "insufficient"
NOT_COMPARED = ComparedStatement()


def kind_rows(rows: Sequence[Row]) -> tuple[KindRows, ...]:
    """Ends, facts and means, and what nobody has sorted yet; each in the round's order."""
    return tuple(
        KindRows(
            kind=kind,
            title=str(KINDS_OF_MANY[kind]) if kind else _("Statements"),
            says=str(KIND_SAYS[kind]) if kind else "",
            rows=tuple(row for row in rows if row.kind == kind),
        )
        for kind in (*KINDS, "")
        if any(row.kind == kind for row in rows)
    )


def all_rows(basis: Basis) -> tuple[Row, ...]:
    """Every statement, in the round's order."""
    return tuple(row_of(basis, each) for each in basis.statements.values())


def dimensions(basis: Basis) -> tuple[Dimension, ...]:
    """Ends, facts and means; () where no two groups are compared."""
    if basis.found is None:
        return ()
    return tuple(_dimension(basis, kind, basis.found.dimensions[kind]) for kind in KINDS)


def row_of(basis: Basis, statement: CountedStatement) -> Row:
    """One of them."""
    code = statement.code
    finding = basis.found.statements.get(code, NOT_COMPARED) if basis.found else NOT_COMPARED
    diagnosis = basis.found.diagnosis if basis.found else None
    gap, p, adjusted, state = finding.gap, finding.p, finding.adjusted_p, finding.state
    if state == NOTHING and basis.content.has_diagnosis and basis.two and is_not_known(basis, code):
        state = "unknown"
    cells = tuple(basis.cell(code, key) for key in basis.two)
    everybody = basis.cell(code, basis.room)
    is_left_out = basis.found is not None and basis.found.grouped_by == code
    return Row(
        code=code,
        kind=statement.kind,
        text=statement.text,
        sources=tuple(
            basis.known.positions[id] for id in statement.sources if id in basis.known.positions
        ),
        cells=cells,
        everybody=everybody,
        chosen=basis.cell(code, basis.lens) if basis.lens else None,
        dont_know="" if everybody.dont_know is None else str(everybody.dont_know),
        gap=floating(gap),
        gap_words=gap_words(basis, gap, _("none")),
        p=floating(p),
        p_words=_chance_of(basis)(p),
        p_kind=finding.p_kind,
        adjusted_p=floating(adjusted),
        adjusted_p_words=_chance_of(basis)(adjusted),
        state=state,
        state_words=_("Left out") if is_left_out else _state_words(basis, code, state),
        is_one_sided=bool(finding.is_one_sided),
        is_left_out=is_left_out,
        opens=_opens(basis, code, finding, cells, is_left_out=is_left_out),
        sure=sure_of(basis, diagnosis.statements.get(code)) if diagnosis else None,
    )


def states_of(basis: Basis) -> dict[str, str]:
    """The words of the rule by which the snapshot was made."""
    return STATES if basis.content.has_diagnosis else EARLIER_STATES


def _state_words(basis: Basis, code: str, state: str) -> str:
    """What cannot be told apart from an earlier round has no state, and a word for its change."""
    if state != NOTHING or code not in basis.moved:
        against = state == "same_side" and _side(basis, code) < 0
        return str(states_of(basis)["both_against" if against else state])
    if moved := str(MOVED[basis.moved[code]]):
        return _("Too few new answers; %(moved)s", moved=moved)
    return _("Too few new answers")


def _side(basis: Basis, code: str) -> int:
    """On which both are: 1 to agree, −1 to disagree; 0 where they are on none."""
    diagnosis = basis.found.diagnosis if basis.found else None
    return diagnosis.statements[code].side if diagnosis else 0


def _opens(
    basis: Basis,
    code: str,
    finding: ComparedStatement,
    cells: tuple[Cell, ...],
    *,
    is_left_out: bool,
) -> tuple[str, ...]:
    """How the numbers of a row were got."""
    said = [_counted(basis, cell) for cell in cells]
    if is_left_out:
        said.append(
            _(
                "The groups were made from %(code)s, so it does not count among what divides them.",
                code=code,
            )
        )
    if finding.gap is not None:
        said.append(
            _(
                "The gap is %(gap)s: answers would have to move that share of the"
                " scale for the two groups to match.",
                gap=gap_words(basis, finding.gap),
            )
        )
        said.append(_relabelled(basis, finding))
        said.append(_tested(basis, finding))
    return tuple(said)


def _counted(basis: Basis, cell: Cell) -> str:
    title = capital(basis.name(cell.group))
    if cell.raters is None:
        return _("%(group)s: %(why)s.", group=title, why=cell.words)
    return _(
        "%(group)s: %(agree)s agree, %(disagree)s disagree, %(middle)s are in the middle; "
        "%(dont_know)s do not know. They are %(mind)s (%(a)s on a scale from −1 to 1).",
        group=title,
        agree=cell.agree,
        disagree=cell.disagree,
        middle=cell.middle,
        dont_know=cell.dont_know,
        mind=cell.agreement_words,
        a=f"{cell.agreement:.2f}",
    )


def _chance_of(basis: Basis) -> Callable[[Fraction | None], str]:
    """As the rule rounds it by which the snapshot was made."""
    return chance if basis.content.has_diagnosis else earlier_chance


def _relabelled(basis: Basis, finding: ComparedStatement) -> str:
    if finding.p_kind == "exact":
        return _(
            "There are %(all)s ways to deal the same answers out to groups of these"
            " sizes. %(some)s of them give at least this gap: a chance of %(p)s.",
            all=f"{finding.relabellings:,}",
            some=f"{finding.at_least:,}",
            p=_chance_of(basis)(finding.p),
        )
    return _(
        "We dealt the same answers out at random to groups of these sizes %(all)s"
        " times. %(some)s times the gap was at least this large: a chance of about"
        " %(p)s.",
        all=f"{finding.relabellings:,}",
        some=f"{finding.at_least:,}",
        p=_chance_of(basis)(finding.p),
    )


def _tested(basis: Basis, finding: ComparedStatement) -> str:
    tested = basis.found.tested if basis.found else 0
    return _n(
        "Since one statement was tested, that chance decides.",
        "Since %(num)s statements were tested together, %(p)s decides.",
        tested,
        p=_chance_of(basis)(finding.adjusted_p),
    )


def _dimension(basis: Basis, kind: str, found: ComparedDimension) -> Dimension:
    return Dimension(
        kind=kind,
        title=str(KINDS_OF_MANY[kind]),
        state=found.state,
        state_words=str(states_of(basis)[found.state]),
        says=_of_how_many(found, _diagnosed(basis, kind)),
        reasons=tuple(_reason(basis, each, found) for each in found.reasons),
        needed=found.needed,
        rated=found.rated,
        apart=found.apart,
        alike=found.alike,
        unclear=found.unclear,
        insufficient=found.insufficient,
    )


def _diagnosed(basis: Basis, kind: str) -> DiagnosedKind | None:
    diagnosis = basis.found.diagnosis if basis.found else None
    return diagnosis.kinds[kind] if diagnosis else None


def _of_how_many(found: ComparedDimension, known: DiagnosedKind | None) -> str:
    """ "They differ on 1 of 3 statements; alike on 1, unclear on 1"."""
    counts = {
        "apart": len(found.apart),
        "agreed": len(known.of("same_side")) if known else 0,
        "alike": len(found.alike),
        "unclear": len(found.unclear),
        "unknown": len(known.of("unknown")) if known else 0,
        NOTHING: len(found.insufficient),
    }
    total, own = sum(counts.values()), found.state
    if not total:
        return _("No statement")
    head = _found_on(own, counts[own], total)
    rest = [state for state in counts if state != own and counts[state]]
    if len(rest) == 1 and {own, *rest} == {"apart", "alike"}:
        return head
    others = [_also_on(state, counts[state]) for state in rest]
    return "; ".join([head, ", ".join(others)]) if others else head


def _found_on(state: str, own: int, total: int) -> str:
    match state:
        case "apart":
            return _n(
                "They differ on %(own)s of %(num)s statement",
                "They differ on %(own)s of %(num)s statements",
                total,
                own=own,
            )
        case "alike":
            return _n(
                "They answer alike on %(own)s of %(num)s statement",
                "They answer alike on %(own)s of %(num)s statements",
                total,
                own=own,
            )
        case "agreed":
            return _n(
                "Both agree on %(own)s of %(num)s statement",
                "Both agree on %(own)s of %(num)s statements",
                total,
                own=own,
            )
        case "unclear":
            return _n(
                "Unclear on %(own)s of %(num)s statement",
                "Unclear on %(own)s of %(num)s statements",
                total,
                own=own,
            )
    return _n(
        "Too few answers on %(own)s of %(num)s statement",
        "Too few answers on %(own)s of %(num)s statements",
        total,
        own=own,
    )


def _also_on(state: str, own: int) -> str:
    said = {
        "apart": _("they differ on %(own)s", own=own),
        "alike": _("alike on %(own)s", own=own),
        "agreed": _("both agree on %(own)s", own=own),
        "unclear": _("unclear on %(own)s", own=own),
        "unknown": _("not known on %(own)s", own=own),
        NOTHING: _("too few answers on %(own)s", own=own),
    }
    return said[state]


def _reason(basis: Basis, reason: str, found: ComparedDimension) -> str:
    match reason:
        case "too_few_rated":
            return _n(
                "At least one statement has to be rated by %(fewest)s of each group.",
                "At least %(num)s statements have to be rated by %(fewest)s of each group.",
                found.needed,
                fewest=in_small_words(basis.fewest),
            )
        case "statements_apart":
            return _("Apart on %(codes)s.", codes=", ".join(found.apart))
        case "emphasis_apart":
            return _("Their positions give weight to different values.")
        case "read_differently":
            return _("They read the same evidence differently.")
        case "mostly_alike":
            return _("None apart, and at least half alike.")
    return _("None apart, and fewer than half alike.")


def size_in(basis: Basis, key: str) -> int:
    """How many raters a group has; 0 where that is not shown."""
    return size_of(basis.counted, key)
