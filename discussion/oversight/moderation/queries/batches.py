"""Batches: what will be approved in a moment and can still be undone, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from discussion import paths
from discussion.language import _, _n, in_words, number_in_words
from discussion.oversight.moderation.models import Batch, BatchItem
from discussion.oversight.moderation.queries.higher import REPORTED
from discussion.oversight.moderation.words import OUTCOMES
from discussion.permissions.facts import Viewer
from discussion.subjects.finding import find_subjects, kind_at
from discussion.subjects.kinds import Subject

TOLD_FOR = timedelta(minutes=15)
STUCK = timedelta(days=1)


@dataclass(frozen=True)
class LeftOut:
    """One that was not approved after all."""

    url: str
    subject: str  # the thread's question
    why: str


@dataclass(frozen=True)
class BatchStrip:
    """What stands above the desk of the moderator who made it."""

    sentence: str
    undo_url: str  # empty once it is too late
    final_at: datetime | None  # while it can be undone
    left_out: tuple[LeftOut, ...]


def find_own_batch(session: Session, viewer: Viewer | None, public_id: str) -> Batch | None:
    """Several that the viewer approved with one press; None where another did."""
    if viewer is None:
        return None
    return session.scalar(
        select(Batch)
        .where(Batch.public_id == public_id)
        .where(Batch.made_by_id == viewer.person_id)
    )


def find_strip(session: Session, viewer: Viewer, now: datetime) -> BatchStrip | None:
    """The viewer's newest batch, while it can be undone and a quarter of an hour after."""
    batch = session.scalar(
        select(Batch)
        .where(Batch.made_by_id == viewer.person_id)
        .where(Batch.undone_at.is_(None))
        .where((Batch.done_at.is_(None)) | (Batch.done_at > now - TOLD_FOR))
        .order_by(Batch.id.desc())
        .limit(1)
        .options(selectinload(Batch.items))
    )
    if batch is None:
        return None
    if batch.done_at is not None:
        return _done(session, batch)
    count = len(batch.items)
    sentence = _(
        "%(count)s will be approved at %(time)s.",
        count=number_in_words(count),
        time=in_words(batch.final_at, "HH:mm:ss"),
    )
    return BatchStrip(sentence, paths.undo_batch(batch.public_id), batch.final_at, ())


def list_promised(session: Session, now: datetime) -> set[str]:
    """The keys ("positions/bcdfghjkmn") of what is about to be approved: nobody's to decide now.

    What no worker came to within a day is back in the queue.
    """
    rows = session.execute(
        select(BatchItem.kind, BatchItem.subject_id)
        .join(BatchItem.batch)
        .where(Batch.made_at > now - STUCK)
        .where(Batch.undone_at.is_(None))
        .where(BatchItem.outcome == "")
    )
    return {f"{kind}/{subject_id}" for kind, subject_id in rows}


def list_reported(session: Session, kind: str, ids: Collection[str]) -> set[str]:
    """Those of these contributions (kind position or response) on which a report waits."""
    return set(REPORTED()(session, kind, ids))


def _done(session: Session, batch: Batch) -> BatchStrip:
    approved = sum(item.outcome == "approved" for item in batch.items)
    begun = sum(item.outcome == "" for item in batch.items)
    said = [
        _n(
            "%(count)s was approved.",
            "%(count)s were approved.",
            approved,
            count=number_in_words(approved),
        )
    ]
    if begun:
        said.append(
            _n(
                "%(count)s is being approved.",
                "%(count)s are being approved.",
                begun,
                count=number_in_words(begun),
            )
        )
    others = [item for item in batch.items if item.outcome not in ("", "approved")]
    return BatchStrip(" ".join(said), "", None, _left_out(session, others))


def _left_out(session: Session, items: list[BatchItem]) -> tuple[LeftOut, ...]:
    """What is not for the moderator any more is not named."""
    keys = {
        item.id: (kind.kind, item.subject_id)
        for item in items
        if item.outcome != "forbidden" and (kind := kind_at(item.kind))
    }
    found = find_subjects(
        session,
        [keys[item.id] for item in items if item.outcome != "forbidden" and item.id in keys],
    )
    named = {id: found.get(key) for id, key in keys.items()}
    return tuple(_one_left_out(item, named.get(item.id)) for item in items)


def _one_left_out(item: BatchItem, subject: Subject | None) -> LeftOut:
    return LeftOut(
        subject.desk_url if subject is not None else "",
        subject.title if subject is not None else "",
        str(OUTCOMES[item.outcome]),
    )
