"""What a draft could say, for its editor to take or leave: suggested, never written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.analysis.shortlist import proportional_shortlist
from discussion.debate.positions.models import Part, Position
from discussion.debate.positions.queries.card import Card
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.summarising import list_steelmen
from discussion.language import _, _n
from discussion.permissions.facts import OVER_STATUSES
from discussion.reach.publications.drafts_marks import POSITION, marks_in
from discussion.reach.publications.models import Publication, PublicationSource
from discussion.reach.publications.shapes import Document
from discussion.reach.publications.words import SECTIONS
from discussion.series.members.models import Membership

MOST = 5
LEAST = 5  # people, whatever a series says
AGREES = ("4", "5")


@dataclass(frozen=True)
class Side:
    """One side of what is disputed, at its strongest."""

    mark: str
    over: str  # the value
    serves: bool
    words: str
    is_confirmed: bool  # its author said that this is how they would put it


@dataclass(frozen=True)
class Suggestions:
    shortlist: tuple[str, ...]  # marks
    by: str  # by what they were chosen, as a sentence
    sides: tuple[Side, ...]
    missing: tuple[str, ...]  # sentences


def suggest(
    session: Session,
    publication: Publication,
    sources: Sequence[PublicationSource],
    cards: Mapping[int, Card],
    document: Document,
) -> Suggestions:
    """From what is published; private answers count only once a thread is closed, from five."""
    rows = [row for row in sources if row.kind == POSITION and row.position_id in cards]
    chosen, by = _shortlist(session, publication, rows, cards)
    return Suggestions(
        shortlist=chosen,
        by=by,
        sides=tuple(_sides(session, rows, document)),
        missing=tuple(_missing(publication, rows, cards, document)),
    )


def _shortlist(
    session: Session,
    publication: Publication,
    rows: Sequence[PublicationSource],
    cards: Mapping[int, Card],
) -> tuple[tuple[str, ...], str]:
    """By who agrees in private, where five or more admitted people did; else by values served."""
    approvals = _approvals(session, publication.thread, rows)
    if len(approvals) >= LEAST:
        found = proportional_shortlist(approvals, MOST)
        kept = tuple(one.item for one in found.items if one.approved_by >= LEAST)
        if kept:
            return kept, _("By what people answered in private. Between them they speak for most.")
    by_value: dict[str, list[str]] = {}
    for row in rows:
        for chip in cards[row.position_id or 0].served:
            by_value.setdefault(chip.slug or chip.label, []).append(row.mark)
    found = proportional_shortlist(by_value, MOST)
    said = _("By the values that they serve: too few people answered in private to go by that.")
    return tuple(one.item for one in found.items), said


def _approvals(
    session: Session, thread: Thread | None, rows: Sequence[PublicationSource]
) -> dict[str, list[str]]:
    """Person → marks of the positions that they agree with; of a thread that takes none any more.

    While answers can still change, a suggestion that changed with them would tell of one person.
    """
    if thread is None or (thread.stage != "closed" and thread.series.status not in OVER_STATUSES):
        return {}
    marks = {row.position_id: row.mark for row in rows}
    answers = session.execute(
        select(Part.person_id, Part.position_id)
        .join(Position, Position.id == Part.position_id)
        .join(
            Membership,
            (Membership.person_id == Part.person_id) & (Membership.series_id == thread.series_id),
        )
        .where(Part.position_id.in_(marks))
        .where(Part.stance.in_(AGREES))
        .where(Membership.admitted_at.is_not(None))
        .order_by(Part.position_id, Part.person_id)
    )
    found: dict[str, list[str]] = {}
    for person_id, position_id in answers:
        found.setdefault(str(person_id), []).append(marks[position_id])
    return found


def _sides(
    session: Session, rows: Sequence[PublicationSource], document: Document
) -> Iterator[Side]:
    """Of each value that is served and given up: one position of each side."""
    positions = [row.position for row in rows if row.position is not None]
    put = {one.position_id: one for one in list_steelmen(session, positions)}
    by_number = {row.position.number: row for row in rows if row.position is not None}
    for value in document.values:
        if not (value.served and value.outweighed):
            continue
        for stands, serves in ((value.served, True), (value.outweighed, False)):
            numbers = [one.number for one in stands]
            fair = [
                number
                for number in numbers
                if number in by_number
                and (one := put.get(by_number[number].position_id or 0)) is not None
                and one.answer == "yes"
            ]
            row = by_number.get((fair or numbers)[0])
            if row is None or row.revision is None:
                continue
            words = put[row.position_id or 0].text if fair else row.revision.claim
            yield Side(row.mark, value.label, serves, words, bool(fair))


def _missing(
    publication: Publication,
    rows: Sequence[PublicationSource],
    cards: Mapping[int, Card],
    document: Document,
) -> Iterator[str]:
    used = {mark for one in SECTIONS for mark in marks_in(publication.sections.get(one, ""))}
    left = [row.mark for row in rows if row.mark not in used]
    if left:
        yield _n(
            "One position is neither quoted nor cited: %(marks)s.",
            "%(num)s positions are neither quoted nor cited: %(marks)s.",
            len(left),
            marks=", ".join(left[:12]),
        )
    named = {f"P{one.number}" for row in document.values for one in row.served}
    unheard = [
        row.label
        for row in document.values
        if not any(one.mark in used for one in (*row.served, *row.outweighed))
    ]
    if unheard and named:
        yield _("No sentence rests on a position about: %(values)s.", values=", ".join(unheard[:6]))
    opposite = [row.title for row in document.sources if row.supports and row.contradicts]
    if opposite and not publication.sections.get("evidence", "").strip():
        yield _("A source is read in opposite ways: %(title)s.", title=opposite[0])
    levels = {str(cards[row.position_id or 0].level) for row in rows if row.mark in used}
    every = {str(cards[row.position_id or 0].level) for row in rows}
    if used and len(every - levels) > 0:
        yield _("A level at which people wrote is not told of yet.")
