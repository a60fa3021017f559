"""References as people paste them, to drafts; what cannot be read is said entry by entry."""

import re
from dataclasses import replace

from discussion import text
from discussion.debate.evidence.citations.bibtex_blocks import START as BIBTEX_START
from discussion.debate.evidence.citations.composing import compose
from discussion.debate.evidence.citations.shapes import Entry, Found, Reading
from discussion.debate.evidence.citations.telling_apart import tell_apart
from discussion.language import _

MAX_SOURCE = 100_000  # in bytes
MAX_ENTRIES = 50
MOST_BLOCKS = 500  # of BibTeX, with its abbreviations and comments

_RIS_START = re.compile(r"^\W{0,9}TY\W{1,4}\s", re.MULTILINE | re.IGNORECASE)
_RUN_TOGETHER = re.compile(r"\s+(?=(?:[A-Z][A-Z0-9] {2}- |ER {2}-))")
_FENCE = re.compile(r"\s*(?:```|~~~)\s*[A-Za-z-]{0,20}\s*")
_QUOTE = re.compile(r" {0,3}> ?")


def read(source: str) -> Reading:
    """Read whatever is in it, each format told by its first mark; never raises."""
    source = _unquoted(text.paragraphs(source[: MAX_SOURCE + 1]))
    if len(source.encode()) > MAX_SOURCE:
        return Reading(
            problem=_(
                "That is more than %(most)s kB. Paste fewer entries.", most=MAX_SOURCE // 1000
            )
        )
    blocks = [found[1].lower() for found in BIBTEX_START.finditer(source)]
    entries = sum(block not in ("string", "comment", "preamble") for block in blocks)
    if max(entries, len(_RIS_START.findall(source))) > MAX_ENTRIES or len(blocks) > MOST_BLOCKS:
        return _too_many()
    try:
        parts = tell_apart(source)
    except Exception:  # libraries stand between people and a 500
        return Reading(problem=_unreadable())
    if len(parts.found) > MAX_ENTRIES:
        return _too_many()
    if not parts.found:
        return Reading(problem=_nothing(source), left=tuple(parts.left))
    made = [_composed(number, one) for number, one in enumerate(parts.found, 1)]
    return Reading(_compared(made), left=tuple(parts.left))


def _unquoted(source: str) -> str:
    """Without what mail programs and chats put around: "> " before each line, and ```bibtex."""
    rows = [row for row in source.split("\n") if not _FENCE.fullmatch(row)]
    while len(filled := [row for row in rows if row.strip()]) > 1 and all(
        map(_QUOTE.match, filled)
    ):
        rows = [_QUOTE.sub("", row, count=1) for row in rows]
    return "\n".join(row for whole in rows for row in _parted(whole))


def _parted(row: str) -> list[str]:
    """RIS whose lines were run together, as a box of one line does it."""
    if not _RIS_START.match(row) or len(_RUN_TOGETHER.findall(row)) < 2:
        return [row]
    return _RUN_TOGETHER.sub("\n", row).split("\n")


def _composed(number: int, found: Found) -> Entry:
    try:
        return compose(number, found)
    except Exception:
        return Entry(number, None, _("This entry could not be read."), source=found.source)


def _compared(entries: list[Entry]) -> tuple[Entry, ...]:
    """Say of an entry that one before it has its key or its DOI: it may be the same."""
    keys: dict[str, int] = {}
    dois: dict[str, int] = {}
    told = []
    for entry in entries:
        notes = []
        doi = entry.draft.doi if entry.draft else ""
        if entry.key and entry.key.casefold() in keys:
            notes.append(
                _(
                    "Entry %(number)s has the same key, “%(key)s”.",
                    number=keys[entry.key.casefold()],
                    key=entry.key[:100],
                )
            )
        if doi and doi in dois:
            notes.append(_("Entry %(number)s has the same DOI.", number=dois[doi]))
        keys.setdefault(entry.key.casefold(), entry.number)
        dois.setdefault(doi, entry.number)
        account = replace(entry.account, notes=(*notes, *entry.account.notes))
        told.append(replace(entry, account=account) if notes else entry)
    return tuple(told)


def _too_many() -> Reading:
    return Reading(problem=_("That is more than %(most)s entries. Paste fewer.", most=MAX_ENTRIES))


def _unreadable() -> str:
    return _("This could not be read. Check that it was copied whole, or type it in by hand.")


def _nothing(source: str) -> str:
    if re.match(r"\s*[\[{]", source):
        return _(
            "This looks like JSON but has a fault, or is cut off. Check that it was copied "
            "whole, or type it in by hand."
        )
    return _(
        "No reference was found in this. Paste BibTeX, RIS, CSL-JSON, or a file from"
        " PubMed (.nbib) or EndNote (.enw). We can also read a reference as you would"
        " type it, if it includes the DOI. Otherwise type it in by hand."
    )
