"""BibTeX in pieces, also where a comma, a key or a brace is missing.

bibtexparser gives an entry up at the first of these faults, or takes the next field into this one;
it reads names for us (people.py), and pylatexenc what stands in the fields (latex.py).
"""

import re
from dataclasses import dataclass, field

from discussion.debate.evidence.citations.shapes import Line
from discussion.language import _

MOST_JOINED = 20_000  # characters of a value of several parts: abbreviations can double each other
MOST_NOTES = 100
START = re.compile(r"@\s{0,9}([A-Za-z]{1,40})\s{0,9}([{(])")
_NO_ENTRIES = ("comment", "preamble", "string")
_MONTHS = {
    name[:3].lower(): name
    for name in (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
}
_MARKS = re.compile(r"\\.|[{}]|\n[ \t]*(?=@[ \t]{0,9}[A-Za-z]{1,40}[ \t]{0,9}[{(])", re.DOTALL)
_IN_QUOTES = re.compile(
    r"\\.|[{}\"]|\n[ \t]*(?=@[ \t]{0,9}[A-Za-z]{1,40}[ \t]{0,9}[{(])", re.DOTALL
)
_BETWEEN = re.compile(r"(?:[\s,;]+|%[^\n]*(?:\n|$))*")
_NAME = re.compile(r"([A-Za-z][\w:.+/-]{0,60})\s*=\s*")
_SWALLOWED = re.compile(
    r"[,\n]\s*(?:author|title|year|date|journal|journaltitle|booktitle|publisher|editor|volume"
    r"|number|pages|doi|url|note|month|isbn|issn)\s*=\s*[{\"\d]",
    re.IGNORECASE,
)


@dataclass
class Block:
    """One entry: its fields as they stand there, without what encloses them."""

    type: str
    source: str = ""
    key: str = ""
    fields: list[Line] = field(default_factory=list)
    left: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problem: str = ""

    def first(self, name: str) -> str:
        return next((one.value for one in self.fields if one.label == name), "")


def split(source: str) -> tuple[list[Block], list[str]]:
    """The entries, and the words between them that belong to none."""
    strings: dict[str, str] = dict(_MONTHS)
    blocks, between, at = [], [], 0
    while found := START.search(source, at):
        between.append(source[at : found.start()])
        type_ = found[1].lower()
        reader = _Reader(source, found.end(), "}" if found[2] == "{" else ")", strings)
        if type_ == "string":
            reader.fields(Block(type_))
        elif type_ in _NO_ENTRIES:
            reader.skip()
        else:
            block = Block(type_)
            reader.entry(block)
            block.source = source[found.start() : reader.at].strip()
            blocks.append(block)
        at = max(reader.at, found.end())
    between.append(source[at:])
    return blocks, [words for piece in between if (words := _uncommented(piece))]


def _uncommented(piece: str) -> str:
    """Lines that begin with % say nothing to anybody; nor does the name of a byte order."""
    rows = [
        row for row in piece.split("\n") if not row.lstrip().lower().startswith(("%", "@comment"))
    ]
    return "\n".join(rows).strip(" \n\t,;")


class _Reader:
    """Where we are in one block."""

    def __init__(self, source: str, at: int, closer: str, strings: dict[str, str]) -> None:
        self.source, self.at, self.closer, self.strings = source, at, closer, strings
        self.is_open = False  # the block ended without its brace
        self.label = self.unended = ""  # the field that is read; the one that did not end

    def skip(self) -> None:
        inner = self._braced()
        if inner is None:
            self.is_open = True

    def entry(self, block: Block) -> None:
        self._key(block)
        self.fields(block)
        swallowed = next((one for one in block.fields if _SWALLOWED.search(one.value)), None)
        if self.is_open and block.fields and self.unended == "title" == block.fields[-1].label:
            swallowed = block.fields[-1]
        if swallowed:
            block.problem = _(
                "A brace or a quotation mark is missing in “%(field)s”, so the rest"
                " could not be read. Correct it in the box, or type it in by hand.",
                field=swallowed.label,
            )
        elif self.is_open:
            block.notes.append(_("The entry has no end. It was read as far as it goes."))

    def _key(self, block: Block) -> None:
        head = re.compile(r"\s*([^,={}\"\n@;]{0,200}?)\s*([,;=\n]|$|(?=[}\"@{]))").match(
            self.source, self.at
        )
        if head is None or head[2] == "=":
            return  # the first field stands where the key should
        words = head[1].rstrip(")") if self.closer == ")" else head[1]
        block.key, self.at = words.strip(), head.start(1) + len(words)

    def fields(self, block: Block) -> None:
        while True:
            self.at = _BETWEEN.match(self.source, self.at).end()  # type: ignore[union-attr]
            if self.at >= len(self.source) or self._is_next_block():
                self.is_open = True
                return
            if self.source[self.at] == self.closer:
                self.at += 1
                return
            name = _NAME.match(self.source, self.at)
            if name is None:
                self._stray(block)
                continue
            self.at = name.end()
            self.label = label = name[1].lower()
            value = self._value(block, label)
            if block.type == "string":
                self.strings[label] = value
            else:
                block.fields.append(Line(label, value))
            if self.is_open:
                return
            self._after(block, label)

    def _after(self, block: Block, label: str) -> None:
        rest = _BETWEEN.match(self.source, self.at)
        assert rest is not None
        is_parted = "," in re.sub(r"%[^\n]*", "", rest[0])
        if not is_parted and _NAME.match(self.source, rest.end()):
            block.notes.append(_("A comma is missing after “%(field)s”.", field=label))

    def _stray(self, block: Block) -> None:
        """What is no field, up to the next one."""
        stray = re.compile(r"[^,\n}]*(?:\}(?=[^,\n]*[,\n]))?").match(self.source, self.at)
        end = max(self.at + 1, stray.end() if stray else 0)
        if self.closer == ")" and ")" in self.source[self.at : end]:
            end = max(self.at + 1, self.source.index(")", self.at))
        words = self.source[self.at : end].strip()
        if len(block.left) < 40 and re.search(r"\w", words):
            block.left.append(Line(_("Not understood"), words))
        self.at = end

    def _is_next_block(self) -> bool:
        return bool(START.match(self.source, self.at))

    def _value(self, block: Block, label: str) -> str:
        """Parts joined by #, each in braces, in quotation marks, a number or an abbreviation."""
        parts: list[str] = []
        length = 0
        while True:
            part = self._part(block, label)
            if length + len(part) <= MOST_JOINED or not parts:
                parts.append(part)
                length += len(part)
            elif len(block.notes) < MOST_NOTES:
                block.notes.append(_("“%(field)s” is longer than we read.", field=label))
            joint = re.compile(r"\s*#\s*").match(self.source, self.at)
            if joint is None or self.is_open:
                return "".join(parts)
            self.at = joint.end()

    def _part(self, block: Block, label: str) -> str:
        opener = self.source[self.at : self.at + 1]
        if opener == "{":
            self.at += 1
            inner = self._braced()
        elif opener == '"':
            self.at += 1
            inner = self._quoted()
        elif opener and opener in "“”„":
            curly = re.compile("[“”„]([^“”\n]*)[“”]").match(self.source, self.at)
            inner = curly[1] if curly else self._bare(block, label)
            self.at = curly.end() if curly else self.at
        else:
            inner = self._bare(block, label)
        return inner or ""

    def _braced(self) -> str:
        depth, start = 1, self.at
        for mark in _MARKS.finditer(self.source, self.at):
            depth += {"{": 1, "}": -1}.get(mark[0], 0)
            if depth == 0:
                self.at = mark.end()
                return self.source[start : mark.start()]
            if mark[0][0] == "\n":
                return self._unended(start, mark.end())
        return self._unended(start, len(self.source))

    def _quoted(self) -> str:
        depth, start = 0, self.at
        for mark in _IN_QUOTES.finditer(self.source, self.at):
            if mark[0] == '"' and depth <= 0:
                self.at = mark.end()
                return self.source[start : mark.start()]
            depth += {"{": 1, "}": -1}.get(mark[0], 0)
            if mark[0][0] == "\n":
                return self._unended(start, mark.end())
        return self._unended(start, len(self.source))

    def _unended(self, start: int, end: int) -> str:
        self.is_open, self.at, self.unended = True, end, self.label
        return self.source[start:end].rstrip("} \n")

    def _bare(self, block: Block, label: str) -> str:
        stop = r"[^,\n#{}\"]*" if self.closer == "}" else r"[^,\n#{}\")]*"
        word = re.compile(stop).match(self.source, self.at)
        assert word is not None
        words = re.split(r"\s+(?=[A-Za-z]\w*\s*=)", word[0])[0]
        self.at += len(words)
        words = words.strip()
        if re.fullmatch(r"[\d\s./-]*", words) or not words:
            return words
        known = self.strings.get(words.lower())
        if known is None and len(block.notes) < MOST_NOTES:
            block.notes.append(
                _(
                    "“%(word)s” in “%(field)s” is short for something that was not pasted.",
                    word=words[:100],
                    field=label,
                )
            )
        return words if known is None else known
