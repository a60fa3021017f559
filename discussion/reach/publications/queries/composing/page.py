"""The page on which a briefing is composed."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.queries.cards import card_of, read_around
from discussion.debate.positions.queries.naming import find_letters
from discussion.reach.publications.drafts_marks import POSITION, marks_in
from discussion.reach.publications.models import Publication
from discussion.reach.publications.queries.checks import list_checks
from discussion.reach.publications.queries.composing.picks import Pick, pick_of, worded
from discussion.reach.publications.queries.composing.sources import list_sources, preview
from discussion.reach.publications.queries.document.about import about_of
from discussion.reach.publications.queries.suggesting import Suggestions, suggest
from discussion.reach.publications.words import SECTIONS


@dataclass(frozen=True)
class SectionField:
    purpose: str
    title: str
    hint: str


@dataclass(frozen=True)
class ComposePage:
    series_slug: str
    series_title: str
    title: str
    about: str
    about_url: str
    action_url: str
    check_url: str
    page_url: str
    fields: tuple[SectionField, ...]
    picks: tuple[Pick, ...]
    suggestions: Suggestions
    into: str  # the section into which what is picked goes
    version: int
    stops: int  # how many things stand in the way of publishing


def compose_page(session: Session, publication: Publication, *, into: str = "") -> ComposePage:
    """The draft, with everything that can be put into it."""
    sources = list_sources(session, publication)
    document = preview(session, publication, sources)
    rows = [row.position for row in sources if row.position is not None]
    around = read_around(session, list({row.id: row for row in rows}.values()))
    cards = {
        row.position_id: card_of(row.position, row.revision, around)
        for row in sources
        if row.kind == POSITION
        and row.position is not None
        and row.position_id is not None
        and row.position.state == "published"
    }
    series = publication.series
    about, about_url = about_of(publication)
    said = publication.sections
    used = {mark for one in said.values() for mark in marks_in(one)}
    letters = find_letters(session, {row.thread_id for row in sources if row.thread_id})
    picks = [pick_of(row, used, cards, letters) for row in sources]
    checks = list_checks(session, publication, sources, document)
    return ComposePage(
        series_slug=series.slug,
        series_title=series.title,
        title=publication.title,
        about=about,
        about_url=about_url,
        action_url=paths.compose(series.slug, publication.slug),
        check_url=paths.check_publication(series.slug, publication.slug),
        page_url=paths.publication(series.slug, publication.slug)
        if publication.published_at
        else "",
        fields=tuple(
            SectionField(purpose, str(title), str(hint))
            for purpose, (title, hint) in SECTIONS.items()
        ),
        picks=worded(session, publication, [one for one in picks if one is not None]),
        suggestions=suggest(session, publication, sources, cards, document),
        into=into if into in SECTIONS else "",
        version=publication.draft_version,
        stops=sum(one.stops for one in checks),
    )
