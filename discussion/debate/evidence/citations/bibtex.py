"""BibTeX and BibLaTeX: which field of theirs is which of ours."""

import re

from discussion.debate.evidence.citations.bibtex_blocks import Block, split
from discussion.debate.evidence.citations.bibtex_names import of_bibtex
from discussion.debate.evidence.citations.latex import addresses_in, decode, unknown_commands
from discussion.debate.evidence.citations.shapes import Found, Line
from discussion.language import _, _l

LONGEST_FIELD = 8_000  # of the raw field, before marks are taken away
MOST_PARENTS = 3  # of a chapter that refers to its book, which refers to its series

_TYPES = {
    "article": "article", "periodical": "article", "suppperiodical": "article",
    "incollection": "chapter", "inbook": "chapter", "inproceedings": "chapter",
    "conference": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "inreference": "chapter", "incollections": "chapter",
    "book": "book", "mvbook": "book", "collection": "book", "proceedings": "book",
    "reference": "book", "booklet": "book",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "techreport": "report", "report": "report", "manual": "report",
    "online": "web", "electronic": "web", "www": "web",
}  # fmt: skip
# Theirs, in the order in which they are asked, to ours.
_FIELDS = {
    "title": "title", "subtitle": "subtitle", "titleaddon": "note",
    "shorttitle": "short title",
    "year": "date", "date": "date", "pubstate": "date",
    "journaltitle": "journal", "journal": "journal", "fjournal": "journal",
    "shortjournal": "journal", "booktitle": "book", "booksubtitle": "book subtitle",
    "maintitle": "series", "eventtitle": "event",
    "volume": "volume", "number": "number", "issue": "number", "pages": "pages", "eid": "pages",
    "articleno": "pages", "article-number": "pages",
    "publisher": "publisher", "institution": "publisher", "school": "publisher",
    "organization": "publisher", "organisation": "publisher", "howpublished": "published how",
    "address": "place", "location": "place", "edition": "edition", "series": "series",
    "isbn": "isbn", "issn": "issn", "doi": "doi", "url": "url", "ee": "url", "link": "url",
    "adsurl": "url", "bdsk-url-1": "url", "note": "note", "addendum": "reference",
    "urldate": "accessed", "lastchecked": "accessed", "lastaccessed": "accessed",
    "langid": "language", "language": "language", "type": "sort", "version": "version",
    "pmid": "pmid", "pmcid": "pmcid",
}  # fmt: skip
_ROLES = {"author": "author", "editor": "editor", "translator": "translator",
          "bookauthor": "editor", "editora": "editor", "authors": "author",
          "editors": "editor"}  # fmt: skip
_ADDRESSES = ("doi", "url")
# They say where a program keeps something, or how it sorts; nobody misses them.
_OF_PROGRAMS = frozenset(
    [
        "timestamp",
        "owner",
        "file",
        "date-added",
        "date-modified",
        "bdsk-file-1",
        "key",
        "sortname",
        "sortkey",
        "citeulike-article-id",
        "citeulike-linkout-0",
        "posted-at",
        "priority",
        "biburl",
        "bibsource",
        "mendeley-groups",
        "creationdate",
        "modificationdate",
        "groups",
        "langidopts",
        "options",
        "ids",
        "rating",
    ]
)
_REFERS = ("crossref", "xdata", "xref")
_SERIAL = re.compile(
    r"(?:arxiv:)?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)", re.IGNORECASE
)


def read(source: str) -> tuple[list[Found], list[str]]:
    """Every entry, and the words that belong to none."""
    blocks, between = split(source)
    by_key = {block.key.lower(): block for block in reversed(blocks) if block.key}
    return [_found(block, by_key) for block in blocks], between


def _found(block: Block, by_key: dict[str, Block]) -> Found:
    found = Found("BibTeX", block.source, _TYPES.get(block.type, "other"), block.key)
    found.problem = block.problem
    found.left = [Line(one.label, decode(one.value[:LONGEST_FIELD])) for one in block.left]
    found.notes = list(dict.fromkeys(block.notes))
    if block.problem:
        return found
    for one in [*block.fields, *_inherited(found, block, by_key)]:
        _put(found, one)
    order = [*dict.fromkeys(_FIELDS.values()), "url in note", "month"]
    found.fields = {name: found.fields[name] for name in order if name in found.fields}
    _eprint(found, block)
    sorts = found.fields.get("sort") or [block.type]
    if sort := _SORTS.get(sorts[0].lower()):
        found.fields["sort"] = [str(sort), *sorts[1:]]
    return found


