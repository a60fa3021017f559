"""What a moderator is reminded of: what is past its time, and what cannot wait."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.language import _n
from discussion.oversight.moderation.queries.queue import Line, list_queue
from discussion.oversight.moderation.queries.sources import describe_lines
from discussion.oversight.moderation.queries.spans import days_in_words, span_in_words
from discussion.people.accounts.models import Person
from discussion.permissions.facts import OVER_STATUSES, Viewer
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.subjects.finding import kind_at

LATE, URGENT, ALL = "late", "urgent", "all"  # which of what waits
LISTED = 5  # whose addresses a letter gives
OWED = ("reports", "appeals")
TOLD_APART = ("stages", "reviews")  # threads have letters of their own about these


@dataclass(frozen=True)
class Due:
    """What a reminder says: how many of each kind, and which waits longest past its time."""

    count: int
    kinds: tuple[str, ...]  # "3 positions"
    oldest: str  # the thread's question, or what the room says of it
    waited: str  # "3 days"
    urls: tuple[str, ...]  # where each is decided, the oldest first; of very many the first
    series: tuple[Series, ...]


def list_moderators(session: Session, series_id: int | None = None) -> list[Person]:
    """Who moderates this series, or any, and can be written to."""
    moderates = (
        select(Membership.person_id)
        .where(Membership.role.in_(("moderator", "convener")))
        .where(Membership.removed_at.is_(None))
    )
    if series_id is not None:
        moderates = moderates.where(Membership.series_id == series_id)
    query = (
        select(Person)
        .where(Person.id.in_(moderates))
        .where(Person.email_confirmed_at.is_not(None))
        .where(Person.left_at.is_(None))
        .order_by(Person.id)
    )
    return list(session.scalars(query))


def find_due(session: Session, viewer: Viewer, now: datetime, *, which: str = LATE) -> Due | None:
    """What the viewer can decide and is past its time, or urgent, or all of it; None without any.

    What is their own, what they decided first, and what somebody else has taken is left out. Of a
    series that is over it is only what somebody is owed an answer to; the rest waits on the desk.
    """
    lines = _lines(session, viewer, now, which)
    if not lines:
        return None
    lines.sort(key=lambda line: line.due)
    oldest, first = lines[0], [line.bare for line in lines[:LISTED]]
    said = describe_lines(session, viewer, first, now)
    words = said.get((oldest.bare.kind, oldest.bare.id))
    ids = {line.bare.series_id for line in lines}
    span = now - oldest.bare.since
    return Due(
        count=len(lines),
        kinds=_kinds(lines),
        oldest=words.subject if words else "",
        waited=days_in_words(span) if oldest.bare.is_coarse else span_in_words(span),
        urls=tuple(said[one.kind, one.id].url for one in first if (one.kind, one.id) in said),
        series=tuple(session.scalars(select(Series).where(Series.id.in_(ids)).order_by(Series.id))),
    )


def list_late(session: Session, viewer: Viewer, now: datetime) -> list[tuple[str, datetime]]:
    """What the viewer can decide and is past its time: each by a name of its own, and its time."""
    lines = _lines(session, viewer, now, LATE)
    return [(f"{line.bare.kind}-{line.bare.id}", line.due) for line in lines]


def _lines(session: Session, viewer: Viewer, now: datetime, which: str) -> list[Line]:
    queue = list_queue(session, viewer, now)
    over = set(session.scalars(select(Series.id).where(Series.status.in_(OVER_STATUSES))))
    return [
        line
        for line in queue.lines
        if _is_meant(line, which, now)
        and not queue.is_own(line)
        and not queue.is_taken(line)
        and (line.bare.kind in OWED or line.bare.series_id not in over)
        and line.bare.kind not in TOLD_APART
    ]


def _is_meant(line: Line, which: str, now: datetime) -> bool:
    if which == URGENT:
        return line.bare.is_urgent
    return which == ALL or line.due <= now


def _kinds(lines: Sequence[Line]) -> tuple[str, ...]:
    counts = Counter(line.bare.kind for line in lines)
    return tuple(_counted(kind, count) for kind, count in counts.items())


def _counted(plural: str, count: int) -> str:
    kind = kind_at(plural)
    if kind is not None and kind.words.waits:
        return kind.count_waiting(count)
    match plural:
        case "reports":
            return _n("%(num)s report", "%(num)s reports", count)
        case "appeals":
            return _n("%(num)s appeal", "%(num)s appeals", count)
    return _n("%(num)s other item", "%(num)s other items", count)
