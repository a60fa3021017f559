"""How somebody is quoted, for themselves."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.positions.queries.naming import byline, find_letters
from discussion.permissions.facts import Viewer
from discussion.reach.publications.drafts_marks import lines_of
from discussion.reach.publications.models import Publication, PublicationSource, Quoting
from discussion.reach.publications.queries.composing.sources import list_sources
from discussion.reach.publications.queries.document.about import about_of
from discussion.reach.publications.words import SECTIONS


@dataclass(frozen=True)
class QuotedPage:
    """How somebody is quoted, for themselves."""

    series_slug: str
    series_title: str
    title: str
    about: str
    about_url: str
    words: tuple[str, ...]
    named: str
    around: tuple[str, ...]  # the lines before and after
    until: date
    can_object: bool
    objection: str
    answer: str
    action_url: str


def quoted_page(session: Session, quoting: Quoting) -> QuotedPage:
    """For the author alone: nobody else finds it."""
    publication = quoting.publication
    sources = list_sources(session, publication)
    row = next((one for one in sources if is_of(one, quoting)), None)
    about, about_url = about_of(publication)
    found = _lines_about(publication, row.mark) if row is not None else ([], [])
    written = quoting.response or quoting.position
    letters = find_letters(session, {written.position.thread_id} if written else ())
    named = (
        byline(
            written,
            written.position.thread_id,
            letters,
            written.first_published_at or written.created_at,
        ).name
        if written is not None
        else ""
    )
    return QuotedPage(
        series_slug=publication.series.slug,
        series_title=publication.series.title,
        title=publication.title,
        about=about,
        about_url=about_url,
        words=tuple(found[0]),
        named=named,
        around=tuple(found[1]),
        until=quoting.until,
        can_object=clock.today() <= quoting.until,
        objection=quoting.objection,
        answer=quoting.answer,
        action_url=paths.quoted(quoting.public_id),
    )


def find_quoting(session: Session, viewer: Viewer | None, public_id: str) -> Quoting | None:
    """One that the viewer may answer as its author; nobody else knows that it is there."""
    row = session.scalar(select(Quoting).where(Quoting.public_id == public_id))
    return row if row is not None and viewer and row.author_id == viewer.person_id else None


def is_of(row: PublicationSource, quoting: Quoting) -> bool:
    if quoting.response_id is not None:
        return row.response_id == quoting.response_id
    return row.response_id is None and row.position_id == quoting.position_id


def _lines_about(publication: Publication, mark: str) -> tuple[list[str], list[str]]:
    """The quotations from one source, and the editor's sentences that cite it."""
    quoted: list[str] = []
    cited: list[str] = []
    for purpose in SECTIONS:
        for line in lines_of(publication.sections.get(purpose, "")):
            for one in line.sentences:
                if mark in one.marks:
                    (quoted if line.kind == "quote" else cited).append(one.text)
    return quoted, cited
