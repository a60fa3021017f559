"""RIS, PubMed's nbib and EndNote's enw: lines that begin with a tag, read by rispy."""

import re
from typing import Any, ClassVar

from rispy.parser import RisParser

from discussion.debate.evidence.citations.labels import LABELS
from discussion.debate.evidence.citations.people import of_values
from discussion.debate.evidence.citations.plain import clean, tidy_line, untagged
from discussion.debate.evidence.citations.shapes import Found, Line
from discussion.debate.evidence.citations.tags import ENW, NBIB, RIS, Tags
from discussion.debate.evidence.identifiers import dois_in
from discussion.language import _

LONGEST_VALUE = 8_000
MOST_LINES = 5_000  # of one record

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_SPACES = " \t\u00a0\u2000-\u200b\u202f\u3000"
_RIS_LINE = re.compile(
    rf"^[{_SPACES}]*([A-Za-z][A-Za-z0-9])([{_SPACES}]*)[{_DASHES}](?:[{_SPACES}](.*)|(\S.*)|)$"
)
_WIDE = re.compile(rf"^[{_SPACES}]*[A-Za-z][A-Za-z0-9](?:[{_SPACES}]{{2,}}|\t)[{_DASHES}]")
_NARROW = re.compile(r"[A-Za-z][A-Za-z0-9] - ")
_NBIB_LINE = re.compile(
    rf"^[{_SPACES}]?([A-Z][A-Z]{{1,3}})[{_SPACES}]{{0,3}}[{_DASHES}](?:[{_SPACES}](.*)|)$"
)
_ENW_LINE = re.compile(
    rf"^[{_SPACES}]*%([0-9A-Z!?@#$&()*+,<>=~\[\]:;^_|/'\"])(?:[{_SPACES}]+(.*)|)$"
)
_END = "ER  - "
_KNOWN = frozenset({*RIS.fields, *RIS.roles, *RIS.ignored})


def ris_line(line: str) -> tuple[str, str] | None:
    """The tag and what follows it; None for a line that goes on with the one before."""
    found = _RIS_LINE.match(line)
    if found is None:
        return None
    tag, is_wide, is_tight = found[1].upper(), len(found[2]) > 1, found[4] is not None
    is_known = tag in _KNOWN and (found[1].isupper() or is_wide) and (is_wide or not is_tight)
    if not is_known and not (is_wide and found[1].isupper()):
        return None  # "we - the authors", "E2-based"
    return tag, (found[3] or found[4] or "").strip()


def nbib_line(line: str) -> tuple[str, str] | None:
    """The same for PubMed's lines."""
    found = _NBIB_LINE.match(line)
    return (found[1], (found[2] or "").strip()) if found else None


def enw_line(line: str) -> tuple[str, str] | None:
    """The same for EndNote's lines; the tag without its percent sign."""
    found = _ENW_LINE.match(line)
    return (found[1], (found[2] or "").strip()) if found else None


class _Tagged(RisParser):  # type: ignore[misc]
    """rispy's reader, told to lose nothing: every tag is kept, with all its values."""

    DEFAULT_MAPPING: ClassVar[dict[str, str]] = {"TY": "TY"}
    LINE = staticmethod(ris_line)

    def parse_line(self, line: str) -> tuple[Any, str]:
        if line == _END:
            return self.END_TAG, ""
        return self.LINE(line) or (None, line.strip())

    def _add_tag(
        self, record: dict[str, Any], tag: str, content: str, extend_multiline: bool = False
    ) -> None:
        values = record.setdefault(tag or "", [])
        if extend_multiline and values:
            values[-1] = f"{values[-1]} {content}"
        elif content:
            values.append(content)


class _Nbib(_Tagged):
    LINE = staticmethod(nbib_line)


class _Enw(_Tagged):
    LINE = staticmethod(enw_line)
    START_TAG = "%0"
    DEFAULT_MAPPING: ClassVar[dict[str, str]] = {"%0": "0"}


READERS: dict[str, tuple[type[_Tagged], Tags]] = {
    "RIS": (_Tagged, RIS),
    "PubMed": (_Nbib, NBIB),
    "EndNote": (_Enw, ENW),
}


def read(format_: str, rows: list[str]) -> Found:
    """One record, its lines given."""
    reader, tags = READERS[format_]
    found = Found(format_, "\n".join(rows).strip("\n"))
    if len(rows) > MOST_LINES:
        found.note(_("The record is longer than we read. Its end is missing."))
    filled = [row for row in rows[:MOST_LINES] if row.strip()]
    if format_ == "RIS":
        filled = _together(filled)
    kinds = [row for row in filled if (reader.LINE(row) or ("",))[0] == tags.type]
    kind = (reader.LINE(kinds[0]) or ("", ""))[1] if kinds else ""
    lines = [f"{reader.START_TAG}  - ", *(row for row in filled if row not in kinds), _END]
    (record,) = reader().parse_lines(iter(lines))
    del record[reader.DEFAULT_MAPPING[reader.START_TAG]]
    _fill(found, tags, kind, record)
    return found


