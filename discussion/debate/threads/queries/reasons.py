"""What may be shown of the reasons of decisions: words that were taken out are not said again."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from discussion.language import _
from discussion.registers import Only

# The public ids of decisions in a series, by its id, whose reason is not shown any more.
WITHHELD: Only[Callable[[Session, int], frozenset[str]]] = Only("Which reasons are withheld")


def list_withheld(session: Session, series_id: int) -> frozenset[str]:
    """The public ids of decisions in a series whose reason is not shown any more."""
    return WITHHELD()(session, series_id)


def reason_shown(why: str, public_id: str, withheld: frozenset[str]) -> str:
    """The reason of a decision, or that it is withheld."""
    return _("[reason removed by moderators]") if why and public_id in withheld else why
