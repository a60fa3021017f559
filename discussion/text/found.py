"""What was found in a text: its words marked, and a piece of it around the first of them."""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

IsFound = Callable[[str], bool]  # of a word as it is written
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_MARK = Markup("<mark>%s</mark>")  # % escapes what it puts in
AROUND = 180  # characters of a piece
_BEFORE = 60


def marked(said: str, is_found: IsFound) -> Markup:
    """The text, escaped, with <mark> around each whole word that was found."""
    made, at = [], 0
    for word in _WORD.finditer(said):
        if is_found(word.group()):
            made += [escape(said[at : word.start()]), _MARK % word.group()]
            at = word.end()
    return Markup("").join((*made, escape(said[at:])))


def holds(said: str, is_found: IsFound) -> bool:
    return any(is_found(word.group()) for word in _WORD.finditer(said))


def piece_of(said: str, is_found: IsFound) -> str:
    """The text around the first word that was found, cut between words; empty where none was."""
    first = next((one for one in _WORD.finditer(said) if is_found(one.group())), None)
    if first is None:
        return ""
    start = _start(said, first.start())
    piece = said[start : start + AROUND]
    if start + AROUND < len(said):
        piece = piece.rpartition(" ")[0].rstrip(" ,;:–-") + "…"
    return ("…" if start else "") + " ".join(piece.split())


def _start(said: str, at: int) -> int:
    """Where the sentence begins, or a little before the word where that is far away."""
    begins = max(
        (
            said.rfind(end, 0, at) + len(end)
            for end in (". ", "? ", "! ", "\n")
            if said.rfind(end, 0, at) >= 0
        ),
        default=0,
    )
    if at - begins <= _BEFORE * 2:
        return begins
    gap = said.find(" ", at - _BEFORE)
    return gap + 1 if 0 <= gap < at else at
