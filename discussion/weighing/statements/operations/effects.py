"""What decisions do to a statement: its words are withheld, or shown again."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from discussion.decisions.models import Decision
from discussion.subjects.effects import Effects, RepeatsWords
from discussion.weighing.statements.models import Statement
from discussion.weighing.statements.operations.quoting import QUOTES_OUT
from discussion.weighing.statements.operations.withholding import (
    hide_words,
    repeats_words,
    show_words,
    withheld_with,
)


class StatementEffects(Effects):
    """What decisions do to a statement: its words are hidden, or shown again."""

    model = Statement
    row: Statement

    def take_out_of_sight(self, by_id: int | None, now: datetime) -> None:
        hide_words(self.row, by_id, now)

    def change(
        self, session: Session, action: str, by_id: int, said: Collection[str], now: datetime
    ) -> dict[str, Any]:
        if action == "restore":
            show_words(session, self.row, now)
        if action != "hide":
            return {}
        if any(repeats_words(self.row, one) for one in said):
            raise RepeatsWords
        self.take_out_of_sight(by_id, now)
        return withheld_with(session, self.row)

    def follow(self, session: Session, decision: Decision, now: datetime) -> None:
        """What quotes the words goes with them."""
        if decision.action == "hide":
            QUOTES_OUT()(session, decision, self.row, now)
