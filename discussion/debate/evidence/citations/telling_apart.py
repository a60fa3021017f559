"""Which format each part of what was pasted has; one paste may hold several, and words between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from discussion.debate.evidence.citations import bibtex, csl, tagged, typed
from discussion.debate.evidence.citations.bibtex_blocks import START as BIBTEX
from discussion.debate.evidence.citations.shapes import Found, Line
from discussion.debate.evidence.identifiers import dois_in, mended
from discussion.language import _

_NUMBER = re.compile(r"\W{0,2}\d{1,3}\W{1,2}")  # before each of several
MOST_JSON = 60  # places at which JSON is tried

_JSON = re.compile(r"^\s*(?:\[\s*(?:\{|$)|\{\s*(?:\"|$))")
_COMMA_TOO_MANY = re.compile(r",(?=\s{0,200}[\]}])")
_PMID = re.compile(r"^\s?PMID\s{0,2}- ?\d")
_ENW = re.compile(r"^\s*%0\s")
_ENW_LOOSE = re.compile(r"^\s*%[AT]\s+\S")


@dataclass
class Parts:
    """What was found, in its order, and the words that are in no format."""

    found: list[Found] = field(default_factory=list)
    left: list[Line] = field(default_factory=list)


def tell_apart(source: str) -> Parts:
    """Every record in a text of many lines, read by its own format, and the words between them."""
    rows = source.split("\n")
    parts = Parts()
    stray: list[str] = []
    at, tried = 0, 0
    while at < len(rows):
        format_ = _format(rows[at], has_bibtex="@" in source)
        if format_ == "CSL-JSON":
            tried += 1
            end = _json(parts, stray, rows, at) if tried <= MOST_JSON else 0
            format_, at = ("", at) if not end else (format_, end)
            if end:
                continue
        if not format_:
            stray.append(rows[at])
            at += 1
            continue
        if format_ == "BibTeX":
            stray[:] = [row for row in stray if not row.lstrip().startswith("%")]
        _typed(parts, stray)
        others = (n for n in range(at + 1, len(rows)) if _is_other(format_, rows[n]))
        end = next(others, len(rows))
        _READ[format_](parts, stray, rows[at:end])
        at = end
    _typed(parts, stray)
    return parts


def _format(row: str, *, has_bibtex: bool) -> str:
    if BIBTEX.search(row):
        return "BibTeX"
    if _PMID.match(row):
        return "PubMed"
    if _ENW.match(row) or (not has_bibtex and _ENW_LOOSE.match(row)):
        return "EndNote"
    if _JSON.match(row):
        return "CSL-JSON"
    return "RIS" if _is_ris(row) else ""


def _is_other(format_: str, row: str) -> bool:
    """Whether another format begins here; the lines of PubMed's look like those of RIS."""
    if format_ == "PubMed" and not row.lstrip().startswith("TY"):
        return _format(row, has_bibtex=True) not in ("", "PubMed", "RIS")
    return _format(row, has_bibtex=True) not in ("", format_)


def _is_ris(row: str) -> bool:
    tagged_row = tagged.ris_line(row)
    return tagged_row is not None and (tagged_row[0] in ("TY", "ER") or bool(tagged_row[1]))


# --- each format's records


def _bibtex(parts: Parts, stray: list[str], rows: list[str]) -> None:
    found, between = bibtex.read("\n".join(rows))
    parts.found.extend(found)
    for words in between:
        stray.extend(["", *words.split("\n")])


def _ris(parts: Parts, stray: list[str], rows: list[str]) -> None:
    for record in _ris_records(rows, stray):
        found = tagged.read("RIS", record)
        tags = [tag for row in record if (read := tagged.ris_line(row)) for tag in [read[0]]]
        if "ER" not in tags:
            found.note(
                _("The record has no end: a line “ER  -” is missing. Check that it is whole.")
            )
        if "TY" in tags[1:]:
            found.note(_("Some lines came before the one that says what it is (TY)."))
        parts.found.append(found)


def _ris_records(rows: list[str], stray: list[str]) -> Iterator[list[str]]:
    record: list[str] = []
    has_type = False
    for row in rows:
        read = tagged.ris_line(row)
        tag = read[0] if read else ""
        if tag == "TY" and has_type:
            yield record
            record, has_type = [], False
        if not record and not read:
            stray.append(row)
            continue
        has_type = has_type or tag == "TY"
        record.append(row)
        if tag == "ER":
            if len(record) > 1:
                yield record
            record, has_type = [], False
    if record:
        yield record


def _pubmed(parts: Parts, _stray: list[str], rows: list[str]) -> None:
    starts = [n for n, row in enumerate(rows) if _PMID.match(row)]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        parts.found.append(tagged.read("PubMed", rows[start:end]))


def _endnote(parts: Parts, _stray: list[str], rows: list[str]) -> None:
    record: list[str] = []
    was_empty = False
    for row in rows:
        tag = (tagged.enw_line(row) or ("",))[0]
        is_new = tag == "0" or (
            was_empty and tag and any((tagged.enw_line(one) or ("",))[0] == "T" for one in record)
        )
        if is_new and any(one.strip() for one in record):
            parts.found.append(tagged.read("EndNote", record))
            record = []
        was_empty = not row.strip()
        record.append(row)
    if any(one.strip() for one in record):
        parts.found.append(tagged.read("EndNote", record))


def _json(parts: Parts, stray: list[str], rows: list[str], at: int) -> int:
    """The row after the JSON that begins here; 0 if it is none."""
    source = "\n".join(rows[at:])
    begin = len(source) - len(source.lstrip())
    try:
        value, end = csl.parse(source, begin)
    except ValueError:
        mended = _COMMA_TOO_MANY.sub(" ", source)
        try:
            value, end = csl.parse(mended, begin)
        except ValueError:
            return 0
    entries = list(csl.entries_in(value))
    if not entries:
        return 0
    _typed(parts, stray)
    for entry in entries:
        parts.found.append(csl.read(entry))
    rest = source[end:].split("\n")
    if rest[0].strip(" ,;"):
        stray.append(rest[0])
    return at + source[:end].count("\n") + 1


_READ = {"BibTeX": _bibtex, "RIS": _ris, "PubMed": _pubmed, "EndNote": _endnote}


# --- words in no format


def _typed(parts: Parts, stray: list[str]) -> None:
    """References that somebody typed, each with its DOI; anything else is told of as left."""
    copied = "\n".join(stray)
    as_copied = " ".join(copied.split())
    for words in _paragraphs(mended(copied)):
        if dois_in(words) or typed.ADDRESS.fullmatch(words):
            found = typed.read(words)
            if words not in as_copied:
                found.note(_("The DOI was torn at the end of a line. Check that it is whole."))
            parts.found.append(found)
        elif any(map(str.isalnum, words)) and not _NUMBER.fullmatch(words):
            parts.left.append(Line(_("Not understood"), words))
    stray.clear()


def _paragraphs(copied: str) -> Iterator[str]:
    """Parted by empty lines; and within them after each line with a DOI, if there are several."""
    for paragraph in re.split(r"\n\s*\n", copied):
        if len(dois_in(paragraph)) < 2:
            yield " ".join(paragraph.split())
            continue
        gathered: list[str] = []
        for row in paragraph.split("\n"):
            gathered.append(row)
            if dois_in(row):
                yield " ".join(" ".join(gathered).split())
                gathered = []
        yield " ".join(" ".join(gathered).split())
