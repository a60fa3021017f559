"""CSL-JSON, as Zotero and Crossref give it: one object, or a list of them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from discussion.debate.evidence.citations.people import ONLY_OTHERS, of_values
from discussion.debate.evidence.citations.plain import clean, tidy_line, untagged
from discussion.debate.evidence.citations.shapes import Found, Line

LONGEST_VALUE = 8_000
MOST_NAMES = 1_000

_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "article": "article", "journal-article": "article", "review": "article",
    "chapter": "chapter", "paper-conference": "chapter", "book-chapter": "chapter",
    "proceedings-article": "chapter", "entry-encyclopedia": "chapter",
    "entry-dictionary": "chapter", "entry": "chapter",
    "book": "book", "monograph": "book", "edited-book": "book", "reference-book": "book",
    "thesis": "thesis", "dissertation": "thesis", "report": "report", "standard": "report",
    "webpage": "web", "post-weblog": "web", "post": "web",
}  # fmt: skip
_FIELDS = {
    "title": "title", "subtitle": "subtitle", "title-short": "short title",
    "shortTitle": "short title", "container-title": "journal", "journalAbbreviation": "journal",
    "container-title-short": "journal", "short-container-title": "journal",
    "event-title": "event", "event": "event", "collection-title": "series", "volume": "volume",
    "issue": "number", "number": "number", "page": "pages", "page-first": "pages",
    "article-number": "pages", "publisher": "publisher", "institution": "publisher",
    "publisher-place": "place", "edition": "edition", "ISBN": "isbn", "ISSN": "issn",
    "DOI": "doi", "URL": "url", "PMID": "pmid", "PMCID": "pmcid", "note": "note",
    "genre": "sort", "language": "language", "version": "version", "medium": "sort",
    "status": "date",
}  # fmt: skip
_ROLES = {"author": "author", "editor": "editor", "container-author": "editor",
          "collection-editor": "series editor", "translator": "translator",
          "contributor": "contributor", "director": "author"}  # fmt: skip
_DATES = ("issued", "published-print", "published", "published-online", "original-date")
_IGNORED = {"id", "type", "citation-key", "citation-label", "source", "accessed", *_DATES}
_OF_BOOKS = ("chapter",)
_WRAPPERS = ("message", "items", "data", "csl", "references")


def parse(source: str, at: int) -> tuple[Any, int]:
    """The JSON value that begins there, and where it ends; ValueError if there is none.

    A name that stands twice in an object keeps both values.
    """
    decoder = json.JSONDecoder(object_pairs_hook=_together)
    try:
        return decoder.raw_decode(source, at)
    except RecursionError as deep:
        raise ValueError("too deep") from deep


def entries_in(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The objects that describe something, also within what Crossref and Zotero put around them."""
    if depth > 4:
        return
    if isinstance(value, list):
        for one in value:
            yield from entries_in(one, depth + 1)
    elif isinstance(value, Mapping):
        wrapped = [value[name] for name in _WRAPPERS if isinstance(value.get(name), list | dict)]
        inner = next(iter(wrapped), None)
        if inner is not None and "title" not in value:
            yield from entries_in(inner, depth + 1)
        else:
            yield value


def read(entry: Mapping[str, Any]) -> Found:
    """One item of CSL-JSON as `entries_in` gives it; what it says and we do not know is left."""
    found = Found("CSL-JSON", json.dumps(_plain_json(entry), ensure_ascii=False, indent=1))
    found.key = _one(entry.get("id"))
    found.type = _TYPES.get(_one(entry.get("type")), "other" if entry.get("type") else "article")
    for name, role in _ROLES.items():
        _people(found, role, entry.get(name))
    for name, ours in _FIELDS.items():
        is_book = ours == "journal" and found.type in _OF_BOOKS
        for value in _strings(entry.get(name)):
            words = tidy_line(untagged(value)) if ours in ("url", "doi") else clean(value)
            found.add("book" if is_book else ours, words)
    for name in _DATES:
        found.add("date", _date(entry.get(name)))
    found.add("accessed", _date(entry.get("accessed")))
    known = {*_FIELDS, *_ROLES, *_IGNORED}
    for name, value in list(entry.items())[:200]:
        words = _whole(value)
        if name not in known and words:
            found.left.append(Line(clean(str(name))[:60], words))
    if "page" in entry and found.fields.get("pages", [])[1:]:
        found.fields["pages"] = found.fields["pages"][:1]
    return found


def _together(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made and made[name] != value and isinstance(value, str):
            before = made[name] if isinstance(made[name], list) else [made[name]]
            made[name] = [*before, value]
        else:
            made[name] = value
    return made


def _plain_json(entry: Mapping[str, Any]) -> Any:
    return dict(entry)


def _strings(value: Any) -> list[str]:
    """The words in a value, whatever its shape."""
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, str):
        return [value[:LONGEST_VALUE]]
    if isinstance(value, int | float):
        return [str(value)[:40]]
    if isinstance(value, list):
        return [words for one in value[:40] for words in _strings(one)]
    if isinstance(value, Mapping):
        named = value.get("name") or value.get("literal") or value.get("value")
        return _strings(named) if isinstance(named, str) else []
    return []


def _whole(value: Any) -> str:
    """What is left out, nothing of it missing."""
    rows = value if isinstance(value, list) else [value]
    if any(isinstance(row, Mapping | list) for row in rows):
        return clean(json.dumps(value, ensure_ascii=False)[:LONGEST_VALUE])
    return clean(", ".join(_strings(value)))


def _one(value: Any) -> str:
    return clean(next(iter(_strings(value)), ""))


def _people(found: Found, role: str, value: Any) -> None:
    people = value if isinstance(value, list) else [value] if value else []
    names = found.people.setdefault(role, []) if people else []
    for person in people[:MOST_NAMES]:
        if isinstance(person, str):
            names.extend(_plain_names(found, person))
        elif isinstance(person, Mapping):
            names.extend(_names(found, person))


def _plain_names(found: Found, value: str) -> list[str]:
    people = of_values([value])
    found.left.extend(people.left)
    for sentence in people.notes:
        found.note(sentence)
    return people.names


def _names(found: Found, person: Mapping[str, Any]) -> list[str]:
    literal = _one(person.get("literal")) or _one(person.get("name"))
    family, given = _one(person.get("family")), _one(person.get("given"))
    if not family and not given:
        return _plain_names(found, literal)
    particles = (_one(person.get("dropping-particle")), _one(person.get("non-dropping-particle")))
    family = " ".join(filter(None, (*particles, family)))
    name = ", ".join(filter(None, (family, given, _one(person.get("suffix")))))
    return _plain_names(found, name) if ONLY_OTHERS.fullmatch(name) else [name]


def _date(value: Any) -> str:
    """Crossref's and Zotero's dates: parts, a year, or words."""
    if isinstance(value, Mapping):
        parts = value.get("date-parts")
        said = _one(value.get("literal")) or _one(value.get("raw"))
        numbers = _parts(parts)
        if value.get("circa") and numbers:
            return f"circa {numbers}"
        return numbers or said or _one(value.get("year")) or _season(value)
    return _one(value)


def _season(value: Mapping[str, Any]) -> str:
    return _one(value.get("season"))


def _parts(parts: Any) -> str:
    if not isinstance(parts, list) or not parts:
        return ""
    spans = parts if isinstance(parts[0], list) else [parts]
    days = []
    for span in spans[:2]:
        numbers = [_one(number) for number in span[:3]] if isinstance(span, list) else []
        if numbers and numbers[0]:
            days.append("-".join([numbers[0], *(number.zfill(2) for number in numbers[1:])]))
    return "/".join(days)
