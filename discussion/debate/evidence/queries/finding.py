"""Finding items while somebody types, and telling whether a thing is there already."""

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.evidence.addresses import url_key
from discussion.debate.evidence.models import EvidenceItem, joined_up
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import visible_items
from discussion.series.series.models import Series

MOST_WORDS = 8
LONGEST_TYPED = 200


def find_items(
    session: Session, viewer: Viewer | None, series: Series, typed: str, limit: int = 8
) -> list[EvidenceItem]:
    """The items whose title, authors and year hold every word typed, best first.

    Best is a title that begins with what was typed, then a word that does, then anything else.
    Nothing typed finds nothing.
    """
    words = words_typed(typed)
    if not words:
        return []
    return list(
        session.scalars(
            select(EvidenceItem)
            .join(Series, Series.id == EvidenceItem.series_id)
            .where(EvidenceItem.series_id == series.id)
            .where(visible_items(viewer))
            .where(EvidenceItem.is_hidden.is_(False))  # not for citing anew
            .where(*hold_words(words))
            .order_by(_rank(words), EvidenceItem.title_folded, EvidenceItem.id)
            .limit(limit)
        )
    )


def find_item(
    session: Session, viewer: Viewer | None, slug: str, public_id: str
) -> EvidenceItem | None:
    """One item of the series with this slug, if the viewer may see it."""
    return session.scalar(
        select(EvidenceItem)
        .join(Series, Series.id == EvidenceItem.series_id)
        .where(Series.slug == slug)
        .where(EvidenceItem.public_id == public_id)
        .where(visible_items(viewer))
    )


def find_same(session: Session, series_id: int, doi: str, url: str) -> EvidenceItem | None:
    """The item with this DOI or an address of this page, whoever may see it."""
    known = ((EvidenceItem.doi, doi), (EvidenceItem.url_key, url_key(url)))
    same = [column == value for column, value in known if value]
    if not same:
        return None
    return session.scalar(
        select(EvidenceItem)
        .where(EvidenceItem.series_id == series_id)
        .where(or_(*same))
        .order_by(EvidenceItem.id)
        .limit(1)
    )


def words_typed(typed: str) -> list[str]:
    """The folded words of what was typed, as many as are looked for."""
    words = text.fold(typed[:LONGEST_TYPED]).split()
    return [word for word in words if any(map(str.isalnum, word))][:MOST_WORDS]


def hold_words(words: list[str]) -> list[ColumnElement[bool]]:
    """Needs EvidenceItem in the query: each word occurs in what the item is found by.

    A word with a hyphen also as one word, or as several.
    """
    return [or_(_holds(joined_up(word)), and_(*map(_holds, word.split("-")))) for word in words]


def _holds(word: str) -> ColumnElement[bool]:
    return EvidenceItem.title_folded.contains(word, autoescape=True)


def _rank(words: list[str]) -> ColumnElement[int]:
    folded = EvidenceItem.title_folded
    return case(
        (folded.startswith(" ".join(words), autoescape=True), 0),
        (folded.contains(" " + words[0], autoescape=True), 1),
        (folded.startswith(words[0], autoescape=True), 1),
        else_=2,
    )
