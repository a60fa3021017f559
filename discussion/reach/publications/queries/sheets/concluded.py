"""The outcome of a closed thread on two pages, and as a table with a row for every position."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from discussion import paths, text
from discussion.debate.positions.queries.card import Card
from discussion.debate.positions.queries.cards import list_cards
from discussion.debate.positions.queries.citing import day_shown
from discussion.debate.positions.words import CHANGE_MINDS
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.finding import find_thread
from discussion.debate.threads.queries.sequence import PUBLISHED_CARDS
from discussion.language import _, _n, in_words
from discussion.permissions.facts import Viewer
from discussion.reach.publications.queries.document.about import span_of
from discussion.reach.publications.queries.document.roads import scale_of_thread
from discussion.reach.publications.queries.document.tables import value_rows
from discussion.reach.publications.shapes import Stand
from discussion.reach.publications.shapes_sheets import (
    OUTCOME,
    Column,
    Line,
    Mark,
    Part,
    Plate,
    Sheet,
    Sheets,
    Table,
)
from discussion.vocabulary import of_series
from discussion.weighing.findings.queries.headline import find_headlines

COLUMNS = (
    Column("part", "text", "question, outcome or position."),
    Column("number", "whole number", "The number of a position in its thread."),
    Column("text", "text", "The question, the outcome, or the claim of a position."),
    Column("who", "text", "Its author as they chose to be named; of an outcome the moderators."),
    Column("as_what", "text", "The role that stands beside a name."),
    Column("date", "day", "As exact as its author chose: a day, or only a month."),
    Column("level", "text", "At which level it is meant."),
    Column("place", "text", "Where it stands on the scales of the thread, in words."),
    Column("serves", "text", "Values that it serves, the first first."),
    Column("outweighs", "text", "Values that it says it outweighs."),
    Column("would_change_mind", "text", "What would change its author’s mind, in their words."),
    Column("version", "whole number", "Which version of the position this is."),
    Column("address", "text", "Where it can be read."),
)


def outcome_sheet(
    session: Session, viewer: Viewer | None, slug: str, site_url: str
) -> Sheet | None:
    """For paper, as the thread’s page says it to this reader; None where it has no outcome."""
    thread = _concluded(session, viewer, slug)
    if thread is None:
        return None
    cards = _cards(session, viewer, thread)
    headline = find_headlines(session, [thread]).get(thread.id)
    outcome = [one for one in text.plain(thread.outcome).split("\n\n") if one.strip()]
    return Sheet(
        kind=OUTCOME,
        title=str(thread.question),
        language=thread.language,
        lead=(outcome[0],) if outcome else (),
        series=str(thread.series.title),
        url=site_url + paths.thread(thread.slug),
        running=_("Outcome, %(day)s", day=in_words(thread.closed_on)) if thread.closed_on
        else _("Outcome"),
        facts=tuple(_facts(thread, cards)),
        parts=(
            *([Part(_("What was concluded"), tuple(outcome[1:]), is_needed=True)]
              if outcome[1:] else []),
            *([Part(_("What was found"), tuple(filter(None, (headline.text, headline.rule))),
                    is_needed=True)] if headline else []),
            _roads(thread, cards),
            *_values(cards),
            *_minds(cards),
        ),
        is_demonstration=thread.series.is_demonstration,
    )  # fmt: skip


def outcome_table(
    session: Session, viewer: Viewer | None, slug: str, site_url: str
) -> Sheets | None:
    """The question, the outcome, and every position that is published."""
    thread = _concluded(session, viewer, slug)
    if thread is None:
        return None
    known = of_series(thread.series.slug)
    here = site_url + paths.thread(thread.slug)
    closed = thread.closed_on.isoformat() if thread.closed_on else ""
    plain = text.plain(thread.outcome)
    blank = ("", "", "", "", "", "")
    rows: list[tuple[str | int | float | None, ...]] = [
        ("question", None, thread.question, "", "", "", *blank[:5], None, here),
        ("outcome", None, plain, _("Moderators"), "", closed, *blank[:5], None, here),
    ]
    for card in _in_order(_cards(session, viewer, thread)):
        by = card.byline
        rows.append(
            (
                "position", card.number, card.claim, by.name, by.detail, day_shown(by.date),
                str(known.level_labels.get(card.level, "")), card.place_words,
                ", ".join(one.label for one in card.served),
                ", ".join(one.label for one in card.outweighed),
                card.change_mind_text, card.version,
                site_url + paths.version(card.id, card.version),
            )
        )  # fmt: skip
    return Sheets(f"outcome-{thread.slug}", COLUMNS, tuple(rows))


def _concluded(session: Session, viewer: Viewer | None, slug: str) -> Thread | None:
    thread = find_thread(session, viewer, slug)
    is_there = thread is not None and thread.stage == "closed" and bool(thread.outcome)
    return thread if is_there else None


def _cards(session: Session, viewer: Viewer | None, thread: Thread) -> list[Card]:
    return list_cards(session, viewer, PUBLISHED_CARDS, thread_id=thread.id)


def _in_order(cards: Sequence[Card]) -> list[Card]:
    return sorted(cards, key=lambda one: one.number)


def _facts(thread: Thread, cards: Sequence[Card]) -> Iterator[tuple[str, str]]:
    if span := span_of([thread]):
        yield _("Open"), span
    yield _("Drawn from"), _n("%(num)s position", "%(num)s positions", len(cards))
    if thread.use_of_result:
        yield _("Use of the result"), thread.use_of_result
    if thread.review_on:
        yield _("Reviewed"), in_words(thread.review_on)


def _roads(thread: Thread, cards: Sequence[Card]) -> Part:
    lines = tuple(
        Line(
            (
                str(one.number),
                one.claim,
                one.byline.name.replace(" · ", "\u00a0·\u00a0"),
                one.place_words,
            )
        )
        for one in _in_order(cards)
    )
    head = (_("No."), _("Position"), _("Who"), _("Where it stands"))
    return Part(
        _("Every position"), plate=_plate(thread, cards), table=Table(head, lines), is_needed=True
    )


def _plate(thread: Thread, cards: Sequence[Card]) -> Plate | None:
    scale = scale_of_thread(thread)
    placed = sorted(
        ((one.places[-1].at, one.number, one.family, one.claim) for one in cards if one.places),
    )
    if scale is None or not placed:
        return None
    said = "; ".join(f"{number}, {claim}" for _at, number, _family, claim in placed)
    alt = _(
        "A map with one scale, from %(low)s on the left to %(high)s on the right. In order: "
        "%(positions)s.",
        low=scale.low,
        high=scale.high,
        positions=said,
    )
    marks = tuple(Mark(at, number, family) for at, number, family, _claim in placed)
    return Plate(scale.low, scale.high, marks, alt)


def _values(cards: Sequence[Card]) -> Iterator[Part]:
    rows = value_rows(cards)
    if rows:
        head = (_("Value"), _("Served by"), _("At a cost to"))
        lines = tuple(Line((row.label, _named(row.served), _named(row.outweighed))) for row in rows)
        yield Part(_("What is served, and what is given up for it"), table=Table(head, lines))


def _minds(cards: Sequence[Card]) -> Iterator[Part]:
    lines = tuple(
        Line(
            (
                str(one.number),
                ", ".join(str(CHANGE_MINDS[kind]) for kind in one.change_mind),
                f"“{one.change_mind_text}”",
            )
        )
        for one in _in_order(cards)
        if one.change_mind_text
    )
    if lines:
        head = (_("No."), _("What kind"), _("In their words"))
        yield Part(_("What would change minds"), table=Table(head, lines))


def _named(stands: Sequence[Stand]) -> str:
    return ", ".join(str(one.number) for one in stands) or _("none")
