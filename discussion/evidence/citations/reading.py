"""BibTeX and RIS, as people paste them, to drafts; what cannot be read is said entry by entry."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import bibtexparser
import rispy
from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Block, Field
from bibtexparser.model import Entry as BibtexEntry

from discussion import text
from discussion.evidence.drafts import ItemDraft, tidy
from discussion.evidence.identifiers import normalise_doi
from discussion.evidence.words import EARLIEST_YEAR, LIMITS, MAX_AUTHOR, MAX_AUTHORS
from discussion.language import _

MAX_SOURCE = 100_000  # in bytes
MAX_ENTRIES = 50
LONGEST_FIELD = 8_000  # of the raw field, before marks are taken away

# It writes what people pasted to the log, line by line.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Entry:
    """One entry of what was pasted: a draft, or why there is none."""

    number: int
    draft: ItemDraft | None
    problem: str = ""


@dataclass(frozen=True)
class Reading:
    """What was pasted, read; `problem` is about the whole."""

    entries: tuple[Entry, ...] = ()
    problem: str = ""

    @property
    def drafts(self) -> tuple[ItemDraft, ...]:
        return tuple(entry.draft for entry in self.entries if entry.draft is not None)


def read(source: str) -> Reading:
    """Read BibTeX or RIS, told apart by its first mark; never raises."""
    source = text.paragraphs(source[: MAX_SOURCE + 1])
    if len(source.encode()) > MAX_SOURCE:
        return Reading(
            problem=_(
                "That is more than %(most)s kB. Paste fewer entries.", most=MAX_SOURCE // 1000
            )
        )
    if _RIS_START.search(source):
        starts, read_entries = len(_RIS_START.findall(source)), _read_ris
    elif _BIBTEX_START.search(source):
        starts, read_entries = len(_BIBTEX_START.findall(source)), _read_bibtex
    else:
        return Reading(
            problem=_(
                "No BibTeX or RIS was found in this. BibTeX begins with @, RIS "
                "with “TY  -”. You can also type it in by hand."
            )
        )
    if starts > MAX_ENTRIES:
        return Reading(
            problem=_("That is more than %(most)s entries. Paste fewer.", most=MAX_ENTRIES)
        )
    return _numbered(_safely(read_entries, source))


_RIS_START = re.compile(r"^TY {0,2}-", re.MULTILINE)
_BIBTEX_START = re.compile(r"@\s{0,9}[A-Za-z]{1,40}\s{0,9}[{(]")
_Found = list[ItemDraft | None]


def _numbered(found: _Found | None) -> Reading:
    if not found:
        return Reading(
            problem=_(
                "This could not be read. Check that it was copied whole, or type it in by hand."
            )
        )
    unread = _("This entry could not be read.")
    return Reading(
        tuple(
            Entry(
                number,
                draft if draft and draft.title else None,
                "" if draft and draft.title else _("This entry has no title.") if draft else unread,
            )
            for number, draft in enumerate(found, start=1)
        )
    )


def _safely(reader: Callable[[Any], Any], source: Any) -> Any:
    """What the reader makes of it, or None: two libraries stand between people and a 500."""
    try:
        return reader(source)
    except Exception:
        return None


# --- BibTeX


def _read_bibtex(source: str) -> _Found:
    library = bibtexparser.parse_string(source)  # type: ignore[attr-defined]
    blocks: list[Block] = [*library.entries, *library.failed_blocks]
    blocks.sort(key=lambda block: block.start_line or 0)
    return [
        _safely(_of_bibtex, block) if isinstance(block, BibtexEntry) else None for block in blocks
    ]


def _of_bibtex(entry: BibtexEntry) -> ItemDraft:
    raw = {field.key.lower(): str(field.value)[:LONGEST_FIELD] for field in entry.fields}
    names = _split_names(raw.get("author") or raw.get("editor") or "")
    plain = _decoded({**raw, **{f"name {n}": name for n, name in enumerate(names)}})
    authors = [_bibtex_name(name, plain[f"name {n}"]) for n, name in enumerate(names)]
    return _draft(
        title=": ".join(filter(None, (plain.get("title", ""), plain.get("subtitle", "")))),
        authors=authors,
        year=plain.get("year") or plain.get("date", ""),
        journal=plain.get("journal") or plain.get("journaltitle", ""),
        volume=plain.get("volume", ""),
        number=plain.get("number", ""),
        pages=plain.get("pages", ""),
        publisher=_first(
            plain, "publisher", "institution", "school", "organization", "howpublished", "booktitle"
        ),
        url=_bare_address(raw.get("url", "")),
        doi=_bare_address(raw.get("doi", "")),
        language=plain.get("langid", ""),
    )


def _decoded(fields: Mapping[str, str]) -> dict[str, str]:
    """LaTeX to characters. A lone % is a comment in LaTeX and a percent sign to everybody else."""
    safe = [
        Field(key, re.sub(r"(?<!\\)%", r"\%", value).replace(r"\textasciicircum{}", "^"))
        for key, value in fields.items()
    ]
    entry = BibtexEntry("misc", "x", safe)
    done = _safely(lambda one: LatexDecodingMiddleware().transform_entry(one, Library()), entry)
    if isinstance(done, BibtexEntry):
        return {field.key: str(field.value) for field in done.fields}
    return {key: re.sub(r"[{}\\]", "", value) for key, value in fields.items()}


def _split_names(source: str) -> list[str]:
    """Names are parted by "and" outside braces."""
    names, depth, start = [], 0, 0
    for match in re.finditer(r"\\.|[{}]|\s+and\s+", source, re.IGNORECASE | re.DOTALL):
        mark = match[0]
        if mark in "{}":
            depth = max(0, depth + (1 if mark == "{" else -1))
        elif depth == 0 and not mark.startswith("\\"):
            names.append(source[start : match.start()])
            start = match.end()
    names.append(source[start:])
    return [name.strip() for name in names[: MAX_AUTHORS + 1] if name.strip()]


def _bibtex_name(raw: str, plain: str) -> str:
    """ "Mary van Snyder" is "van Snyder, Mary"; a name in braces is an organisation's."""
    if raw.startswith("{") and raw.endswith("}") and "," not in _outside_braces(raw):
        return plain
    if "," in plain:
        parts = [part.strip() for part in plain.split(",")]
        family, given = " ".join(parts[:-1]), parts[-1]
        return f"{family}, {given}" if family and given else family or given
    words = plain.split()
    if len(words) < 2 or "{" in raw[:1]:
        return plain
    at = next((i for i, word in enumerate(words[1:-1], 1) if word[0].islower()), len(words) - 1)
    return f"{' '.join(words[at:])}, {' '.join(words[:at])}"


