"""Publications beside what they are about: on a series, a theme, a thread; and for its feeds."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from discussion import clock, paths, text
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import WHOEVER, visible_publications
from discussion.reach.publications.models import Essay, Publication, PublicationVersion
from discussion.reach.publications.queries.titles import title_of
from discussion.series.series.models import Series, Theme
from discussion.weighing.overview.queries.shapes import PublishedLine


def list_beside(
    session: Session,
    viewer: Viewer | None,
    series: Series,
    theme: Theme | None,
    *,
    limit: int,
) -> tuple[PublishedLine, ...]:
    """What stands under a theme, or in the whole series: the newest first, in one statement.

    Essays, and briefings of the theme or series itself; those of a thread stand on the thread.
    """
    rows = (
        newest_published(viewer)
        .where(Publication.series_id == series.id)
        .where(Publication.thread_id.is_(None))
        .order_by(PublicationVersion.made_at.desc(), PublicationVersion.id.desc())
        .limit(limit)
    )
    if theme is not None:
        rows = rows.where(Publication.theme_id == theme.id)
    return tuple(_line(series, version) for version in session.scalars(rows))


def newest_published(viewer: Viewer | None) -> Select[PublicationVersion]:
    """The newest version of every publication that the viewer may read, but of withdrawn ones."""
    newest = select(func.max(PublicationVersion.id)).group_by(PublicationVersion.publication_id)
    return (
        select(PublicationVersion)
        .join(PublicationVersion.publication)
        .join(Publication.series)
        .where(PublicationVersion.id.in_(newest))
        .where(PublicationVersion.withdrawn_at.is_(None))
        .where(Publication.published_at.is_not(None))
        .where(visible_publications(viewer))
        .options(
            contains_eager(PublicationVersion.publication).options(
                contains_eager(Publication.series),
                joinedload(Publication.thread),
                joinedload(Publication.theme),
            )
        )
    )


@cache
def essays_of_thread() -> Select[Any]:
    """Which essays led to a thread: as part of a statement for whoever asks, with `thread_id`."""
    versions, essays = PublicationVersion.__table__.c, Essay.__table__.c
    published, series = Publication.__table__.c, Series.__table__.c
    newest = select(func.max(versions.id)).group_by(versions.publication_id).scalar_subquery()
    said = PublicationVersion.snapshot
    return (
        select(
            versions.id,
            said["title"].as_string(),
            said["language"].as_string(),
            said["author"].as_string(),
            series.slug,
            published.slug,
        )
        .select_from(Essay.__table__)
        .join(Publication.__table__, published.id == essays.publication_id)
        .join(Series.__table__, series.id == published.series_id)
        .join(PublicationVersion.__table__, versions.publication_id == published.id)
        .where(essays.led_to_id == bindparam("thread_id"))
        .where(versions.id.in_(newest))
        .where(versions.withdrawn_at.is_(None))
        .where(visible_publications(WHOEVER))
    )


def _line(series: Series, version: PublicationVersion) -> PublishedLine:
    row, said = version.publication, version.snapshot
    return PublishedLine(
        title=title_of(row, version),
        url=paths.publication(series.slug, row.slug),
        is_essay=row.kind == "essay",
        author=said.get("author", ""),
        says=text.Spoken(said.get("standfirst", ""), said.get("language", "")),
        on=said.get("written_on", "") or clock.day(version.made_at).isoformat(),
    )
