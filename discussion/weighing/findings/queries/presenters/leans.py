"""Where each of two groups is itself split: who stands where, by statement."""

from dataclasses import replace

from discussion.language import _, _n
from discussion.weighing.findings.content.diagnosed import Diagnosed, DiagnosedStatement
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.sentences.clauses.told import Told
from discussion.weighing.findings.sentences.groups import capital
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.shapes.viewpoints import LeanRow, Leans

MOST_BOXES = 40  # on one side of one group, to be counted by eye


def leans(basis: Basis) -> Leans | None:
    """Of the two that are compared; None where neither is split, and by the rule before."""
    diagnosis = basis.found.diagnosis if basis.found else None
    rows = _rows(basis, diagnosis) if diagnosis else ()
    if diagnosis is None or not rows:
        return None
    through = [row.code for row in rows if diagnosis.statements[row.code].runs_through]
    runs = len(through) == len(rows)
    if runs or not through:  # the title says it of all
        rows = tuple(replace(row, state_words="") for row in rows)
    most = max(
        max(cell.agree or 0, cell.disagree or 0, cell.middle or 0)
        for row in rows
        for cell in row.cells
    )
    return Leans(
        title=_("The split runs through both groups") if runs else _("Each group is itself split"),
        says=_n(
            "On %(count)s statement a third or more of each group agree, and a third or more"
            " disagree.",
            "On each of %(count)s statements a third or more of each group agree, and a third or"
            " more disagree.",
            len(rows),
            count=in_small_words(len(rows)),
        ),
        groups=tuple(basis.group(key) for key in basis.two),
        rows=rows,
        is_boxes=most <= MOST_BOXES,
    )


def _rows(basis: Basis, diagnosis: Diagnosed) -> tuple[LeanRow, ...]:
    found = basis.found
    if found is None:
        return ()
    told = Told(basis.content, found, diagnosis, basis.labels)
    return tuple(
        LeanRow(
            code=code,
            text=basis.texts[code],
            cells=tuple(basis.cell(code, key) for key in basis.two),
            says=f"{capital(told.both_sides(code))}.",
            state_words=_state_words(each),
        )
        for code, each in diagnosis.statements.items()
        if each.is_split_within and told.tallies(code) is not None
    )


def _state_words(found: DiagnosedStatement) -> str:
    if found.runs_through:
        return _("Both groups answered alike, and each is split.")
    return _("Each group is split; whether they differ cannot be told.")
