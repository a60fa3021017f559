"""Telling members who have not yet taken part that a thread is about to move.

A move is told three days before its day, once to each. A day that is changed afterwards is told
again only if it is later than the one that was told, by more than those three days: who came for
the first day will have seen the second, and a day brought forward would only repeat the letter.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.positions.models import Part, Position, Response
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.higher import IN_OPEN_ROUNDS
from discussion.debate.threads.queries.needs import next_move
from discussion.debate.threads.queries.pacing import CAME_TO_NOTHING
from discussion.debate.threads.words import CLOSABLE
from discussion.debate.threads.words_arranging import WARNED_DAYS
from discussion.jobs.models import Job
from discussion.mail.queue import TASK, promise_mail
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.series.models import Series

TEMPLATE = "threads/moves_soon"
MORNING = time(7)  # in the site's zone; nobody needs such a letter at night
REMEMBERED = timedelta(days=30)  # the outbox forgets what was done longer ago
Told = Mapping[tuple[int, str], str]  # (person id, move) → the latest day told, as ISO


def warn_of_moves(session: Session, now: datetime) -> int:
    """Promise each who is to be told one letter today, about all of it; returns how many."""
    if clock.here(now).time() < MORNING:
        return 0
    moves = _moves_ahead(session, now)
    told = _told(session, now)
    letters: dict[int, list[list[str | int]]] = {}
    for thread, to, day in moves:
        move = f"{thread.id}-{thread.cycle}-{to}"
        for person_id in _untold(session, thread):
            if _is_news(told.get((person_id, move), ""), day):
                letters.setdefault(person_id, []).append([thread.id, thread.cycle, to, day])
    return sum(_promise(session, person_id, about, now) for person_id, about in letters.items())


def turn_warnings_off(session: Session, person: Person) -> None:
    """Send no such letters any more, in any series; the link in a letter is the right to ask it."""
    for row in session.scalars(select(Membership).where(Membership.person_id == person.id)):
        row.wants_warnings = False
    session.flush()


def _moves_ahead(session: Session, now: datetime) -> list[tuple[Thread, str, str]]:
    """Threads in which somebody new can take part still, and which move within three days."""
    rows = session.scalars(
        select(Thread)
        .join(Thread.series)
        .where(Series.status == "open")
        .where(Thread.stage.in_(CLOSABLE))
        .where(Thread.is_hidden.is_(False))
        .where(Thread.merged_into_id.is_(None))
        .where(Thread.closed_to == "")
        .where(Thread.id.not_in(IN_OPEN_ROUNDS()()))  # a round reminds
        .order_by(Thread.id)
    ).all()
    today = clock.day(now)
    found = []
    for thread in rows:
        to, day = next_move(thread)
        if day is not None and today < day <= today + timedelta(days=WARNED_DAYS):
            found.append((thread, to, day.isoformat()))
    return found


def _untold(session: Session, thread: Thread) -> Iterable[int]:
    """Admitted members who want to be told, and have no position, response or part here."""
    wrote = select(Position.author_id).where(
        Position.thread_id == thread.id, Position.state.not_in(CAME_TO_NOTHING)
    )
    responded = (
        select(Response.author_id)
        .join(Response.position)
        .where(Position.thread_id == thread.id, Response.state.not_in(CAME_TO_NOTHING))
    )
    parted = select(Part.person_id).join(
        Position, and_(Position.id == Part.position_id, Position.thread_id == thread.id)
    )
    return session.scalars(
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.series_id == thread.series_id)
        .where(Membership.admitted_at.is_not(None))
        .where(Membership.removed_at.is_(None))
        .where(Membership.wants_warnings.is_(True))
        .where(Person.email.is_not(None))
        .where(Person.left_at.is_(None))
        .where(Person.id.not_in(wrote.union(responded, parted)))
        .order_by(Person.id)
    ).all()


def _told(session: Session, now: datetime) -> Told:
    """What the letters of the last weeks said, read from the outbox that promised them."""
    payloads = session.scalars(
        select(Job.payload)
        .where(Job.name == TASK)
        .where(Job.once_key.like("moves-soon-%"))
        .where(Job.created_at > now - REMEMBERED)
        .order_by(Job.id)
    )
    told: dict[tuple[int, str], str] = {}
    for payload in payloads:
        for thread_id, cycle, to, day in payload["ids"]["moves"]:
            key = (payload["person_id"], f"{thread_id}-{cycle}-{to}")
            told[key] = max(told.get(key, ""), day)
    return told


def _is_news(told: str, day: str) -> bool:
    if not told:
        return True
    known = datetime.fromisoformat(told)
    return datetime.fromisoformat(day) > known + timedelta(days=WARNED_DAYS)


def _promise(session: Session, person_id: int, about: list[list[str | int]], now: datetime) -> bool:
    """One letter a person a day; what comes up later on that day waits for the next."""
    made = promise_mail(
        session,
        template=TEMPLATE,
        person_id=person_id,
        ids={"moves": about},
        once_key=f"moves-soon-{person_id}@{clock.day(now)}",
        now=now,
    )
    return made is not None
