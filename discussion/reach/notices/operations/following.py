"""Following, muting, and no longer; and that somebody was here."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused
from discussion.reach.notices.models import Follow, Visit

MOST = 200


def follow(
    session: Session, actor: Viewer, what: str, subject: str, *, is_muted: bool, now: datetime
) -> Follow:
    """Follow or mute what the caller found for the actor. Raises Refused at too many."""
    require(actor, May.KEEP_ACCOUNT)
    session.execute(select(Person.id).where(Person.id == actor.person_id).with_for_update())
    own = session.scalars(select(Follow).where(Follow.person_id == actor.person_id)).all()
    row = next((one for one in own if (one.what, one.subject) == (what, subject)), None)
    if row is None:
        if len(own) >= MOST:
            said = _("You follow or mute %(most)s things already. Stop some first.", most=MOST)
            raise Refused(said)
        row = Follow(person_id=actor.person_id, what=what, subject=subject, at=now, told_until=now)
        session.add(row)
    if row.is_muted and not is_muted:
        row.told_until = now  # nothing of the time in which it was muted
    row.is_muted = is_muted
    session.flush()
    return row


def unfollow(session: Session, actor: Viewer, what: str, subject: str) -> None:
    """Neither follow nor mute it any more."""
    require(actor, May.KEEP_ACCOUNT)
    session.execute(
        delete(Follow)
        .where(Follow.person_id == actor.person_id)
        .where(Follow.what == what, Follow.subject == subject)
    )


def note_visit(session: Session, actor: Viewer, what: str, subject: str, *, now: datetime) -> None:
    """The actor is here now: what is new from now on is new to them."""
    require(actor, May.KEEP_ACCOUNT)
    row = session.get(Visit, (actor.person_id, what, subject))
    if row is None:
        session.add(Visit(person_id=actor.person_id, what=what, subject=subject, at=now))
    else:
        row.before, row.at = row.at, now
    session.flush()
