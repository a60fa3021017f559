"""How a section is written: lines, sentences, and the marks by which each cites what it rests on.

A line that begins with `>` is a quotation: `> P4: By the second year we knew.` One that begins with
`-` is an item of a list, with `###` a heading, everything else a paragraph. A mark stands in square
brackets at the end of its sentence: `Collections that name no decision stop [O] [P1].` A sentence
without one is the editor's own, and is shown as such. A quotation may leave whole sentences out,
and says so with an ellipsis; nothing inside one changes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The letter of a mark → what it stands for; before it the number of the thread, where there are
# several: 2P4. E, F and M are statements, by their codes in findings; all three are findings.
POSITION, ANSWER, REFERENCE, OUTCOME, FINDING = "P", "A", "R", "O", "F"
SAYS = {POSITION: "position", ANSWER: "response", REFERENCE: "reference", OUTCOME: "outcome",
        FINDING: "finding"}  # fmt: skip
# A version rests on what people would need to know as well: its editor cites none of it.
QUESTION = "Q"
MARK = r"\d{0,3}[PARFEMO]\d{0,4}"
_CITED = re.compile(rf"\[({MARK}(?:\s*,\s*{MARK})*)\]")
_QUOTED = re.compile(rf"^>\s*({MARK})\s*:\s*(.+)$")
_STOPS = re.compile(rf"[.!?…]+[\"”’')]*(?:\s*\[{MARK}(?:\s*,\s*{MARK})*\])*(?=\s)")
_SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|etc|cf|Dr|Mr|Mrs|Ms|St|No|vs)|\b[A-Z])\.$")
_HEADING = re.compile(r"#{1,4}\s")
GAP = re.compile(r"\s*(?:…|\.\.\.)\s*")


@dataclass(frozen=True)
class Sentence:
    """One sentence without its marks, and the marks."""

    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line of a section: heading, text, item or quote."""

    kind: str
    sentences: tuple[Sentence, ...]  # of a quotation one: its words, and the mark of who said it


def lines_of(source: str) -> tuple[Line, ...]:
    """A section as its lines; empty ones are left out."""
    return tuple(_line(said) for one in source.splitlines() if (said := one.strip()))


def marks_in(source: str) -> tuple[str, ...]:
    """Every mark that a section cites or quotes, once, in the order of the text."""
    found = (mark for line in lines_of(source) for one in line.sentences for mark in one.marks)
    return tuple(dict.fromkeys(found))


def quotations_in(source: str) -> tuple[Sentence, ...]:
    """The quotations of a section, each with the mark of who said it."""
    return tuple(one.sentences[0] for one in lines_of(source) if one.kind == "quote")


def parts_of(words: str) -> tuple[str, ...]:
    """What stands between the ellipses of a quotation."""
    return tuple(part for part in GAP.split(words.strip(' “”"')) if part)


def without(source: str, marks: frozenset[str]) -> str:
    """The section without what rests on these marks: their quotations, and sentences citing them.

    A sentence that rests on something else as well goes too: it may say what is gone.
    """
    kept = []
    for line in source.splitlines():
        said = line.strip()
        if not said or not marks & set(marks_in(said)):
            kept.append(line)
            continue
        parsed = _line(said)
        if parsed.kind == "quote":
            continue
        left = [one for one in _split(said) if not marks & set(_marks(one))]
        if left and left != ["-"]:
            kept.append(" ".join(left))
    return "\n".join(kept).strip("\n")


def _line(said: str) -> Line:
    if quoted := _QUOTED.match(said):
        return Line("quote", (Sentence(quoted[2].strip(' “”"'), (quoted[1],)),))
    if _HEADING.match(said) and (title := said.lstrip("# ")):
        return Line("heading", (Sentence(title, ()),))
    if said.startswith(("- ", "* ")):
        return Line("item", tuple(_sentences(said[2:])))
    return Line("text", tuple(_sentences(said)))


def _sentences(said: str) -> Iterator[Sentence]:
    for one in _split(said):
        bare = re.sub(r"\s+([.,;:!?…])", r"\1", _CITED.sub("", one))
        words = re.sub(r"\s{2,}", " ", bare).strip()
        if words:
            yield Sentence(words, _marks(one))


def _marks(said: str) -> tuple[str, ...]:
    quoted = _QUOTED.match(said)
    found = re.findall(MARK, " ".join(_CITED.findall(said)))
    return tuple(dict.fromkeys([*([quoted[1]] if quoted else []), *found]))


def _split(said: str) -> list[str]:
    """A line at the ends of its sentences; an abbreviation ends none."""
    found, begun = [], 0
    for stop in _STOPS.finditer(said):
        if stop[0].startswith(".") and _SHORT.search(said[begun : stop.start() + 1]):
            continue
        found.append(said[begun : stop.end()].strip())
        begun = stop.end()
    return [*found, rest] if (rest := said[begun:].strip()) else found
