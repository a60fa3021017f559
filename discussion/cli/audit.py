"""audit verify: walking the chain of every act of power."""

import argparse
from collections.abc import Iterator

from sqlalchemy.orm import Session

from discussion.audit.chain import Break, Link, find_breaks
from discussion.audit.queries import find_altered, find_unchained, stream_links
from discussion.cli.commands import CommandError
from discussion.cli.database import snapshot
from discussion.cli.site import current_engine, say
from discussion.language import in_words

SHOWN = 1_000  # of a chain that was made anew nobody reads more


def verify(typed: argparse.Namespace) -> int:
    """Say every row that was changed, is missing or was moved; 1 when there is any."""
    noted = (typed.expect or "").strip().lower()
    if noted and not (len(noted) == 64 and set(noted) <= set("0123456789abcdef")):
        raise CommandError("--expect takes the 64 letters and digits of a head noted before.")
    with current_engine() as engine, snapshot(engine) as connection, Session(connection) as session:
        walk = _Walk(noted)
        broken = 0
        for each in find_breaks(walk.along(stream_links(session))):
            broken += 1
            if broken <= SHOWN:
                say(_in_words(each, walk.at))
        for number, decision in find_altered(session):
            broken += 1
            if broken <= SHOWN:
                say(f"Row {number}: decision {decision} no longer says what it said then.")
        for decision in find_unchained(session):
            broken += 1
            if broken <= SHOWN:
                say(f"Decision {decision} has no row: it was changed, or the end was cut off.")
    is_cut = bool(noted) and not walk.met
    if broken > SHOWN:
        say(f"… and {broken - SHOWN} more.")
    if is_cut:
        say("The head that you noted is not in the chain: its end was cut off, or made anew.")
    say(f"{walk.count} rows. The head is row {walk.head[0]}: {walk.head[1]}"
        if walk.count else "There are no rows yet.")  # fmt: skip
    if broken or is_cut:
        say("The chain is broken.")
        return 1
    say("The chain holds.")
    return 0


class _Walk:
    """Passes the rows on, and remembers what is to be said of them."""

    def __init__(self, noted: str) -> None:
        self.noted, self.met, self.count = noted, False, 0
        self.head: tuple[int, str] = (0, "")
        self.at: Link | None = None  # the row at hand

    def along(self, links: Iterator[Link]) -> Iterator[Link]:
        for link in links:
            self.at, self.head = link, (link.entry.number, link.hash)
            self.count += 1
            self.met = self.met or link.hash == self.noted
            yield link


def _in_words(each: Break, at: Link | None) -> str:
    if each.problem == "missing":
        if each.last > each.number:
            return f"Rows {each.number} to {each.last} are missing."
        return f"Row {each.number} is missing."
    if each.problem == "reordered":
        return f"Row {each.number} was moved: {_what(at)}"
    if at is not None and at.entry.number != each.number:
        return f"Row {each.number} was changed: the row after it remembers another."
    return f"Row {each.number} was changed. It now says: {_what(at)}"


def _what(at: Link | None) -> str:
    """A row as somebody who looks for it knows it; control characters of a forged one are shown."""
    if at is None:
        return ""
    one = at.entry
    when = in_words(one.at, "d MMMM y, HH:mm")
    said = f"{one.verb}, {one.subject_kind} {one.subject_id}, {when}"
    return said if said.isprintable() else ascii(said)
