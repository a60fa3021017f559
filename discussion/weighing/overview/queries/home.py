"""The front page of a site: every series with its question, its state and one finding."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.tallies.queries import count_positions
from discussion.debate.threads.models import Thread
from discussion.debate.threads.words import FOUND_STAGES
from discussion.permissions.facts import Viewer, takes_positions
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import (
    listed_series,
    visible_threads,
)
from discussion.series.members.queries.joining import list_offers
from discussion.series.series.models import Series
from discussion.weighing.findings.queries.brief import lead_findings
from discussion.weighing.overview.queries.rating import offer_rating
from discussion.weighing.overview.queries.route import open_rounds
from discussion.weighing.overview.queries.shapes import HomePage, SeriesLine

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
    by_series: dict[int, list[Thread]] = {id: [] for id in ids}
    listed = session.scalars(
        select(Thread)
        .join(Thread.series)
        .where(Thread.series_id.in_(ids))
        .where(visible_threads(viewer))
        .where(Thread.stage != "proposed")
        .order_by(Thread.created_at, Thread.id)
    ).all()
    for thread in listed:
        by_series[thread.series_id].append(thread)
    rounds = open_rounds(session, [one for one in listed if one.stage == "weighing"])
    found = lead_findings(session, [one for one in listed if one.stage in FOUND_STAGES])
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
            threads=len(by_series[row.id]),
            open_threads=_count_open(row, by_series[row.id]),
            positions=counts[row.id],
            rating=offer_rating(viewer, by_series[row.id], rounds.values()),
            found=found.get(row.id),
            findings_url=paths.series_findings(row.slug),
        )
        for row in rows
    )


def _count_open(series: Series, threads: Sequence[Thread]) -> int:
    if series.status != "open":
        return 0
    return sum(takes_positions(None, thread) for thread in threads)
