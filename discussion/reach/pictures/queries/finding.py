"""The picture of a series, a thread, a position or a finding; None where a visitor reads none."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.card_statements import asked_cards
from discussion.debate.positions.queries.cards import list_cards
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.finding import find_thread
from discussion.debate.threads.queries.sequence import PUBLISHED_CARDS
from discussion.language import _, language_tag
from discussion.reach.pictures.queries.shapes import Bars, Chip, Mark, Picture
from discussion.reach.pictures.words import CHIP, CHIPS, DOTS, GROUP, SERIES
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.weighing.findings.queries.brief import all_findings
from discussion.weighing.findings.shapes.brief import Brief

_THIS = asked_cards(
    Position.__table__.c.public_id == bindparam("public_id"),
    Position.__table__.c.state == "published",
)


def of_site(site_name: str) -> Picture:
    """Its name."""
    says = _("Positions with their values and evidence")
    return Picture("series", "", says, site_name, language_tag())


def of_series(session: Session, slug: str) -> Picture | None:
    """Its question."""
    series = find_series(session, None, slug)
    if series is None:
        return None
    return Picture(
        "series", _short(series.title), _("A discussion"), series.question, series.language
    )


def of_thread(session: Session, slug: str) -> Picture | None:
    """Its question, and where its positions stand on its first scale."""
    thread = find_thread(session, None, slug)
    if thread is None:
        return None
    cards = list_cards(session, None, PUBLISHED_CARDS, thread_id=thread.id)
    return Picture(
        kind="thread",
        series=_short(thread.series.title),
        label=_label(thread),
        words=thread.question,
        language=thread.language,
        marks=_marks(thread, cards),
    )


def of_position(session: Session, public_id: str) -> Picture | None:
    """Its claim, and the first of the values that it serves; nothing of who wrote it."""
    card = next(iter(list_cards(session, None, _THIS, public_id=public_id)), None)
    if card is None:
        return None
    title = session.scalar(
        select(Series.title)
        .join(Thread, Thread.series_id == Series.id)
        .join(Position, Position.thread_id == Thread.id)
        .where(Position.public_id == public_id)
    )
    return Picture(
        kind="position",
        series=_short(title or ""),
        label=_("A position"),
        words=card.claim,
        language=card.language,
        number=card.number,
        family=card.family,
        chips=_chips(card),
    )


def of_finding(session: Session, slug: str) -> Picture | None:
    """What is found between two groups, with their counts, and the statement that shows it."""
    thread = find_thread(session, None, slug)
    brief = all_findings(session, [thread]).get(thread.id) if thread is not None else None
    if thread is None or brief is None:
        return None
    return Picture(
        kind="finding",
        series=_short(thread.series.title),
        label=_("A finding") if brief.state == "found" else _("Not enough to say"),
        words=brief.sentence,
        language="",
        bars=_bars(brief),
    )


def _chips(card: Card) -> tuple[Chip, ...]:
    """The first value, and the second where there is room for both."""
    chips = [Chip(text.excerpt(chip.label, CHIP), chip.family) for chip in card.served[:2]]
    has_room = sum(len(chip.label) for chip in chips) <= CHIPS
    return tuple(chips if has_room else chips[:1])


def _short(title: str) -> str:
    return text.excerpt(title, SERIES)


def _label(thread: Thread) -> str:
    labels = {
        "proposed": _("A proposed thread"),
        "open": _("A thread"),
        "weighing": _("A thread, being rated"),
        "making_sense": _("A thread with findings"),
        "closed": _("A closed thread"),
    }
    return labels[thread.stage]


def _marks(thread: Thread, cards: Sequence[Card]) -> tuple[Mark, ...]:
    if not thread.scales:
        return ()
    first = thread.scales[0].slug
    placed = [
        Mark(card.family, card.number, place.at)
        for card in cards
        for place in card.places
        if place.scale == first
    ]
    return tuple(sorted(placed, key=lambda mark: (mark.at, mark.number)))[:DOTS]


def _bars(brief: Brief) -> Bars | None:
    """Of the first statement beside the sentence, where both groups may be drawn."""
    if not brief.rows or len(brief.rows[0].cells) != 2:
        return None
    row = brief.rows[0]
    first, second = row.cells
    if not first.shares or not second.shares:
        return None
    return Bars(
        first=text.excerpt(brief.groups[0].title, GROUP),
        second=text.excerpt(brief.groups[1].title, GROUP),
        first_shares=first.shares,
        second_shares=second.shares,
    )
