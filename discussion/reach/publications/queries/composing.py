"""The pages on which a briefing is composed, checked, and on which its authors may object."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from discussion import clock, paths
from discussion.debate.positions.models import EvidenceLink, Position, Revision, ValueTag
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.cards import card_of, read_around
from discussion.debate.positions.queries.naming import Letters, byline, find_letters
from discussion.debate.positions.words import RESPONSE_TYPES
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.reach.publications.drafts_marks import (
    ANSWER,
    FINDING,
    OUTCOME,
    POSITION,
    REFERENCE,
    lines_of,
    marks_in,
)
from discussion.reach.publications.models import Publication, PublicationSource, Quoting
from discussion.reach.publications.queries.checks import (
    Check,
    age_of,
    list_checks,
    list_quotings,
)
from discussion.reach.publications.queries.document import Edition, about_of, make_document
from discussion.reach.publications.queries.finding import find_version
from discussion.reach.publications.queries.pool import is_shown, list_threads, newest_findings
from discussion.reach.publications.queries.quoting import sentences_of
from discussion.reach.publications.queries.suggesting import Suggestions, suggest
from discussion.reach.publications.shapes import Document
from discussion.reach.publications.words import SECTIONS


@dataclass(frozen=True)
class Pick:
    """Something that can be put into a section: a source, and the sentences to quote from it."""

    mark: str
    kind: str
    number: int
    family: str
    title: str
    detail: str
    url: str
    sentences: tuple[str, ...]
    is_used: bool


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


def compose_page(session: Session, publication: Publication, *, into: str = "") -> ComposePage:
    """The draft, with everything that can be put into it."""
    sources = list_sources(session, publication)
    document = _preview(session, publication, sources)
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
    picks = [_pick(row, used, cards, letters) for row in sources]
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
        picks=_worded(session, publication, [one for one in picks if one is not None]),
        suggestions=suggest(session, publication, sources, cards, document),
        into=into if into in SECTIONS else "",
        version=publication.draft_version,
        stops=sum(one.stops for one in checks),
    )


def check_page(session: Session, publication: Publication) -> CheckPage:
    """What was looked at, what stops, and how it would read."""
    sources = list_sources(session, publication)
    document = _preview(session, publication, sources)
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


def quoted_page(session: Session, quoting: Quoting) -> QuotedPage:
    """For the author alone: nobody else finds it."""
    publication = quoting.publication
    sources = list_sources(session, publication)
    row = next((one for one in sources if _is_of(one, quoting)), None)
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


def find_objection(session: Session, publication: Publication, public_id: str) -> Quoting | None:
    """One of a publication, to be answered by its moderators."""
    return session.scalar(
        select(Quoting)
        .where(Quoting.public_id == public_id)
        .where(Quoting.publication_id == publication.id)
    )


def list_sources(session: Session, publication: Publication) -> Sequence[PublicationSource]:
    """What can be cited in the draft, with all that a document is made of."""
    return session.scalars(
        select(PublicationSource)
        .where(PublicationSource.publication_id == publication.id)
        .where(PublicationSource.version_id.is_(None))
        .order_by(PublicationSource.id)
        .options(
            joinedload(PublicationSource.thread).selectinload(Thread.scales),
            joinedload(PublicationSource.position).joinedload(Position.author),
            joinedload(PublicationSource.revision).options(
                selectinload(Revision.tags).joinedload(ValueTag.value),
                selectinload(Revision.links).joinedload(EvidenceLink.item),
            ),
            joinedload(PublicationSource.response),
            joinedload(PublicationSource.text),
            joinedload(PublicationSource.item),
        )
    ).all()


def list_about(session: Session, publication: Publication) -> Sequence[Thread]:
    """The threads that it is about."""
    return list_threads(session, publication)


def _preview(
    session: Session, publication: Publication, sources: Sequence[PublicationSource]
) -> Document:
    version = find_version(session, publication)
    edition = Edition(version.number + 1 if version else 1, clock.now(), "", "")
    return make_document(session, publication, publication.sections, sources, edition).document


def _pick(
    row: PublicationSource, used: set[str], cards: Mapping[int, Card], letters: Letters
) -> Pick | None:
    """None for what readers do not see any more."""
    made = _PICKS[row.kind](row, cards, letters)
    return replace(made, mark=row.mark, kind=row.kind, is_used=row.mark in used) if made else None


def _bare(title: str, detail: str, url: str, sentences: tuple[str, ...] = ()) -> Pick:
    return Pick("", "", 0, "", title, detail, url, sentences, False)


def _pick_position(
    row: PublicationSource, cards: Mapping[int, Card], _letters: Letters
) -> Pick | None:
    card = cards.get(row.position_id or 0)
    if card is None:
        return None
    made = _bare(card.claim, card.byline.name, card.url, sentences_of(row))
    return replace(made, number=card.number, family=card.family)


def _pick_response(
    row: PublicationSource, _cards: Mapping[int, Card], letters: Letters
) -> Pick | None:
    response, position = row.response, row.position
    if response is None or position is None:
        return None
    if response.state != "published" or position.state != "published":
        return None
    at = response.first_published_at or response.created_at
    who = byline(response, position.thread_id, letters, at)
    type_words = RESPONSE_TYPES[response.type]
    title = _("%(type)s, to position %(number)s", type=type_words, number=position.number)
    url = paths.response(position.public_id, response.public_id)
    return _bare(title, who.name, url, sentences_of(row))


def _pick_item(
    row: PublicationSource, _cards: Mapping[int, Card], _letters: Letters
) -> Pick | None:
    item = row.item
    if item is None or not is_shown(item):
        return None
    detail = ", ".join(filter(None, (*item.authors[:2], str(item.year or ""))))
    return _bare(item.title, detail, paths.item(item.series.slug, item.public_id))


def _pick_outcome(
    row: PublicationSource, _cards: Mapping[int, Card], _letters: Letters
) -> Pick | None:
    thread = row.thread
    return _bare(_("The outcome"), "", paths.thread(thread.slug)) if thread else None


def _pick_finding(
    row: PublicationSource, _cards: Mapping[int, Card], _letters: Letters
) -> Pick | None:
    thread = row.thread
    title = _("Finding %(code)s", code=row.code)
    return _bare(title, "", paths.findings(thread.slug)) if thread else None


def _worded(session: Session, publication: Publication, picks: Sequence[Pick]) -> tuple[Pick, ...]:
    """Findings with the words of their statements."""
    if not any(one.kind == FINDING for one in picks):
        return tuple(picks)
    found = newest_findings(session, list_threads(session, publication))
    texts = {
        (paths.findings(row.thread.slug), one.code): one.text
        for row, content in found.values()
        for one in content.ratings.statements
    }
    return tuple(
        replace(one, detail=texts.get((one.url, one.mark.lstrip("0123456789")), ""))
        if one.kind == FINDING
        else one
        for one in picks
    )


Picking = Callable[[PublicationSource, Mapping[int, Card], Letters], Pick | None]
_PICKS: dict[str, Picking] = {
    POSITION: _pick_position,
    ANSWER: _pick_response,
    REFERENCE: _pick_item,
    OUTCOME: _pick_outcome,
    FINDING: _pick_finding,
}


def _objections(
    session: Session, publication: Publication, sources: Sequence[PublicationSource]
) -> list[Objection]:
    found = []
    for one in list_quotings(session, publication):
        row = next((row for row in sources if _is_of(row, one)), None)
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


def _is_of(row: PublicationSource, quoting: Quoting) -> bool:
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
