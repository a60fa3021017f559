"""Muting a voice for oneself, and no longer."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.mutes.models import Mute
from discussion.debate.positions.models import Position, Response
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require


def mute(session: Session, actor: Viewer, item: Position | Response, *, now: datetime) -> Mute:
    """Mute whoever wrote this as they are known here: a name everywhere, a voice in its thread.

    Nothing is deleted or counted otherwise, and nobody else notices. Twice is once.
    """
    require(actor, May.MUTE, item)
    thread_id = item.thread_id
    is_by_name = item.attribution == "named"
    # Two clicks at once: by name no constraint would bind, since a NULL equals nothing.
    session.execute(select(Person.id).where(Person.id == actor.person_id).with_for_update())
    known = session.scalar(
        select(Mute)
        .where(Mute.person_id == actor.person_id)
        .where(Mute.muted_id == item.author_id)
        .where(Mute.attribution == item.attribution)
        .where(Mute.thread_id.is_(None) if is_by_name else Mute.thread_id == thread_id)
        .where(Mute.strand == ("" if is_by_name else item.strand))
    )
    if known is not None:
        return known
    made = Mute(
        person_id=actor.person_id,
        muted_id=item.author_id,
        attribution=item.attribution,
        thread_id=None if is_by_name else thread_id,
        strand="" if is_by_name else item.strand,
        at=now,
    )
    session.add(made)
    session.flush()
    return made


def unmute(session: Session, actor: Viewer, muted: Mute) -> None:
    """End one of one's own mutes; those of others are found by nobody."""
    require(actor, May.KEEP_ACCOUNT)
    if muted.person_id == actor.person_id:
        session.delete(muted)
        session.flush()
