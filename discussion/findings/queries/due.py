"""Which snapshots are due, with what they are made from."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.findings.computing.making import Due, hash_of
from discussion.findings.models import FindingSnapshot
from discussion.findings.queries.inputs import read_round
from discussion.findings.queries.tagged import read_tags
from discussion.rounds.models import Round
from discussion.threads.models import Thread

RESTS = timedelta(days=1)  # between versions while positions of a new cycle are being written


def read_due(session: Session, thread: Thread, secret: str) -> tuple[Due, ...]:
    """The thread's closed rounds, in order; answers are read of those that were never counted."""
    return tuple(_due(session, round, secret) for round in list_closed(session, thread))


def find_stale(session: Session, *, secret: str, now: datetime) -> Iterator[int]:
    """Threads whose findings no longer fit what their positions say, or were never made."""
    rows = session.scalars(
        select(Thread)
        .where(Thread.id.in_(select(Round.thread_id).where(Round.state == "closed")))
        .where(Thread.merged_into_id.is_(None))
        .order_by(Thread.id)
    ).all()
    for thread in rows:
        latest = find_latest(session, list_closed(session, thread)[-1])
        if latest is None:
            yield thread.id
        elif thread.stage == "open" and now - latest.made_at < RESTS:
            continue
        elif latest.inputs_hash != hash_of(
            latest.results["ratings"], read_tags(session, thread), secret
        ):
            yield thread.id


def list_closed(session: Session, thread: Thread) -> list[Round]:
    return list(
        session.scalars(
            select(Round)
            .where(Round.thread_id == thread.id)
            .where(Round.state == "closed")
            .order_by(Round.number)
        )
    )


def find_latest(session: Session, round: Round) -> FindingSnapshot | None:
    return session.scalar(
        select(FindingSnapshot)
        .where(FindingSnapshot.round_id == round.id)
        .order_by(FindingSnapshot.version.desc())
        .limit(1)
    )


def _due(session: Session, round: Round, secret: str) -> Due:
    latest = find_latest(session, round)
    if latest is None:
        return Due(round.id, None, "", read_round(session, round, secret), None)
    return Due(round.id, latest.id, latest.inputs_hash, None, latest.results["ratings"])
