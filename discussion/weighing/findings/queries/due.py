"""Which snapshots are due, with what they are made from."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.weighing.findings.computing.earlier import list_asked_before, unknown_sets
from discussion.weighing.findings.computing.making import Due
from discussion.weighing.findings.models import FindingSnapshot, RaterSets
from discussion.weighing.findings.queries.inputs import read_round
from discussion.weighing.rounds.models import Round, RoundStatement
from discussion.weighing.statements.models import Statement, StatementVersion


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


def was_sorted(session: Session, round: Round, latest: FindingSnapshot) -> bool:
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
    if is_newest and was_sorted(session, round, latest):
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
