"""What somebody is asked for now, as they see it themselves: plainly, with its end."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from discussion import paths
from discussion.decisions.shapes import OwnSanction
from discussion.oversight.sanctions.models import Sanction
from discussion.oversight.sanctions.queries.finding import find_about, is_by_name
from discussion.oversight.sanctions.queries.in_force import list_active
from discussion.oversight.sanctions.words import KINDS, holds_in_words
from discussion.permissions.facts import Viewer


def list_own(session: Session, viewer: Viewer | None, now: datetime) -> tuple[OwnSanction, ...]:
    """Everything that holds for the viewer, in every series; one statement."""
    if viewer is None:
        return ()
    rows = list_active(session, viewer.person_id, now)
    return tuple(  # a convener may have invited them back before a removal ended
        _own(session, row)
        for row in rows
        if row.kind != "removal" or row.series_id in viewer.removed_from
    )


def list_pauses(
    session: Session, viewer: Viewer | None, slug: str, now: datetime
) -> Sequence[OwnSanction]:
    """The viewer's pauses in this series, or in all of them; asked only of those who have any."""
    if viewer is None or not viewer.paused_in:
        return ()
    rows = list_active(session, viewer.person_id, now)
    return [
        _own(session, row)
        for row in rows
        if row.kind == "pause" and (not slug or row.series.slug == slug)
    ]


def _own(session: Session, row: Sanction) -> OwnSanction:
    is_named = is_by_name(find_about(session, row))
    return OwnSanction(
        kind=row.kind,
        label=str(KINDS[row.kind]),
        series_title=row.series.title,
        says=holds_in_words(row.kind, row.ends_at, is_by_name=is_named),
        ends_at=row.ends_at,
        url=paths.statement(row.decision.public_id),
    )
