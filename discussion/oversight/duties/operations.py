"""Writing records, and reminding whoever answers for them."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import clock, text
from discussion.audit.operations import append_event
from discussion.db import add_unless_there
from discussion.mail.reminding import SPOKEN_OF_AFTER, promise_reminder
from discussion.oversight.duties.drafts import DutyDraft
from discussion.oversight.duties.models import DutyRecord
from discussion.oversight.duties.words import KINDS, SPOKEN_OF_BEFORE
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require


class WrittenMeanwhile(Exception):
    """Somebody else has written a newer version since the form was opened."""


def write_record(
    session: Session, actor: Viewer, kind: str, draft: DutyDraft, *, now: datetime
) -> DutyRecord:
    """Add a version of a record. Raises WrittenMeanwhile, and changes nothing then."""
    require(actor, May.ADMINISTER)
    newest = session.scalar(select(func.max(DutyRecord.version)).where(DutyRecord.kind == kind))
    if (newest or 0) != draft.seen:
        raise WrittenMeanwhile
    written = text.paragraphs(draft.text)
    record = DutyRecord(
        kind=kind,
        version=draft.seen + 1,
        text=written,
        html=str(text.render(written, prefix=f"{kind}-")),
        code_version=draft.code_version,
        review_on=draft.review_on,
        what_changed=draft.what_changed,
        written_by_id=actor.person_id,
        written_at=now,
    )
    if not add_unless_there(session, record):
        raise WrittenMeanwhile
    append_event(
        session,
        series_id=None,
        actor_id=actor.person_id,
        verb="write_duty",
        subject=("duty", kind[:20]),
        now=now,
        details={"kind": kind, "version": record.version, "review_on": str(record.review_on)},
    )
    return record


def remind_of_reviews(session: Session, now: datetime) -> int:
    """Promise administrators a letter before a review is due, on the day, and ever less after it.

    Returns how many were promised.
    """
    people = session.scalars(
        select(Person.id)
        .where(Person.is_administrator.is_(True))
        .where(Person.email.is_not(None))
        .where(Person.left_at.is_(None))
        .order_by(Person.id)
    ).all()
    waits = [(f"{row.kind}-{row.review_on}", row.review_on) for row in list_to_review(session, now)]
    return sum(
        promise_reminder(
            session,
            template="duties/review",
            person_id=person_id,
            waits=waits,
            now=now,
            after=(*SPOKEN_OF_BEFORE, *SPOKEN_OF_AFTER),
        )
        for person_id in people
    )


def list_to_review(session: Session, now: datetime) -> list[DutyRecord]:
    """The newest versions whose review is due, or soon will be."""
    soon = clock.day(now) - timedelta(days=min(SPOKEN_OF_BEFORE))
    newest = [find_newest(session, kind) for kind in KINDS]
    return [row for row in newest if row is not None and row.review_on <= soon]


def find_newest(session: Session, kind: str) -> DutyRecord | None:
    """The newest version of a record of a kind; None before the first."""
    return session.scalar(
        select(DutyRecord)
        .where(DutyRecord.kind == kind)
        .order_by(DutyRecord.version.desc())
        .limit(1)
    )
