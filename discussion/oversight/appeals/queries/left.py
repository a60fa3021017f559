"""What is left to the administrator: what nobody in its series may decide, or one person alone."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.decisions.shapes import Bare
from discussion.oversight.appeals.queries import waiting as appeals
from discussion.oversight.appeals.queries.shapes import LeftLine, LeftPage
from discussion.oversight.moderation.queries.alone import list_late
from discussion.oversight.moderation.queries.sources import describe_lines, queue_words
from discussion.oversight.reports.queries import waiting as reports
from discussion.oversight.reports.queries.subjects import is_left_to_administrator
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.members.queries.moderators import find_moderators
from discussion.series.series.models import Series
from discussion.web.shapes import DeskLink


def left_page(session: Session, viewer: Viewer | None, now: datetime) -> LeftPage | None:
    """For administrators alone; urgent ones first, then the oldest."""
    if viewer is None or not allowed(viewer, May.ADMINISTER):
        return None
    bares = list_left(session, viewer, now)
    titles = {row.id: row.title for row in session.execute(select(Series.id, Series.title))}
    described = describe_lines(session, viewer, bares, now)
    lines = []
    for bare in sorted(bares, key=lambda one: (not one.is_urgent, one.since, one.id)):
        said = described.get((bare.kind, bare.id))
        if said is not None:
            lines.append(
                LeftLine(
                    kind=bare.kind,
                    title=said.title or str(queue_words()[bare.kind]),
                    subject=said.subject,
                    url=said.url,
                    series=titles[bare.series_id],
                    since=clock.day(bare.since),
                    is_urgent=bare.is_urgent,
                )
            )
    return LeftPage(tuple(lines))


def list_left(session: Session, viewer: Viewer, now: datetime) -> list[Bare]:
    """What is not the viewer's, and waits where every moderator is concerned.

    Where one person moderates also every report, and contributions that wait past their time:
    whoever wrote it, or what stands here would tell what that one wrote.
    """
    ids = list(session.scalars(select(Series.id)))
    decided, reported = appeals.list_bare(session, ids, now), reports.list_bare(session, ids, now)
    moderators = find_moderators(session) if decided or reported else {}
    moderated = viewer.series_as("moderator", "convener")
    left = [one for one in decided if not moderators.get(one.series_id, set()) - set(one.own_ids)]
    left += [
        one
        for one in reported
        if is_left_to_administrator(moderators.get(one.series_id, set()), one.own_ids)
        and one.series_id not in moderated
    ]
    left += [one for one in list_late(session, now) if one.series_id not in moderated]
    return [one for one in left if viewer.person_id not in one.own_ids]


def find_desk(session: Session, viewer: Viewer, now: datetime) -> DeskLink | None:
    """An administrator's desk is there when something is left to them."""
    left = count_left(session, viewer, now) if allowed(viewer, May.ADMINISTER) else 0
    return DeskLink(paths.left_to_administrator(), left) if left else None


def count_left(session: Session, viewer: Viewer, now: datetime) -> int:
    """How much is left to the administrator who asks; see `list_left`."""
    return len(list_left(session, viewer, now))
