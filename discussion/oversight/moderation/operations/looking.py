"""Looking at who wrote something: for a reason, and recorded."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion import text
from discussion.audit.operations import append_event
from discussion.decisions.operations.refusing import TooLong
from discussion.oversight.moderation.operations.deciding import Contribution
from discussion.oversight.moderation.words import MAX_LOOK_REASON
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer, series_of
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.subjects.finding import subject_of


def show_author(
    session: Session, actor: Viewer, item: Contribution, *, why: str, now: datetime
) -> Person:
    """Who wrote it; the look is recorded with its reason, which must be given."""
    require(actor, May.SHOW_AUTHOR, item)
    if not why.strip() or text.count(why) > MAX_LOOK_REASON:
        raise TooLong
    append_event(
        session,
        series_id=series_of(item).id,
        actor_id=actor.person_id,
        verb="show_author",
        subject=subject_of(item).key,
        why=why.strip(),
        now=now,
    )
    return session.get_one(Person, item.author_id)


def record_refused_look(
    session: Session,
    actor: Viewer,
    subject: tuple[str, str],
    series_id: int,
    *,
    why: str,
    now: datetime,
) -> None:
    """Somebody tried to see who wrote something and may not: that is chained too."""
    append_event(
        session,
        series_id=series_id,
        actor_id=actor.person_id,
        verb="refused_look",
        subject=subject,
        why=text.line(why)[:MAX_LOOK_REASON],
        now=now,
    )
