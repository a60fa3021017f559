"""What the demonstration's moderators put around positions, through the site's own operations."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.drafts_arranging import Arrangement, Place, SummaryDraft
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations import (
    add_heading,
    answer_steelman,
    arrange_positions,
    relate_threads,
    write_summary,
)
from discussion.debate.threads.queries.shelves import list_headings, list_shown, shelve
from discussion.debate.threads.queries.summarising import find_steelman
from discussion.demonstration.people import Staff
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer

THREAD, BESIDE = "compel-enrichment", "paying-for-slack"
HEADINGS = {  # with the numbers of the positions under each; the others stand under none
    "What a requirement does": (1, 2, 3),
    "Who designs the offer": (5, 6),
    "What has to be there first": (8, 4),
}
SUMMARY = """
Nobody here wants enrichment to go on reaching the same pupils. What divides the positions is what \
a requirement does to those least inclined to come: some hold that only the timetable reaches \
them, others that being made to come is what they would be taught.

One fact is live: whether being required to attend puts pupils off taking part later. Two studies \
are cited on it and read in different ways, and people on both sides say that they would move if \
they were wrong about it. What nearly **nobody knows** is whether a place by default would do as \
much as a requirement: no study cited here compared the two.
"""
PUT = {
    1: "An hour that is left to choice is spent by those who already have most to choose from. If "
       "fairness is the reason for enrichment, it belongs where every pupil is: in the timetable.",
    2: "Deciding what to do with an hour is a skill, and by sixteen it is nearly the whole point. "
       "A school that takes the decision away to give the activity gives away the better half.",
    3: "Require that something is chosen, never what: that reaches those who would choose nothing, "
       "and still leaves each of them something that is their own.",
}  # fmt: skip
CONFIRMED = 1
WHY = "A longer day, or an hour inside it, needs people who are free to run it."


def add_arrangement(session: Session, staff: Staff, now: datetime) -> None:
    """Headings, a summary that one author has confirmed, and a pair of related threads."""
    thread = session.scalars(select(Thread).where(Thread.slug == THREAD)).one()
    beside = session.scalars(select(Thread).where(Thread.slug == BESIDE)).one()
    actor = staff.viewer(session, "moderator", now)
    at = now - timedelta(days=4)
    _put_under_headings(session, actor, thread, at)
    _summarise(session, actor, thread, at + timedelta(days=1))
    relate_threads(session, actor, thread, beside, why=WHY, now=at)


def _put_under_headings(session: Session, actor: Viewer, thread: Thread, now: datetime) -> None:
    ids = {row.number: row.public_id for row in list_shown(session, thread)}
    places: dict[str, Place] = {}
    for words, numbers in HEADINGS.items():
        heading = add_heading(session, actor, thread, words, now=now)
        places |= {ids[number]: Place(str(heading.id), at) for at, number in enumerate(numbers, 1)}
    shelves = shelve(list_shown(session, thread), list_headings(session, thread))
    seen = tuple((shelf, row.public_id) for shelf, rows in shelves.items() for row in rows)
    arrange_positions(session, actor, thread, Arrangement(places, seen), now=now)


def _summarise(session: Session, actor: Viewer, thread: Thread, now: datetime) -> None:
    """Each at its strongest; the author of one has confirmed it, the others say nothing yet."""
    rows = session.scalars(
        select(Position).where(Position.thread_id == thread.id).where(Position.number.in_(PUT))
    ).all()
    put = {row.public_id: PUT[row.number] for row in rows if row.number}
    write_summary(session, actor, thread, SummaryDraft(SUMMARY, put), seen=0, now=now)
    own = next(row for row in rows if row.number == CONFIRMED)
    asked = find_steelman(session, own)
    if asked is not None:
        answer_steelman(
            session,
            viewer_of(session, own.author, now),
            own,
            seen=asked.public_id,
            answer="yes",
            said="",
            now=now + timedelta(hours=5),
        )
