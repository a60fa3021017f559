"""Whether the reader muted a voice, as a column beside whatever is read: no statement of its own.

It is asked by those who list what was written for reading. The moderators' desk does not ask.
"""

from typing import Any

from sqlalchemy import ColumnElement, String, literal, or_, select

from discussion.language import _l
from discussion.mutes.models import Mute
from discussion.permissions.facts import Viewer

MUTED = _l("You muted this voice")


def mute_of(
    viewer: Viewer | None, author_id: Any, attribution: Any, thread_id: Any
) -> ColumnElement[str]:
    """The public id of the mute that covers what these columns name, empty where none does.

    By name it covers what was written by name, everywhere. Otherwise it covers one voice, as it is
    known in one thread, and tells of nothing else that the same person wrote.
    """
    if viewer is None:
        return literal("", String)
    return (
        select(Mute.public_id)
        .where(Mute.person_id == viewer.person_id)
        .where(Mute.muted_id == author_id)
        .where(Mute.attribution == attribution)
        .where(or_(Mute.attribution == "named", Mute.thread_id == thread_id))
        .order_by(Mute.id)
        .limit(1)
        .scalar_subquery()
    )
