"""The code that shows a card, and how much room a card takes."""

from html import escape
from math import ceil

from discussion.reach.sharing.words import NARROWEST, WIDEST, WIDTH

_FRAME, _LINE, _BENEATH = 172, 30, 1_500  # pixels: around the words, a line of them; of small text
_LETTER, _EDGES = 10.5, 42  # pixels: a letter of the words, what is left of them to both sides


def width_of(most: int) -> int:
    """In pixels; the usual, or what there is room for."""
    return min(max(most, 1), WIDTH) if most else WIDTH


def height_of(words: str, width: int) -> int:
    """In pixels, so that these words need no scrolling beside a full line beneath them."""
    room = max(width, NARROWEST) - _EDGES
    lines = max(1, ceil(len(words) * _LETTER / room))
    return _FRAME + lines * _LINE + ceil(_BENEATH / room) * 20


def iframe(address: str, title: str, width: int = WIDTH, height: int = 0) -> str:
    """What another site puts where the card is to stand; no style of its own, no script."""
    size = f'width="{min(width, WIDEST)}" height="{height or height_of(title, width)}"'
    return (
        f'<iframe src="{escape(address)}" {size} title="{escape(title)}" loading="lazy"></iframe>'
    )
