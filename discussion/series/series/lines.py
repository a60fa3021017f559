"""Where each key of a TOML file stands, so that a message can say on which line."""

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]

_KEY = re.compile(r"""\s*((?:"[^"\n]*"|'[^'\n]*'|[A-Za-z0-9_-]+|\s*\.\s*)+)\s*=""")
_HEADER = re.compile(r"\s*(\[\[?)([^\]\n]*)\]")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")
# What may stand in a value: strings of four kinds, comments, brackets, anything else.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}]|\n|.',
    re.DOTALL,
)


def lines_of(text: str) -> Mapping[Path, int]:
    """Path of every table and key → its line, from 1; entries of an array of tables count from 0.

    The text must be good TOML: what a parser refuses is not looked at. Keys inside inline tables
    are not found, and a message about one names the line of the nearest thing around it.
    """
    found: dict[Path, int] = {(): 1}
    tables: dict[str, int] = {}
    table: Path = ()
    at = 0
    while at < len(text):
        if header := _HEADER.match(text, at):
            table = _table(header, tables)
            found.setdefault(table, _line(text, header.start(1)))
            found.setdefault(table[:1], found[table])
            at = header.end()
        elif key := _KEY.match(text, at):
            found[(*table, *_parts(key[1]))] = _line(text, key.start(1))
            at = _after_value(text, key.end())
        else:
            end = text.find("\n", at)
            at = len(text) if end < 0 else end + 1
    return found


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _table(header: re.Match[str], tables: dict[str, int]) -> Path:
    parts = _parts(header[2])
    if header[1] == "[":
        return parts
    name = ".".join(str(part) for part in parts)
    tables[name] = tables.get(name, -1) + 1
    return (*parts, tables[name])


def _parts(key: str) -> Path:
    return tuple(
        next(part for part in match.groups() if part is not None) for match in _PART.finditer(key)
    )


def _after_value(text: str, at: int) -> int:
    """Where the value that begins at `at` ends: at the first line end outside strings and lists."""
    depth = 0
    for token in _TOKEN.finditer(text, at):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        elif token[0] == "\n" and depth <= 0:
            return token.end()
    return len(text)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
