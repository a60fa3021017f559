"""What a register of DOIs is told of a version, and of which versions it is to be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.config import Settings
from discussion.language import _
from discussion.permissions.facts import READABLE_STATUSES
from discussion.reach.publications.models import Publication, PublicationVersion
from discussion.reach.publications.words import FINDABLE, GONE, HIDDEN
from discussion.series.series.models import Series

EVENTS = {FINDABLE: "publish", HIDDEN: "hide"}
KINDS = {"briefing": ("Report", "Briefing"), "essay": ("Text", "Essay")}
SCHEMA = "http://datacite.org/schema/kernel-4"


@dataclass(frozen=True)
class Entry:
    """What the register is to hold of one DOI."""

    doi: str
    state: str  # of words: findable or registered
    attributes: dict[str, Any]  # as DataCite’s REST interface names them


def doi_prefix(settings: Settings) -> str:
    """How DOIs of this site begin; empty while nobody registers any."""
    return settings.datacite_prefix if settings.datacite_url else ""


def doi_for(prefix: str, publication: Publication, number: int) -> str:
    """The DOI of a version, which nobody has to ask for; empty where none is given.

    What not everybody may find is in no register.
    """
    if not prefix or not is_findable(publication.series):
        return ""
    return f"{prefix}/{publication.public_id}.v{number}"


def is_findable(series: Series) -> bool:
    return series.visibility == "public" and series.status in READABLE_STATUSES


def wanted_state(version: PublicationVersion) -> str:
    """How its DOI should stand: found by all while it stands, hidden once it is withdrawn."""
    is_shown = version.withdrawn_at is None and is_findable(version.publication.series)
    return FINDABLE if is_shown else HIDDEN


def list_wrong(session: Session) -> Sequence[PublicationVersion]:
    """Versions whose DOI is known to stand otherwise than it should."""
    rows = session.scalars(
        select(PublicationVersion)
        .where(PublicationVersion.doi_state.in_((FINDABLE, HIDDEN)))
        .options(joinedload(PublicationVersion.publication).joinedload(Publication.series))
    )
    return [row for row in rows if row.doi_state != wanted_state(row)]


def entry_of(version: PublicationVersion, site_url: str, site_name: str) -> Entry:
    """As it should stand now. Of a version that is withdrawn nothing is told but that it is."""
    publication, state = version.publication, wanted_state(version)
    series = publication.series
    url = site_url + paths.publication(series.slug, publication.slug, version.number)
    general, kind = KINDS[publication.kind]
    said = version.snapshot if state == FINDABLE else {}
    host = series.host or site_name or series.title
    title = said.get("title") or _("A version that can no longer be read")
    author = said.get("author", "")
    creator = (
        {"name": author, "nameType": "Personal"}
        if author
        else {"name": str(series.title) if said else host, "nameType": "Organizational"}
    )
    told = said.get("standfirst") or said.get("about") or str(GONE.get(version.withdrawn_why, ""))
    attributes: dict[str, Any] = {
        "doi": version.doi,
        "event": EVENTS[state],
        "url": url,
        "titles": [{"title": str(title)}],
        "creators": [creator],
        "publisher": {"name": host},
        "publicationYear": clock.day(version.made_at).year,
        "types": {"resourceTypeGeneral": general, "resourceType": kind},
        "version": str(version.number),
        "language": said.get("language", publication.language),
        "descriptions": [{"description": str(told), "descriptionType": "Abstract"}] if told else [],
        "relatedIdentifiers": _before(version),
        "schemaVersion": SCHEMA,
    }
    return Entry(version.doi, state, attributes)


def _before(version: PublicationVersion) -> list[dict[str, str]]:
    """The version before it, where that has a DOI."""
    return [
        {
            "relatedIdentifier": one.doi,
            "relatedIdentifierType": "DOI",
            "relationType": "IsNewVersionOf",
        }
        for one in version.publication.versions
        if one.doi and one.number == version.number - 1
    ]
