"""What decisions do to a thread."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.subjects.effects import Effects


class ThreadEffects(Effects):
    model = Thread
    row: Thread

    def set_state(self, state: str, now: datetime) -> None:
        self.row.is_hidden, self.row.changed_at = state != "published", now

    def bring_back(self, session: Session, now: datetime) -> tuple[bool, str]:
        self.set_state("published", now)
        if self.row.stage == "proposed":
            return True, _("It is a proposal again, and waits for a decision.")
        return True, _("It is shown again.")
