"""The arithmetic of the chain: what a row's hash covers, and where a chain breaks."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

BEGINNING = "0" * 64  # what the first row calls the hash before it
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Entry:
    """One row of the chain, as its hash covers it."""

    number: int
    series_id: int | None
    actor_id: int | None  # None: the site itself, by its clock
    verb: str
    subject_kind: str
    subject_id: str
    why: str
    details: dict[str, Any]
    at: datetime


@dataclass(frozen=True)
class Link:
    """An entry with the two hashes that stand beside it, and its place among the rows."""

    entry: Entry
    previous: str
    hash: str
    place: int = 0  # the id that the database gave it: later rows have larger ones


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold: the number of the row, and what is wrong there."""

    number: int
    problem: str  # changed, missing, reordered
    last: int = 0  # of several missing rows in a row


def digest(entry: Entry, previous: str) -> str:
    """SHA-256 over the canonical JSON (sorted keys, no spaces, UTC) of the hash before and the row.

    Returns 64 hexadecimal digits.
    """
    covered = [
        previous,
        entry.number,
        entry.series_id,
        entry.actor_id,
        entry.verb,
        entry.subject_kind,
        entry.subject_id,
        entry.why,
        entry.details,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
    ]
    return fingerprint(covered)


def fingerprint(said: list[Any]) -> str:
    """SHA-256 over the canonical JSON of what an act refers to; 64 hexadecimal digits."""
    return sha256(_CANONICAL.encode(said).encode()).hexdigest()


def find_breaks(links: Iterable[Link]) -> Iterator[Break]:
    """Every place where the chain does not hold, walking it by number; holds one row in memory.

    A row whose hash does not fit what it says was changed, and so was one whose successor, itself
    unharmed, remembers another hash. A number that is passed over is missing. A row whose place
    comes before that of a lower number was moved.
    """
    before, place, found = (0, BEGINNING), 0, Break(0, "")
    for link in links:
        number, expected = link.entry.number, before[0] + 1
        if number > expected:
            yield Break(expected, "missing", number - 1)
        if digest(link.entry, link.previous) != link.hash:
            found = Break(number, "changed")
            yield found
        elif number == expected and link.previous != before[1]:
            remade = Break(max(1, number - 1), "changed")
            if remade != found:  # and not said already
                yield remade
        if number < expected or link.place < place:
            yield Break(number, "reordered")
        before, place = (number, link.hash), max(place, link.place)
