"""Writing a copy: one ZIP, piece by piece, that has its name only once it is whole.

It holds `data.json` (everything, for programs), `index.html` with `style.css` (the same, to read;
nothing is fetched from anywhere) and `README.txt` (what each field means). Nothing but one piece is
in memory at a time.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from secrets import token_hex
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy.orm import Session

from discussion.language import _, in_words
from discussion.oversight.rights.folder import HALF, MADE
from discussion.oversight.rights.queries.own import Asked, Record, Section, list_sections
from discussion.oversight.rights.words_copy import FIELDS, values_in
from discussion.vocabulary import of_site

FORMAT = 1
Render = Callable[..., Iterable[str]]  # template, then what it gets; yields pieces


@dataclass(frozen=True)
class Shelf:
    """A section as the page shows it; its records are read as they are written."""

    name: str
    title: str
    says: str
    records: Iterator[Any]


@dataclass(frozen=True)
class CopyPage:
    site_name: str
    site_url: str
    made_at: datetime
    shelves: tuple[Shelf, ...]
    fields: dict[str, str]


def write_copy(
    session: Session,
    asked: Asked,
    folder: Path,
    *,
    site: tuple[str, str],
    render: Render,
) -> tuple[str, int]:
    """Write everything about a person into a new file for its owner's eyes alone.

    `site` is its name and address. Returns the name of the file, and its size in bytes.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = token_hex(20)
    half, whole = folder / f"{name}{HALF}", folder / f"{name}{MADE}"
    with (
        open(half, "xb", opener=_for_owner_alone) as file,
        ZipFile(file, "w", ZIP_DEFLATED) as made,
    ):
        _write(made, "README.txt", [_readme(site)])
        _write(made, "data.json", _data(session, asked, site))
        _write(made, "style.css", render("rights/copy/style.css"))
        page = _page(session, asked, site)
        _write(made, "index.html", render("rights/copy/index.html", page=page))
    half.replace(whole)
    return whole.name, whole.stat().st_size


def _for_owner_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write(made: ZipFile, name: str, pieces: Iterable[str]) -> None:
    with made.open(name, "w", force_zip64=True) as entry, TextIOWrapper(entry, "utf-8") as file:
        file.writelines(pieces)


def _data(session: Session, asked: Asked, site: tuple[str, str]) -> Iterator[str]:
    """JSON, a record at a time: {"format", "site", "made_at", one list for each section}."""
    head = {"format": FORMAT, "site": site[1], "made_at": asked.now.isoformat()}
    yield json.dumps(head, ensure_ascii=False)[:-1]
    for section in list_sections():
        yield f",\n{json.dumps(section.name)}: ["
        for number, record in enumerate(section.read(session, asked)):
            yield (",\n" if number else "\n") + json.dumps(
                record, ensure_ascii=False, default=_plain
            )
        yield "]"
    yield "}\n"


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _page(session: Session, asked: Asked, site: tuple[str, str]) -> CopyPage:
    return CopyPage(
        site_name=site[0],
        site_url=site[1],
        made_at=asked.now,
        shelves=tuple(_shelf(session, asked, section) for section in list_sections()),
        fields={name: of_site().say(says) for name, says in FIELDS.items()},
    )


def _shelf(session: Session, asked: Asked, section: Section) -> Shelf:
    read = (_in_words(record) for record in section.read(session, asked))
    return Shelf(section.name, str(section.title), of_site().say(section.says), read)


def _in_words(record: Record) -> Record:
    """The record with its empty fields left out, and its words and dates as people say them.

    Where a text stands as it was typed and as it is shown, the page shows the second alone.
    """
    return {
        name: _say(name, value)
        for name, value in record.items()
        if value not in (None, "", [], {}) and f"{name}_html" not in record
    }


def _say(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return in_words(value, "d MMMM y, HH:mm")
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, list):
        return [_in_words(one) if isinstance(one, dict) else _say(name, one) for one in value]
    if isinstance(value, dict):
        return {key: _say(key, one) for key, one in value.items()}
    words = values_in(of_site()).get(name, {})
    return of_site().say(words[value]) if value in words else value


def _readme(site: tuple[str, str]) -> str:
    """What the files are, and every field in plain words."""
    lines = [
        _("Everything that %(site)s keeps about you", site=site[0]),
        site[1],
        "",
        _("index.html is for reading: open it in a browser. It fetches nothing from anywhere."),
        _("data.json is the same for programs: one list for each section below, in UTF-8."),
        _("Dates are in UTC, as ISO 8601. An empty field says that there is nothing."),
        _(
            "It has nothing about others: not who reported you, not which moderator"
            " decided, and not what others answered in private."
        ),
        _(
            "Keep this file private: it links your name to what you wrote by role and"
            " under the Chatham House Rule."
        ),
        "",
        _("Sections"),
        *(f"  {one.name}: {one.title}. {of_site().say(one.says)}" for one in list_sections()),
        "",
        _("Fields"),
        *(f"  {name}: {of_site().say(says)}" for name, says in FIELDS.items()),
        "",
    ]
    return "\n".join(lines)
