"""The table of what people would need to see before a fact is settled, as findings show it."""

from collections.abc import Iterator

from sqlalchemy import select

from discussion.debate.threads.models import Thread
from discussion.permissions.visibility import visible_threads
from discussion.reach.packages.queries.of_rounds import TO_ROUND, closed_rounds
from discussion.reach.packages.queries.tabling import DataTable, Mark, Reading
from discussion.reach.packages.shapes import Column, Key, Row
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.queries.lines import shown_lines


def _settling(reading: Reading, thread: Thread) -> Iterator[Row]:
    """What people would need to see, in the order drawn by lot in which findings have it."""
    closed = {row.public_id: row.number for row in closed_rounds(reading, thread)}
    told = shown_lines(reading.session, list(closed))
    for round_id, number in closed.items():
        for code, lines in told.get(round_id, {}).items():
            for place, line in enumerate(lines, start=1):
                yield thread.slug, number, code, place, line


def _marks_of_settling(reading: Reading) -> Iterator[Mark]:
    """Lines go when one of their writers leaves, or their statement's words are withheld."""
    rounds = reading.session.scalars(
        select(Round.public_id)
        .join(Round.thread)
        .join(Thread.series)
        .where(Round.state == "closed")
        .where(Thread.series_id == reading.series.id)
        .where(visible_threads(reading.viewer))
    ).all()
    for round_id, told in shown_lines(reading.session, rounds).items():
        for code, lines in told.items():
            for line in lines:
                yield "line", round_id, code, line


SETTLING = DataTable(
    "settling",
    "What would settle a fact",
    "What people on whose position a fact depends say they would need to see: read by moderators, "
    "from five people on, with nobody named, in a random order.",
    (
        Column("thread", "the thread"),
        Column("round", "the round, once it has closed", "integer"),
        Column("statement", "the code of the fact in that round"),
        Column("place", "its place among the lines, which is random", "integer"),
        Column("line", "the line"),
    ),
    ("thread", "round", "statement", "place"),
    of_thread=_settling,
    refers=(
        TO_ROUND,
        Key(("thread", "round", "statement"), "statements", ("thread", "round", "statement")),
    ),
    marks=_marks_of_settling,
)
