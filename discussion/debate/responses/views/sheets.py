"""What is being written: a response, or a new text of one."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.models import Position
from discussion.debate.positions.models import Response as ResponseRow
from discussion.debate.positions.queries.page import find_position
from discussion.debate.responses import forms
from discussion.debate.responses.forms import Typed
from discussion.debate.responses.queries import find_own_response
from discussion.web.doorway import viewer
from discussion.web.errors import found


@dataclass(frozen=True)
class Sheet:
    """The response that is written: a new one, or a new text of an old one."""

    position: Position
    response: ResponseRow | None = None

    @property
    def url(self) -> str:
        own = self.position.public_id
        if self.response is None:
            return paths.respond(own)
        return paths.revise_response(own, self.response.public_id)

    def follow(self, typed: Typed) -> dict[str, str]:
        """What was typed, with a value that was merged meanwhile as it is called now."""
        return forms.follow_merge(typed, self.position.thread.series.values)


def sheet_of(opened: Session, public_id: str, response_id: str = "") -> Sheet:
    position = found(find_position(opened, viewer(), public_id))
    if not response_id:
        if position.number is None:  # nothing has been said yet that could be answered
            found(None)
        return Sheet(position)
    return Sheet(position, found(find_own_response(opened, viewer(), position, response_id)))
