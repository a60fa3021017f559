"""The arithmetic of the chain: what a row's hash covers, and where a chain breaks."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

BEGINNING = "0" * 64  # what the first row calls the hash before it


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
    """An entry with the two hashes that stand beside it."""

    entry: Entry
    previous: str
    hash: str


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold: the number of the row, and what is wrong there."""

    number: int
    problem: str  # changed, missing, reordered


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
    written = json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def find_breaks(links: Iterable[Link]) -> Iterator[Break]:
    """Every place where the chain does not hold, walking it in the order in which it was written.

    A row whose own hash does not fit was changed; a number that was passed over is missing; one
    that does not follow, though nothing is missing before it, was reordered.
    """
    expected, before = 1, BEGINNING
    for link in links:
        number = link.entry.number
        if number > expected:
            yield from (Break(gone, "missing") for gone in range(expected, number))
        elif number < expected or link.previous != before:
            yield Break(number, "reordered")
        if digest(link.entry, link.previous) != link.hash:
            yield Break(number, "changed")
        expected, before = max(expected, number) + 1, link.hash
