"""What may say the same as something that is just handed in, on a site of any size."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import READABLE_STATUSES, series_of
from discussion.series.series.models import Series

STANDING = ("draft", "published", "hidden")  # what may be a copy's original
COMPARED = 300  # of positions and of responses: the same text, and the newest of its length
LOOKED_AT = 3_000  # versions of the site: of an older one only the very same text is found
LENGTHS = (0.8, 1.25)  # nothing much shorter or longer is nearly the same


def list_like(session: Session, item: Position | Response, written: str) -> list[tuple[str, str]]:
    """(kind/id, text) of what stands in the series, and the very same text where all may read it.

    The very same first, positions by an index of claims; then of the newest of the site those of
    the series that are about as long. Whoever wrote that: if only the same person's were found, it
    would tell that they are one. It is not named either.
    """
    claim, mark, reasoning = written.partition("\n")
    given = {
        "series": series_of(item).id,
        "claim": claim if mark else None,  # a position has both, if only an empty reasoning
        "reasoning": reasoning,
        "written": written,
        "shortest": int(len(written) * LENGTHS[0]),
        "longest": int(len(written) * LENGTHS[1]),
    }
    return [
        (f"{kind}/{public_id}" if its_series == given["series"] else kind, other)
        for kind, asked in _standing()
        for public_id, its_series, other in session.execute(asked, given)
        if public_id != item.public_id
    ]


@cache
def _standing() -> tuple[tuple[str, Select[Any]], ...]:
    """The statements, the very same texts first."""
    said = Revision.claim + "\n" + Revision.reasoning
    is_same = (Revision.claim == bindparam("claim")) & (
        Revision.reasoning == bindparam("reasoning")
    )
    positions = (
        select(Position.public_id, Thread.series_id, said)
        .select_from(Revision)
        .join(Revision.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(Revision.status.in_(("live", "pending")))
        .where(Position.state.in_(STANDING))
    )
    responses = (
        select(Response.public_id, Thread.series_id, ResponseText.source)
        .select_from(ResponseText)
        .join(ResponseText.response)
        .join(Response.position)
        .join(Position.thread)
        .join(Thread.series)
        .where(ResponseText.status.in_(("live", "pending")))
        .where(Response.state.in_(STANDING))
    )
    here = Thread.series_id == bindparam("series")
    anywhere = and_(
        Series.visibility == "public",
        Series.status.in_(READABLE_STATUSES),
        Thread.is_hidden.is_(False),
        Position.state == "published",
    )
    same = select(ResponseText.id).where(ResponseText.source == bindparam("written"))
    is_same_there = ResponseText.id.in_(same.correlate(None))  # before anything is joined
    return (
        ("positions", _newest(positions.where(is_same, or_(here, anywhere)), Revision.id)),
        (
            "responses",
            _newest(
                responses.where(
                    is_same_there, or_(here, and_(anywhere, Response.state == "published"))
                ),
                ResponseText.id,
            ),
        ),
        ("positions", _newest(positions.where(here, *_near(Revision.id, said)), Revision.id)),
        (
            "responses",
            _newest(
                responses.where(here, *_near(ResponseText.id, ResponseText.source)),
                ResponseText.id,
            ),
        ),
    )


def _newest(asked: Select[*tuple[Any, ...]], id: InstrumentedAttribute[int]) -> Select[Any]:
    return asked.order_by(id.desc()).limit(COMPARED)


def _near(
    id: InstrumentedAttribute[int], said: ColumnElement[str] | InstrumentedAttribute[str]
) -> tuple[ColumnElement[bool], ...]:
    """Among the newest, and about as long."""
    last = select(func.max(id)).correlate(None).scalar_subquery()
    is_about = func.length(said).between(bindparam("shortest"), bindparam("longest"))
    return id > last - LOOKED_AT, is_about
