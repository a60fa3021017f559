"""A statement on which both sides say that their position depends on it."""

from discussion.language import _
from discussion.weighing.findings.content.compared import ComparedCrux
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.shapes.ground import Crux


def crux_of(basis: Basis, found: ComparedCrux) -> Crux:
    """With how many of each side say so, where that may be told."""
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
