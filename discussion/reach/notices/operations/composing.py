"""Letters put together: what is due for somebody goes into one, and into no other."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, update
from sqlalchemy.orm import Session

from discussion.jobs.models import Job
from discussion.mail.kinds import AT_ONCE, DAILY, WEEKLY
from discussion.mail.queue import promise_mail
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.reach.notices.models import Follow, Notice, NoticeLetter
from discussion.reach.notices.operations.noting import promise_letter
from discussion.reach.notices.queries.choices import (
    find_choices,
    find_hours,
    hours_for,
    rhythms_of,
)
from discussion.reach.notices.queries.followable import Window, followable
from discussion.reach.notices.queries.times import Hours, quiet_until, slot
from discussion.reach.notices.words import FOLLOWED

LETTER = "notices/letter"
BEFORE = {AT_ONCE: timedelta(), DAILY: timedelta(days=1), WEEKLY: timedelta(days=7)}
SLOWEST = (WEEKLY, DAILY, AT_ONCE)
PEOPLE_AT_A_TIME = 500


def compose(session: Session, person_id: int, now: datetime) -> NoticeLetter | None:
    """Put into one letter all that is due for somebody now, and promise it; None where nothing is.

    Asks no right: the worker does it. The person is held, so that nobody does the same beside.
    """
    person = session.scalar(select(Person).where(Person.id == person_id).with_for_update())
    if person is None or not is_written_to(person):
        return None
    hours = hours_for(session, person_id)
    if quiet_until(hours, now) is not None:
        return None
    slots = due_slots(rhythms_of(find_choices(session, [person_id]).get(person_id)), hours, now)
    ids = session.execute(
        select(Notice.id, Notice.kind).where(Notice.person_id == person_id).where(is_due(slots))
    ).all()
    follows = _follow_news(session, person, slots.get(FOLLOWED), now)
    if not ids and not follows:
        return None
    kinds = [*(kind for _id, kind in ids), *([FOLLOWED] if follows else [])]
    rhythm = _slowest({slots[kind][0] for kind in kinds})
    letter = _begin(session, person_id, rhythm, now)
    letter.follows = follows
    session.execute(
        update(Notice)
        .where(Notice.id.in_([id for id, _kind in ids]))
        .values(letter_id=letter.id, told_at=now)
    )
    promise_mail(session, template=LETTER, person_id=person_id, ids={"letter": letter.id}, now=now)
    return letter


def find_due(session: Session, now: datetime) -> list[int]:
    """Everybody for whom a letter is due: whatever was missed before is found again."""
    waiting: dict[int, dict[str, datetime]] = defaultdict(dict)
    asked = (
        select(Notice.person_id, Notice.kind, func.min(Notice.at))
        .where(is_pending(), Notice.at <= now)
        .group_by(Notice.person_id, Notice.kind)
        .order_by(Notice.person_id)
    )
    for person_id, kind, oldest in session.execute(asked):
        waiting[person_id][kind] = oldest
    for person_id, oldest in session.execute(
        select(Follow.person_id, func.min(Follow.told_until))
        .where(Follow.is_muted.is_(False))
        .group_by(Follow.person_id)
    ):
        waiting[person_id][FOLLOWED] = min(waiting[person_id].get(FOLLOWED, oldest), oldest)
    people = list(waiting)
    found: list[int] = []
    for start in range(0, len(people), PEOPLE_AT_A_TIME):
        some = people[start : start + PEOPLE_AT_A_TIME]
        choices, hours = find_choices(session, some), find_hours(session, some)
        for person_id in some:
            own = hours.get(person_id, Hours())
            slots = due_slots(rhythms_of(choices.get(person_id)), own, now)
            is_due_now = any(
                kind in slots and _is_before(kind, oldest, slots[kind][1])
                for kind, oldest in waiting[person_id].items()
            )
            if is_due_now and quiet_until(own, now) is None:
                found.append(person_id)
    return found


def _is_before(kind: str, oldest: datetime, until: datetime) -> bool:
    """Of a follow it is where the letter before ended, and so nothing where that is the slot."""
    return oldest < until if kind == FOLLOWED else oldest <= until


def sweep(session: Session, now: datetime) -> int:
    """Promise a look at everybody for whom something is due."""
    people = find_due(session, now)
    for person_id in people:
        promise_letter(session, person_id, now)
    return len(people)


def due_slots(
    rhythms: Mapping[str, str], hours: Hours, now: datetime
) -> dict[str, tuple[str, datetime]]:
    """Kind → its rhythm, and until when it is due; what is never told is not in it."""
    return {
        kind: (rhythm, until)
        for kind, rhythm in rhythms.items()
        if (until := slot(rhythm, hours, now)) is not None
    }


def is_due(slots: Mapping[str, tuple[str, datetime]]) -> ColumnElement[bool]:
    return and_(
        is_pending(),
        or_(
            false(),  # who wants to hear of nothing
            *(
                and_(Notice.kind == kind, Notice.at <= until)
                for kind, (_rhythm, until) in slots.items()
            ),
        ),
    )


def is_pending() -> ColumnElement[bool]:
    """In no letter, and no letter of its own is on its way."""
    own = (
        exists()
        .where(Job.id == Notice.job_id)
        .where(Job.done_at.is_(None))
        .where(Job.failed_at.is_(None))
    )
    return and_(Notice.told_at.is_(None), ~own)


def is_written_to(person: Person) -> bool:
    has_address = person.email is not None and person.email_confirmed_at is not None
    return has_address and person.left_at is None and not person.is_guest


def _follow_news(
    session: Session, person: Person, due: tuple[str, datetime] | None, now: datetime
) -> dict[str, list[str]]:
    """What they follow and where something is new: each from where the letter before ended.

    What is looked at now is not looked at again, whether anything is new or not.
    """
    if due is None:
        return {}
    until = due[1]
    rows = session.scalars(
        select(Follow)
        .where(Follow.person_id == person.id, Follow.is_muted.is_(False))
        .where(Follow.told_until < until)
        .order_by(Follow.id)
    ).all()
    viewer = viewer_of(session, person, now) if rows else None
    found: dict[str, list[str]] = {}
    for row in rows:
        kind, window = followable(row.what), Window(row.told_until, until)
        if viewer is not None and kind and kind.news(session, viewer, row.subject, window):
            found[str(row.id)] = [str(window.since), str(window.until)]
        row.told_until = until
    return found


def _slowest(rhythms: set[str]) -> str:
    return next(rhythm for rhythm in SLOWEST if rhythm in rhythms)


def _begin(session: Session, person_id: int, rhythm: str, now: datetime) -> NoticeLetter:
    before = session.scalar(
        select(func.max(NoticeLetter.until))
        .where(NoticeLetter.person_id == person_id)
        .where(NoticeLetter.rhythm == rhythm)
    )
    letter = NoticeLetter(
        person_id=person_id,
        rhythm=rhythm,
        since=before or now - BEFORE[rhythm],
        until=now,
        made_at=now,
    )
    session.add(letter)
    session.flush()
    return letter
