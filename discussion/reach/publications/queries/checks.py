"""What stands between a draft and its publication, and what its editor should look at again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import clock
from discussion.debate.evidence.models import EvidenceItem
from discussion.language import _, in_words
from discussion.reach.publications.drafts_marks import lines_of, marks_in, quotations_in
from discussion.reach.publications.drafts_reading import reading_age
from discussion.reach.publications.models import Publication, PublicationSource, Quoting
from discussion.reach.publications.queries.pool import is_shown
from discussion.reach.publications.queries.quoting import is_exact
from discussion.reach.publications.shapes import Document
from discussion.reach.publications.words import DISPUTED, HELD, MINORITY, SECTIONS

SURE = ("ok", "moved")


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; where it stops, nothing is published."""

    section: str  # of words.SECTIONS; "" where it is about the whole
    says: str
    stops: bool


def list_checks(
    session: Session,
    publication: Publication,
    sources: Sequence[PublicationSource],
    document: Document,
) -> tuple[Check, ...]:
    """In the order of the page; what stops comes first."""
    by_mark = {row.mark: row for row in sources}
    made = [
        *_marks(publication, by_mark),
        *_quotations(publication, by_mark),
        *_minority(publication, document),
        *_links(by_mark, document),
        *_authors(session, publication, by_mark),
        *_editors(publication),
        *_empty(publication),
    ]
    return tuple(sorted(made, key=lambda one: not one.stops))


def age_of(publication: Publication) -> int | None:
    """The reading age of what the editor wrote; quotations are their authors'."""
    words = " ".join(
        one.text
        for purpose in SECTIONS
        for line in lines_of(publication.sections.get(purpose, ""))
        if line.kind in ("text", "item")
        for one in line.sentences
    )
    return reading_age(words)


def is_apart(document: Document) -> bool:
    """Whether anything is: a value that one serves and another gives up, or a disputed part."""
    written = any(one.purpose in DISPUTED[:1] and one.blocks for one in document.sections)
    return written or any(row.served and row.outweighed for row in document.values)


def words_hash(publication: Publication, mark: str) -> str:
    """Of every quotation from one source, as its author was told of them."""
    said = [
        one.text
        for purpose in SECTIONS
        for one in quotations_in(publication.sections.get(purpose, ""))
        if one.marks == (mark,)
    ]
    return sha256("\n".join(said).encode()).hexdigest()


def quoted_marks(publication: Publication) -> tuple[str, ...]:
    """Of what is quoted anywhere, once."""
    found = (
        one.marks[0]
        for purpose in SECTIONS
        for one in quotations_in(publication.sections.get(purpose, ""))
    )
    return tuple(dict.fromkeys(found))


def list_quotings(session: Session, publication: Publication) -> Sequence[Quoting]:
    """Everybody who was told, and what they said."""
    return session.scalars(
        select(Quoting)
        .where(Quoting.publication_id == publication.id)
        .order_by(Quoting.id)
        .options(joinedload(Quoting.position), joinedload(Quoting.response))
    ).all()


def quoting_of(quotings: Sequence[Quoting], row: PublicationSource) -> Quoting | None:
    """What its author was told of one source."""
    position_id = None if row.response_id else row.position_id
    return next(
        (
            one
            for one in quotings
            if (one.position_id, one.response_id) == (position_id, row.response_id)
        ),
        None,
    )


def _marks(publication: Publication, by_mark: Mapping[str, PublicationSource]) -> Iterator[Check]:
    for purpose in SECTIONS:
        for mark in marks_in(publication.sections.get(purpose, "")):
            if mark not in by_mark:
                says = _("There is no %(mark)s to cite. Look for it in the list.", mark=mark)
                yield Check(purpose, says, True)
            elif not _may_be_read(by_mark[mark]):
                says = _("%(mark)s is no longer shown to readers. Take it out.", mark=mark)
                yield Check(purpose, says, True)


def _may_be_read(row: PublicationSource) -> bool:
    if row.item is not None:
        return is_shown(row.item)
    return all(one.state == "published" for one in (row.position, row.response) if one is not None)


