"""The folded part of a card, when it is asked for."""

from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.card_statements import asked_cards, read_cards
from discussion.debate.positions.queries.cards import cards_of
from discussion.permissions.facts import TEXT_STATES, Viewer

_POSITIONS = Position.__table__.c
_ONE = asked_cards(
    _POSITIONS.public_id == bindparam("public_id"), _POSITIONS.state.in_(TEXT_STATES)
)
LEVELS = (3, 4)  # of headings, under which a card stands


@dataclass(frozen=True)
class Unfolded:
    """A card, the level of its heading, and the series whose words it is told in."""

    card: Card
    level: int
    series_slug: str


def unfold(session: Session, viewer: Viewer | None, public_id: str, level: int) -> Unfolded | None:
    """The card as lists show it; None where they show no text."""
    rows = read_cards(session, viewer, _ONE, {"public_id": public_id})
    if not rows.found:
        return None
    [card] = cards_of(viewer, rows)
    slug = rows.found[0].series.slug
    return Unfolded(card, level if level in LEVELS else LEVELS[0], slug)
