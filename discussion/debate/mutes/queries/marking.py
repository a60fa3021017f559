"""Whether the reader muted a voice, as a column beside whatever is read: no statement of its own.

It is asked by those who list what was written for reading. The moderators' desk does not ask.
"""

from sqlalchemy import ColumnElement, String, and_, literal, or_, select

from discussion.debate.mutes.models import Mute
from discussion.debate.positions.models import Position, Response
from discussion.language import _l
from discussion.permissions.facts import Viewer

MUTED = _l("You muted this person")


def mute_of(viewer: Viewer | None, item: type[Position] | type[Response]) -> ColumnElement[str]:
    """The public id of the mute that covers the author of `item`, empty where none does.

    Needs the item in the query, and Position.

    By name it covers what was written by name, everywhere. Otherwise it covers one voice, as it is
    known in one thread, and tells of nothing else that the same person wrote.
    """
    if viewer is None:
        return literal("", String)
    is_here = and_(Mute.thread_id == Position.thread_id, Mute.strand == item.strand)
    return (
        select(Mute.public_id)
        .where(Mute.person_id == viewer.person_id)
        .where(Mute.muted_id == item.author_id)
        .where(Mute.attribution == item.attribution)
        .where(or_(Mute.attribution == "named", is_here))
        .order_by(Mute.id)
        .limit(1)
        .scalar_subquery()
    )
