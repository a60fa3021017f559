"""The order in which positions are read: the moderators', and never that of time."""

from discussion.debate.positions.models import Position

# Pinned first, then as the moderators ordered them, then by public id. Ids are drawn at random, so
# the last is a shuffle: the same for everybody and on every day, another one in each thread.
READING_ORDER = (
    Position.is_pinned.desc(),
    Position.order.is_(None),
    Position.order,
    Position.public_id,
)
