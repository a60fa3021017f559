"""Lists of authors, however they were written, to one name each: "Donnelly, M."."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from discussion.debate.evidence.citations.plain import clean
from discussion.debate.evidence.citations.shapes import Line
from discussion.language import _

LONGEST_LIST = 40_000  # characters of one list that are looked at
MOST_NAMES = 1_000

_OTHERS = (
    r"(?:and\s+|&\s*|und\s+|et\s+)?others?|et\.?\s*al(?:ii|iae|ia)?\.?|al\.?,\s*et\.?|u\.\s?a\.|"
    r"et\s+coll?\.?|et\s+autres|y\s+otros|e\s+outros|e\s+altri|und\s+andere|u\.\s?m\.|m\.\s?fl\.|"
    r"i\s+in\.|и\s+др\.|etc\.?|…|\.{3}"
)
ONLY_OTHERS = re.compile(rf"(?:{_OTHERS})[,;.]*", re.IGNORECASE)
ENDS_WITH_OTHERS = re.compile(
    r"(?:[,;]\s*|\s+)(?:(?:and|&)\s+others|et\.?\s+al(?:ii)?\.?|u\.\s?a\.|und\s+andere|…|\.{3})"
    r"[,;.]*$",
    re.IGNORECASE,
)
_BODIES = re.compile(
    r"\b(?:department|ministry|universit\w*|institut\w*|foundation|council|commission|association|"
    r"team|group|centre|center|office|organi[sz]ation|agency|society|trust|committee|schools?|"
    r"college|consortium|network|government|authority|board|bureau|union|federation|partnership|"
    r"alliance|services?|education|research|bank|nations|academy|company|press|ltd|limited|inc|"
    r"collaborati\w+|project|programme|panel|forum|unit|inspectorate|parliament|teachers|"
    r"ofsted|oecd|unesco|unicef)\b",
    re.IGNORECASE,
)
SUFFIX = re.compile(r"(?:jr|sr|junior|senior|ii|iii|iv|ph\.?d|m\.?d|esq|obe|mbe|cbe)\.?", re.I)
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]*){1,5}|[^\W\d_a-z]{1,3}|[^\W\d_](?:[\s-][^\W\d_]){0,3}")
# "van Marlow AB", as medical journals write it
_SHORTENED = re.compile(r"(?:\w[\w'’-]*[^\W\d_A-Z][\w'’-]*\s){1,3}(?!UK|US|EU)[^\W\d_a-z]{1,3}")
_AFTER_NAME = re.compile(
    r"\s*(?:\$.*|[\[(<](?:https?://)?(?:orcid|[^\])>]*(?:orcid|@)).*|"
    r"\[?(?:https?://)?orcid\S*.*|[*†‡§¶#]+[\d,*†‡§¶\s]*|(?<=[^\W\d_.])\d{1,2}(?:,\d{1,2})*|"
    r"\(?(?:ORCID\S*\s*)?(?:\d{4}-){3}\d{3}[\dX]\)?|\((?:eds?|trans|hrsg)\.?\))$",
    re.IGNORECASE | re.DOTALL,
)
_PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "ter",
        "ten",
        "zu",
        "af",
        "al",
        "el",
        "bin",
        "ibn",
        "y",
        "i",
    ]
)


@dataclass
class People:
    """The names of one list, and what is to be said about it."""

    names: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left: list[Line] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)  # names that were in braces
    bodies: list[str] = field(default_factory=list)  # names taken for an organisation's by a guess

    def add(self, name: str) -> None:
        if name and len(self.names) < MOST_NAMES:
            self.names.append(name)

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


def of_values(values: Iterable[str]) -> People:
    """Names as RIS, PubMed and EndNote give them: one a line, family name first."""
    people = People()
    for value in values:
        add_plain(people, clean(ended(value[:LONGEST_LIST])), is_inverted=True)
    if everyday := next((name for name in people.names if _may_be_everyday(name)), ""):
        people.note(
            _(
                "“%(name)s” stands as it was given. If that is a person, write the family"
                " name first, with a comma.",
                name=everyday[:200],
            )
        )
    return joined(people)


def _may_be_everyday(name: str) -> bool:
    """ "Ada Marlow", where family names are to come first with a comma."""
    return "," not in name and " " in name and is_person(name) and name.isascii()


def ended(value: str) -> str:
    """EndNote marks an organisation by a comma at its end, which is no part of it."""
    return value.strip().rstrip(",;").strip()


def add_plain(people: People, value: str, *, is_inverted: bool) -> None:
    """What may be a name, several names, or nobody's."""
    value = _without_more(people, _without_affiliation(people, value))
    if not value:
        return
    pieces = _pieces(value)
    if len(pieces) > 1:
        people.note(_("The authors were in one line. Check that each now has a separate line."))
    for piece in pieces:
        if ONLY_OTHERS.fullmatch(piece):
            _without_more(people, piece)
            continue
        people.add(_plain_name(people, piece, is_inverted=is_inverted))


def _without_more(people: People, value: str) -> str:
    """Others who are not named are no author."""
    shorter = "" if ONLY_OTHERS.fullmatch(value) else ENDS_WITH_OTHERS.sub("", value)
    if shorter != value:
        people.note(
            _(
                "The list ends with “%(words)s”: there are more authors than are named.",
                words=value[len(shorter) :].strip(" ,;"),
            )
        )
    return shorter.strip()


def _without_affiliation(people: People, value: str) -> str:
    value = value.rstrip(" ,;")
    shorter = _AFTER_NAME.sub("", value).rstrip(" ,;")
    if shorter and shorter != value:
        people.left.append(Line(_("Beside an author’s name"), value[len(shorter) :].strip(" $")))
        return shorter
    return value


