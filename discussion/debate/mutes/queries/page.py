"""The list of whom one muted, which says no more of anybody than what they wrote shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.debate.mutes.models import Mute
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.queries.naming import VoiceKey, byline, find_letters
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.visibility import (
    published_positions,
    visible_responses,
    visible_threads,
)
from discussion.series.series.models import Series
from discussion.subjects.finding import find_subject, kind_named
from discussion.subjects.kinds import Subject


@dataclass(frozen=True)
class MuteLine:
    who: str  # a name, or a label with its letter; "A voice" where nothing of it is shown now
    thread_question: str  # empty by name, and where the thread cannot be read now
    thread_url: str
    is_by_name: bool
    on: date
    end_url: str


@dataclass(frozen=True)
class MutesPage:
    mutes: tuple[MuteLine, ...]


def mutes_page(session: Session, viewer: Viewer | None) -> MutesPage | None:
    """Everybody whom the viewer muted, the newest first; None when signed out."""
    if viewer is None:
        return None
    rows = session.scalars(
        select(Mute).where(Mute.person_id == viewer.person_id).order_by(Mute.id.desc())
    ).all()
    named = [row.muted_id for row in rows if row.attribution == "named"]
    people = {
        row.id: row for row in session.scalars(select(Person).where(Person.id.in_(named))).all()
    }
    voices = [row for row in rows if row.attribution != "named"]
    threads, labels = _threads(session, viewer, voices), _labels(session, viewer, voices)
    return MutesPage(tuple(_line(row, people, threads, labels) for row in rows))


def find_voice(
    session: Session, viewer: Viewer | None, kind: str, public_id: str
) -> Subject | None:
    """A position or response that the viewer can read, whose author they want to mute."""
    found = find_subject(session, kind_named(kind), public_id)
    is_read = found is not None and found.voiced is not None and found.shows_words(viewer)
    return found if is_read else None


def find_own_mute(session: Session, viewer: Viewer | None, public_id: str) -> Mute | None:
    """One of the viewer's own mutes."""
    if viewer is None:
        return None
    return session.scalar(
        select(Mute).where(Mute.person_id == viewer.person_id).where(Mute.public_id == public_id)
    )


def _line(
    row: Mute,
    people: Mapping[int, Person],
    threads: Mapping[int, Thread],
    labels: Mapping[VoiceKey, str],
) -> MuteLine:
    thread = threads.get(row.thread_id or 0)
    if row.attribution == "named":
        person = people[row.muted_id]
        who = person.display_name if person.left_at is None else _("Former contributor")
    else:
        who = labels.get(_voice(row), _("A voice"))
    return MuteLine(
        who=who,
        thread_question=thread.question if thread else "",
        thread_url=paths.thread(thread.slug) if thread else "",
        is_by_name=row.attribution == "named",
        on=clock.day(row.at),
        end_url=paths.end_mute(row.public_id),
    )


def _voice(row: Mute) -> VoiceKey:
    return (row.thread_id or 0, row.muted_id, row.attribution, row.strand)


def _threads(session: Session, viewer: Viewer, voices: Sequence[Mute]) -> dict[int, Thread]:
    """The threads of the voices that the viewer can still read."""
    rows = session.scalars(
        select(Thread)
        .join(Series, Series.id == Thread.series_id)
        .where(visible_threads(viewer))
        .where(Thread.id.in_([row.thread_id for row in voices]))
    )
    return {row.id: row for row in rows}


def _labels(session: Session, viewer: Viewer, voices: Sequence[Mute]) -> dict[VoiceKey, str]:
    """A voice → the label under which the viewer can read them now."""
    threads = [row.thread_id for row in voices]
    authors = [row.muted_id for row in voices]
    positions = session.scalars(
        select(Position)
        .join(Position.thread)
        .join(Thread.series)
        .where(published_positions(viewer))
        .where(Position.thread_id.in_(threads))
        .where(Position.author_id.in_(authors))
    ).all()
    responses = session.scalars(
        select(Response)
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(visible_responses(viewer))
        .where(Response.state.in_(TEXT_STATES))
        .where(Position.thread_id.in_(threads))
        .where(Response.author_id.in_(authors))
        .options(joinedload(Response.position))
    ).all()
    letters = find_letters(session, {id for id in threads if id is not None})
    found: dict[VoiceKey, str] = {}
    items: list[Position | Response] = [*positions, *responses]
    for item in items:
        if item.attribution == "named" or item.first_published_at is None:
            continue
        thread_id = item.thread_id
        label = byline(item, thread_id, letters, item.first_published_at).name
        found.setdefault((thread_id, item.author_id, item.attribution, item.strand), label)
    return found
