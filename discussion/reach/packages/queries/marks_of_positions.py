"""What must not have changed of positions and responses, for a package with them to be served."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.permissions.visibility import published_positions
from discussion.reach.packages.queries.tabling import Mark, Reading


def marks(reading: Reading) -> Iterator[Mark]:
    """Every version that is shown, under whom and where, and whether words were taken out of it."""
    named = (Person.public_id, Person.display_name, Person.organisation, Person.shows_organisation)
    who = (*named, Person.left_at.is_(None))
    said: Any = (
        select(Revision.version, Revision.redacted_at, Revision.claim == "")
        .select_from(Position)
        .join(Revision, Revision.position_id == Position.id)
        .where(Revision.version.is_not(None))
    )
    yield from _marks(reading, Position, who, said)
    answered: Any = (
        select(ResponseText.id, ResponseText.redacted_at, ResponseText.source == "")
        .select_from(Response)
        .join(ResponseText, ResponseText.id == Response.live_text_id)
        .join(Position, Position.id == Response.position_id)
        .where(Response.state == "published")
    )
    yield from _marks(reading, Response, who, answered)


def _marks(
    reading: Reading,
    kind: type[Position] | type[Response],
    who: Sequence[InstrumentedAttribute[Any] | ColumnElement[Any]],
    rows: Select[Any],
) -> Iterator[Mark]:
    """Under a name who it is; otherwise nothing of the person but the label that was kept."""
    shown = (
        kind.public_id,
        Thread.public_id,
        kind.attribution,
        kind.strand,
        kind.label_role,
        kind.label_phase,
        kind.label_step,
        kind.is_former,
    )
    asked = (
        rows.add_columns(*shown, *who)
        .join(Person, Person.id == kind.author_id)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Thread.series)
        .where(Thread.series_id == reading.series.id)
        .where(published_positions(reading.viewer))
        .execution_options(yield_per=1000)
    )
    for row in reading.session.execute(asked):
        said, told, person = tuple(row[:3]), tuple(row[3:11]), tuple(row[11:])
        is_named = told[2] == "named"
        yield kind.__tablename__, *map(str, said), *told, *(person if is_named else ())
