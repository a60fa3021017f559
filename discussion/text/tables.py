"""Tables: those of Markdown, and rows pasted from a document, with tabs between cells."""

import re
from collections.abc import Sequence
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

MOST_CELLS = 1_000  # more is not read at all: see MAX_TOKENS of markdown.py
TOO_MANY = "too many cells"

_RULE = re.compile(r" *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")
_PIPE = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_MARKER = re.compile(r"\(?(?:[0-9]{1,3}|[A-Za-z]{1,4})[.)]|[-*+>#\u2013\u2022]+|`{3,}|~{3,}")
Row = list[str]
Side = Literal["", "is-right", "is-centred"]


def install(reader: MarkdownIt) -> None:
    """Read tables before anything else that a line with pipes or tabs could be."""
    reader.block.ruler.before("fence", "piped", _piped, {"alt": ["paragraph", "reference"]})
    reader.block.ruler.before(
        "paragraph", "tabbed", _tabbed, {"alt": ["paragraph", "reference", "blockquote"]}
    )


def _piped(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if start + 1 >= end or not _may_stand(state, start) or not _may_stand(state, start + 1):
        return False
    rule, first = _line(state, start + 1), _line(state, start)
    if "|" not in first or "-" not in rule or not _RULE.fullmatch(rule):
        return False
    sides, head = [_side(cell) for cell in _cells(rule)], _cells(first)
    if len(sides) != len(head):
        return False
    rows = [head]
    at = start + 2
    while at < end and _may_stand(state, at) and "|" in _line(state, at) and _fits(state, rows):
        rows.append(_cells(_line(state, at)))
        at += 1
    return _keep(state, rows, sides, (start, at), silent=silent)


def _tabbed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    rows: list[Row] = []
    at = start
    while at < end and _may_stand(state, at) and _fits(state, rows):
        cells = [cell.strip() for cell in _line(state, at).rstrip().split("\t")]
        if len(cells) < 2 or _MARKER.fullmatch(cells[0]):
            break
        rows.append(cells)
        at += 1
    if len(rows) < 2:
        return False
    return _keep(state, [[], *_without_empty(rows)], (), (start, at), silent=silent)


def _may_stand(state: StateBlock, line: int) -> bool:
    return not state.isEmpty(line) and state.sCount[line] >= state.blkIndent


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _fits(state: StateBlock, rows: list[Row]) -> bool:
    """Whether so many cells can be read; once they cannot, the text is not read at all."""
    if rows and len(rows) * max(len(rows[0]), len(rows[-1])) > MOST_CELLS:
        state.env[TOO_MANY] = True
    return TOO_MANY not in state.env


def _cells(line: str) -> Row:
    pieces = _PIPE.sub(r"\1\n", line.strip()).split("\n")
    pieces = pieces[1:] if not pieces[0].strip() else pieces
    pieces = pieces[:-1] if pieces and not pieces[-1].strip() else pieces
    return [piece.strip().replace("\\|", "|") for piece in pieces]


def _side(cell: str) -> Side:
    if not cell.endswith(":"):
        return ""
    return "is-centred" if cell.startswith(":") else "is-right"


def _without_empty(rows: list[Row]) -> list[Row]:
    """Without the columns in which nothing stands: several tabs may have made one gap."""
    width = max(map(len, rows))
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    used = [at for at in range(width) if any(row[at] for row in full)]
    return [[row[at] for at in used] for row in full]


def _keep(
    state: StateBlock,
    rows: list[Row],
    sides: Sequence[Side],
    lines: tuple[int, int],
    *,
    silent: bool,
) -> bool:
    width = max(map(len, rows))
    if width * len(rows) > MOST_CELLS:
        state.env[TOO_MANY] = True
    if TOO_MANY in state.env:
        return False
    if silent:
        return True
    head, *body = rows
    state.push("table_open", "table", 1).map = [*lines]
    if any(head):
        _part(state, "thead", [head], sides, width)
    if body:
        _part(state, "tbody", body, sides, width)
    state.push("table_close", "table", -1)
    state.line = lines[1]
    return True


def _part(
    state: StateBlock, part: str, rows: Sequence[Row], sides: Sequence[Side], width: int
) -> None:
    state.push(f"{part}_open", part, 1)
    for row in rows:
        state.push("tr_open", "tr", 1)
        for at in range(width):
            _cell(
                state, part, row[at] if at < len(row) else "", sides[at] if at < len(sides) else ""
            )
        state.push("tr_close", "tr", -1)
    state.push(f"{part}_close", part, -1)


def _cell(state: StateBlock, part: str, words: str, side: Side) -> None:
    is_head = part == "thead" and bool(words)  # an empty corner heads nothing
    tag = "th" if is_head else "td"
    opened = state.push(f"{tag}_open", tag, 1)
    if is_head:
        opened.attrSet("scope", "col")
    if side:
        opened.attrSet("class", side)
    inline = state.push("inline", "", 0)
    inline.content, inline.children = words, []
    state.push(f"{tag}_close", tag, -1)
