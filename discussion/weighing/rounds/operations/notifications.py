"""Telling members that a round has opened, and once that it closes soon.

Whom the reminder reaches is decided as each letter is written, and not here: a row of the outbox
would tell who had answered everything.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.queue import enqueue
from discussion.mail.queue import promise_mail
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.holding import TELL
from discussion.weighing.rounds.words_rounds import REMINDED_DAYS

MORNING = time(7)  # in the site's zone; nobody needs such a letter at night
AHEAD = timedelta(days=REMINDED_DAYS)
OPENED, CLOSES_SOON = "rounds/opened", "rounds/closes_soon"


def tell_members(session: Session, round: Round, template: str, now: datetime) -> int:
    """Promise every admitted member who wants such letters this one, once; returns how many."""
    if round.state != "open":
        return 0
    made = [
        promise_mail(
            session,
            template=template,
            person_id=person_id,
            ids={"round": round.id},
            once_key=f"{template}-{round.id}-{person_id}",
            now=now,
        )
        for person_id in _members(session, round)
    ]
    return sum(job is not None for job in made)


def remind_of_rounds(session: Session, now: datetime) -> int:
    """Promise the reminders of rounds that close within two days; returns of how many rounds."""
    if clock.here(now).time() < MORNING:
        return 0
    rounds = session.scalars(
        select(Round)
        .where(Round.state == "open")
        .where(Round.closes_at > now)
        .where(Round.closes_at <= now + AHEAD)
        .order_by(Round.id)
    ).all()
    made = [
        enqueue(
            session,
            TELL,
            {"round": round.id, "template": CLOSES_SOON},
            once_key=f"{TELL}-{CLOSES_SOON}-{round.id}",
            now=now,
        )
        for round in rounds
        if round.opened_at is not None and round.opened_at < round.closes_at - AHEAD
    ]
    return sum(job is not None for job in made)


def _members(session: Session, round: Round) -> Iterable[int]:
    return session.scalars(
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.series_id == round.thread.series_id)
        .where(Membership.admitted_at.is_not(None))
        .where(Membership.removed_at.is_(None))
        .where(Membership.wants_warnings.is_(True))
        .where(Person.email.is_not(None))
        .where(Person.left_at.is_(None))
        .order_by(Person.id)
    ).all()
