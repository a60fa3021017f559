"""Briefings and essays as entries: of each its newest version, with the day on which that came."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.visibility import listed_series, visible_publications
from discussion.reach.feeds.queries.shapes import Entry
from discussion.reach.feeds.words import ENTRIES
from discussion.reach.publications.models import Essay, Publication, PublicationVersion
from discussion.reach.publications.queries.beside import newest_published
from discussion.reach.publications.queries.titles import title_of
from discussion.series.series.models import Series

Where = Sequence[ColumnElement[bool]]


def list_published(session: Session, where: Where) -> list[Entry]:
    """Of those that meet `where`, which may ask of Publication and Series."""
    rows = session.scalars(
        newest_published(None)
        .where(*where)
        .order_by(PublicationVersion.made_at.desc(), PublicationVersion.id.desc())
        .limit(ENTRIES)
    )
    return [_entry(row) for row in rows]


def about(thread: Thread) -> ColumnElement[bool]:
    """Briefings of a thread, and essays that led to it."""
    led = select(Essay.publication_id).where(Essay.led_to_id == thread.id)
    return (Publication.thread_id == thread.id) | Publication.id.in_(led)


@cache
def mapped_publications() -> Select[str, str]:
    """Slugs of series and publication, of everything that stands in a map of the site."""
    newest = select(func.max(PublicationVersion.id)).group_by(PublicationVersion.publication_id)
    return (
        select(Series.slug, Publication.slug)
        .join(Publication, Publication.series_id == Series.id)
        .join(PublicationVersion, PublicationVersion.publication_id == Publication.id)
        .where(listed_series(None), visible_publications(None))
        .where(Publication.published_at.is_not(None))
        .where(PublicationVersion.id.in_(newest))
        .where(PublicationVersion.withdrawn_at.is_(None))
        .order_by(Series.slug, Publication.slug)
    )


def _entry(version: PublicationVersion) -> Entry:
    row, said = version.publication, version.snapshot
    title = title_of(row, version)
    first = clock.morning(clock.day(row.published_at or version.made_at))
    is_essay = row.kind == "essay"
    kind = _("Essay: %(title)s") if is_essay else _("Briefing: %(title)s")
    words = said["standfirst"] if is_essay else said["drawn_from"]
    return Entry(
        key=f"publication/{row.public_id}",
        title=kind % {"title": title},
        language=said["language"],
        url=paths.publication(row.series.slug, row.slug),
        published=first,
        updated=max(first, clock.morning(clock.day(version.made_at))),
        words=" · ".join(one for one in (said.get("author", ""), words) if one),
    )
