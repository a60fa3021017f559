"""What a moderator could ask next."""

from collections.abc import Sequence

from discussion.language import _
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.sentences.quoting import quoted
from discussion.weighing.findings.shapes.found import Sentence
from discussion.weighing.findings.shapes.ground import Crux, Unknown
from discussion.weighing.findings.shapes.rows import Row


def ask_next(
    basis: Basis,
    sentence: Sentence,
    rows: Sequence[Row],
    cruxes: Sequence[Crux],
    unknown: Sequence[Unknown],
) -> tuple[str, ...]:
    """What a moderator could ask, the verdict's own prompt first."""
    said = [sentence.prompt]
    said += [
        _(
            "Look for evidence on %(code)s, %(text)s: people on both sides say that it "
            "could change their position.",
            code=each.code,
            text=quoted(each.text),
        )
        for each in [one for one in cruxes if not one.is_on_one_side][:2]
    ]
    said += [
        _(
            "Ask who knows about %(code)s, %(text)s, or who could find out.",
            code=each.code,
            text=quoted(each.text),
        )
        for each in unknown[:2]
    ]
    few = [
        row
        for row in rows
        if row.state == "insufficient"
        and row.kind
        and not row.is_left_out
        and row.code not in basis.moved
    ]
    if few and basis.two:
        a, b = (basis.name(key) for key in basis.two)
        said.append(
            _(
                "Ask more %(a)s and %(b)s to rate %(codes)s.",
                a=a,
                b=b,
                codes=", ".join(row.code for row in few),
            )
        )
    overlap = basis.found.tags.overlap if basis.found else None
    if overlap and overlap.is_reading_other_things:
        said.append(_("Ask each side to read a source from the other side and say what it shows."))
    return tuple(said)
