"""Tables of rounds, of what was rated in them, and of what was found."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload

from discussion import clock
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import TEXT_STATES
from discussion.permissions.visibility import visible_threads
from discussion.reach.packages.queries.tabling import DataTable, Mark, Reading
from discussion.reach.packages.shapes import Column, Key, Row
from discussion.reach.packages.words import CHATHAM_HOUSE
from discussion.weighing.findings.content.counted import Numbers
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.headline import headlines_for_good
from discussion.weighing.findings.queries.shown import shown_contents
from discussion.weighing.rounds.models import Rating, Round, RoundStatement
from discussion.weighing.rounds.queries.exporting import BATCH, list_lines
from discussion.weighing.statements.models import StatementSource, StatementVersion

DAY = 10  # characters of ISO 8601


def _rounds(reading: Reading, thread: Thread) -> Iterator[Row]:
    for row in closed_rounds(reading, thread):
        yield (
            thread.slug,
            row.number,
            row.cycle,
            row.points,
            row.min_group,
            row.who_may_rate,
            row.imported_from,
            row.attribution,
            clock.iso(row.opened_at, DAY) if row.opened_at else None,
            clock.iso(row.closed_at, DAY) if row.closed_at else None,
        )


def closed_rounds(reading: Reading, thread: Thread) -> Sequence[Round]:
    return reading.session.scalars(
        select(Round)
        .where(Round.thread_id == thread.id)
        .where(Round.state == "closed")
        .order_by(Round.number)
        .options(joinedload(Round.thread).joinedload(Thread.series))
    ).all()


def _statements(reading: Reading, thread: Thread) -> Iterator[Row]:
    """Of rounds that opened; what was moderated out where it was held is not shown."""
    rows = _shown(reading, Round.thread_id == thread.id)
    sources = _sources(reading, {row.version.statement_id for row in rows}, thread)
    for row in rows:
        said = row.version.statement
        yield (
            thread.slug,
            row.round.number,
            row.code,
            said.public_id,
            said.kind,
            row.version.version,
            str(row.version.text),
            row.version.language,
            said.is_moderators_own,
            sources.get(said.id, ()),
        )


def _shown(reading: Reading, *where: ColumnElement[bool]) -> list[RoundStatement]:
    rows = reading.session.scalars(
        select(RoundStatement)
        .join(RoundStatement.round)
        .join(Round.thread)
        .join(Thread.series)
        .where(Round.state != "planned")
        .where(Thread.series_id == reading.series.id)
        .where(visible_threads(reading.viewer))
        .where(*where)
        .order_by(Thread.public_id, Round.number, RoundStatement.order, RoundStatement.id)
        .options(
            contains_eager(RoundStatement.round),
            joinedload(RoundStatement.version).joinedload(StatementVersion.statement),
        )
    )
    return [row for row in rows if not row.is_out]


def _sources(reading: Reading, ids: set[int], thread: Thread) -> dict[int, tuple[str, ...]]:
    rows = reading.session.execute(
        select(StatementSource.statement_id, Position.public_id)
        .join(Position, Position.id == StatementSource.position_id)
        .where(StatementSource.statement_id.in_(ids))
        .where(Position.thread_id == thread.id)
        .where(Position.state.in_(TEXT_STATES))
        .where(
            or_(
                Position.attribution != CHATHAM_HOUSE,
                Position.first_published_at < reading.morning,
            )
        )
        .order_by(Position.public_id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for statement_id, public_id in rows:
        found[statement_id] = (*found.get(statement_id, ()), public_id)
    return found


def _marks_of_statements(reading: Reading) -> Iterator[Mark]:
    for row in _shown(reading):
        yield "statement", row.id, str(row.version.text)


def _counts(reading: Reading, thread: Thread) -> Iterator[Row]:
    """As the newest findings of each closed round show them, and nothing counted anew."""
    closed = closed_rounds(reading, thread)
    found = _newest(reading, closed)
    for row in closed:
        if row.id not in found:
            continue
        counted = found[row.id].ratings
        shown = {line.code for line in list_lines(reading.session, row) if not line.is_out}
        for code, cells in counted.cells.items():
            if code not in shown:
                continue
            for group, cell in cells.items():
                key = (thread.slug, row.number, code, group)
                if not isinstance(cell, Numbers):
                    yield *key, "", None, cell.why
                    continue
                for point, people in enumerate(cell.counts, start=1):
                    yield *key, str(point), people, ""
                yield *key, "dont_know", cell.dont_know, ""
                yield *key, "not_for_me", cell.not_for_me, ""


def _newest(reading: Reading, rounds: Sequence[Round]) -> dict[int, Content]:
    """Round → what its newest findings say, as they may be shown now; of all at once."""
    newest = (
        select(FindingSnapshot.round_id, func.max(FindingSnapshot.version))
        .where(FindingSnapshot.round_id.in_([row.id for row in rounds]))
        .group_by(FindingSnapshot.round_id)
    )
    rows = reading.session.scalars(
        select(FindingSnapshot).where(
            tuple_(FindingSnapshot.round_id, FindingSnapshot.version).in_(newest)
        )
    ).all()
    contents = shown_contents(reading.session, rows) if rows else {}
    return {row.round_id: contents[row.id] for row in rows if row.round_id is not None}


def _ratings(reading: Reading, thread: Thread) -> Iterator[Row]:
    """Of imported rounds alone, and only where the series says so; raters in a number a round.

    By their keys, which tell nothing, and which an index has in that order: nothing is sorted.
    """
    if not reading.has_rows:
        return
    for row in closed_rounds(reading, thread):
        if not row.imported_from:
            continue
        codes = {
            line.version_id: line.code
            for line in list_lines(reading.session, row)
            if not line.is_out
        }
        number, last = -1, ""
        answers = reading.session.execute(
            select(Rating.rater_key, Rating.version_id, Rating.value)
            .where(Rating.round_id == row.id)
            .order_by(Rating.rater_key, Rating.version_id)
            .execution_options(yield_per=BATCH)
        )
        for key, version_id, value in answers:
            number, last = (number, last) if key == last else (number + 1, key)
            if version_id in codes:
                yield thread.slug, row.number, codes[version_id], number, value


def _findings(reading: Reading, thread: Thread) -> Iterator[Row]:
    rows = reading.session.scalars(
        select(FindingSnapshot)
        .join(FindingSnapshot.round)
        .where(FindingSnapshot.thread_id == thread.id)
        .where(Round.state == "closed")
        .order_by(FindingSnapshot.version)
        .options(
            joinedload(FindingSnapshot.thread).joinedload(Thread.series),
            contains_eager(FindingSnapshot.round),
        )
    ).all()
    headlines = headlines_for_good(reading.session, rows)
    for row in rows:
        said = headlines[row.id]
        yield (
            row.public_id,
            thread.slug,
            row.version,
            row.round.number if row.round else None,
            row.because,
            clock.iso(row.made_at, DAY),
            said.verdict,
            said.text,
            said.rule,
            row.code_version,
            reading.site_url + said.url,
        )


_TO_THREAD = Key(("thread",), "threads", ("thread",))
TO_ROUND = Key(("thread", "round"), "rounds", ("thread", "round"))

ROUNDS = DataTable(
    "rounds",
    "Rounds",
    "The periods in which statements were rated, once they have closed.",
    (
        Column("thread", "the thread"),
        Column("round", "its number in the thread", "integer"),
        Column("cycle", "in which cycle of the thread", "integer"),
        Column("points", "the points of its scale: 1 is the strongest no", "integer"),
        Column("min_group", "the fewest people of whom a number is told", "integer"),
        Column("who_may_rate", "who could answer"),
        Column("imported_from", "polis, where it was held elsewhere"),
        Column("attribution", "whom imported data is owed to; name them when you use it"),
        Column("opened_on", "the day on which it opened", "date"),
        Column("closed_on", "the day on which it closed", "date"),
    ),
    ("thread", "round"),
    of_thread=_rounds,
    refers=(_TO_THREAD,),
)
STATEMENTS = DataTable(
    "statements",
    "Statements",
    "What was or is rated, in the words of each round that has opened.",
    (
        Column("thread", "the thread"),
        Column("round", "the round", "integer"),
        Column("statement", "its code in that round, such as E1"),
        Column("id", "the statement’s id, the same in every round"),
        Column("kind", "end, fact or means; empty where nobody sorted it"),
        Column("version", "which wording of it", "integer"),
        Column("text", "the words, or that moderators withhold them"),
        Column("language", "the language they are in (BCP 47)"),
        Column("is_moderators_own", "whether it was drawn from no position", "boolean"),
        Column("positions", "the positions that it comes from, as far as they are shown", "list"),
    ),
    ("thread", "round", "statement"),
    of_thread=_statements,
    refers=(_TO_THREAD,),
    marks=_marks_of_statements,
)
RATING_COUNTS = DataTable(
    "rating_counts",
    "Ratings, counted",
    "How many gave each answer, by group, exactly as the findings of the round show it.",
    (
        Column("thread", "the thread"),
        Column("round", "the round", "integer"),
        Column("statement", "its code in that round"),
        Column("group", "the group: all, a partition and its side, or a viewpoint"),
        Column(
            "answer",
            "1 up to the points of the scale, dont_know or not_for_me; empty where no"
            " number is told",
        ),
        Column("people", "how many; empty where that is not told", "integer"),
        Column("why_not", "why no number is told: few people, or what subtraction would tell"),
    ),
    ("thread", "round", "statement", "group", "answer"),
    of_thread=_counts,
    refers=(
        TO_ROUND,
        Key(("thread", "round", "statement"), "statements", ("thread", "round", "statement")),
    ),
)
RATINGS = DataTable(
    "ratings",
    "Ratings, row by row",
    "Answers of imported rounds, where the series gives them out; otherwise the table is empty. "
    "Answers that were given on this site never leave it row by row.",
    (
        Column("thread", "the thread"),
        Column("round", "the round", "integer"),
        Column("statement", "its code in that round"),
        Column(
            "rater",
            "a number within the round: the same in two rounds is not the same person",
            "integer",
        ),
        Column("answer", "1 up to the points of the scale, dont_know or not_for_me"),
    ),
    ("thread", "round", "statement", "rater"),
    of_thread=_ratings,
    refers=(
        TO_ROUND,
        Key(("thread", "round", "statement"), "statements", ("thread", "round", "statement")),
    ),
)
FINDINGS = DataTable(
    "findings",
    "Findings",
    "What each version of a thread’s findings says in its first sentence.",
    (
        Column("id", "the id of the snapshot, which never changes"),
        Column("thread", "the thread"),
        Column("version", "which version", "integer"),
        Column("round", "the round it counts", "integer"),
        Column("because", "why it was made"),
        Column("made_on", "the day on which it was made", "date"),
        Column("verdict", "the kind of disagreement that was found"),
        Column("headline", "what it says first"),
        Column("rule", "which earlier rule it was made by, if one"),
        Column("code_version", "the version of the site that made it"),
        Column("url", "the snapshot, with every number; its JSON is at the same address and .json"),
    ),
    ("id",),
    of_thread=_findings,
    refers=(_TO_THREAD,),
)

WEIGHED = (ROUNDS, STATEMENTS, RATING_COUNTS, RATINGS, FINDINGS)
