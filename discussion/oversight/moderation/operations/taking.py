"""Going on to the next item of the desk, and taking it."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion import paths
from discussion.decisions.operations.claiming import Taken, take
from discussion.decisions.shapes import Filters
from discussion.oversight.moderation.queries.queue import list_queue
from discussion.oversight.moderation.queries.sources import describe_lines
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Series


def take_next(
    session: Session,
    actor: Viewer,
    *,
    after: str = "",
    filters: Filters | None = None,
    now: datetime,
) -> str:
    """The address of the next item, now taken by the actor, or the desk's when none is left.

    `after` is the key ("positions/bcdfghjkmn") of what stood after the item just decided, as the
    page said it (`DeskFrame.next_key`). When it is gone or taken, the first that is free is next.
    Of two moderators who go on at once, each gets an item of their own.
    """
    filters = filters or Filters()
    queue = list_queue(session, actor, now)
    for line in queue.free_from(after, filters):
        series = session.get_one(Series, line.bare.series_id)
        try:
            take(session, actor, line.bare.kind, line.bare.id, series, now=now)
        except Taken:
            continue
        said = describe_lines(session, actor, [line.bare], now).get((line.bare.kind, line.bare.id))
        if said is not None:
            return filters.on(said.url)
    return filters.on(paths.desk())
