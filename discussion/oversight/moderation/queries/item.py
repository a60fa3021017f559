"""A contribution as a moderator looks at it: in its context, beside what was decided before."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import clock, paths, text
from discussion.debate.positions.models import (
    EvidenceLink,
    Position,
    Response,
    ResponseText,
    Revision,
)
from discussion.debate.positions.queries.beside import list_neighbours
from discussion.debate.positions.queries.card import Byline, Card, Chip, Link
from discussion.debate.positions.queries.cards import (
    Around,
    link_of,
    list_cards,
    read_around,
    revealed_card,
)
from discussion.debate.positions.queries.held import held_lines
from discussion.debate.positions.queries.labels import label_of
from discussion.debate.positions.queries.naming import byline, coarse_date
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.needs import day_ahead
from discussion.debate.threads.queries.sequence import PUBLISHED_CARDS
from discussion.decisions.drafts import Ruling
from discussion.decisions.targets import in_words as target_in_words
from discussion.decisions.targets import target_of
from discussion.oversight.moderation.queries.alone import may_decide_left
from discussion.oversight.moderation.queries.decided import (
    history_of_voice,
    list_past,
    list_similar,
)
from discussion.oversight.moderation.queries.higher import REPORTED
from discussion.oversight.moderation.queries.letter import draft_letter
from discussion.oversight.moderation.queries.noticed import notices_in
from discussion.oversight.moderation.queries.shapes import Context, Item, ReasonChoice
from discussion.oversight.moderation.queries.twins import list_twins
from discussion.oversight.moderation.queries.versions import find_waiting, fingerprint_sources
from discussion.oversight.moderation.words import FROM_STATES, ON_A_VERSION
from discussion.permissions.facts import Viewer, series_of
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Series
from discussion.series.values.words import OTHER
from discussion.subjects.finding import subject_of
from discussion.vocabulary import of_series

# Positions of a thread among which neighbours are looked for.
_BESIDE = PUBLISHED_CARDS.limit(200)

Contribution = Position | Response

Version = Revision | ResponseText


def open_item(
    session: Session, viewer: Viewer, item: Contribution, draft: Ruling, now: datetime
) -> Item:
    """The version that waits, or else the one that is live, and what the author would read."""
    series, waiting = series_of(item), find_waiting(session, item)
    reasons = list_reasons(series)  # before cards are read: their rows load nothing more
    subject, position = subject_of(item), item.position
    around = read_around(session, [position])
    said = waiting if waiting is not None else item.live
    own_byline = _byline(session, item, around, now)
    card = _card(session, item, said, around, own_byline)
    answer, known = _answer(session, item, said, series), of_series(position.thread.series.slug)
    base = f"{paths.desk()}/{subject.plural}/{item.public_id}"
    is_own = not (allowed(viewer, May.DECIDE, item) or may_decide_left(session, viewer, item))
    return Item(
        kind=subject.plural,
        id=item.public_id,
        state=item.state,
        version_id=waiting.id if waiting else None,
        sources=fingerprint_sources(session, item, waiting),
        is_revision=waiting is not None and item.first_published_at is not None,
        change_reason=subject.change_reason(waiting),
        changes=subject.changes(waiting, around),
        held=held_lines(waiting.held_for, attribution=item.attribution) if waiting else (),
        context=_context(session, viewer, item, position.thread, card),
        card=card,
        live_url=paths.position(position.public_id),
        text=answer.html,
        response_type=subject.beside_words().response_type,
        follows=subject.beside_words().follows,
        response_item=answer.link,
        response_value=answer.chip,
        language=said.language if said else "",
        byline=own_byline,
        noticed=notices_in(session, subject, said, known) if said else (),
        report_urls=() if is_own else _reports(session, item),
        is_own=is_own,
        actions=_actions(item, waiting),
        reasons=reasons,
        decide_url=f"{base}/decide",
        show_author_url=f"{base}/author" if allowed(viewer, May.SHOW_AUTHOR, item) else "",
        author_shown="",
        look_typed="",
        look_problem="",
        past=list_past(session, item),
        history=history_of_voice(session, item),
        similar=list_similar(session, item, series.id, draft.reason),
        letter=draft_letter(session, viewer, series, subject.kind, draft, now),
        rules_url=paths.rules(series.slug),
        within=target_in_words(target_of(series, "contribution")),
    )


def list_reasons(series: Series) -> tuple[ReasonChoice, ...]:
    """The reasons that may be given today, numbered as the series lists them."""
    live = [reason for reason in series.reasons if reason.retired_at is None]
    return tuple(
        ReasonChoice(number, reason.slug, reason.label, reason.explanation)
        for number, reason in enumerate(live, start=1)
    )


def _actions(item: Contribution, waiting: Version | None) -> tuple[str, ...]:
    """To keep something answers a report, and so stands on the report's page."""
    possible = [
        action
        for action, states in FROM_STATES.items()
        if item.state in states and action != "keep"
    ]
    return (*(ON_A_VERSION if waiting is not None else ()), *possible)


