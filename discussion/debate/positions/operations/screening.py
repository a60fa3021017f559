"""What makes a contribution wait for a moderator, or be refused for now, whatever it says.

Nothing here judges a text: a copy may be deliberate, a hurry may have its reason, and near copies
include a claim and its negation. So a moderator reads it first, and its author is told why.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, or_, select, union_all
from sqlalchemy.orm import Session

from discussion import clock, text
from discussion.analysis.twins import likenesses
from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.positions.queries.copies import list_like
from discussion.debate.positions.queries.higher import READS_FIRST_UNTIL
from discussion.debate.positions.words import (
    COPY_ALIKE,
    COPY_SHORTEST,
    FLOOD_FROM,
    FLOOD_MINUTES,
    FLOOD_MOST,
    NEW_MEMBER_LINKS,
)
from discussion.debate.positions.words_held import COPY, FLOOD, NEAR, READS_FIRST, Hold
from discussion.debate.threads.models import Thread
from discussion.language import _, in_words
from discussion.people.accounts.models import Person
from discussion.people.accounts.operations.holding import lock_person
from discussion.permissions.facts import Viewer, series_of
from discussion.problems import Invalid, Problem
from discussion.series.series.models import Series

Contribution = Position | Response


def find_holds(session: Session, item: Contribution, written: str, *, now: datetime) -> list[str]:
    """Why a version that was just handed in waits, as it is kept; empty when nothing speaks for it.

    What conveners enter for guests of a round table is not asked about.
    """
    if session.get_one(Person, item.author_id).is_guest:
        return []
    holds = (
        *_sanction(session, item, now),
        *_copy(session, item, written),
        *_flood(session, item, now),
    )
    return [hold.written for hold in holds]


def refuse_flood(
    session: Session, person_id: int, *, now: datetime, field: str = "publish"
) -> None:
    """Ask somebody who hands in very much very quickly to wait; nothing of it is lost.

    The person is held, so that what they hand in at the same moment is counted one by one.
    """
    lock_person(session, person_id)
    times = _handed_in(session, person_id, now)
    if len(times) < FLOOD_MOST:
        return
    free = sorted(times)[-FLOOD_MOST] + timedelta(minutes=FLOOD_MINUTES, seconds=59)
    raise Invalid(
        [
            Problem(
                field,
                _(
                    "You have handed in %(most)s contributions within %(minutes)s minutes. Wait "
                    "until %(time)s, then hand this in: nothing of it is lost.",
                    most=FLOOD_MOST,
                    minutes=FLOOD_MINUTES,
                    time=in_words(free, "HH:mm"),
                ),
            )
        ]
    )


def find_most_links(session: Session, writer: Viewer | None, series: Series) -> int | None:
    """How many links somebody's writing may hold.

    None, for any number, once they are admitted and something of theirs stands in the series.
    Somebody signed out is taken for a newcomer, so that nothing is refused later on.
    """
    own = writer.belongings.get(series.id) if writer else None
    if writer is None or own is None:
        return NEW_MEMBER_LINKS
    if own.role != "contributor":
        return None
    if own.is_admitted and _has_published(session, writer.person_id, series):
        return None
    return NEW_MEMBER_LINKS


def _has_published(session: Session, person_id: int, series: Series) -> bool:
    given = {"series_id": series.id, "person_id": person_id}
    return bool(session.scalar(_has_any(), given))


@cache
def _has_any() -> Select[bool]:
    series_id: BindParameter[int] = bindparam("series_id")
    person_id: BindParameter[int] = bindparam("person_id")
    positions = (
        select(Position.id)
        .join(Position.thread)
        .where(Thread.series_id == series_id)
        .where(Position.author_id == person_id)
        .where(Position.state == "published")
    )
    responses = (
        select(Response.id)
        .join(Response.position)
        .join(Position.thread)
        .where(Thread.series_id == series_id)
        .where(Response.author_id == person_id)
        .where(Response.state == "published")
    )
    return select(or_(positions.exists(), responses.exists()))


def _sanction(session: Session, item: Contribution, now: datetime) -> Iterator[Hold]:
    """Only where others' writing appears at once; elsewhere all of it waits anyway.

    And only for the voice of which it was asked: what waited elsewhere would tell whose it is.
    """
    if series_of(item).moderation != "post":
        return
    until = READS_FIRST_UNTIL()(session, item, now)
    if until is not None:
        yield Hold(READS_FIRST, clock.day(until).isoformat())


def _flood(session: Session, item: Contribution, now: datetime) -> Iterator[Hold]:
    """The version itself is among those counted, and nothing that its author wrote otherwise named.

    A moderator sees what waits and why, and so would see that another voice was as busy.
    """
    count = len(_handed_in(session, item.author_id, now, voice=item))
    if count >= FLOOD_FROM:
        yield Hold(FLOOD, str(count))


def _handed_in(
    session: Session, person_id: int, now: datetime, *, voice: Contribution | None = None
) -> list[datetime]:
    """When somebody handed things in lately; as one voice alone, or as whoever they write."""
    since = now - timedelta(minutes=FLOOD_MINUTES)
    positions = (
        select(Revision.submitted_at)
        .join(Revision.position)
        .where(Position.author_id == person_id)
        .where(Revision.submitted_at > since)
        .where(*_written_as(voice, Position))
    )
    responses = (
        select(ResponseText.submitted_at)
        .join(ResponseText.response)
        .join(Response.position)
        .where(Response.author_id == person_id)
        .where(ResponseText.submitted_at > since)
        .where(*_written_as(voice, Response))
    )
    threads = (
        select(Thread.created_at)
        .where(Thread.proposed_by_id == person_id)
        .where(Thread.created_at > since)
    )
    proposed = [threads] if voice is None else []  # what is proposed is proposed as no voice
    return list(session.scalars(union_all(positions, responses, *proposed)))


def _written_as(
    voice: Contribution | None, table: type[Position] | type[Response]
) -> list[ColumnElement[bool]]:
    """By name is one voice everywhere; any other is one thread, one attribution, one strand."""
    if voice is None:
        return []
    is_same = [table.attribution == voice.attribution]
    if voice.attribution != "named":
        thread_id = voice.thread_id
        is_same += [table.strand == voice.strand, Position.thread_id == thread_id]
    return is_same


def _copy(session: Session, item: Contribution, written: str) -> Iterator[Hold]:
    """The first that says the same; else the one that says it most nearly."""
    said = _words(written)
    if len(said) < COPY_SHORTEST:
        return
    others = list_like(session, item, written)
    for about, other in others:
        if _words(other) == said:
            yield Hold(COPY, about)
            return
    alike = likenesses(written, [other for _about, other in others])
    nearest = max(zip(alike, others, strict=True), key=lambda pair: pair[0], default=None)
    if nearest is not None and nearest[0] >= COPY_ALIKE:
        yield Hold(NEAR, nearest[1][0])


def _words(written: str) -> str:
    """The words alone: case, accents, marks and white space make no difference."""
    folded = text.fold(written)
    return " ".join("".join(one if one.isalnum() else " " for one in folded).split())
