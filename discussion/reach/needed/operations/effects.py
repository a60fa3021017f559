"""What decisions do to what somebody says that they look into."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.language import _
from discussion.reach.needed.models import Looking
from discussion.subjects.effects import Effects


class LookingEffects(Effects):
    model = Looking
    row: Looking

    def set_state(self, state: str, now: datetime) -> None:
        self.row.is_hidden = state != "published"
        self.row.question.changed_at = now

    def bring_back(self, session: Session, now: datetime) -> tuple[bool, str]:
        """Shown, whether it was declined, taken away or hidden; not what was taken back."""
        if not self.row.who:
            return False, _("It was taken back since.")
        self.row.state, self.row.reason, self.row.decided_at = "live", "", now
        self.set_state("published", now)
        return True, _("It is shown again.")