def _outside_braces(raw: str) -> str:
    while (shorter := re.sub(r"\{[^{}]*\}", "", raw)) != raw:
        raw = shorter
    return raw


def _bare_address(raw: str) -> str:
    """Addresses are not LaTeX, but people's tools put a backslash before some marks."""
    inner = re.sub(r"\\url\{(.*)\}", r"\1", raw)
    return re.sub(r"[{}]", "", re.sub(r"\\([_%&#~{}$])", r"\1", inner))


# --- RIS


def _read_ris(source: str) -> _Found:
    pieces = re.split(r"^ER {0,2}-.*$", source, flags=re.MULTILINE)
    return [_safely(_of_ris, piece) for piece in pieces if _RIS_START.search(piece)]


def _of_ris(piece: str) -> ItemDraft | None:
    whole = re.sub(r"^([A-Z][A-Z0-9]) {0,2}- ?", r"\1  - ", piece.strip(), flags=re.MULTILINE)
    found = rispy.loads(whole[whole.index("TY") :] + "\nER  - \n")
    if len(found) != 1:
        return None
    entry = {
        key: value if isinstance(value, list) else str(value)[:LONGEST_FIELD]
        for key, value in found[0].items()
    }
    urls = entry.get("urls") or [""]
    pages = "–".join(filter(None, (_first(entry, "start_page"), _first(entry, "end_page"))))
    return _draft(
        title=_first(entry, "title", "primary_title", "short_title"),
        authors=[
            _ris_name(name) for name in entry.get("authors") or entry.get("first_authors") or []
        ],
        year=_first(entry, "year", "publication_year", "date"),
        journal=_first(entry, "journal_name", "secondary_title", "alternate_title3"),
        volume=_first(entry, "volume"),
        number=_first(entry, "number"),
        pages=pages,
        publisher=_first(entry, "publisher", "name_of_database"),
        url=str(urls[0] if isinstance(urls, list) else urls),
        doi=_first(entry, "doi"),
        language=_first(entry, "language"),
    )


def _ris_name(name: str) -> str:
    parts = [part.strip() for part in str(name).split(",")]
    family, given = parts[0], " ".join(filter(None, parts[1:]))
    return f"{family}, {given}" if family and given else family or given


# --- both


def _draft(
    *,
    title: str,
    authors: list[str],
    year: str,
    journal: str,
    volume: str,
    number: str,
    pages: str,
    publisher: str,
    url: str,
    doi: str,
    language: str,
) -> ItemDraft:
    """A tidy draft within the limits; what is cut is the person's to mend on the form."""
    found = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", year)
    names = [text.line(name)[:MAX_AUTHOR] for name in authors]
    return tidy(
        ItemDraft(
            title=_cut("title", title),
            authors=tuple(name for name in names if name)[:MAX_AUTHORS],
            year=int(found[0]) if found and int(found[0]) >= EARLIEST_YEAR else None,
            publisher=_cut("publisher", in_journal(journal, volume, number, pages) or publisher),
            url=text.line(url)[:LONGEST_FIELD] if "." in url else "",
            doi=normalise_doi(doi),
            language=language if re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", language) else "en-GB",
        )
    )


def in_journal(journal: str, volume: str, number: str, pages: str) -> str:
    """ "Psychological Science 10(1), 59–64"; "" without a journal."""
    if not text.line(journal):
        return ""
    issue = volume + (f"({number})" if number else "")
    pages = re.sub(r"\s*(--+|–|-)\s*", "–", pages)
    return " ".join(filter(None, (journal, issue))) + (f", {pages}" if pages else "")


def _cut(field: str, value: str) -> str:
    return text.line(value)[: LIMITS[field]].rstrip()


def _first(entry: Mapping[str, Any], *names: str) -> str:
    for name in names:
        value = entry.get(name)
        if value:
            return str(value[0] if isinstance(value, list) else value)
    return ""
