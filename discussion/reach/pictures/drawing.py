"""A picture as PNG, set by typst from the data of its page."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from discussion.language import _, language_tag
from discussion.reach.pictures.queries.shapes import Mark, Picture
from discussion.reach.pictures.words import MARKS

TYPE = "image/png"
_HERE = Path(__file__).parent
_FONTS = _HERE.parent / "publications" / "files" / "fonts"
_LONG = 24  # letters without a space, from which a word may be broken anywhere
_BESIDE, _DOT = 0.074, 0.03  # how far apart marks stand, of the width of the drawing
_ROWS = (0.0, -0.7, 0.7, -1.4, 1.4)
_NAMES = 20  # letters of a group's name that fit in the larger type


def as_png(picture: Picture) -> bytes:
    """1200 by 630 pixels."""
    import typst  # takes long to read, and is asked for by those alone who send a link

    made: bytes = typst.compile(
        str(_HERE / "picture.typ"),
        format="png",
        ppi=72.0,
        font_paths=_fonts(),
        sys_inputs={"given": json.dumps(_given(picture))},
    )
    return made


@cache
def icon(size: int) -> bytes:
    """The site's mark, so many pixels wide and high."""
    import typst

    made: bytes = typst.compile(
        str(_HERE / "icon.typ"), format="png", ppi=72.0, sys_inputs={"size": str(size)}
    )
    return made


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=True, font_paths=[str(_FONTS)])


def _given(picture: Picture) -> dict[str, Any]:
    """What the template draws; every word of it as data."""
    given = asdict(picture)
    given["lang"] = (picture.language or language_tag()).partition("-")[0]
    given["words"] = _breakable(picture.words)
    given["family"] = picture.family or "other"
    given["quotes"] = (_("“"), _("”"))
    given["because"] = _("because")
    given["numbered"] = MARKS
    given["marks"] = _apart(picture.marks)
    for chip in given["chips"]:
        chip["family"] = chip["family"] or "other"
    if picture.bars is not None:
        longest = max(len(picture.bars.first), len(picture.bars.second))
        given["bars"]["size"] = 40 if longest <= _NAMES else 28
    return given


def _breakable(words: str) -> str:
    """With places in very long words where a line may end."""
    return re.sub(rf"\S{{{_LONG},}}", lambda found: "\u200b".join(found[0]), words)


def _apart(marks: tuple[Mark, ...]) -> list[dict[str, Any]]:
    """Numbered marks beside each other, as near to their places as there is room; dots in rows."""
    is_numbered = len(marks) <= MARKS
    rows = (0.0,) if is_numbered else _ROWS
    placed = []
    for row, height in enumerate(rows):
        here = marks[row :: len(rows)]
        places = _spread([mark.at for mark in here], _BESIDE if is_numbered else _DOT)
        placed += [
            {"x": x, "y": height, "number": mark.number, "family": mark.family or "other"}
            for x, mark in zip(places, here, strict=True)
        ]
    return placed


def _spread(places: Sequence[float], gap: float) -> list[float]:
    """Ascending places in 0 … 1, no nearer to each other than `gap` where there is room for that.

    Halfway between what giving way to the right and to the left would make of them.
    """
    right = list(accumulate(places, lambda before, at: max(at, before + gap)))
    left = list(accumulate(reversed(places), lambda after, at: min(at, after - gap)))[::-1]
    middle = [(one + other) / 2 for one, other in zip(right, left, strict=True)]
    inside = list(accumulate(middle, lambda before, at: max(at, before + gap), initial=-gap))[1:]
    return list(
        accumulate(reversed(inside), lambda after, at: min(at, after - gap), initial=1 + gap)
    )[:0:-1]
