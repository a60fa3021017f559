"""Where rings and discs stand in a picture: what is decided centrally is on the left."""

from fractions import Fraction

from discussion.analysis.practice import STOPS, Gap, Middle
from discussion.language import _
from discussion.weighing.practice.shapes_mirror import Bell

EDGE, WIDTH = 5.0, 90.0  # hundredths of the picture


def place(share: Fraction | float) -> float:
    """Of 0 (local) … 1 (central)."""
    return round(EDGE + WIDTH * (1 - min(max(float(share), 0.0), 1.0)), 2)


def draw_bell(name: str, middle: Middle, gap: Gap | None = None) -> Bell:
    """A ring, a disc, and where practice could lie by the gap's range."""
    said = _(
        "%(name)s: said %(professed)s and done %(practised)s, where 0 is decided locally and 1"
        " centrally.",
        name=name,
        professed=f"{float(middle.professed):.2f}",
        practised=f"{float(middle.practised):.2f}",
    )
    may_from = may_width = None
    if gap is not None and gap.low is not None and gap.high is not None:
        ends = [place(float(middle.professed) + end / (STOPS - 1)) for end in (gap.high, gap.low)]
        may_from, may_width = ends[0], round(max(ends[1] - ends[0], 0.5), 2)
    return Bell(place(middle.professed), place(middle.practised), may_from, may_width, said)
