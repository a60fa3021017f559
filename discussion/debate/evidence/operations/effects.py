"""What decisions do to an item of the library."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.language import _
from discussion.subjects.effects import Effects


class EvidenceEffects(Effects):
    model = EvidenceItem
    row: EvidenceItem

    def set_state(self, state: str, now: datetime) -> None:
        self.row.is_hidden = state != "published"

    def bring_back(self, session: Session, now: datetime) -> tuple[bool, str]:
        self.set_state("published", now)
        return True, _("It is shown again.")