def _pieces(value: str) -> list[str]:
    parts = re.split(r"\s+[/|]\s+", value)
    if len(parts) > 1 and all(map(is_person, parts)):
        value = ";".join(parts)
    if ";" in value:
        parts = [part.strip(" ,") for part in value.split(";")]
        return [piece for part in parts if part for piece in _pieces(part)]
    parts = re.split(r",?\s+(?:and|und|&)\s+|,\s*&\s*", value)
    if len(parts) > 1 and all(map(is_person, [name for part in parts for name in _listed(part)])):
        return [name for part in parts for name in _listed(part)]
    return _listed(value)


def _listed(value: str) -> list[str]:
    """Names parted by commas; a single one if it can be read so."""
    parts = [part for piece in value.split(",") if (part := piece.strip())]
    if len(parts) < 3:
        if may_be_two(value) and all(_SHORTENED.fullmatch(part) for part in parts):
            return parts
        return [value]
    if len(parts) == 3 and any(SUFFIX.fullmatch(part) for part in parts[1:]):
        return [value]
    if is_body(value) and not all(" " in part and is_person(part) for part in parts):
        return [value]
    if all(" " in part for part in parts):
        return parts
    if len(parts) % 2 == 0 and all(_may_be_given(part) for part in parts[1::2]):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return [value]


def _plain_name(people: People, value: str, *, is_inverted: bool) -> str:
    parts = [part for piece in value.split(",") if (part := piece.strip())]
    if len(parts) == 1:
        return _without_comma(people, value, is_inverted=is_inverted)
    if len(parts) == 3 and SUFFIX.fullmatch(parts[1]):
        parts = [parts[0], parts[2], parts[1]]
    if len(parts) == 3 and not SUFFIX.fullmatch(parts[2]):
        if _BODIES.search(parts[2]):
            people.left.append(Line(_("Beside an author’s name"), parts[2]))
            return ", ".join(parts[:2])
        people.note(_doubtful(value))
    elif len(parts) > 3 or may_be_two(value):
        people.note(_doubtful(value))
    return ", ".join(parts)


def _without_comma(people: People, value: str, *, is_inverted: bool) -> str:
    if _SHORTENED.fullmatch(value) and not is_body(value):
        family, _space, initials = value.rpartition(" ")
        return f"{family}, {initials}"
    if is_inverted or not is_person(value) or " " not in value:
        if not is_inverted and " " in value and is_body(value):
            people.bodies.append(value)
        return value
    return inverted(value)


def inverted(name: str) -> str:
    """ "Ada van der Berg" is "van der Berg, Ada"."""
    words = name.split()
    suffix = words.pop() if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else ""
    small = [i for i, word in enumerate(words[1:-1], 1) if word in _PARTICLES]
    at = next(iter(small), len(words) - 1)
    return ", ".join(filter(None, (" ".join(words[at:]), " ".join(words[:at]), suffix)))


def _doubtful(value: str) -> str:
    return _(
        "“%(name)s” may be more than one author. Put each on a line of their own.", name=value[:200]
    )


def is_body(value: str) -> bool:
    """Whether a name without a comma looks like that of an organisation."""
    return "," not in value and bool(
        _BODIES.search(value) or value.startswith(("The ", "the ")) or "&" in value
    )


def is_person(value: str) -> bool:
    """Whether this looks like the name of one person, "Marlow, Ada" or "Ada Marlow"."""
    words = value.replace(",", " ").split()
    if not words or len(words) > 6 or _BODIES.search(value) or value.startswith("The "):
        return False
    if re.search(r"[\d&@/:]", value) or value.count(",") > 2:
        return False
    is_named = [
        word[0].isupper()
        or word.lower().strip(".'’") in _PARTICLES
        or word[0] in "'’"
        or not (word[0].islower() or word[0].isupper())
        for word in words
    ]
    return ("," in value or len(words) > 1) and all(is_named)


def may_be_two(value: str) -> bool:
    """ "Ada Marlow, Basil Reed" may be two people, or one with long names."""
    first, comma, second = value.partition(",")
    if not comma or "," in second:
        return False
    both = (first.split(), second.split())
    return all(
        len(words) > 1
        and not any(word.lower() in _PARTICLES for word in words)
        and not all(_INITIALS.fullmatch(word) for word in words)
        and not any("." in word for word in words[:1])
        for words in both
    )


def _may_be_given(value: str) -> bool:
    return bool(_INITIALS.fullmatch(value)) or len(value.split()) <= 2


def _goes_on(body: str, name: str) -> bool:
    """ "Centre for Research" goes on with "Reform in Education": what it is for has two names."""
    is_for = re.search(r"\b(?:for|of|on)\s+\S+$", body)
    return bool(
        is_for
        and re.fullmatch(r"(?!the\b)[^\W\d_]+\s+(?:in|of|for)\s.+", name, re.I)
        and not _BODIES.match(name)
    )


def joined(people: People) -> People:
    """ "Department for Education and Skills" was parted at its "and"."""
    names: list[str] = []
    for name in people.names:
        is_rest = (
            names
            and names[-1] in people.bodies
            and (not re.search(r"[\s,]", name) or _goes_on(names[-1], name))
        )
        if is_rest and not name.isupper() and name not in people.kept:
            whole = f"{names[-1]} and {name}"
            people.bodies = [whole if body == names[-1] else body for body in people.bodies]
            names[-1] = whole
        else:
            names.append(name)
    people.bodies = [body for body in people.bodies if body in names]
    for body in people.bodies[:5]:
        people.note(_("“%(name)s” was taken for an organisation.", name=body[:200]))
    people.names = names
    return people
