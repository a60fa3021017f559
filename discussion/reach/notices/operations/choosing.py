"""How soon to hear of what; and that a notice was seen."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from discussion.mail.kinds import KINDS, NEVER, Kind
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.reach.notices.drafts import HearDraft
from discussion.reach.notices.models import (
    Follow,
    Notice,
    NoticeChoice,
    NoticeHours,
    NoticeLetter,
    Visit,
)
from discussion.reach.notices.words import FOLLOWED


def choose(session: Session, actor: Viewer, draft: HearDraft, *, now: datetime) -> None:
    """Keep how the actor wants to hear; kinds that are not named stay as they are."""
    require(actor, May.KEEP_ACCOUNT)
    _lock(session, actor.person_id)
    for kind in KINDS:
        if (rhythm := draft.rhythms.get(kind.name, "")) in kind.rhythms:
            _keep(session, actor.person_id, kind, rhythm, now)
    hours = session.get(NoticeHours, actor.person_id)
    if hours is None:
        hours = NoticeHours(person_id=actor.person_id)
        session.add(hours)
    hours.zone, hours.weekday, hours.nothing_until = draft.zone, draft.weekday, draft.nothing_until
    hours.quiet_from, hours.quiet_until = draft.quiet or (None, None)
    session.flush()


def stop(session: Session, person: Person, kinds: Iterable[Kind], *, now: datetime) -> None:
    """No letter of these kinds any more. Asks no right: the link in the letter is the right.

    Of who has left nothing is kept, and nothing is sent.
    """
    if person.left_at is not None:
        return
    _lock(session, person.id)
    for kind in kinds:
        _keep(session, person.id, kind, NEVER, now)
    session.flush()


def mark_seen(session: Session, actor: Viewer, ids: Collection[str], *, now: datetime) -> None:
    """These of the actor's notices were seen."""
    require(actor, May.KEEP_ACCOUNT)
    session.execute(
        update(Notice)
        .where(Notice.person_id == actor.person_id)
        .where(Notice.public_id.in_(ids))
        .where(Notice.seen_at.is_(None))
        .values(seen_at=now)
    )


def mark_all_seen(session: Session, actor: Viewer, *, now: datetime) -> None:
    require(actor, May.KEEP_ACCOUNT)
    session.execute(
        update(Notice)
        .where(Notice.person_id == actor.person_id)
        .where(Notice.seen_at.is_(None), Notice.at <= now)
        .values(seen_at=now)
    )


def forget_of(session: Session, person_id: int, now: datetime) -> None:
    """Of who leaves nothing stays of this."""
    for table in (Follow, Visit, Notice, NoticeLetter, NoticeChoice, NoticeHours):
        session.execute(delete(table).where(table.person_id == person_id))


def _keep(session: Session, person_id: int, kind: Kind, rhythm: str, now: datetime) -> None:
    """What no letter is wanted of now comes in none later, whatever is chosen then."""
    row = session.get(NoticeChoice, (person_id, kind.name))
    was = row.rhythm if row is not None else kind.usual
    if row is None:
        row = NoticeChoice(person_id=person_id, kind=kind.name, rhythm=rhythm, chosen_at=now)
        session.add(row)
    elif row.rhythm != rhythm:
        row.rhythm, row.chosen_at = rhythm, now
    if rhythm == NEVER:
        session.execute(
            update(Notice)
            .where(Notice.person_id == person_id, Notice.kind == kind.name)
            .where(Notice.told_at.is_(None))
            .values(told_at=now)
        )
    if was == NEVER and rhythm != NEVER and kind.name == FOLLOWED:
        session.execute(update(Follow).where(Follow.person_id == person_id).values(told_until=now))


def _lock(session: Session, person_id: int) -> None:
    """Two forms at once end one after the other."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
