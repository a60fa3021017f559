"""The pages of briefings: the list of a series, one version, what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.debate.evidence.identifiers import doi_address
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import visible_publications
from discussion.reach.publications.models import (
    Publication,
    PublicationFile,
    PublicationVersion,
)
from discussion.reach.publications.queries.document.about import about_of
from discussion.reach.publications.queries.finding import (
    find_publication,
    find_version,
    newest_versions,
)
from discussion.reach.publications.queries.standing import Standing, standing_of
from discussion.reach.publications.queries.titles import question_of, title_of
from discussion.reach.publications.shapes import Block, Document, Section
from discussion.reach.publications.words import DOI_SAYS, FORMATS, GONE
from discussion.records import read
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series


@dataclass(frozen=True)
class FileLink:
    """A file of a version; no address while it is being made."""

    format: str
    words: str
    url: str
    size: int  # bytes; 0 while it is being made

    @property
    def pair(self) -> tuple[str, str]:
        return self.url, self.words


@dataclass(frozen=True)
class VersionLine:
    """One version in the list of them."""

    number: int
    url: str
    made_on: str
    note: str
    hash: str
    gone: str  # why it was withdrawn, as a sentence; empty while it stands
    is_shown: bool


@dataclass(frozen=True)
class BriefingPage:
    """One version as its readers may read it now."""

    series_slug: str
    series_title: str
    title: str
    about: str
    about_url: str
    is_of_thread: bool
    url: str
    latest_url: str
    is_latest: bool
    document: Document | None  # None where it may not be shown
    gone: str
    withdrawn: tuple[str, ...]  # marks of what its author has withdrawn since
    hash: str
    number: int
    doi: str
    doi_url: str
    doi_says: str  # that it is not found there yet
    files: tuple[FileLink, ...]
    versions: tuple[VersionLine, ...]
    minutes: int  # to read it
    compose_url: str
    is_carried: bool  # other sites may show a card of it


@dataclass(frozen=True)
class ListedBriefing:
    title: str
    url: str
    about: str
    version: int
    made_on: str
    is_draft: bool
    is_essay: bool
    compose_url: str


@dataclass(frozen=True)
class PublicationsPage:
    series_slug: str
    series_title: str
    series_url: str
    briefings: tuple[ListedBriefing, ...]
    begin_url: str
    essay_url: str  # where moderators enter an essay


def briefing_page(
    session: Session,
    viewer: Viewer | None,
    series_slug: str,
    slug: str,
    number: int | None = None,
) -> BriefingPage | None:
    """The newest version or that one; with why, where it may no longer be shown."""
    publication = find_publication(session, viewer, series_slug, slug)
    if publication is None:
        return None
    version = find_version(session, publication, number)
    if version is None:
        return None
    standing = _standing(session, version)
    shown = read(Document, version.snapshot) if not standing.why and version.snapshot else None
    latest = find_version(session, publication)
    series = publication.series
    about, about_url = about_of(publication)
    may_compose = allowed(viewer, May.COMPOSE, publication)
    return BriefingPage(
        series_slug=series.slug,
        series_title=series.title,
        title=title_of(publication, version) if shown else question_of(publication),
        about=about,
        about_url=about_url,
        is_of_thread=publication.thread_id is not None,
        url=paths.publication(series.slug, slug, version.number),
        latest_url=paths.publication(series.slug, slug),
        is_latest=latest is not None and latest.id == version.id,
        document=_without_withdrawn(shown, standing) if shown else None,
        gone=str(GONE.get(version.withdrawn_why or standing.why, "")),
        withdrawn=tuple(sorted(standing.withdrawn)),
        hash=version.hash,
        number=version.number,
        doi=version.doi,
        doi_url=doi_address(version.doi) if version.doi else "",
        doi_says=str(DOI_SAYS.get(version.doi_state, "")),
        files=_files(session, version, slug) if shown else (),
        versions=tuple(_lines(session, publication, version)),
        minutes=_minutes(shown),
        compose_url=paths.compose(series.slug, slug) if may_compose else "",
        is_carried=allowed(None, May.EMBED, publication),
    )


def find_file(
    session: Session, viewer: Viewer | None, series_slug: str, slug: str, number: int
) -> tuple[PublicationVersion, str] | None:
    """A version to give a file of, and why none may be given; empty where one may."""
    publication = find_publication(session, viewer, series_slug, slug)
    version = find_version(session, publication, number) if publication else None
    if version is None:
        return None
    why = version.withdrawn_why or standing_of(session, version).why
    return version, str(GONE.get(why, "")) if why else ""


def publications_page(
    session: Session, viewer: Viewer | None, slug: str
) -> PublicationsPage | None:
    """What is published in a series; moderators also see what is only begun."""
    series = find_series(session, viewer, slug)
    if series is None:
        return None
    may_compose = allowed(viewer, May.COMPOSE, series)
    return PublicationsPage(
        series_slug=series.slug,
        series_title=series.title,
        series_url=paths.series(series.slug),
        briefings=tuple(_listed(session, viewer, series, may_compose=may_compose)),
        begin_url=paths.begin_briefing(series.slug) if may_compose else "",
        essay_url=paths.new_essay(series.slug) if may_compose else "",
    )


def list_published(
    session: Session, viewer: Viewer | None, series: Series
) -> Sequence[Publication]:
    """The publications of a series that the viewer may know of, the newest first."""
    return session.scalars(
        select(Publication)
        .join(Publication.series)
        .where(Publication.series_id == series.id)
        .where(visible_publications(viewer))
        .options(joinedload(Publication.thread), joinedload(Publication.theme))
        .order_by(Publication.published_at.is_(None).desc(), Publication.published_at.desc())
    ).all()


def _standing(session: Session, version: PublicationVersion) -> Standing:
    if version.withdrawn_at is not None:
        return Standing({"": version.withdrawn_why}, frozenset())
    return standing_of(session, version)


def _without_withdrawn(document: Document, standing: Standing) -> Document:
    """Quotations whose authors withdrew them have no words on the page any more."""
    if not standing.withdrawn:
        return document
    return replace(
        document,
        sections=tuple(_struck(one, standing.withdrawn) for one in document.sections),
        roads=tuple(
            replace(road, claim="", mind="") if road.stand.mark in standing.withdrawn else road
            for road in document.roads
        ),
    )


def _struck(section: Section, marks: frozenset[str]) -> Section:
    def struck(block: Block) -> Block:
        if block.quoted is None or block.quoted.cite.mark not in marks:
            return block
        return replace(block, quoted=replace(block.quoted, words="", name="", date=""))

    return replace(section, blocks=tuple(struck(one) for one in section.blocks))


def _files(session: Session, version: PublicationVersion, slug: str) -> tuple[FileLink, ...]:
    rows = session.execute(
        select(PublicationFile.format, func.length(PublicationFile.body)).where(
            PublicationFile.version_id == version.id
        )
    )
    sizes = {name: int(size) for name, size in rows}
    series = version.publication.series.slug
    return tuple(
        FileLink(
            name,
            str(words),
            paths.publication_file(series, slug, version.number, name),
            sizes.get(name, 0),
        )
        for name, (_mime, words) in FORMATS.items()
        if name in sizes or name == "json"
    )


def _lines(
    session: Session, publication: Publication, shown: PublicationVersion
) -> list[VersionLine]:
    rows = session.scalars(
        select(PublicationVersion)
        .where(PublicationVersion.publication_id == publication.id)
        .order_by(PublicationVersion.number.desc())
    )
    series = publication.series.slug
    return [
        VersionLine(
            number=row.number,
            url=paths.publication(series, publication.slug, row.number),
            made_on=clock.day(row.made_at).isoformat(),
            note=row.note,
            hash=row.hash,
            gone=str(GONE[row.withdrawn_why]) if row.withdrawn_why else "",
            is_shown=row.id == shown.id,
        )
        for row in rows
    ]


def _minutes(document: Document | None) -> int:
    if document is None:
        return 0
    said = [
        one.text for part in document.sections for block in part.blocks for one in block.sentences
    ]
    quoted = [
        block.quoted.words for part in document.sections for block in part.blocks if block.quoted
    ]
    words = sum(len(one.split()) for one in (*said, *quoted, *(r.claim for r in document.roads)))
    return max(1, round(words / 200))


def _listed(
    session: Session, viewer: Viewer | None, series: Series, *, may_compose: bool
) -> list[ListedBriefing]:
    found = []
    rows = list_published(session, viewer, series)
    newest = newest_versions(session, rows)
    for row in rows:
        version = newest.get(row.id)
        write = paths.edit_essay if row.kind == "essay" else paths.compose
        found.append(
            ListedBriefing(
                title=title_of(row, version),
                url=paths.publication(series.slug, row.slug) if version else "",
                about=about_of(row)[0],
                version=version.number if version else 0,
                made_on=clock.day(version.made_at).isoformat() if version else "",
                is_draft=version is None,
                is_essay=row.kind == "essay",
                compose_url=write(series.slug, row.slug) if may_compose else "",
            )
        )
    return found
