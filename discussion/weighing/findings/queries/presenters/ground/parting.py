"""What parts the two groups."""

from collections.abc import Sequence

from discussion.language import _, _n
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.queries.presenters.ground.saying import NOTHING, too_alike, who_of
from discussion.weighing.findings.sentences.groups import capital
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.sentences.quoting import quoted
from discussion.weighing.findings.shapes.ground import Reading
from discussion.weighing.findings.shapes.rows import Row


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
            who=who_of(basis, row),
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
