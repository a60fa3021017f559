"""The map beside what is written: where others stand, without numbers, and where this would."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Revision
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.preview import OWN_MARK
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.shapes import Map, Marker, Scale
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import published_positions
from discussion.series.series.models import Scale as ScaleRow
from discussion.series.series.models import Series


def others_in(
    session: Session, viewer: Viewer | None, thread: Thread, own: Position | None
) -> list[Mapping[str, float]]:
    """Where the other published positions of a thread stand: scale slug → place, 0 … 1."""
    rows = session.scalars(
        select(Revision.placements)
        .join(Position, Position.live_revision_id == Revision.id)
        .join(Thread, Thread.id == Position.thread_id)
        .join(Series, Series.id == Thread.series_id)
        .where(Position.thread_id == thread.id)
        .where(published_positions(viewer))
        .where(Position.id != (own.id if own else -1))
        .order_by(Position.public_id)
    )
    return [placements for placements in rows if placements]


def map_beside(scales: Collection[Scale], others: list[Mapping[str, float]], card: Card) -> Map:
    """A map of two scales, the first upright as on the thread's own; dots without numbers."""
    up, across = [*scales, None, None][:2]
    if across is None:
        across, up = up, None
    own = {place.scale: place.at for place in card.places}
    marks = [_mark(placements, across, up, "", "") for placements in others]
    marks.append(_mark(own, across, up, OWN_MARK, card.family))
    shown = tuple(mark for mark in marks if mark is not None)
    return Map(across, up, shown, (), ())


def _mark(
    placements: Mapping[str, float], across: Scale | None, up: Scale | None, id: str, family: str
) -> Marker | None:
    x = placements.get(across.slug) if across else None
    y = placements.get(up.slug) if up else None
    if x is None and y is None:
        return None
    line = "" if not (across and up) else "across" if x is None else "down" if y is None else ""
    return Marker(
        number=0,
        id=id,
        family=family,
        x=50.0 if x is None else round(9 + 82 * float(x), 1),
        y=50.0 if y is None else round(12 + 76 * float(y), 1),
        is_line=line,
        words="",
        value="",
        url="",
    )


def scale_of(row: ScaleRow) -> Scale:
    """A scale as it is drawn; without five words of its own, those that follow from its ends."""
    between = [
        row.low,
        _("Nearer “%(end)s”", end=row.low),
        _("Between the two"),
        _("Nearer “%(end)s”", end=row.high),
        row.high,
    ]
    a, b, c, d, e = row.steps if len(row.steps) == 5 else between
    return Scale(row.slug, row.low, row.high, row.definition, (a, b, c, d, e))
