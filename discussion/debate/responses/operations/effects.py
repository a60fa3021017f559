"""What decisions do to a response."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.debate.positions.models import Response, ResponseText, Revision
from discussion.debate.positions.operations.effects import ContributionEffects
from discussion.debate.responses.operations.responding import go_live_response


class ResponseEffects(ContributionEffects):
    model = Response
    row: Response

    def publish(
        self, session: Session, version: Revision | ResponseText | None, now: datetime
    ) -> None:
        if isinstance(version, ResponseText):
            go_live_response(session, self.row, version, now=now)

    def empty(self, session: Session, version: Revision | ResponseText) -> None:
        if isinstance(version, ResponseText):
            version.source = version.html = version.wants = ""

    def leave(self, session: Session) -> None:
        self.row.item_id = self.row.value_id = None
