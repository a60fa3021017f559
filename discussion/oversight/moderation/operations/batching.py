"""Approving several at once: promised, for a minute undone with one click, then done one by one.

Nothing is published and nobody told until the minute is over. Then one job closes the batch, and
one job for each item approves it as the moderator who ticked it, in the version that they saw: each
in a transaction of its own, so that one that is stuck holds up nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.decisions.drafts import Ruling
from discussion.decisions.operations.claiming import Taken, give_back, take
from discussion.decisions.operations.refusing import AlreadyDecided
from discussion.jobs.queue import enqueue
from discussion.oversight.moderation.models import Batch, BatchItem
from discussion.oversight.moderation.operations.deciding import Contribution, decide
from discussion.oversight.moderation.queries.batches import list_reported
from discussion.oversight.moderation.queries.desk import find_contribution
from discussion.oversight.moderation.queries.noticed import list_signs
from discussion.oversight.moderation.queries.versions import find_waiting
from discussion.oversight.moderation.words import BATCH_MOST, BATCH_SECONDS
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer, series_of
from discussion.permissions.may import May
from discussion.permissions.rules import allowed, require
from discussion.subjects.finding import kind_of

CLOSE, APPROVE = "moderation.close_batch", "moderation.approve_item"


@dataclass(frozen=True)
class Ticked:
    """One line that was ticked: what, and the version that its moderator saw."""

    kind: str
    id: str
    version_id: int


class NothingToApprove(Exception):
    """None of what was ticked can be approved by this moderator now."""


class OneAtATime(Exception):
    """The moderator has another batch that can still be undone."""


class AlreadyFinal(Exception):
    """The minute is over, and the batch is being done; or it was undone before."""


def make_batch(
    session: Session, actor: Viewer, ticked: Sequence[Ticked], *, now: datetime
) -> Batch:
    """Promise to approve these in a minute, and take them until then.

    What is the actor's own, taken by others, or no longer waits in the version that was seen is
    left out, and so is all in which the site noticed something: it has to be read. Raises
    OneAtATime and NothingToApprove.
    """
    require(actor, May.KEEP_ACCOUNT)  # the right to decide is asked of each
    items = [_find_eligible(session, actor, one) for one in dict.fromkeys(ticked[:BATCH_MOST])]
    eligible = [item for item in items if item is not None]
    _refuse_second(session, actor)
    batch = Batch(
        made_by_id=actor.person_id, made_at=now, final_at=now + timedelta(seconds=BATCH_SECONDS)
    )
    for one, item in eligible:
        if _can_take(session, actor, one, item, now):
            batch.items.append(
                BatchItem(kind=one.kind, subject_id=one.id, version_id=one.version_id)
            )
    if not batch.items:
        raise NothingToApprove
    session.add(batch)
    session.flush()
    enqueue(
        session,
        CLOSE,
        {"batch": batch.id},
        now=now,
        run_after=batch.final_at,
        once_key=f"batch-{batch.id}",
    )
    return batch


def undo_batch(session: Session, actor: Viewer, batch: Batch, *, now: datetime) -> None:
    """Take everything back, as if nothing had been ticked; raises AlreadyFinal when it is too late.

    It is the maker's alone. While the worker has not begun, there is still time.
    """
    require(actor, May.KEEP_ACCOUNT)
    _hold(session, batch)
    if batch.made_by_id != actor.person_id or batch.done_at or batch.undone_at:
        raise AlreadyFinal
    batch.undone_at = now
    for item in batch.items:
        give_back(session, actor, item.kind, item.subject_id)
    session.flush()


def close_batch(session: Session, batch_id: int, now: datetime) -> None:
    """The minute is over: from now on it cannot be undone, and each item is a job; for the worker.

    The maker's rights are asked again with each.
    """
    batch = session.get(Batch, batch_id)
    if batch is None:
        return
    _hold(session, batch)
    if batch.undone_at or batch.done_at or now < batch.final_at:
        return
    batch.done_at = now
    for item in batch.items:
        enqueue(session, APPROVE, {"item": item.id}, now=now, once_key=f"batch-item-{item.id}")


def approve_item(session: Session, item_id: int, now: datetime) -> None:
    """Approve one item of a closed batch, or keep why not; for the worker."""
    item = session.get(BatchItem, item_id)
    if item is None or item.outcome:
        return
    actor = viewer_of(session, session.get_one(Person, item.batch.made_by_id), now)
    item.outcome = _approve(session, actor, item, now)
    give_back(session, actor, item.kind, item.subject_id)


def _approve(session: Session, actor: Viewer, item: BatchItem, now: datetime) -> str:
    found = find_contribution(session, actor, item.kind, item.subject_id)
    if found is None or not allowed(actor, May.DECIDE, found):
        return "forbidden"
    waiting = find_waiting(session, found)
    if waiting is not None and waiting.id == item.version_id:
        if list_reported(session, kind_of(found), [found.public_id]):
            return "reported"
        if list_signs(session, [waiting])[waiting.id]:
            return "noticed"
    try:
        with session.begin_nested():
            decide(session, actor, found, Ruling("approve", version_id=item.version_id), now=now)
    except Taken:
        return "taken"
    except AlreadyDecided:
        session.refresh(found)
        if found.state in ("withdrawn", "discarded"):
            return "withdrawn"
        return "changed" if find_waiting(session, found) is not None else "decided"
    return "approved"


def _find_eligible(
    session: Session, actor: Viewer, one: Ticked
) -> tuple[Ticked, Contribution] | None:
    found = find_contribution(session, actor, one.kind, one.id)
    if found is None or not allowed(actor, May.DECIDE, found):
        return None
    waiting = find_waiting(session, found)
    if waiting is None or waiting.id != one.version_id:
        return None
    return None if list_signs(session, [waiting])[waiting.id] else (one, found)


def _can_take(
    session: Session, actor: Viewer, one: Ticked, item: Contribution, now: datetime
) -> bool:
    try:
        take(session, actor, one.kind, one.id, series_of(item), now=now)
    except Taken:
        return False
    return True


def _refuse_second(session: Session, actor: Viewer) -> None:
    """Two tabs of one moderator come one after the other: the second sees the first one's batch."""
    session.get_one(Person, actor.person_id, with_for_update={"key_share": True})
    is_open = (
        select(Batch.id)
        .where(Batch.made_by_id == actor.person_id)
        .where(Batch.undone_at.is_(None))
        .where(Batch.done_at.is_(None))
    )
    if session.scalar(is_open) is not None:
        raise OneAtATime


def _hold(session: Session, batch: Batch) -> None:
    """Of undoing and closing one comes first, and the other sees it."""
    session.refresh(batch, with_for_update=True)
