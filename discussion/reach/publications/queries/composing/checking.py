"""The page of its checks: what stops it, who objects, how it would read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.reach.publications.models import Publication, PublicationSource, Quoting
from discussion.reach.publications.queries.checks import Check, age_of, list_checks, list_quotings
from discussion.reach.publications.queries.composing.quoted import is_of
from discussion.reach.publications.queries.composing.sources import list_sources, preview
from discussion.reach.publications.queries.finding import find_version
from discussion.reach.publications.shapes import Document


@dataclass(frozen=True)
class Objection:
    """What somebody whom it quotes objects to; nothing says more of them than the quotation."""

    id: str
    mark: str
    words: str
    answer: str
    url: str


@dataclass(frozen=True)
class CheckPage:
    series_slug: str
    series_title: str
    title: str
    compose_url: str
    action_url: str
    page_url: str
    checks: tuple[Check, ...]
    can_publish: bool
    is_first: bool
    version: int
    age: int | None
    tells_until: date | None
    objections: tuple[Objection, ...]
    preview: Document


def check_page(session: Session, publication: Publication) -> CheckPage:
    """What was looked at, what stops, and how it would read."""
    sources = list_sources(session, publication)
    document = preview(session, publication, sources)
    checks = list_checks(session, publication, sources, document)
    series, version = publication.series, find_version(session, publication)
    return CheckPage(
        series_slug=series.slug,
        series_title=series.title,
        title=publication.title,
        compose_url=paths.compose(series.slug, publication.slug),
        action_url=paths.check_publication(series.slug, publication.slug),
        page_url=paths.publication(series.slug, publication.slug) if version else "",
        checks=checks,
        can_publish=not any(one.stops for one in checks),
        is_first=version is None,
        version=version.number if version else 0,
        age=age_of(publication),
        tells_until=publication.tells_until,
        objections=tuple(_objections(session, publication, sources)),
        preview=document,
    )


def find_objection(session: Session, publication: Publication, public_id: str) -> Quoting | None:
    """One of a publication, to be answered by its moderators."""
    return session.scalar(
        select(Quoting)
        .where(Quoting.public_id == public_id)
        .where(Quoting.publication_id == publication.id)
    )


def _objections(
    session: Session, publication: Publication, sources: Sequence[PublicationSource]
) -> list[Objection]:
    found = []
    for one in list_quotings(session, publication):
        row = next((row for row in sources if is_of(row, one)), None)
        if one.objected_at is not None:
            found.append(
                Objection(
                    one.public_id,
                    row.mark if row else "",
                    one.objection,
                    one.answer,
                    paths.check_publication(publication.series.slug, publication.slug)
                    + f"/{one.public_id}",
                )
            )
    return found