# What BibLaTeX calls them, in words.
_SORTS = {"phdthesis": _l("PhD thesis"), "mastersthesis": _l("Master’s thesis"),
          "mathesis": _l("Master’s thesis"), "bathesis": _l("Bachelor’s thesis"),
          "candthesis": _l("Candidate thesis"), "resreport": _l("Research report")}  # fmt: skip


def _put(found: Found, one: Line) -> None:
    value = one.value[:LONGEST_FIELD]
    if one.label in _ROLES:
        people = of_bibtex(one.value)
        names = found.people.setdefault(_ROLES[one.label], [])
        before = tuple(names)  # of another field for the same people
        names.extend(name for name in people.names if name not in before)
        found.left.extend(people.left)
        for sentence in people.notes:
            found.note(sentence)
    elif one.label in _FIELDS:
        name = _FIELDS[one.label]
        plain = addresses_in(_whole(value)) if name in _ADDRESSES else decode(value)
        if name in ("note", "published how") and re.search(r"\\(url|href|path)\b", value):
            found.add("url in note", addresses_in(_addresses(value)))
        found.add(name, plain.strip())
        if name not in _ADDRESSES and (unknown := unknown_commands(value)):
            found.note(
                _(
                    "LaTeX in “%(field)s” that we do not know: %(commands)s.",
                    field=one.label,
                    commands=", ".join(unknown),
                )
            )
    elif one.label == "month":
        found.add("month", decode(value))
    elif one.label not in _OF_PROGRAMS and one.label not in (*_REFERS, *_EPRINT):
        found.left.append(Line(one.label, decode(value)))


def _whole(address: str) -> str:
    """An address that was wrapped at the end of a line is one."""
    return re.sub(r"(?<=[^\s,;])\n\s*(?!https?://|www\.|10\.)(?=\S)", "", address)


def _addresses(value: str) -> str:
    named = re.search(r"\\(?:url|href|path)\s*\{([^{}]*)\}", value)
    return named[1] if named else ""


def _inherited(found: Found, block: Block, by_key: dict[str, Block]) -> list[Line]:
    """What an entry takes from the one that it refers to."""
    given = {one.label for one in block.fields}
    lines: list[Line] = []
    seen = {block.key.lower()}
    for _step in range(MOST_PARENTS):
        keys = next((one.value for one in block.fields if one.label in _REFERS and one.value), "")
        if not keys:
            return lines
        key = keys.split(",")[0].strip()
        parent = by_key.get(key.lower())
        if parent is None or key.lower() in seen:
            found.note(_("It refers to “%(key)s”, which was not pasted with it.", key=key[:100]))
            return lines
        seen.add(key.lower())
        for one in parent.fields:
            label = _as_parents(one.label, found.type)
            if label not in given and label not in _REFERS and label not in ("author", "doi"):
                given.add(label)
                lines.append(Line(label, one.value))
        found.note(_("Some of it was taken from “%(key)s”, to which it refers.", key=key[:100]))
        block = parent
    return lines


def _as_parents(label: str, type_: str) -> str:
    if type_ == "chapter" and label in ("title", "subtitle"):
        return "booktitle" if label == "title" else "booksubtitle"
    if type_ == "article" and label == "title":
        return "journal"
    return label


_EPRINT = (
    "eprint",
    "eprinttype",
    "archiveprefix",
    "eprintclass",
    "primaryclass",
    "arxivid",
    "arxiv",
    "handle",
    "hdl",
)


def _eprint(found: Found, block: Block) -> None:
    number = addresses_in(block.first("eprint") or block.first("arxivid") or block.first("arxiv"))
    sort = (block.first("eprinttype") or block.first("archiveprefix")).strip("{} ").lower()
    serial = _SERIAL.fullmatch(number.strip())
    if handle := (block.first("handle") or block.first("hdl")):
        found.add("url", "https://hdl.handle.net/" + addresses_in(handle).strip())
    if number and (sort == "arxiv" or (serial and not sort)):
        found.add("arxiv", serial[1] if serial else number.strip())
    elif number and sort in ("hdl", "handle"):
        found.add("url", f"https://hdl.handle.net/{number.strip()}")
    elif number and sort == "jstor":
        found.add("url", f"https://www.jstor.org/stable/{number.strip()}")
    elif number and sort in ("pubmed", "pmid"):
        found.add("pmid", number.strip())
    elif number.startswith("http"):
        found.add("url", number)
    elif number:
        found.left.append(Line("eprint", number))
