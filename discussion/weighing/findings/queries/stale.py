"""Which threads' findings no longer fit what is said there: looked for in batches, in one pass."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, joinedload

from discussion.debate.threads.models import Thread
from discussion.weighing.findings.computing.given import GivenTags
from discussion.weighing.findings.computing.hashing import is_as_said
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.due import (
    is_of_older_rule,
    is_over_for,
    is_unjudged,
    was_sorted,
)
from discussion.weighing.findings.queries.tagged import read_tags, read_tags_of
from discussion.weighing.rounds.models import Round

RESTS = timedelta(days=1)  # between versions while positions of a new cycle are being written
TOGETHER = 50  # threads whose snapshots are held at once


@dataclass(frozen=True)
class _Looked:
    """A thread's round that closed last, and its newest snapshot, if there is one."""

    thread: Thread
    newest: Round
    latest: FindingSnapshot | None


def find_stale(session: Session, *, secret: str, now: datetime) -> Iterator[int]:
    """Threads whose findings no longer fit what their positions say, or were never made.

    One that cannot even be looked at is among them, so that its own work fails and not this look,
    which would hold up all others. In a few statements for each fifty threads.
    """
    last = (
        select(Round.thread_id, func.max(Round.number).label("number"))
        .join(Thread, Thread.id == Round.thread_id)
        .where(Round.state == "closed")
        .where(Thread.merged_into_id.is_(None))
        .group_by(Round.thread_id)
        .subquery()
    )
    newest = session.scalars(
        select(Round.id)
        .join(last, (Round.thread_id == last.c.thread_id) & (Round.number == last.c.number))
        .order_by(Round.thread_id)
    ).all()
    for first in range(0, len(newest), TOGETHER):
        looked = _look(session, newest[first : first + TOGETHER])
        tags = _tags_of(session, [each.thread for each in looked if each.latest is not None])
        for each in looked:
            if _is_stale(session, each, tags, secret, now):
                yield each.thread.id


def _look(session: Session, round_ids: Sequence[int]) -> list[_Looked]:
    """The rounds with their threads, and of each the newest snapshot."""
    thread = joinedload(Round.thread)
    rounds = session.scalars(
        select(Round)
        .where(Round.id.in_(round_ids))
        .options(thread.joinedload(Thread.series), thread.selectinload(Thread.scales))
        .order_by(Round.thread_id)
    ).all()
    last = (
        select(FindingSnapshot.round_id, func.max(FindingSnapshot.version).label("version"))
        .where(FindingSnapshot.round_id.in_(round_ids))
        .group_by(FindingSnapshot.round_id)
        .subquery()
    )
    snapshots = session.scalars(
        select(FindingSnapshot).join(
            last,
            (FindingSnapshot.round_id == last.c.round_id)
            & (FindingSnapshot.version == last.c.version),
        )
    )
    latest = {each.round_id: each for each in snapshots}
    return [_Looked(each.thread, each, latest.get(each.id)) for each in rounds]


def _tags_of(session: Session, threads: Sequence[Thread]) -> Mapping[int, GivenTags]:
    """What positions say, by thread; nothing where one of them cannot be read with the others."""
    try:
        return read_tags_of(session, threads)
    except SQLAlchemyError:
        raise
    except Exception:
        return {}


def _is_stale(
    session: Session, looked: _Looked, tags: Mapping[int, GivenTags], secret: str, now: datetime
) -> bool:
    try:
        return _no_longer_fits(session, looked, tags, secret, now)
    except SQLAlchemyError:
        raise
    except Exception:
        return True


def _no_longer_fits(
    session: Session, looked: _Looked, tags: Mapping[int, GivenTags], secret: str, now: datetime
) -> bool:
    thread, newest, latest = looked.thread, looked.newest, looked.latest
    if latest is None or was_sorted(session, newest, latest) or is_unjudged(session, latest):
        return True
    if newest.cycle < thread.cycle or (thread.stage == "open" and now - latest.made_at < RESTS):
        return False  # what a cycle found stays as it was when the thread was reopened
    said, is_over = tags.get(thread.id) or read_tags(session, thread), is_over_for(newest)
    is_said = is_as_said(latest.inputs_hash, latest.content.ratings, said, secret, is_over=is_over)
    return not is_said or is_of_older_rule(newest, latest)
