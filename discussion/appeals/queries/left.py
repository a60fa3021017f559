"""What is left to the administrator: appeals and reports that nobody in their series may decide."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.accounts.models import Person
from discussion.appeals.queries import waiting as appeals
from discussion.appeals.queries.shapes import LeftLine, LeftPage
from discussion.moderation.shapes import Bare
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.reports.queries import waiting as reports
from discussion.series.models import Membership, Series

DESCRIBE = {"appeals": appeals.describe, "reports": reports.describe}


def left_page(session: Session, viewer: Viewer | None, now: datetime) -> LeftPage | None:
    """For administrators alone; urgent ones first, then the oldest."""
    if viewer is None or not allowed(viewer, May.ADMINISTER):
        return None
    bares = list_left(session, viewer, now)
    titles = {row.id: row.title for row in session.execute(select(Series.id, Series.title))}
    described = {
        (kind, id): said
        for kind, describe in DESCRIBE.items()
        for id, said in describe(
            session, viewer, [one for one in bares if one.kind == kind], now
        ).items()
    }
    lines = []
    for bare in sorted(bares, key=lambda one: (not one.is_urgent, one.since, one.id)):
        said = described.get((bare.kind, bare.id))
        if said is not None:
            lines.append(
                LeftLine(
                    kind=bare.kind,
                    title=said.title,
                    subject=said.subject,
                    url=said.url,
                    series=titles[bare.series_id],
                    since=clock.day(bare.since),
                    is_urgent=bare.is_urgent,
                )
            )
    return LeftPage(tuple(lines))


def list_left(session: Session, viewer: Viewer, now: datetime) -> list[Bare]:
    """What waits where every moderator is concerned, and the viewer is not."""
    ids = list(session.scalars(select(Series.id)))
    bares = [*appeals.list_bare(session, ids, now), *reports.list_bare(session, ids, now)]
    if not bares:
        return []
    moderators = _find_moderators(session)
    return [
        bare
        for bare in bares
        if viewer.person_id not in bare.own_ids
        and not moderators[bare.series_id] - set(bare.own_ids)
    ]


def count_left(session: Session, viewer: Viewer, now: datetime) -> int:
    return len(list_left(session, viewer, now))


def _find_moderators(session: Session) -> dict[int, set[int]]:
    rows = session.execute(
        select(Membership.series_id, Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.role.in_(("moderator", "convener")))
        .where(Membership.removed_at.is_(None))
        .where(Person.left_at.is_(None))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for series_id, person_id in rows:
        found[series_id].add(person_id)
    return found
