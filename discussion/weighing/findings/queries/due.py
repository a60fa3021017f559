"""Which snapshots are due, with what they are made from."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.weighing.findings.computing.earlier import list_asked_before, unknown_sets
from discussion.weighing.findings.computing.hashing import is_as_said
from discussion.weighing.findings.computing.making import Due
from discussion.weighing.findings.models import FindingSnapshot, RaterSets
from discussion.weighing.findings.queries.inputs import read_round
from discussion.weighing.findings.queries.tagged import read_tags
from discussion.weighing.rounds.models import Round, RoundStatement
from discussion.weighing.statements.models import Statement, StatementVersion

RESTS = timedelta(days=1)  # between versions while positions of a new cycle are being written


def read_due(session: Session, thread: Thread, secret: str) -> tuple[Due, ...]:
    """The thread's closed rounds, in order; answers are read of those that have to be counted."""
    closed = list_closed(session, thread)
    return tuple(_due(session, round, secret, is_newest=round is closed[-1]) for round in closed)


def read_elsewhere(session: Session, thread: Thread) -> tuple[str, ...]:
    """What rounds of the series' other threads have told, sealed."""
    return tuple(
        session.scalars(
            select(RaterSets.sealed)
            .join(Round, Round.id == RaterSets.round_id)
            .join(Thread, Thread.id == Round.thread_id)
            .where(Thread.series_id == thread.series_id)
            .where(Thread.id != thread.id)
            .order_by(RaterSets.id)
        )
    )


def find_stale(session: Session, *, secret: str, now: datetime) -> Iterator[int]:
    """Threads whose findings no longer fit what their positions say, or were never made.

    One that cannot even be looked at is among them, so that its own work fails and not this look,
    which would hold up all others.
    """
    rows = session.scalars(
        select(Thread)
        .where(Thread.id.in_(select(Round.thread_id).where(Round.state == "closed")))
        .where(Thread.merged_into_id.is_(None))
        .order_by(Thread.id)
    ).all()
    for thread in rows:
        try:
            is_stale = _is_stale(session, thread, secret, now)
        except SQLAlchemyError:
            raise
        except Exception:
            is_stale = True
        if is_stale:
            yield thread.id


def _is_stale(session: Session, thread: Thread, secret: str, now: datetime) -> bool:
    newest = list_closed(session, thread)[-1]
    latest = find_latest(session, newest)
    if latest is None or _was_sorted(session, newest, latest) or is_unjudged(session, latest):
        return True
    if newest.cycle < thread.cycle or (thread.stage == "open" and now - latest.made_at < RESTS):
        return False  # what a cycle found stays as it was when the thread was reopened
    tags, is_over = read_tags(session, thread), is_over_for(newest)
    is_said = is_as_said(latest.inputs_hash, latest.content.ratings, tags, secret, is_over=is_over)
    return not is_said or is_of_older_rule(newest, latest)


def list_closed(session: Session, thread: Thread) -> list[Round]:
    """The thread's rounds that have closed, in their order."""
    return list(
        session.scalars(
            select(Round)
            .where(Round.thread_id == thread.id)
            .where(Round.state == "closed")
            .order_by(Round.number)
        )
    )


def find_latest(session: Session, round: Round) -> FindingSnapshot | None:
    """The newest snapshot of a round; None before there is one."""
    return session.scalar(
        select(FindingSnapshot)
        .where(FindingSnapshot.round_id == round.id)
        .order_by(FindingSnapshot.version.desc())
        .limit(1)
    )


def is_of_older_rule(round: Round, latest: FindingSnapshot) -> bool:
    """Whether it was made as snapshots no longer are, of a thread that is not closed for good."""
    return not is_over_for(round) and not latest.content.is_current


def is_over_for(round: Round) -> bool:
    """Whether its thread is closed for good, or has begun another cycle."""
    return round.thread.stage == "closed" or round.cycle < round.thread.cycle


def is_unjudged(session: Session, snapshot: FindingSnapshot) -> bool:
    """Whether it was made before rounds were judged together, of a wording asked before."""
    return bool(list_unjudged(session, snapshot))


def list_unjudged(session: Session, snapshot: FindingSnapshot) -> frozenset[str]:
    """Codes whose numbers in a snapshot nobody has judged beside those of an earlier round."""
    content = snapshot.content
    if content.is_judged:
        return frozenset()
    round = snapshot.round
    if round is None or round.imported_from:
        return frozenset()
    first_of_each = (
        select(func.min(FindingSnapshot.id))
        .join(FindingSnapshot.round)
        .where(FindingSnapshot.thread_id == snapshot.thread_id)
        .where(Round.number < round.number)
        .where(Round.imported_from == "")
        .group_by(FindingSnapshot.round_id)
    )
    rows = session.scalars(select(FindingSnapshot).where(FindingSnapshot.id.in_(first_of_each)))
    return list_asked_before(content.ratings, [unknown_sets(row.content.ratings) for row in rows])


def _was_sorted(session: Session, round: Round, latest: FindingSnapshot) -> bool:
    """Whether moderators have given imported statements other kinds since.

    Then they are counted again, which tells nothing of anybody: these answers were public, and
    nobody can take them away. Those of a round that was held here keep the kinds they had.
    """
    if not round.imported_from:
        return False
    rows = session.execute(
        select(RoundStatement.code, Statement.kind)
        .join(RoundStatement.version)
        .join(StatementVersion.statement)
        .where(RoundStatement.round_id == round.id)
    )
    kinds = {row.code: row.kind for row in rows}
    return any(each.kind != kinds[each.code] for each in latest.content.ratings.statements)


def _due(session: Session, round: Round, secret: str, *, is_newest: bool) -> Due:
    latest = find_latest(session, round)
    if latest is None:
        return Due(round.id, None, "", read_round(session, round, secret), None)
    if is_newest and _was_sorted(session, round, latest):
        answers = read_round(session, round, secret)
        return Due(round.id, latest.id, latest.inputs_hash, answers, None)
    content = latest.content
    sealed = session.scalar(select(RaterSets.sealed).where(RaterSets.round_id == round.id))
    is_from_before = not round.imported_from and (sealed is None or not content.is_judged)
    given = read_round(session, round, secret) if is_from_before else None
    return Due(
        round.id,
        latest.id,
        latest.inputs_hash,
        given,
        content.ratings,
        sealed,
        is_judged=content.is_judged,
        is_over=is_over_for(round),
        is_of_older_rule=is_newest and is_of_older_rule(round, latest),
    )
