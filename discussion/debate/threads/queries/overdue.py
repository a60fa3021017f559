"""Threads whose day has come: what moves, and what waits for somebody who curates them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager

from discussion import clock
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.higher import MISSED, STILL_ASKED, find_rounds
from discussion.debate.threads.queries.needs import missing_for, next_move
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.series.models import Series

CURATORS = ("moderator", "convener")


@dataclass(frozen=True)
class Wait:
    """A thread that has waited since a day for something that only its curators can do."""

    thread: Thread
    since: date

    @property
    def name(self) -> str:
        return f"{self.thread.id}-{self.thread.cycle}-{self.since}"


def list_due(session: Session, now: datetime) -> list[tuple[Thread, str]]:
    """What is to move by its date, and what it still needs for that, if anything.

    A thread that is weighed goes by its round, which said beforehand until when people can rate.
    """
    rows = session.scalars(_threads().where(Thread.stage != "closed")).all()
    due = [
        thread
        for thread in rows
        if (day := next_move(thread)[1]) is not None
        and day <= clock.day(now)
        and not (thread.stage == "weighing" and STILL_ASKED()(session, thread))
    ]
    rounds = find_rounds(session, [thread.id for thread in due], now)
    return [(thread, missing_for(thread, next_move(thread)[0], rounds)) for thread in due]


def list_waits(session: Session, now: datetime) -> dict[str, list[Wait]]:
    """By the template of the letter about it. Nothing is waiting in a series that is not open."""
    found = defaultdict(list)
    for thread, missing in list_due(session, now):
        day = next_move(thread)[1]
        if missing in ("round", "outcome") and day is not None:
            found[f"threads/needs_{missing}"].append(Wait(thread, day))
    for missed in MISSED()(session, now):
        found["threads/needs_days"].append(Wait(missed.thread, clock.day(missed.closes_at)))
    for thread in session.scalars(
        _threads().where(Thread.stage == "closed").where(Thread.review_on <= clock.day(now))
    ):
        if thread.review_on is not None:
            found["threads/review_due"].append(Wait(thread, thread.review_on))
    return found


def list_curated(session: Session, person_id: int | None = None) -> dict[int, set[int]]:
    """Which series each who can be written to curates, or this one of them, by their ids."""
    asked = (
        select(Person.id, Membership.series_id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.role.in_(CURATORS))
        .where(Membership.removed_at.is_(None))
        .where(Person.email.is_not(None))
        .where(Person.left_at.is_(None))
        .order_by(Person.id)
    )
    if person_id is not None:
        asked = asked.where(Person.id == person_id)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for id, series_id in session.execute(asked):
        found[id].add(series_id)
    return found


def curated_by(series_ids: set[int], waits: Sequence[Wait]) -> list[Wait]:
    """Of what waits too long, what is of these series."""
    return [wait for wait in waits if wait.thread.series_id in series_ids]


def _threads() -> Select[Thread]:
    return (
        select(Thread)
        .join(Thread.series)
        .where(Series.status == "open")
        .where(Thread.is_hidden.is_(False))
        .where(Thread.merged_into_id.is_(None))
        .order_by(Thread.id)
        .options(contains_eager(Thread.series))
    )
