"""The front page of a site: every series with its question, its state and one finding."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.tallies.queries import count_positions
from discussion.debate.threads.models import Thread
from discussion.debate.threads.words import FOUND_STAGES
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import (
    listed_series,
    visible_threads,
)
from discussion.series.members.queries.joining import list_offers
from discussion.series.series.models import Series
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.brief import lead_findings
from discussion.weighing.overview.queries.homes import takes_positions
from discussion.weighing.overview.queries.rating import offer_rating
from discussion.weighing.overview.queries.route import open_rounds
from discussion.weighing.overview.queries.shapes import HomePage, SeriesLine
from discussion.weighing.rounds.models import Round

ORDER = ("open", "draft", "closed", "archived")


def only_series(session: Session, viewer: Viewer | None) -> str:
    """The slug of the series, where exactly one is listed for somebody who cannot make another."""
    if allowed(viewer, May.CREATE_SERIES):
        return ""
    slugs = session.scalars(select(Series.slug).where(listed_series(viewer)).limit(2)).all()
    if len(slugs) != 1 or any(
        one.slug != slugs[0] for one in list_offers(session, viewer, clock.now())
    ):
        return ""
    return slugs[0]


def home_page(session: Session, viewer: Viewer | None) -> HomePage:
    """Every series that is listed for the viewer, those that are open first."""
    rows = session.scalars(select(Series).where(listed_series(viewer))).all()
    return HomePage(
        series=_lines(
            session, viewer, sorted(rows, key=lambda row: (ORDER.index(row.status), row.title))
        ),
        offers=list_offers(session, viewer, clock.now()),
        create_url=paths.create_series() if allowed(viewer, May.CREATE_SERIES) else "",
    )


def _lines(
    session: Session, viewer: Viewer | None, rows: Sequence[Series]
) -> tuple[SeriesLine, ...]:
    """What is told of each, in the same number of statements however many there are."""
    ids = [row.id for row in rows]
    told = _told(session, viewer, ids)
    rounds = open_rounds(session, [one for one in told if one.stage == "weighing"])
    found = lead_findings(session, [one for one in told if one.stage in FOUND_STAGES])
    threads = _count_threads(session, viewer, ids)
    counts = count_positions(session, viewer, ids)
    return tuple(
        SeriesLine(
            slug=row.slug,
            url=paths.series(row.slug),
            title=row.title,
            question=row.question,
            language=row.language,
            host=row.host,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            status=row.status,
            threads=threads.get(row.id, (0, 0))[0],
            open_threads=threads.get(row.id, (0, 0))[1] if row.status == "open" else 0,
            positions=counts[row.id],
            rating=offer_rating(
                viewer, [one for one in told if one.series_id == row.id], rounds.values()
            ),
            found=found.get(row.id),
            findings_url=paths.series_findings(row.slug),
        )
        for row in rows
    )


def _told(session: Session, viewer: Viewer | None, ids: Sequence[int]) -> Sequence[Thread]:
    """The threads that lead somewhere from here: by an open round, or by findings."""
    rated = select(Round.thread_id).where(Round.state == "open")
    weighed = and_(Thread.stage == "weighing", Thread.id.in_(rated))
    found = Thread.id.in_(select(FindingSnapshot.thread_id))
    return session.scalars(
        _threads(viewer, ids, Thread)
        .where(or_(weighed, and_(Thread.stage.in_(FOUND_STAGES), found)))
        .order_by(Thread.created_at, Thread.id)
    ).all()


def _count_threads(
    session: Session, viewer: Viewer | None, ids: Sequence[int]
) -> Mapping[int, tuple[int, int]]:
    """By series: how many there are, and how many take positions while the series is open."""
    takes = func.sum(case((and_(*takes_positions()), 1), else_=0))
    rows = session.execute(
        _threads(viewer, ids, Thread.series_id, func.count(), takes).group_by(Thread.series_id)
    )
    return {id: (int(every), int(opened)) for id, every, opened in rows}


def _threads(viewer: Viewer | None, ids: Sequence[int], *columns: Any) -> Select[Any]:
    """Merged ones are not among them: those are nowhere any more."""
    return (
        select(*columns)
        .select_from(Thread)
        .join(Thread.series)
        .where(Thread.series_id.in_(ids))
        .where(visible_threads(viewer))
        .where(Thread.stage != "proposed")
    )
