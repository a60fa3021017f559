"""Whether the reader muted a voice, as a column beside whatever is read: no statement of its own.

It is asked by those who list what was written for reading. The moderators' desk does not ask.
"""

from sqlalchemy import ColumnElement, String, and_, literal, or_, select

from discussion.debate.mutes.models import Mute
from discussion.debate.positions.models import Position, Response
from discussion.language import _l
from discussion.permissions.visibility import Asking, person_asking

MUTED = _l("You muted this person")


def mute_of(viewer: Asking, item: type[Position] | type[Response]) -> ColumnElement[str]:
    """The public id of the mute that covers the author of `item`, empty where none does.

    Needs the item in the query, and Position.

    By name it covers what was written by name, everywhere. Otherwise it covers one voice, as it is
    known in one thread, and tells of nothing else that the same person wrote.
    """
    if viewer is None:
        return literal("", String)
    said, here, mutes = item.__table__.c, Position.__table__.c, Mute.__table__.c
    is_here = and_(mutes.thread_id == here.thread_id, mutes.strand == said.strand)
    return (
        select(mutes.public_id)
        .where(mutes.person_id == person_asking(viewer))
        .where(mutes.muted_id == said.author_id)
        .where(mutes.attribution == said.attribution)
        .where(or_(mutes.attribution == "named", is_here))
        .order_by(mutes.id)
        .limit(1)
        .scalar_subquery()
    )
