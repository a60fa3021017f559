"""What the pages of a series ask of rooms above: `register_rooms` in `wiring/` says who answers."""

from typing import Protocol

from sqlalchemy.orm import Session

from discussion.permissions.facts import Viewer
from discussion.registers import Only
from discussion.series.series.models import Series, Theme
from discussion.weighing.overview.queries.shapes import PublishedLine


class ListPublished(Protocol):
    def __call__(
        self,
        session: Session,
        viewer: Viewer | None,
        series: Series,
        theme: Theme | None,
        *,
        limit: int,
    ) -> tuple[PublishedLine, ...]: ...


PUBLISHED: Only[ListPublished] = Only("Which essays and briefings stand beside a theme or series")
