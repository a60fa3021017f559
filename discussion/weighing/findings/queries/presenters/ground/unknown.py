"""What many say that they do not know."""

from collections.abc import Sequence

from discussion.language import _
from discussion.weighing.findings.computing.knowing import NotKnowing, is_knowing_told, not_knowing
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.queries.presenters.ground.earlier import earlier_not_knowing
from discussion.weighing.findings.queries.presenters.ground.saying import NOTHING, too_alike
from discussion.weighing.findings.sentences.quoting import listed, quoted
from discussion.weighing.findings.shapes.ground import Reading, Unknown
from discussion.weighing.findings.shapes.rows import Row


def not_known(basis: Basis, rows: Sequence[Row]) -> tuple[Reading, tuple[Unknown, ...]]:
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
    """Who do not know, of whom."""
    if basis.content.has_diagnosis:
        return not_knowing(basis.counted, row.code, basis.two)
    return earlier_not_knowing(basis, row)


def _is_told(basis: Basis, rows: Sequence[Row]) -> bool:
    return all(is_knowing_told(basis.counted, row.code, basis.two) for row in rows)


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
