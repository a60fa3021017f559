"""Tables of threads, and of how their earlier cycles ended."""

from collections.abc import Iterator

from sqlalchemy import select

from discussion import clock, paths
from discussion.debate.threads.models import Thread, ThreadCycle
from discussion.reach.packages.queries.tabling import (
    DataTable,
    Mark,
    Reading,
    iso_day,
    list_threads,
)
from discussion.reach.packages.shapes import Column, Key, Row

DAY = 10  # characters of ISO 8601


def _threads(reading: Reading, row: Thread) -> Iterator[Row]:
    outcome = row.outcome if row.stage == "closed" else ""
    yield (
        row.public_id,
        row.slug,
        row.question,
        row.context,
        row.language,
        tuple(theme.slug for theme in row.themes),
        tuple(row.levels),
        tuple(scale.slug for scale in row.scales),
        row.attribution,
        row.stage,
        row.cycle,
        row.summary,
        outcome,
        row.use_of_result,
        row.question_source,
        iso_day(row.review_on),
        reading.site_url + paths.thread(row.slug),
    )


def _marks_of_threads(reading: Reading) -> Iterator[Mark]:
    for row in list_threads(reading):
        yield (
            "thread",
            row.public_id,
            row.slug,
            row.question,
            row.context,
            row.summary,
            row.outcome if row.stage == "closed" else "",
            row.use_of_result,
            row.question_source,
        )


def _outcomes(reading: Reading, thread: Thread) -> Iterator[Row]:
    """How earlier cycles ended; that of the present one stands with the thread."""
    rows = reading.session.scalars(
        select(ThreadCycle).where(ThreadCycle.thread_id == thread.id).order_by(ThreadCycle.number)
    )
    for row in rows:
        yield (
            thread.slug,
            row.number,
            row.stage,
            row.outcome if row.stage == "closed" else "",
            clock.iso(row.ended_at, DAY),
        )


def _marks_of_outcomes(reading: Reading) -> Iterator[Mark]:
    for thread in list_threads(reading):
        for row in _outcomes(reading, thread):
            yield ("outcome", *row)


_TO_THREAD = Key(("thread",), "threads", ("thread",))

THREADS = DataTable(
    "threads",
    "Threads",
    "The questions under which positions stand.",
    (
        Column("id", "its id, which never changes"),
        Column("thread", "its short name, as in its address and in the other tables"),
        Column("question", "the question"),
        Column("context", "what readers should know first, in Markdown"),
        Column("language", "the language it is held in (BCP 47)"),
        Column("themes", "the themes that it stands under", "list"),
        Column("levels", "the levels that it asks about", "list"),
        Column("scales", "the scales on which positions place themselves", "list"),
        Column("attribution", "the most that anybody may be named in it"),
        Column("stage", "where it is", among=("open", "weighing", "making_sense", "closed")),
        Column("cycle", "how often it has been opened", "integer"),
        Column("summary", "where it stands, in the moderators’ sentence"),
        Column("outcome", "how it ended, in Markdown, once it is closed"),
        Column("use_of_result", "what will be done with what comes of it"),
        Column("question_source", "where the question comes from"),
        Column("review_on", "when it will be looked at again", "date"),
        Column("url", "its page"),
    ),
    ("thread",),
    of_thread=_threads,
    marks=_marks_of_threads,
)
OUTCOMES = DataTable(
    "outcomes",
    "Earlier outcomes",
    "How the earlier cycles of threads that were reopened ended.",
    (
        Column("thread", "the thread"),
        Column("cycle", "which cycle", "integer"),
        Column("stage", "the stage from which it was reopened"),
        Column("outcome", "its outcome, in Markdown, if it was closed"),
        Column("ended_on", "the day on which it was reopened", "date"),
    ),
    ("thread", "cycle"),
    of_thread=_outcomes,
    refers=(_TO_THREAD,),
    marks=_marks_of_outcomes,
)
OF_THREADS = (THREADS, OUTCOMES)
