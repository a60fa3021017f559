"""Notices are written once for each person and thing, whoever says it and however often."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from discussion.db import random_id
from discussion.jobs.queue import enqueue
from discussion.mail.kinds import AT_ONCE, NEVER
from discussion.people.accounts.models import Person
from discussion.reach.notices.models import Notice
from discussion.reach.notices.queries.choices import find_choices, rhythms_of
from discussion.reach.notices.queries.followed import muted_of
from discussion.reach.notices.queries.times import batch
from discussion.subjects.happenings import Happening

GATHER, COMPOSE = "notices.gather", "notices.compose"
AT_A_TIME = 500


@dataclass(frozen=True)
class New:
    """What one person is to hear of."""

    person_id: int
    kind: str
    what: str  # how it is drawn
    key: str  # the same is told once
    ids: dict[str, Any] = field(default_factory=dict)
    series_id: int | None = None
    places: tuple[tuple[str, str], ...] = ()  # the series and thread, for who mutes them
    is_secret: bool = False  # it, or what it is about, stands under the Chatham House Rule


def hear(session: Session, what: Happening, id: int, *, now: datetime) -> None:
    """Promise to look who has to be told. Asks no right: an operation has just done it."""
    enqueue(session, GATHER, {"what": what, "id": id, "at": now.isoformat()}, now=now)


def note(session: Session, news: Iterable[New], happened_at: datetime, now: datetime) -> int:
    """Write those that are not there yet, and promise what goes at once. How many there were.

    Asks no right: what a notice says is asked of the rulebook whenever it is read.
    """
    made = 0
    rows = list(news)
    for start in range(0, len(rows), AT_A_TIME):
        made += _note_some(session, rows[start : start + AT_A_TIME], happened_at, now)
    return made


def _note_some(session: Session, news: list[New], happened_at: datetime, now: datetime) -> int:
    people = _reachable(session, {one.person_id for one in news})
    there = session.execute(
        select(Notice.person_id, Notice.key)
        .where(Notice.person_id.in_(people))
        .where(Notice.key.in_({one.key for one in news}))
    )
    known = {(person_id, key) for person_id, key in there}
    muted = muted_of(session, people)
    fresh = {
        (one.person_id, one.key): one
        for one in news
        if one.person_id in people
        and (one.person_id, one.key) not in known
        and not {(one.person_id, *place) for place in one.places} & muted
    }
    if not fresh:
        return 0
    chosen = find_choices(session, people)
    rows = []
    for one in fresh.values():
        rhythm = rhythms_of(chosen.get(one.person_id))[one.kind]
        # Who wants no letter of it now gets none later.
        rows.append(_row(one, happened_at) | {"told_at": now if rhythm == NEVER else None})
        if rhythm == AT_ONCE and not one.is_secret:
            promise_letter(session, one.person_id, now)
    session.execute(insert(Notice), rows)
    return len(fresh)


def promise_letter(session: Session, person_id: int, now: datetime) -> None:
    """Look what is due for somebody now."""
    enqueue(session, COMPOSE, {"person": person_id}, now=now)


def _row(one: New, happened_at: datetime) -> dict[str, Any]:
    return {
        "public_id": random_id(),
        "person_id": one.person_id,
        "kind": one.kind,
        "what": one.what,
        "ids": one.ids,
        "key": one.key,
        "series_id": one.series_id,
        "at": batch(happened_at) if one.is_secret else happened_at,
    }


def _reachable(session: Session, ids: set[int]) -> set[int]:
    """Those who are here still; a guest of a round table hears nothing."""
    return set(
        session.scalars(
            select(Person.id)
            .where(Person.id.in_(ids))
            .where(Person.left_at.is_(None))
            .where(Person.is_guest.is_(False))
        )
    )
