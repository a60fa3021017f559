"""The order in which positions are read: the moderators', and never that of time."""

from sqlalchemy import bindparam

from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.card_statements import asked_cards
from discussion.debate.positions.queries.gists import asked_gists
from discussion.debate.threads.words import PAGE_SIZE
from discussion.permissions.facts import SHOWN_STATES

_POSITIONS = Position.__table__.c

# Pinned first, then as the moderators ordered them, then by public id. Ids are drawn at random, so
# the last is a shuffle: the same for everybody and on every day, another one in each thread.
READING_ORDER = (
    _POSITIONS.is_pinned.desc(),
    _POSITIONS.order.is_(None),
    _POSITIONS.order,
    _POSITIONS.public_id,
)

# Statements for `list_cards`, each with thread_id= beside it. The first has every position that is
# shown, as text or as a tombstone; the second those that are published.
_IN_THREAD = _POSITIONS.thread_id == bindparam("thread_id")
CARDS_OF_THREAD = asked_cards(
    _IN_THREAD, _POSITIONS.state.in_(SHOWN_STATES), order_by=READING_ORDER
)
FIRST_CARDS = asked_cards(
    _IN_THREAD,
    _POSITIONS.state.in_(SHOWN_STATES),
    order_by=READING_ORDER,
    limit=PAGE_SIZE + 1,
)
SOME_CARDS = asked_cards(_POSITIONS.public_id.in_(bindparam("public_ids", expanding=True)))
GISTS_OF_THREAD = asked_gists(READING_ORDER)
PUBLISHED_CARDS = asked_cards(_IN_THREAD, _POSITIONS.state == "published", order_by=READING_ORDER)
