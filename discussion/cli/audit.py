"""audit verify: walking the chain of every act of power."""

import argparse
from collections.abc import Iterator

from sqlalchemy.orm import Session

from discussion.audit.chain import Break, Link, find_breaks
from discussion.audit.models import AuditEvent
from discussion.audit.queries import stream_links
from discussion.cli.commands import CommandError
from discussion.cli.database import snapshot
from discussion.cli.outline import count_rows
from discussion.cli.progress import Tell, progress
from discussion.cli.site import answer, current_engine, say
from discussion.decisions.queries.chained import find_altered, find_unchained
from discussion.language import in_words

TOLD_EVERY = 500
SHOWN = 1_000  # of a chain that was made anew nobody reads more


def verify(typed: argparse.Namespace) -> int:
    """Say every row that was changed, is missing or was moved; 1 when there is any."""
    noted = (typed.expect or "").strip().lower()
    if noted and not (len(noted) == 64 and set(noted) <= set("0123456789abcdef")):
        raise CommandError("--expect takes the 64 letters and digits of a head noted before.")
    with current_engine() as engine, snapshot(engine) as connection, Session(connection) as session:
        rows = count_rows(connection, [AuditEvent.__tablename__])[AuditEvent.__tablename__]
        with progress("Walking the chain", rows) as tell:
            walk = _Walk(noted, tell)
            told, broken = _gather(_problems(session, walk), tells=not typed.json)
    is_cut = bool(noted) and not walk.met
    ends = [f"… and {broken - SHOWN} more."] if broken > SHOWN else []
    if is_cut:
        ends.append(
            "The head that you noted is not in the chain: its end was cut off, or made anew."
        )
    ends.append(
        f"{walk.count} rows. The head is row {walk.head[0]}: {walk.head[1]}"
        if walk.count
        else "There are no rows yet."
    )
    is_broken = bool(broken) or is_cut
    ends.append("The chain is broken." if is_broken else "The chain holds.")
    found = {
        "holds": not is_broken,
        "rows": walk.count,
        "head": list(walk.head),
        "problems": told,
        "more_problems": max(0, broken - SHOWN),
        "noted_head_is_missing": is_cut,
    }
    answer(typed, found, *ends)
    return 1 if is_broken else 0


def _problems(session: Session, walk: "_Walk") -> Iterator[str]:
    for each in find_breaks(walk.along(stream_links(session))):
        yield _in_words(each, walk.at)
    for number, decision in find_altered(session):
        yield f"Row {number}: decision {decision} no longer says what it said then."
    for decision in find_unchained(session):
        yield f"Decision {decision} has no row: it was changed, or the end was cut off."


def _gather(problems: Iterator[str], *, tells: bool) -> tuple[list[str], int]:
    """The first of them, said as they are found where nobody waits for JSON; and how many."""
    told: list[str] = []
    count = 0
    for count, problem in enumerate(problems, start=1):
        if count <= SHOWN:
            told.append(problem)
            if tells:
                say(problem)
    return told, count


class _Walk:
    """Passes the rows on, and remembers what is to be said of them."""

    def __init__(self, noted: str, tell: Tell) -> None:
        self.noted, self.met, self.count, self.tell = noted, False, 0, tell
        self.head: tuple[int, str] = (0, "")
        self.at: Link | None = None  # the row at hand

    def along(self, links: Iterator[Link]) -> Iterator[Link]:
        for link in links:
            self.at, self.head = link, (link.entry.number, link.hash)
            self.count += 1
            if self.count % TOLD_EVERY == 0:
                self.tell(TOLD_EVERY)
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
