"""Keeping snapshots that were made."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import discussion
from discussion.debate.threads.models import Thread
from discussion.records import dump
from discussion.subjects.happenings import happened
from discussion.weighing.findings.computing.making import Made, make
from discussion.weighing.findings.models import FindingSnapshot, RaterSets
from discussion.weighing.findings.operations.promising import Because
from discussion.weighing.findings.queries.due import (
    find_latest,
    list_closed,
    read_due,
    read_elsewhere,
)
from discussion.weighing.findings.queries.tagged import read_tags
from discussion.weighing.rounds.models import Round


def compute_findings(
    session: Session, thread_id: int, because: Because, *, secret: str, now: datetime
) -> FindingSnapshot | None:
    """The newest snapshot of a thread, made now if a round closed or tags changed since.

    None for a thread without a closed round. `secret` keys raters. All at once, as a command and
    tests want it; the worker reads, makes and keeps one after the other.
    """
    thread = session.get(Thread, thread_id)
    if thread is None:
        return None
    rounds = read_due(session, thread, secret)
    keep_findings(
        session,
        make(rounds, read_tags(session, thread), secret, read_elsewhere(session, thread)),
        because,
        now=now,
    )
    closed = list_closed(session, thread)
    return find_latest(session, closed[-1]) if closed else None


def keep_findings(
    session: Session, made: Sequence[Made], because: Because, *, now: datetime
) -> None:
    """Add what was made, but where another snapshot of the round was added meanwhile."""
    for each in made:
        round = session.get(Round, each.round_id)
        if round is None:
            continue
        session.get(Thread, round.thread_id, with_for_update=True)  # one at a time
        latest = find_latest(session, round)
        if (latest.id if latest else None) != each.latest_id:
            continue
        _keep_sets(session, each)
        if each.content is None:
            continue
        snapshot = FindingSnapshot(
            thread_id=round.thread_id,
            round_id=round.id,
            version=_next_version(session, round.thread_id),
            because=_because(latest, because),
            inputs_hash=each.inputs_hash,
            parameters=each.parameters,
            code_version=discussion.__version__,
            results=dump(each.content),
            made_at=now,
        )
        session.add(snapshot)
        session.flush()
        happened(session, "findings.published", snapshot.id, now=now)


def _because(latest: FindingSnapshot | None, because: Because) -> Because:
    """Why it was made: the rule leads, where tags may have changed as well."""
    if latest is None:
        return "round_closed"
    content = latest.content
    is_current = content.is_current and content.reasons is not None
    return because if is_current else "rule_changed"


def _keep_sets(session: Session, made: Made) -> None:
    kept = select(RaterSets.id).where(RaterSets.round_id == made.round_id)
    if made.sealed is not None and session.scalar(kept) is None:
        session.add(RaterSets(round_id=made.round_id, sealed=made.sealed))
        session.flush()


def _next_version(session: Session, thread_id: int) -> int:
    newest = session.scalar(
        select(func.max(FindingSnapshot.version)).where(FindingSnapshot.thread_id == thread_id)
    )
    return (newest or 0) + 1
