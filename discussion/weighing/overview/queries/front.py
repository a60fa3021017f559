"""The front page of a series: what is different, one finding, a round to rate, its questions."""

from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.threads.words import FOUND_STAGES
from discussion.permissions.facts import Viewer, takes_positions
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.members.queries.joining import find_joining
from discussion.series.series.queries.reading import find_series, who_may_post_in_words
from discussion.weighing.findings.queries.brief import lead_findings
from discussion.weighing.overview.queries.news import list_news
from discussion.weighing.overview.queries.rating import next_weighing, offer_rating
from discussion.weighing.overview.queries.route import (
    list_threads,
    live_themes,
    stations_of,
    strays_of,
)
from discussion.weighing.overview.queries.shapes import SeriesPage


def series_page(session: Session, viewer: Viewer | None, slug: str) -> SeriesPage | None:
    """A series with its route of themes, one finding, and what is new in it."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    themes = live_themes(session, series)
    listed = list_threads(session, viewer, series)
    threads = listed.threads.values()
    weighed = [thread for thread in threads if thread.stage in FOUND_STAGES]
    rating = offer_rating(viewer, threads, listed.rounds.values())
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
        found=lead_findings(session, weighed).get(series.id),
        rating=rating,
        next_weighing=None if rating else next_weighing(threads),
        takes_positions=series.status == "open"
        and any(takes_positions(None, thread) for thread in threads),
        stations=stations_of(series, themes, listed, can_propose=can_propose),
        strays=strays_of(themes, listed),
        news=list_news(session, viewer, series),
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