def _together(rows: list[str]) -> list[str]:
    """Where tags have two spaces behind them, "IS - it so?" goes on with the line before."""
    if sum(map(bool, map(_WIDE.match, rows))) < 3:
        return rows
    made: list[str] = []
    for row in rows:
        read = ris_line(row)
        if made and read and read[0] not in ("TY", "ER") and _NARROW.match(row):
            made[-1] = f"{made[-1]} {row.strip()}"
        else:
            made.append(row)
    return made


def _fill(found: Found, tags: Tags, kind: str, record: dict[str, list[str]]) -> None:
    found.type = tags.types.get(kind.upper(), "other" if kind else "article")
    is_plain = record.get("C1") == [PLAIN]
    found.is_exact = is_plain
    words = tidy_line if is_plain else clean
    left_out = {"C1"} if is_plain else {"AU", "ED"} if {"FAU", "FED"} & {*record} else set()
    if "AU" in record and "A1" in record:
        record["A1"] = [name for name in record["A1"] if name not in record["AU"]]
    mapping = {**tags.fields, **tags.of_type.get(found.type, {})}
    for tag in (*mapping, *tags.roles, *record):
        for value in record.get(tag, []) if tag not in left_out else []:
            _put(found, tags, mapping, tag, value[:LONGEST_VALUE], words)
        left_out.add(tag)
    _pages(found)


PLAIN = "Plain text"  # what our own export says where its words look like HTML


def _put(
    found: Found, tags: Tags, mapping: dict[str, str], tag: str, value: str, words: Any
) -> None:
    if tag in tags.roles:
        _name(found, tags.roles[tag], value, is_plain=words is tidy_line)
        return
    name = mapping.get(tag, "")
    if not name:
        if tag not in tags.ignored:
            found.left.append(Line(tag or _("Not understood"), words(value)))
    elif name == "url":
        found.add("url", tidy_line(untagged(value)))
    elif name == "doi":
        _identified(found, name, value)
    elif name == "serial":
        digits = re.sub(r"[^0-9Xx]", "", re.split(r"[(;,]|\s\D", value)[0])
        found.add("isbn" if len(digits) in (10, 13) else "issn", words(value))
    elif name == "doi or file":
        found.add("doi" if dois_in(value) else "url", tidy_line(untagged(value)))
    elif name == "title" and found.format == "PubMed":
        found.add("title", _pubmed_title(words(value)))
    elif name in ("abstract", "keywords", "files", "affiliation"):
        found.left.append(Line(str(LABELS[name]), words(value)))
    else:
        found.add(name, words(value))


def _name(found: Found, role: str, value: str, *, is_plain: bool) -> None:
    if is_plain:
        found.people.setdefault(role, []).append(tidy_line(value))
        return
    people = of_values([value])
    names = found.people.setdefault(role, [])
    names.extend(people.names)
    found.left.extend(people.left)
    for sentence in people.notes:
        found.note(sentence)


def _identified(found: Found, name: str, value: str) -> None:
    """A DOI among numbers of other sorts: "S0140-6736(05)66778-4 [pii]"."""
    value = untagged(value)
    if dois_in(value) or (name == "doi" and "[" not in value):
        found.add("doi", value)
    else:
        found.left.append(Line(str(LABELS["number of record"]), tidy_line(value)))


def _pubmed_title(title: str) -> str:
    """PubMed ends every title with a stop, and brackets one that it has translated."""
    whole = re.sub(r"^\[(.*)\]\.?$", r"\1", title.strip())
    return whole[:-1] if whole.endswith(".") and not whole.endswith("..") else whole


def _pages(found: Found) -> None:
    """ "SP - 10" and "EP - 20", or all of it under one of them."""
    first = " ".join(found.fields.pop("first page", [])[:1])
    last = " ".join(found.fields.pop("last page", [])[:1])
    article = found.fields.pop("article number", [])
    if last and re.search(r"[-–]", first):
        last = ""
    pages = "–".join(filter(None, (first, last))) if first != last else first
    if pages:
        found.fields["pages"] = [pages]
        found.left.extend(Line(_("Article number"), one) for one in article)
    elif article and "pages" not in found.fields:
        found.fields["pages"] = article[:1]
