"""Which feeds there are, of a series and of the site."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import listed_series, visible_series
from discussion.reach.feeds.queries.shapes import FeedLink, FeedsPage
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.weighing.overview.queries.route import live_themes


def site_feeds(session: Session) -> FeedsPage:
    """The feed of the site, and where those of each listed series stand."""
    rows = session.scalars(select(Series).where(listed_series(None)).order_by(Series.title))
    return FeedsPage(
        series_slug="",
        series_title="",
        url=paths.feeds(),
        is_for_members=False,
        whole=FeedLink(_("Everything on this site"), "", paths.site_feed()),
        themes=(),
        publications=_published(""),
        needed=None,
        log=None,
        calendar_url="",
        series=tuple(FeedLink(row.title, row.language, paths.feeds_of(row.slug)) for row in rows),
    )


def series_feeds(session: Session, viewer: Viewer | None, slug: str) -> FeedsPage | None:
    """The feeds of a series; none of one that visitors may not read."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    is_public = session.scalar(
        select(Series.id).where(Series.id == series.id).where(visible_series(None))
    )
    if is_public is None:
        return FeedsPage(
            series.slug, series.title, paths.feeds_of(slug), True, None, (),
            None, None, None, "", (),
        )  # fmt: skip
    return FeedsPage(
        series_slug=series.slug,
        series_title=series.title,
        url=paths.feeds_of(slug),
        is_for_members=False,
        whole=FeedLink(_("The whole series"), "", paths.series_feed(slug)),
        themes=tuple(
            FeedLink(theme.question, series.language, paths.theme_feed(slug, theme.slug))
            for theme in live_themes(session, series)
        ),
        publications=_published(slug),
        needed=FeedLink(_("What we need to know"), "", paths.needed_feed(slug)),
        log=FeedLink(_("The moderation log"), "", paths.log_feed(slug)),
        calendar_url=paths.calendar(slug),
        series=(),
    )


def _published(slug: str) -> FeedLink:
    return FeedLink(_("Briefings and essays"), "", paths.publications_feed(slug))