def _quotations(
    publication: Publication, by_mark: Mapping[str, PublicationSource]
) -> Iterator[Check]:
    for purpose in SECTIONS:
        for one in quotations_in(publication.sections.get(purpose, "")):
            row = by_mark.get(one.marks[0])
            if row is None or not _may_be_read(row):
                continue
            if not is_exact(one, row):
                says = _(
                    "This is not exactly what %(mark)s says, or cuts a sentence without an "
                    "ellipsis: “%(words)s”",
                    mark=one.marks[0],
                    words=one.text[:80],
                )
                yield Check(purpose, says, True)
            if _is_older(row):
                says = _("%(mark)s has a newer version than the one that is quoted.", mark=row.mark)
                yield Check(purpose, says, False)


def _is_older(row: PublicationSource) -> bool:
    if row.response_id is not None or row.position is None:
        return False
    return row.position.live_revision_id != row.revision_id


def _minority(publication: Publication, document: Document) -> Iterator[Check]:
    written = publication.sections.get(MINORITY, "")
    if is_apart(document) and not quotations_in(written):
        yield Check(
            MINORITY,
            _("People are apart here, so the minority view is needed, in its authors’ own words."),
            True,
        )


def list_held(
    sources: Sequence[PublicationSource], document: Document
) -> list[tuple[str, EvidenceItem]]:
    """The references that lead nowhere as far as is known, each by its mark; these stop it."""
    shown = {one.cited.id for one in document.references}
    return [
        (row.mark, row.item)
        for row in sources
        if row.item is not None
        and row.item.public_id in shown
        and is_shown(row.item)
        and not _leads_somewhere(row.item)
    ]


def _links(by_mark: Mapping[str, PublicationSource], document: Document) -> Iterator[Check]:
    for mark, item in list_held(list(by_mark.values()), document):
        says = HELD.get(item.link_state, HELD[""]) % {"mark": mark, "title": item.title}
        yield Check("", says, True)


def _leads_somewhere(item: EvidenceItem) -> bool:
    if item.archive_url or not (item.url or item.doi):
        return True
    return item.link_state in SURE


def _authors(
    session: Session, publication: Publication, by_mark: Mapping[str, PublicationSource]
) -> Iterator[Check]:
    quotings = list_quotings(session, publication)
    found = [row for mark in quoted_marks(publication) if (row := by_mark.get(mark))]
    rows = [row for row in found if row.position_id is not None]  # nothing else has an author
    told = {row.mark: quoting_of(quotings, row) for row in rows}
    untold = [
        mark
        for mark, one in told.items()
        if one is None or one.words_hash != words_hash(publication, mark)
    ]
    if untold:
        says = _(
            "The authors of %(marks)s do not know yet how they are quoted.",
            marks=", ".join(untold),
        )
        yield Check("", says, True)
    until = max((one.until for one in told.values() if one), default=publication.tells_until)
    if not untold and until is not None and clock.today() <= until:
        yield Check("", _("Authors may object until %(day)s.", day=in_words(until)), True)
    for mark, one in told.items():
        if one is not None and one.objected_at is not None and one.answered_at is None:
            says = _("The author of %(mark)s objects. Answer them first.", mark=mark)
            yield Check("", says, True)


def _editors(publication: Publication) -> Iterator[Check]:
    for purpose in SECTIONS:
        alone = [
            one.text
            for line in lines_of(publication.sections.get(purpose, ""))
            if line.kind in ("text", "item")
            for one in line.sentences
            if not one.marks
        ]
        if alone:
            says = _(
                "Shown as the editor’s own, since nothing is cited: “%(words)s”",
                words=alone[0][:80],
            )
            yield Check(purpose, says, False)


def _empty(publication: Publication) -> Iterator[Check]:
    for purpose in ("question", "shared", "disputed", "happens"):
        if not publication.sections.get(purpose, "").strip():
            yield Check(
                purpose,
                _("“%(title)s” is empty.", title=SECTIONS[purpose][0]),
                purpose == "question",
            )
