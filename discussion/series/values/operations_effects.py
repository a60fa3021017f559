"""What decisions do to a proposed value."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.language import _
from discussion.series.values.models import ValueProposal
from discussion.subjects.effects import Effects


class ValueEffects(Effects):
    model = ValueProposal
    only_by_latest = False  # its own state says whether it was answered again
    row: ValueProposal

    def bring_back(self, session: Session, now: datetime) -> tuple[bool, str]:
        """One that was declined waits again for an answer."""
        if self.row.state != "declined":
            return False, _("It was answered again since.")
        self.row.state = "waiting"
        return True, _("It waits again, and the moderators answer it again.")
