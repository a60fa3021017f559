"""The page of its checks: what stops it, who objects, how it would read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries import link_in_words
from discussion.debate.evidence.queries.links import address_of
from discussion.language import _
from discussion.reach.publications.files.pdf import pages_on_paper
from discussion.reach.publications.models import Publication, PublicationSource, Quoting
from discussion.reach.publications.queries.checks import (
    Check,
    age_of,
    list_checks,
    list_held,
    list_quotings,
)
from discussion.reach.publications.queries.composing.quoted import is_of
from discussion.reach.publications.queries.composing.sources import list_sources, preview
from discussion.reach.publications.queries.finding import find_version
from discussion.reach.publications.shapes import Document, Section
from discussion.reach.publications.words import MOST_PAGES


@dataclass(frozen=True)
class Objection:
    """What somebody whom it quotes objects to; nothing says more of them than the quotation."""

    id: str
    mark: str
    words: str
    answer: str
    url: str


@dataclass(frozen=True)
class HeldReference:
    """A reference whose link is not known to work, and what a moderator can do about that."""

    id: str
    mark: str
    title: str
    link_url: str
    says: str  # what is known of the link
    judge_url: str  # where they say that they opened it
    archive_url: str  # a form, for the address of a copy


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
    held: tuple[HeldReference, ...]
    preview: Document


def check_page(session: Session, publication: Publication) -> CheckPage:
    """What was looked at, what stops, and how it would read."""
    sources = list_sources(session, publication)
    document = preview(session, publication, sources)
    checks = list_checks(session, publication, sources, document)
    checks = (*checks, *_on_paper(document))
    held = list_held(sources, document)
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
        held=tuple(_held(publication, mark, item) for mark, item in held),
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


def _held(publication: Publication, mark: str, item: EvidenceItem) -> HeldReference:
    slug = publication.series.slug
    return HeldReference(
        id=item.public_id,
        mark=mark,
        title=item.title,
        link_url=address_of(item),
        says=link_in_words(item),
        judge_url=paths.judge_item(slug, item.public_id),
        archive_url=paths.keep_archive(slug, publication.slug, item.public_id),
    )


def _on_paper(document: Document) -> Iterator[Check]:
    """That it is longer than two sides, and which sections are the longest."""
    pages = pages_on_paper(document)
    if pages <= MOST_PAGES:
        return
    longest = sorted(document.sections, key=_words_in, reverse=True)[:3]
    named = ", ".join(f"“{one.title}”" for one in longest)
    yield Check(
        "",
        _(
            "On paper it takes %(pages)s pages, even in the smallest type. A busy reader reads "
            "two. The longest sections are %(sections)s.",
            pages=pages,
            sections=named,
        ),
        False,
    )


def _words_in(section: Section) -> int:
    said = [one.text for block in section.blocks for one in block.sentences]
    quoted = [block.quoted.words for block in section.blocks if block.quoted]
    return sum(len(one.split()) for one in (*said, *quoted))
