"""What series ask of rooms above: `register_rooms` in `wiring/` says who answers."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from discussion.registers import Only
from discussion.series.series.models import Scale

HAS_PLACES: Only[Callable[[Session, Scale], bool]] = Only("Whether anything stands on a scale")


def has_places(session: Session, scale: Scale) -> bool:
    """Whether any version of any position was ever placed on the scale."""
    return HAS_PLACES()(session, scale)