def _context(
    session: Session, viewer: Viewer, item: Contribution, thread: Thread, card: Card | None
) -> Context:
    others = list_cards(session, viewer, _BESIDE, thread_id=thread.id)
    shown = card if subject_of(item).is_on_map else None
    return Context(
        question=thread.question,
        url=paths.thread(thread.slug),
        stage=thread.stage,
        until=_stage_ends(thread),
        position_count=_count_positions(session, thread),
        neighbours=list_neighbours(shown, others) if shown else (),
        twins=list_twins(session, item.position, shown.claim) if shown else (),
    )


def _stage_ends(thread: Thread) -> date | None:
    """The day on which it moves on, while that is still to come."""
    return day_ahead(thread, clock.today())[1]


def _count_positions(session: Session, thread: Thread) -> int:
    asked = select(func.count()).select_from(Position).where(Position.thread_id == thread.id)
    return session.scalar(asked.where(Position.state == "published")) or 0


def _card(
    session: Session,
    item: Contribution,
    said: Version | None,
    around: Around,
    own_byline: Byline,
) -> Card | None:
    """The card as its author wrote it: a moderator reads also what is hidden."""
    carded = subject_of(item).carded(session, said.id if said else None)
    if carded is None:
        return None
    card = revealed_card(*carded, around)
    return replace(card, byline=own_byline) if carded[0] is item else card


def _byline(session: Session, item: Contribution, around: Around, now: datetime) -> Byline:
    """Before publication the label without a letter; by name only what publication will show."""
    if item.first_published_at is not None:
        thread_id = item.thread_id
        return byline(item, thread_id, around.letters, item.first_published_at)
    name = item.author.display_name if item.attribution == "named" else label_of(session, item)
    return Byline(name, "", "", "", coarse_date(now, item.attribution), item.attribution)


@dataclass(frozen=True)
class _Answer:
    """The parts of a response."""

    html: Markup
    link: Link | None = None
    chip: Chip | None = None


def _answer(session: Session, item: Contribution, said: Version | None, series: Series) -> _Answer:
    """What a response says, with what it names; nothing of a position."""
    subject = subject_of(item)
    html = text.stored(subject.html(session, said.id) if said else "")
    link = chip = None
    beside = subject.beside_words()
    if beside.item is not None:
        link = link_of(EvidenceLink(item=beside.item, stance="background"), series)
    if (value := beside.value) is not None:
        url = paths.value(series.slug, value.slug)
        chip = Chip(value.slug, value.label, value.family or OTHER, 1, "", url, False)
    return _Answer(html, link, chip)


def _reports(session: Session, item: Contribution) -> tuple[str, ...]:
    """Where the reports on it that wait are answered, the oldest first."""
    kind, public_id = subject_of(item).key
    return tuple(REPORTED()(session, kind, [public_id]).get(public_id, ()))
