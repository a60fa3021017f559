"""Finding a publication and its versions, as far as the viewer may see them."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from discussion import paths
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import visible_publications
from discussion.reach.publications.models import Publication, PublicationVersion
from discussion.series.series.models import Series, Theme


def find_publication(
    session: Session, viewer: Viewer | None, series_slug: str, slug: str
) -> Publication | None:
    """One of a series, by its address."""
    return session.scalar(
        select(Publication)
        .join(Publication.series)
        .where(Series.slug == series_slug)
        .where(Publication.slug == slug)
        .where(visible_publications(viewer))
        .options(contains_eager(Publication.series))
    )


def find_version(
    session: Session, publication: Publication, number: int | None = None
) -> PublicationVersion | None:
    """That version, or the newest."""
    rows = select(PublicationVersion).where(PublicationVersion.publication_id == publication.id)
    if number is not None:
        rows = rows.where(PublicationVersion.number == number)
    return session.scalar(rows.order_by(PublicationVersion.number.desc()).limit(1))


def newest_versions(
    session: Session, publications: Collection[Publication]
) -> dict[int, PublicationVersion]:
    """Publication's id → its newest version, of those that have one; one statement."""
    newest = (
        select(func.max(PublicationVersion.id))
        .where(PublicationVersion.publication_id.in_([row.id for row in publications]))
        .group_by(PublicationVersion.publication_id)
    )
    rows = session.scalars(select(PublicationVersion).where(PublicationVersion.id.in_(newest)))
    return {row.publication_id: row for row in rows}


def find_begun(
    session: Session, series: Series, thread: Thread | None, theme: Theme | None
) -> Publication | None:
    """A briefing about the same that is begun already, so that two presses make one."""
    return session.scalar(
        select(Publication)
        .where(Publication.series_id == series.id)
        .where(Publication.kind == "briefing")
        .where(Publication.thread_id.is_not_distinct_from(thread.id if thread else None))
        .where(Publication.theme_id.is_not_distinct_from(theme.id if theme else None))
        .order_by(Publication.id)
        .limit(1)
    )


def find_briefing_of(session: Session, viewer: Viewer | None, thread: Thread) -> str:
    """Where the briefing of a thread is read; empty where none is published."""
    slug = session.scalar(
        select(Publication.slug)
        .join(Publication.series)
        .where(Publication.thread_id == thread.id)
        .where(Publication.published_at.is_not(None))
        .where(visible_publications(viewer))
        .limit(1)
    )
    return paths.publication(thread.series.slug, slug) if slug else ""
