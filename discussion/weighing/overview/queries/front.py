"""The front page of a series: what is different, one finding, a round to rate, its questions."""

from dataclasses import replace

from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.threads.words import FOUND_STAGES
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.members.queries.joining import find_joining
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series, who_may_post_in_words
from discussion.weighing.findings.queries.brief import lead_findings
from discussion.weighing.overview.queries.higher import PUBLISHED
from discussion.weighing.overview.queries.homes import (
    NOWHERE,
    list_leading,
    read_outlook,
)
from discussion.weighing.overview.queries.news import list_news
from discussion.weighing.overview.queries.rating import offer_rating
from discussion.weighing.overview.queries.route import (
    list_retired,
    live_themes,
    open_rounds,
    read_route,
    stations_of,
    strays_of,
)
from discussion.weighing.overview.queries.shapes import SeriesPage

PUBLISHED_LINES = 4


def series_page(session: Session, viewer: Viewer | None, slug: str) -> SeriesPage | None:
    """A series with its route of themes, one finding, and what is new in it."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    return with_news(session, viewer, _quiet(session, viewer, series), series.id)


def with_news(
    session: Session, viewer: Viewer | None, page: SeriesPage, series_id: int
) -> SeriesPage:
    """The page with what is new: all that responses change on it."""
    return replace(page, news=list_news(session, viewer, series_id))


def quiet_page(
    session: Session, viewer: Viewer | None, slug: str, *, has_published: bool = True
) -> SeriesPage | None:
    """All of a series' page but what is new in it.

    Whether anything is published is known before, so that nothing is asked where nothing is.
    """
    series = find_series(session, viewer, slug)
    return _quiet(session, viewer, series, has_published) if series else None


def _quiet(
    session: Session, viewer: Viewer | None, series: Series, has_published: bool = True
) -> SeriesPage:
    themes = live_themes(session, series)
    route = read_route(session, viewer, series, themes)
    strays = route.homes.get(None, NOWHERE)
    leading = list_leading(session, viewer, series)
    weighed = [thread for thread in leading if thread.stage == "weighing"]
    rating = offer_rating(viewer, weighed, open_rounds(session, weighed).values())
    found = [thread for thread in leading if thread.stage in FOUND_STAGES]
    lead = lead_findings(session, found).get(series.id)
    takes_positions, weighing_on = read_outlook(session, viewer, series)
    can_propose = allowed(viewer, May.PROPOSE_THREAD, series)
    return SeriesPage(
        slug=series.slug,
        url=paths.series(series.slug),
        title=series.title,
        question=series.question,
        language=series.language,
        summary=series.summary,
        host=series.host,
        starts_on=series.starts_on,
        ends_on=series.ends_on,
        status=series.status,
        visibility=series.visibility,
        provenance=series.provenance,
        provenance_url=series.provenance_url,
        who_may_post=who_may_post_in_words(series),
        joining=find_joining(session, viewer, series, paths.series(series.slug), clock.now()),
        found=lead,
        rating=rating,
        next_weighing=None if rating else weighing_on,
        takes_positions=takes_positions,
        stations=stations_of(series, themes, route, can_propose=can_propose),
        strays=strays_of(route),
        retired=list_retired(session, series) if strays.count > len(strays.thread_ids) else (),
        news=(),
        published=PUBLISHED()(session, viewer, series, None, limit=PUBLISHED_LINES)
        if has_published
        else (),
        publications_url=paths.publications(series.slug),
        write_url=paths.choose_thread(series.slug),
        findings_url=paths.series_findings(series.slug),
        library_url=paths.library(series.slug),
        values_url=paths.values(series.slug),
        rules_url=paths.rules(series.slug),
        can_convene=allowed(viewer, May.CONVENE, series),
        settings_url=paths.settings(series.slug),
        can_moderate=allowed(viewer, May.MODERATE, series),
        desk_url=paths.desk(),
    )
