"""What might move people: statements on which they say that their position depends."""

from collections.abc import Sequence

from discussion.analysis.cruxes import FEWEST
from discussion.language import _, _n
from discussion.weighing.findings.computing.cells import cell_of
from discussion.weighing.findings.content.counted import Numbers
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.queries.presenters.ground.earlier import earlier_cruxes
from discussion.weighing.findings.queries.presenters.ground.pairs import crux_of
from discussion.weighing.findings.queries.presenters.ground.saying import NOTHING, too_alike
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.sentences.quoting import all_of
from discussion.weighing.findings.shapes.ground import Crux, Reading


def what_might_move(basis: Basis) -> tuple[Reading, tuple[Crux, ...]]:
    """Where people say that another view of a statement would change their position.

    A double crux has enough on both sides; marks on one side are told as such; too few marks say
    nothing; and that there is no crux is said only where enough were asked on every statement.
    """
    if basis.found is None:
        return NOTHING, ()
    if basis.found.diagnosis is None:
        return earlier_cruxes(basis)
    states = {code: each.crux for code, each in basis.found.diagnosis.statements.items()}
    both = tuple(
        crux_of(basis, each)
        for each in basis.found.cruxes
        if states.get(each.code) == "double_crux"
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
