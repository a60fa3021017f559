"""Going on, once something is decided, to what comes next on the desk."""

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from discussion.decisions.shapes import Filters
from discussion.permissions.facts import Viewer
from discussion.registers import Only


class TakeNext(Protocol):
    """Takes the next item and returns its address, or that of the desk when none is left."""

    def __call__(
        self,
        session: Session,
        actor: Viewer,
        *,
        after: str = "",
        filters: Filters | None = None,
        now: datetime,
    ) -> str: ...


NEXT: Only[TakeNext] = Only("What comes next on the desk")
