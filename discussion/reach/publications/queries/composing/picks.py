"""What can be put into a section: each kind of source in a line, with sentences to quote."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.naming import Letters, byline
from discussion.debate.positions.words import QUOTED_TYPES
from discussion.language import _
from discussion.reach.publications.drafts_marks import ANSWER, FINDING, OUTCOME, POSITION, REFERENCE
from discussion.reach.publications.models import Publication, PublicationSource
from discussion.reach.publications.queries.pool import is_shown, list_threads, newest_findings
from discussion.reach.publications.queries.quoting import sentences_of


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


def pick_of(
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
    type_words = QUOTED_TYPES[response.type]
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


def worded(session: Session, publication: Publication, picks: Sequence[Pick]) -> tuple[Pick, ...]:
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
