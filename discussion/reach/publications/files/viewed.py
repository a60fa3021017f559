"""A document as printers of it take it: with the words around it, and characters that they have."""

import json
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from discussion.language import _, in_words
from discussion.reach.publications.shapes import Document
from discussion.records import dump

FONTS = Path(__file__).parent / "fonts"
ROWS = (50, 22, 78, 36, 64)  # how high marks at one place stand, in percent
LONGEST_TITLE = 60


def viewed(document: Document) -> dict[str, Any]:
    """The document with its words, as plain data."""
    said = json.loads(json.dumps(dump(document)))
    for section, found in zip(said["sections"], document.sections, strict=True):
        runs = [{"kind": kind, "blocks": json.loads(json.dumps([dump(one) for one in lines]))}
                for kind, lines in found.runs]  # fmt: skip
        section["runs"] = runs
    seen: dict[int, int] = {}
    for road in said["roads"]:
        at = road["at"]
        if at is not None:
            road["up"] = ROWS[seen.get(at // 4, 0) % len(ROWS)]
            seen[at // 4] = seen.get(at // 4, 0) + 1
    for row in said["sources"]:
        title = row["title"]
        row["short"] = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
    for one in said["references"]:
        one["brief"] = one["text"].partition(" Available at:")[0]
    return {
        "document": said,
        "words": words_of(document),
        "facts": [list(one) for one in facts_of(document)],
        "map_alt": map_in_words(document),
    }


def words_of(document: Document) -> dict[str, str]:
    """What stands around what people wrote."""
    day = in_words(date.fromisoformat(document.made_on))
    return {
        "lang": document.language.partition("-")[0],
        "running": _("Briefing, version %(version)s, %(day)s", version=document.version, day=day),
        "page": _("Page %(page)s of %(pages)s", page=1, pages=2),
        "demonstration": _("A demonstration: authors are invented; references are real."),
        "editor": _("Editor:"),
        "value": _("Value"),
        "costs": _("At a cost to"),
        "served": _("Served by"),
        "source": _("Source"),
        "contradicts": _("Contradicts"),
        "qualifies": _("Qualifies"),
        "supports": _("Supports"),
        "number": _("No."),
        "kind": _("What kind"),
        "words": _("In their words"),
        "as_what": _("As"),
        "wrote": _("Positions"),
        "answered": _("Only answered"),
        "findings": _("What was rated"),
        "references": _("References"),
        "corrected": _("Corrected in this version:"),
        "title_values": _("What is served, and what is given up for it"),
        "title_sources": _("What each source is made to carry"),
    }


def facts_of(document: Document) -> list[tuple[str, str]]:
    """The legend: surveyed, drawn from, not counted, reviewed."""
    facts = (
        (_("Surveyed"), document.span),
        (_("Drawn from"), document.drawn_from),
        (_("Not counted"), document.not_counted),
        (_("Reviewed"), document.review_on),
    )
    return [(name, said) for name, said in facts if said]


def map_in_words(document: Document) -> str:
    """The map for who does not see it."""
    if document.scale is None:
        return ""
    placed = [one for one in document.roads if one.at is not None]
    said = "; ".join(f"{one.stand.number}, {one.claim}" for one in placed)
    return _(
        "A map with one scale, from %(low)s on the left to %(high)s on the right. In order: "
        "%(positions)s.",
        low=document.scale.low,
        high=document.scale.high,
        positions=said,
    )


def printable(data: Any, has: Callable[[str], bool]) -> Any:
    """The data with every character that no face has replaced, and said which script it was of.

    A run of such characters becomes one note in brackets: “[Arabic]”, or “[Sign]” of pictures. What
    joins or turns others, and is not seen itself, goes.
    """
    if isinstance(data, str):
        return _replaced(data, has)
    if isinstance(data, list | tuple):
        return [printable(one, has) for one in data]
    if isinstance(data, Mapping):
        return {name: printable(one, has) for name, one in data.items()}
    return data


def _replaced(words: str, has: Callable[[str], bool]) -> str:
    found: list[str] = []
    for character in unicodedata.normalize("NFC", words):
        if has(character):
            found.append(character)
            continue
        kind = unicodedata.category(character)
        if kind == "Cf" or unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
            continue
        if kind in ("Zl", "Zp", "Zs"):
            found.append(" ")
            continue
        plain = "".join(one for one in unicodedata.normalize("NFKD", character) if has(one))
        note = plain if plain.strip() else f"[{_script(character)}]"
        if not plain.strip() and found[-1:] == [note]:
            continue
        if not plain.strip() and found[-2:] == [note, " "]:
            found.pop()
            continue
        found.append(note)
    return "".join(found)


@cache
def _script(character: str) -> str:
    is_picture = unicodedata.category(character) in ("So", "Sk")
    name = "SIGN" if is_picture else unicodedata.name(character, "SIGN")
    return name.partition(" ")[0].capitalize()
