"""Lists of authors in BibTeX: parted by "and", organisations in braces, three forms of a name."""

import re
from typing import TYPE_CHECKING

from discussion.debate.evidence.citations.latex import decode
from discussion.debate.evidence.citations.people import (
    ENDS_WITH_OTHERS,
    LONGEST_LIST,
    MOST_NAMES,
    ONLY_OTHERS,
    SUFFIX,
    People,
    add_plain,
    is_body,
    is_person,
    joined,
    may_be_two,
)
from discussion.debate.evidence.citations.shapes import Line
from discussion.language import _
from discussion.later import later

if TYPE_CHECKING:
    from bibtexparser.middlewares import names as bibtex
else:
    bibtex = later("bibtexparser.middlewares.names")

_RAISED = re.compile(
    r"\\textsuperscript\s*\{[^{}]{0,40}\}|(?<!\\)\$\^\{?[\d,*†‡a-z]{1,12}\}?\$|<sup>[^<>]{0,40}</sup>"
    r"|\\thanks\s*\{[^{}]{0,400}\}"
)
_ACCENTS = re.compile(r"\{\\[^{}]*\{?[^{}]*\}?\}|\\[^\w\s]\{[^{}]*\}|\\[A-Za-z]\{[^{}]*\}")


def of_bibtex(source: str) -> People:
    """Names as BibTeX gives them: parted by "and", organisations in braces."""
    people = People()
    bare, marks = _RAISED.subn("", source[:LONGEST_LIST])
    if marks:
        people.note(_("Small figures beside the authors’ names were taken out."))
    parted = [_unnumbered(people, raw) for raw in _parted(bare)]
    names = [(raw, decode(raw)) for raw in parted]
    is_straight = any("," not in plain and is_person(plain) for _raw, plain in names)
    for raw, plain in names:
        if _is_braced(raw) and not (ONLY_OTHERS.fullmatch(plain) and raw[1] != "{"):
            people.add(plain)
            people.kept.add(plain)
        elif is_straight and "{" not in raw and may_be_two(plain):
            add_plain(people, plain.replace(",", ";"), is_inverted=False)
        elif _is_single(raw, plain):
            people.add(_bibtex_name(raw, plain))
        else:
            add_plain(people, plain, is_inverted=False)
    if source[LONGEST_LIST:]:
        people.note(_("The list of authors is longer than we read. Its end is missing."))
    return joined(people)


def _unnumbered(people: People, raw: str) -> str:
    """ "Ada Marlow 0001": how a register tells people of one name apart."""
    name, _space, number = raw.rpartition(" ")
    if not (name and re.fullmatch(r"0\d{3}", number)):
        return raw
    people.left.append(Line(_("Beside an author’s name"), number))
    return name.strip()


def _parted(source: str) -> list[str]:
    """Names are parted by "and" outside braces."""
    names, depth, start = [], 0, 0
    for match in re.finditer(r"\\.|[{}]|\s+and(?=\s)|\s+and$", source, re.IGNORECASE | re.DOTALL):
        mark = match[0]
        if mark in "{}":
            depth = max(0, depth + (1 if mark == "{" else -1))
        elif depth == 0 and not mark.startswith("\\"):
            names.append(source[start : match.start()])
            start = match.end()
    names.append(source[start:])
    bare = (re.sub(r"^\s*(?:and\s+)+", "", name, flags=re.IGNORECASE).strip() for name in names)
    return [name for name in bare if name][: MOST_NAMES + 1]


def _is_braced(raw: str) -> bool:
    """Whether one pair of braces holds the whole: a name to be left as it is."""
    if not (raw.startswith("{") and raw.endswith("}")):
        return False
    depth = 0
    for match in re.finditer(r"\\.|[{}]", raw, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end() == len(raw)
    return False


def _is_single(raw: str, plain: str) -> bool:
    """Whether it is one name in one of BibTeX's three forms, and nothing that needs a guess."""
    commas = _outside_braces(raw).count(",")
    if ONLY_OTHERS.fullmatch(plain) or ENDS_WITH_OTHERS.search(plain) or ";" in plain:
        return False
    if commas == 0:
        return "{" in _ACCENTS.sub("", raw) or not is_body(plain)
    parts = [part.strip() for part in plain.split(",")]
    if commas == 1:
        return not may_be_two(plain)
    return commas == 2 and any(SUFFIX.fullmatch(part) for part in parts[1:])


def _bibtex_name(raw: str, plain: str) -> str:
    """ "Mary van Snyder" is "van Snyder, Mary"."""
    try:
        parts = bibtex.parse_single_name_into_parts(_one_space(raw), strict=False)
    except Exception:  # of a library that meets whatever people paste
        return plain
    family = decode(" ".join((*parts.von, *parts.last)))
    given, suffix = decode(" ".join(parts.first)), decode(" ".join(parts.jr))
    if given and SUFFIX.fullmatch(given) and " " in family:
        family, suffix, given = family.rpartition(" ")[2], given, family.rpartition(" ")[0]
    if parts.first and parts.first[0][:1].islower() and "," not in raw:
        return plain  # "de Souza" has a family name alone
    if suffix and SUFFIX.fullmatch(given):
        given, suffix = suffix, given
    return ", ".join(filter(None, (family, given, suffix)))


def _one_space(raw: str) -> str:
    return " ".join(raw.replace("~", " ").split())


def _outside_braces(raw: str) -> str:
    kept, depth = [], 0
    for mark in raw:
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth <= 0 and mark != "}":
            kept.append(mark)
    return "".join(kept)
