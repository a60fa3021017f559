"""Finding rounds by their address, and those that are planned, open, or come before another."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload

from discussion.db import Moment
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Series
from discussion.weighing.rounds.models import Round, RoundStatement
from discussion.weighing.statements.models import Statement, StatementVersion
from discussion.weighing.statements.words import KINDS

LEAST_OPEN = timedelta(hours=1)  # a round that would be open for less is not opened
LARGEST_NUMBER = 1_000_000  # of a round or a version; beyond it no database need be asked
_BEFORE = "before"
_STATEMENTS = (
    selectinload(Round.statements)
    .joinedload(RoundStatement.version)
    .joinedload(StatementVersion.statement)
)


def find_round(
    session: Session, viewer: Viewer | None, thread: Thread, number: int
) -> Round | None:
    """The round of this number, if the viewer may read its rules."""
    if number > LARGEST_NUMBER:
        return None
    round = session.scalar(
        select(Round)
        .where(Round.thread_id == thread.id)
        .where(Round.number == number)
        .options(_STATEMENTS)
    )
    return round if round is not None and allowed(viewer, May.READ_ROUND, round) else None


def find_planned(session: Session, thread: Thread) -> Round | None:
    """The one that is planned; there is at most one."""
    return session.scalar(
        select(Round)
        .where(Round.thread_id == thread.id)
        .where(Round.state == "planned")
        .order_by(Round.id)
        .limit(1)
        .options(_STATEMENTS)
    )


def find_open(session: Session, thread: Thread) -> Round | None:
    """The thread's open round; there is at most one."""
    return session.scalar(
        select(Round).where(Round.thread_id == thread.id).where(Round.state == "open")
    )


_OF_THREAD = select(Round).where(Round.thread_id == bindparam("thread_id")).order_by(Round.number)


def list_rounds(session: Session, viewer: Viewer | None, thread: Thread) -> list[Round]:
    """Every round of a thread that the viewer may read, the first one first."""
    rows = session.scalars(_OF_THREAD, {"thread_id": thread.id}).all()
    return [row for row in rows if allowed(viewer, May.READ_ROUND, row)]


def list_held(session: Session, thread: Thread, cycle: int) -> Sequence[Round]:
    """The rounds of a cycle that were opened here, and not brought from elsewhere."""
    return session.scalars(
        select(Round)
        .where(Round.thread_id == thread.id)
        .where(Round.cycle == cycle)
        .where(Round.state != "planned")
        .where(Round.imported_from == "")
        .order_by(Round.number)
        .options(_STATEMENTS)
    ).all()


def find_before(session: Session, round: Round) -> Round | None:
    """The round held before this one in the same cycle, once it is closed."""
    held = [
        row
        for row in list_held(session, round.thread, round.cycle)
        if row.number < round.number and row.state == "closed"
    ]
    return held[-1] if held else None


def find_earlier(session: Session, round: Round) -> Round | None:
    """The round held here before this one, whatever its cycle."""
    return session.scalar(
        select(Round)
        .where(Round.thread_id == round.thread_id)
        .where(Round.number < round.number)
        .where(Round.state == "closed")
        .where(Round.imported_from == "")
        .order_by(Round.number.desc())
        .limit(1)
    )


def list_latest(session: Session, thread: Thread) -> list[StatementVersion]:
    """The latest wording of every statement that can be rated.

    Sorted by kind, neither retired nor withheld.
    """
    rows = session.scalars(
        select(Statement)
        .where(Statement.thread_id == thread.id)
        .where(Statement.retired_at.is_(None))
        .where(Statement.kind.in_(KINDS))
        .order_by(Statement.order, Statement.id)
        .options(selectinload(Statement.versions).selectinload(StatementVersion.confirmations))
    )
    return [row.versions[-1] for row in rows if row.versions and not row.versions[-1].is_withheld]


def lead_back(session: Session, round: Round, before: Round) -> dict[int, int]:
    """Each wording of a round → the one that was rated in the round before, and means the same.

    The same wording, or one that led to it by changes marked editorial alone.
    """
    there = {row.version_id for row in before.statements}
    statements = {row.version.statement_id for row in round.statements}
    versions: dict[int, list[StatementVersion]] = {}
    for row in session.scalars(
        select(StatementVersion)
        .where(StatementVersion.statement_id.in_(statements))
        .order_by(StatementVersion.version)
    ):
        versions.setdefault(row.statement_id, []).append(row)
    found = {}
    for asked in round.statements:
        chain = [
            one
            for one in versions[asked.version.statement_id]
            if one.version <= asked.version.version
        ]
        for version in reversed(chain):
            if version.id in there:
                found[asked.version_id] = version.id
                break
            if not version.is_editorial:
                break
    return found


def list_open(session: Session, series: Series) -> Sequence[Round]:
    """Every round of a series that is open."""
    return session.scalars(
        select(Round)
        .join(Round.thread)
        .where(Thread.series_id == series.id)
        .where(Round.state == "open")
        .order_by(Round.id)
        .options(joinedload(Round.thread), _STATEMENTS)
    ).all()


def list_to_open(session: Session, now: datetime) -> Sequence[Round]:
    """Planned rounds whose day has come, in threads that can be weighed."""
    return session.scalars(
        _planned_to_be_weighed().where(Round.opens_at <= now).options(_STATEMENTS)
    ).all()


def list_to_close(session: Session, now: datetime) -> Sequence[Round]:
    """Open rounds whose last day is over, wherever they stand."""
    return session.scalars(
        select(Round)
        .where(Round.state == "open")
        .where(Round.closes_at <= now)
        .order_by(Round.id)
        .options(joinedload(Round.thread), _STATEMENTS)
    ).all()


def is_still_asked(session: Session, thread: Thread) -> bool:
    """Whether a thread that is weighed has a round that is open, or that is still to be held.

    What is open closes first, even when its day is long over: then it is counted, and its rule
    says whether people are asked again.
    """
    return any(
        round.cycle == thread.cycle
        for round in (find_open(session, thread), find_planned(session, thread))
        if round is not None
    )


def is_missed(round: Round, now: datetime) -> bool:
    """Whether the days of a planned round have passed without its being opened."""
    return round.state == "planned" and round.closes_at <= now + LEAST_OPEN


def list_missed(session: Session, now: datetime) -> Sequence[Round]:
    """Planned rounds whose days have passed, in threads that could still be weighed."""
    return session.scalars(_missed(), {_BEFORE: now + LEAST_OPEN}).all()


@cache
def _missed() -> Select[Round]:
    """For every page of a moderator, so it is made once a process."""
    return _planned_to_be_weighed().where(Round.closes_at <= bindparam(_BEFORE, type_=Moment))


def _planned_to_be_weighed() -> Select[Round]:
    """Planned rounds, with their threads, that nothing but their days keeps from being held."""
    return (
        select(Round)
        .join(Round.thread)
        .join(Thread.series)
        .where(Round.state == "planned")
        .where(Round.cycle == Thread.cycle)
        .where(Thread.stage.in_(("open", "weighing")))
        .where(Thread.is_hidden.is_(False))
        .where(Thread.merged_into_id.is_(None))
        .where(Series.status == "open")
        .order_by(Round.id)
        .options(joinedload(Round.thread))
    )
