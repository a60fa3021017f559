"""What decisions do to pieces of writing: each kind's room says it in its operations.

`register_rooms` in `wiring/` registers one a kind; to what has none nothing is done.
"""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy.orm import Session

from discussion.db import Identified
from discussion.language import _
from discussion.registers import Register

if TYPE_CHECKING:
    from discussion.debate.positions.models import ResponseText, Revision
    from discussion.decisions.models import Decision

STATES = {"restore": "published", "hide": "hidden", "remove": "removed"}


class RepeatsWords(Exception):
    """What is said of withheld words repeats them, and is kept for ever."""


class Effects:
    """One row, and what changes with it. Asks no right: whoever decides was asked theirs."""

    model: ClassVar[type[Identified]]
    only_by_latest: ClassVar[bool] = True  # what was decided since counts instead of an appeal

    row: Identified

    def __init__(self, row: Identified) -> None:
        self.row = row

    def set_state(self, state: str, now: datetime) -> None:
        """Published, hidden or removed; of what cannot be hidden nothing changes."""

    def take_out_of_sight(self, by_id: int | None, now: datetime) -> None:
        """Hide it, by somebody or by the site itself."""
        self.set_state("hidden", now)

    def change(
        self, session: Session, action: str, by_id: int, said: Collection[str], now: datetime
    ) -> dict[str, Any]:
        """Do what was decided, with these reasons; returns what the chain keeps of it.

        Raises RepeatsWords where a reason says words that are withheld.
        """
        if action in STATES:
            self.set_state(STATES[action], now)
        return {}

    def follow(self, session: Session, decision: "Decision", now: datetime) -> None:
        """What follows once the decision is written."""

    def settle(self, session: Session) -> None:
        """What follows from another state for other rows of the same author."""

    def has_another(self, session: Session) -> bool:
        """Whether its author has written another one since, beside which it cannot stand."""
        return False

    def publish(
        self, session: Session, version: "Revision | ResponseText | None", now: datetime
    ) -> None:
        """Show the version that waited."""

    def empty(self, session: Session, version: "Revision | ResponseText") -> None:
        """Take the words of a version away, with what hangs on it."""

    def bring_back(self, session: Session, now: datetime) -> tuple[bool, str]:
        """Undo that it was hidden, removed or declined: whether that is done, and what is said."""
        return False, _("It was taken back since.")

    def leave(self, session: Session) -> None:
        """Take away what would join it to others, since its author takes the words along."""


EFFECTS: Register[type[Effects]] = Register()


def effects_of(row: Identified) -> Effects:
    """What decisions do to a row of its kind."""
    return next((one for one in EFFECTS if isinstance(row, one.model)), Effects)(row)
