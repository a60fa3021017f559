"""What happened to threads: opened, moved on, found. Of each its day, as their pages tell it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from discussion import clock, paths, text
from discussion.debate.threads.models import StageMove, Thread
from discussion.debate.threads.queries.shapes import Headline
from discussion.debate.threads.words import STAGE_SAYS, STAGES
from discussion.language import _
from discussion.permissions.visibility import visible_threads
from discussion.reach.feeds.queries.shapes import Entry
from discussion.reach.feeds.words import ENTRIES
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.headline import headlines_for_good
from discussion.weighing.rounds.models import Round

Where = Sequence[ColumnElement[bool]]


def list_moves(session: Session, where: Where) -> list[Entry]:
    """Every move of the threads that meet `where` from stage to stage."""
    rows = session.scalars(
        select(StageMove)
        .join(Thread, Thread.id == StageMove.thread_id)
        .join(Thread.series)
        .where(visible_threads(None))
        .where(*where)
        .order_by(StageMove.at.desc(), StageMove.id.desc())
        .limit(ENTRIES)
    ).all()
    threads = _threads(session, {row.thread_id for row in rows})
    newest = _newest_moves(rows)
    return [_moved(row, threads[row.thread_id], row is newest[row.thread_id]) for row in rows]


def list_findings(session: Session, where: Where) -> list[Entry]:
    """Every version of the findings of the threads that meet `where`, of rounds that closed."""
    rows = session.scalars(
        select(FindingSnapshot)
        .join(FindingSnapshot.thread)
        .join(Thread.series)
        .join(Round, Round.id == FindingSnapshot.round_id)
        .where(visible_threads(None))
        .where(Round.state == "closed")
        .where(*where)
        .order_by(FindingSnapshot.made_at.desc(), FindingSnapshot.id.desc())
        .limit(ENTRIES)
        .options(
            contains_eager(FindingSnapshot.thread).contains_eager(Thread.series),
            joinedload(FindingSnapshot.round),
        )
    ).all()
    headlines = headlines_for_good(session, rows)
    return [_found(row, headlines[row.id]) for row in rows]


def _threads(session: Session, ids: set[int]) -> dict[int, Thread]:
    return {row.id: row for row in session.scalars(select(Thread).where(Thread.id.in_(ids)))}


def _newest_moves(rows: Sequence[StageMove]) -> dict[int, StageMove]:
    newest: dict[int, StageMove] = {}
    for row in rows:  # the newest first
        newest.setdefault(row.thread_id, row)
    return newest


def _moved(row: StageMove, thread: Thread, is_newest: bool) -> Entry:
    """The outcome stands in the move that brought it, while the thread stays closed."""
    on = clock.morning(clock.day(row.at))
    opened = row.before == "proposed"
    title = (
        _("A new thread: %(question)s", question=thread.question)
        if opened
        else _(
            "“%(question)s” is now at “%(stage)s”",
            question=thread.question,
            stage=STAGES[row.after],
        )
    )
    said = ""
    if opened:
        said = thread.context_html
    elif row.after == "closed" == thread.stage and is_newest:
        said = thread.outcome_html
    return Entry(
        key=f"move/{thread.public_id}/{row.cycle}-{row.after}-{clock.iso(row.at, 10)}",
        title=title,
        language="",
        url=paths.thread(thread.slug),
        published=on,
        updated=on,
        html=text.stored(said),
        words="" if said else str(STAGE_SAYS[row.after]),
    )


def _found(row: FindingSnapshot, headline: Headline) -> Entry:
    on = clock.morning(clock.day(row.made_at))
    return Entry(
        key=f"findings/{row.public_id}",
        title=_("Findings on “%(question)s”", question=row.thread.question),
        language="",
        url=headline.url,
        published=on,
        updated=on,
        words=" ".join(part for part in (headline.text, headline.rule) if part),
    )
