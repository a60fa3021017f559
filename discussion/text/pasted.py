"""Text pasted from a word processor, read as what its writer saw: bullets that Markdown knows."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_SPACES = "[ \t\u00a0\u2002-\u200a\u202f\u3000]"
_INDENT = re.compile(f"{_SPACES}*")
# Signs that stand for nothing but a bullet, also as the private letters of symbol fonts.
_BULLET = re.compile(
    rf"(?:[\u2022\u25cf\u25aa\u25e6\u2023]{_SPACES}*"
    rf"|[\u25a0\u25a1\u25ab\u25cb\u2043\u2219\u29be\u29bf\u27a2\u27a4\uf0a7\uf0b7\uf0d8\uf0fc]{_SPACES}+)"
    r"(?=\S)"
)
# Letters that are one only before a wide space, and dashes that are if a line beside has one too.
_LETTER = re.compile(r"[o\u00a7\u00d8](?:\t|\u00a0| {3})\s*(?=\S)")
_DASH = re.compile(rf"[\u00b7\u2013\u2014\u2212]{_SPACES}+(?=\S)")
_MARKER = re.compile(rf"(?:[0-9]{{1,3}}[.)]|[-*+]){_SPACES}")
_SOURCE = re.compile(r" {0,3}\[([^\]\[^][^\]\[]{0,200})\]:[ \t]*\S")
_TAB = 4
_DEEPEST = 3  # spaces before what begins something new below a line of text

_Level = tuple[int, str, int]  # how far in, after which sign, and how far in Markdown


def as_markdown(source: str) -> str:
    """The source with its bullets as Markdown's, line for line; what is in a fence stays.

    In a list that was pasted without its indents, another sign is a deeper level.
    """
    rows = source.split("\n")
    made: list[str] = []
    levels: list[_Level] = []
    fence, out = "", 0
    for at, row in enumerate(rows):
        was_open, fence = fence, _fence(row, fence)
        if was_open or fence:
            levels = []
            made.append(row)
            continue
        indent, words = _apart(row)
        bullet = _bullet(rows, at, words)
        if bullet:
            levels = _levels(levels, indent, bullet[0])
            made.append(f"{' ' * levels[-1][2]}- {words[len(bullet) :]}")
            continue
        if words and not indent:
            levels, out = [], 0
            row = _shown(row, source)
        elif _MARKER.match(words):
            out = max(0, indent - _DEEPEST) if _is_below_words(rows, at) else out
            row = " " * max(0, indent - out) + words
        made.append(row)
    return "\n".join(made)


def _shown(row: str, source: str) -> str:
    """A list of sources, `[1]: https://…`, to which nothing refers: Markdown would not show it."""
    found = _SOURCE.match(row)
    if found is None or source.casefold().count(f"[{found[1]}]".casefold()) > 1:
        return row
    return row.replace("[", "\\[", 1)


def _levels(above: list[_Level], indent: int, sign: str) -> list[_Level]:
    known = [at for at, level in enumerate(above) if level[:2] == (indent, sign)]
    if known:
        return above[: known[-1] + 1]
    kept = [level for level in above if level[0] <= indent]
    deep = max(min(indent, kept[-1][2] + _TAB), kept[-1][2] + 2) if kept else min(indent, _DEEPEST)
    return [*kept, (indent, sign, deep)]


def _bullet(rows: list[str], at: int, words: str) -> str:
    """The bullet with which a line begins, and the space after it."""
    if found := _BULLET.match(words) or _LETTER.match(words):
        return found[0]
    found = _DASH.match(words)
    if found is None:
        return ""
    is_list = "\t" in found[0] or any(other.startswith(found[0]) for other in _beside(rows, at))
    return found[0] if is_list else ""


def _beside(rows: list[str], at: int) -> Iterator[str]:
    return (_apart(rows[each])[1] for each in (at - 1, at + 1) if 0 <= each < len(rows))


def _is_below_words(rows: list[str], at: int) -> bool:
    """Whether the line above is one of a paragraph, which what is far in would only continue."""
    indent, words = _apart(rows[at - 1]) if at else (0, "")
    return bool(words) and not indent and not (_MARKER.match(words) or _bullet(rows, at - 1, words))


def _apart(row: str) -> tuple[int, str]:
    """How far in a line begins, and the line from there."""
    spaces = _INDENT.match(row)
    end = spaces.end() if spaces else 0
    width = 0
    for sign in row[:end]:
        width += _TAB - width % _TAB if sign == "\t" else 1
    return width, row[end:]


def _fence(row: str, fence: str) -> str:
    """The fence that is open after this line; "" if none is."""
    found = _FENCE.match(row)
    if not fence:
        return found[1] if found and not (found[1][0] == "`" and "`" in row[found.end() :]) else ""
    is_closed = found and found[1].startswith(fence) and not row[found.end() :].strip()
    return "" if is_closed else fence
