"""The same blocks by the rule before, of snapshots that were made by it."""

from collections.abc import Sequence

from discussion.analysis.answered import THIRD
from discussion.language import _, _n
from discussion.weighing.findings.computing.knowing import NotKnowing
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.queries.presenters.ground.pairs import crux_of
from discussion.weighing.findings.queries.presenters.ground.saying import (
    MOST_SHARED,
    NOTHING,
    bar_in_words,
    shared_of,
    too_alike,
)
from discussion.weighing.findings.queries.presenters.rows import size_in
from discussion.weighing.findings.sentences.groups import capital
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.sentences.quoting import listed, quoted
from discussion.weighing.findings.shapes.ground import Crux, Reading, Shared
from discussion.weighing.findings.shapes.rows import Row


def earlier_common_ground(basis: Basis, rows: Sequence[Row]) -> tuple[Reading, tuple[Shared, ...]]:
    """By the rule before: what both groups agree with, or both disagree with."""
    if basis.found is None:
        return NOTHING, ()
    shared = [each for row in rows if not row.is_left_out and (each := shared_of(basis, row))]
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


def earlier_cruxes(basis: Basis) -> tuple[Reading, tuple[Crux, ...]]:
    """By the rule before: any pair of both sides, however few say so."""
    assert basis.found is not None
    found = tuple(crux_of(basis, each) for each in basis.found.cruxes)
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


def earlier_not_knowing(basis: Basis, row: Row) -> NotKnowing | None:
    """By the rule before: of everybody who rated anything, a third."""
    found = NotKnowing(row.everybody.dont_know or 0, size_in(basis, basis.room) or 1)
    return found if found.share >= THIRD else None


def _stance(each: Shared) -> str:
    if each.against:
        return _("not %(text)s", text=quoted(each.text))
    return quoted(each.text)


def _means(rows: Sequence[Row]) -> frozenset[str]:
    return frozenset(row.code for row in rows if row.kind == "means" and not row.is_left_out)
