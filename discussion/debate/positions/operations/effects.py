"""What decisions do to a position, and what they do to responses alike."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from discussion.debate.positions.drafts import PositionDraft
from discussion.debate.positions.drafts_fields import empty
from discussion.debate.positions.models import (
    EvidenceLink,
    Position,
    Response,
    ResponseText,
    Revision,
    ValueTag,
)
from discussion.debate.positions.operations.publishing import find_own, go_live
from discussion.debate.positions.operations.seats import settle_seat
from discussion.language import _
from discussion.subjects.effects import Effects


class ContributionEffects(Effects):
    row: Position | Response

    def set_state(self, state: str, now: datetime) -> None:
        self.row.state, self.row.changed_at = state, now

    def bring_back(self, session: Session, now: datetime) -> tuple[bool, str]:
        if self.row.state not in ("hidden", "removed"):
            return False, _("It was taken back since.")
        if self.row.state == "removed" and self.has_another(session):
            return False, _(
                "You have written another position in this thread since, so this one is not shown."
            )
        self.set_state("published", now)
        return True, _("It is shown again.")


class PositionEffects(ContributionEffects):
    model = Position
    row: Position

    def settle(self, session: Session) -> None:
        settle_seat(session, self.row)

    def has_another(self, session: Session) -> bool:
        """One live position per person and thread."""
        own = find_own(session, self.row.thread, self.row.author_id)
        return own is not None and own.id != self.row.id

    def publish(
        self, session: Session, version: Revision | ResponseText | None, now: datetime
    ) -> None:
        if isinstance(version, Revision):
            go_live(session, self.row, version, now=now)

    def empty(self, session: Session, version: Revision | ResponseText) -> None:
        if not isinstance(version, Revision):
            return
        empty(version, PositionDraft)
        version.reasoning_html, version.place_words = "", {}
        session.execute(delete(ValueTag).where(ValueTag.revision_id == version.id))
        session.execute(delete(EvidenceLink).where(EvidenceLink.revision_id == version.id))
        session.expire(version, ["tags", "links"])

    def leave(self, session: Session) -> None:
        self.row.is_featured = self.row.is_pinned = False
        self.row.heading_id = None
        settle_seat(session, self.row)
