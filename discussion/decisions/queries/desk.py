"""What a room's page about something that waits asks of the desk on which it waits."""

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from discussion.decisions.shapes import Filters
from discussion.permissions.facts import Viewer
from discussion.registers import Only


class Frame(Protocol):
    """The queue around one item; `templates/moderation/frame.html` draws it."""

    @property
    def filters(self) -> Filters: ...

    @property
    def next_key(self) -> str:
        """What comes after the open item: hidden field `next` of a deciding form."""
        ...


class FindFrame(Protocol):
    """Reads the frame of the desk around the page on which something is decided."""

    def __call__(
        self,
        session: Session,
        viewer: Viewer,
        *,
        open_kind: str = "",
        open_id: str = "",
        filters: Filters | None = None,
        now: datetime,
    ) -> Frame: ...


FRAME: Only[FindFrame] = Only("What stands on the desk around one item")
