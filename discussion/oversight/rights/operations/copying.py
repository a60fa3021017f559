"""Copies of one's data: asked for, made by the worker, and deleted after a week."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.jobs.queue import enqueue
from discussion.language import _
from discussion.mail.queue import promise_mail
from discussion.oversight.rights.folder import forget_file, forget_others
from discussion.oversight.rights.models import DataCopy
from discussion.oversight.rights.queries.copies import list_asked_since, list_running
from discussion.oversight.rights.words import COPIES_A_DAY, COPY_KEPT, ORPHANED
from discussion.people.accounts.models import Person
from discussion.people.accounts.operations.holding import lock_person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused

TASK = "rights.make_copy"


def ask_copy(session: Session, actor: Viewer | None, *, now: datetime) -> DataCopy:
    """Promise a copy of everything about the actor; one at a time, and three a day.

    Raises Refused with what to do.
    """
    require(actor, May.KEEP_ACCOUNT)
    assert actor is not None
    lock_person(session, actor.person_id)
    if list_running(session, actor.person_id, now):
        raise Refused(_("A copy is being made already. You get an e-mail when it is ready."))
    if len(list_asked_since(session, actor.person_id, now - timedelta(days=1))) >= COPIES_A_DAY:
        raise Refused(
            _(
                "You have asked for %(most)s copies within a day. Ask again tomorrow.",
                most=COPIES_A_DAY,
            )
        )
    made = DataCopy(person_id=actor.person_id, asked_at=now)
    session.add(made)
    session.flush()
    enqueue(session, TASK, {"copy": made.id}, now=now)
    return made


def note_ready(session: Session, copy_id: int, file_name: str, size: int, now: datetime) -> None:
    """The file is there: from now on its owner can fetch it, and is told so by mail."""
    made = session.get_one(DataCopy, copy_id)
    made.file_name, made.size = file_name, size
    made.ready_at, made.expires_at = now, now + COPY_KEPT
    promise_mail(
        session,
        template="rights/copy_ready",
        person_id=made.person_id,
        ids={"copy": made.id},
        once_key=f"copy-ready-{made.id}",
        now=now,
    )


def forget_copies(session: Session, folder: Path, now: datetime) -> None:
    """Delete copies whose week is over or whose owner has left, and files that nobody names.

    The file goes first: killed in between, the row still says what to delete.
    """
    rows = session.scalars(
        select(DataCopy)
        .join(DataCopy.person)
        .where(DataCopy.deleted_at.is_(None))
        .where((DataCopy.expires_at <= now) | Person.left_at.is_not(None))
        .order_by(DataCopy.id)
    ).all()
    for row in rows:
        forget_file(folder, row.file_name)
        row.file_name, row.deleted_at = "", now
    session.flush()
    named = set(session.scalars(select(DataCopy.file_name).where(DataCopy.file_name != "")))
    forget_others(folder, named, now - ORPHANED)
