"""Making a snapshot: what a round's ratings say is counted once, what tags say anew each time."""

import hmac
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import discussion
from discussion.findings.computing.changing import find_change
from discussion.findings.computing.comparing import find_in
from discussion.findings.computing.counting import count_round
from discussion.findings.computing.given import GivenTags
from discussion.findings.computing.groups import MOST_OF_A_FAMILY, PARTITIONS
from discussion.findings.computing.tagging import find_levels
from discussion.findings.models import FindingSnapshot
from discussion.findings.operations.promising import Because
from discussion.findings.queries.inputs import read_round
from discussion.findings.queries.tagged import read_tags
from discussion.rounds.models import Round
from discussion.threads.models import Thread

SCHEMA = 1
RESTS = timedelta(days=1)  # between versions while positions of a new cycle are being written
_KEYS = b"discussion findings inputs 1"


def compute_findings(
    session: Session, thread_id: int, because: Because, *, secret: str, now: datetime
) -> FindingSnapshot | None:
    """The newest snapshot of a thread, made now if a round closed or tags changed since.

    None for a thread without a closed round. `secret` keys raters. What a round's ratings say is
    taken from its first snapshot ever after: were it counted again once somebody has left, what
    that person had said would be the difference.
    """
    thread = session.get(Thread, thread_id, with_for_update=True)
    if thread is None or thread.merged_into_id is not None:
        return None
    snapshot = None
    rounds = list_closed(session, thread)
    tags = read_tags(session, thread)
    before: dict[str, Any] | None = None
    for round in rounds:
        snapshot = find_latest(session, round)
        if snapshot is None or round is rounds[-1]:
            snapshot = _make(session, round, snapshot, tags, before, because, secret, now)
        before = snapshot.results["ratings"]
    return snapshot


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
        elif latest.inputs_hash != _hash_of(latest.results["ratings"], read_tags(session, thread),
                                            secret):  # fmt: skip
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


def _make(
    session: Session,
    round: Round,
    latest: FindingSnapshot | None,
    tags: GivenTags,
    before: dict[str, Any] | None,
    because: Because,
    secret: str,
    now: datetime,
) -> FindingSnapshot:
    counted = latest.results["ratings"] if latest else _count(session, round, secret)
    inputs_hash = _hash_of(counted, tags, secret)
    if latest is not None and latest.inputs_hash == inputs_hash:
        return latest
    made = FindingSnapshot(
        thread_id=round.thread_id,
        round_id=round.id,
        version=_next_version(session, round.thread_id),
        because=because if latest else "round_closed",
        inputs_hash=inputs_hash,
        parameters=_parameters(counted),
        code_version=discussion.__version__,
        results={
            "schema": SCHEMA,
            "ratings": counted,
            "found": find_in(counted, tags),
            "change": find_change(before, counted),
            "levels": find_levels(tags),
            "values": dict(tags.values),
            "positions": len(tags.positions),
        },
        made_at=now,
    )
    session.add(made)
    session.flush()
    return made


def _count(session: Session, round: Round, secret: str) -> dict[str, Any]:
    given = read_round(session, round, secret)
    raters = {key: asdict(rater) for key, rater in given.raters.items()}
    statements = [
        [each.id, each.version, each.answers, each.reasonable, sorted(each.cruxes)]
        for each in given.statements
    ]
    said = [given.id, raters, statements]
    return count_round(given) | {"hash": _keyed(said, secret)}


def _hash_of(counted: dict[str, Any], tags: GivenTags, secret: str) -> str:
    """Of everything that a snapshot is made from; under a key, so that nobody can try answers."""
    said = asdict(tags) | {"retracted": sorted(tags.retracted)}
    return _keyed([counted["hash"], said], secret)


def _keyed(said: Any, secret: str) -> str:
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    key = hmac.new(secret.encode(), _KEYS, sha256).digest()
    return hmac.new(key, canonical.encode(), sha256).hexdigest()


def _parameters(counted: dict[str, Any]) -> dict[str, Any]:
    about = counted["round"]
    return {
        **about["limits"],
        "min_group": about["min_group"],
        "points": about["points"],
        "seed": about["seed"],
        "partitions": list(PARTITIONS),
        "most_of_a_family": str(MOST_OF_A_FAMILY),
    }


def _next_version(session: Session, thread_id: int) -> int:
    newest = session.scalar(
        select(func.max(FindingSnapshot.version)).where(FindingSnapshot.thread_id == thread_id)
    )
    return (newest or 0) + 1
