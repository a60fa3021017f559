"""How earlier cycles of a thread ended: the lines on its page, and a page for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from discussion import clock, paths, text
from discussion.debate.positions.queries.cards import list_cards
from discussion.debate.threads.models import Steelman, Thread, ThreadCycle, ThreadSummary
from discussion.debate.threads.queries.beside import put_of
from discussion.debate.threads.queries.finding import find_thread
from discussion.debate.threads.queries.higher import HEADLINES, HELD
from discussion.debate.threads.queries.reasons import list_withheld, reason_shown
from discussion.debate.threads.queries.sequence import CARDS_OF_THREAD
from discussion.debate.threads.queries.shapes import EarlierCycle, Headline, Summary
from discussion.decisions.models import Decision
from discussion.permissions.facts import Viewer
from discussion.subjects.finding import about, subject_of

SAID_LENGTH = 220
LARGEST_NUMBER = 1_000_000  # beyond it no database need be asked


@dataclass(frozen=True)
class Entered:
    """A stage that the thread entered in this cycle, and when."""

    stage: str
    on: date


@dataclass(frozen=True)
class RoundLine:
    """A round of this cycle, at the page of its rules."""

    number: int
    url: str


@dataclass(frozen=True)
class CyclePage:
    """One earlier cycle as it ended; what was taken off the site since is not in it."""

    slug: str
    url: str
    thread_url: str
    series_slug: str
    series_title: str
    question: str
    language: str
    number: int
    stage: str  # from which the thread was reopened
    ended_on: date
    why: str  # the moderators' reason for reopening
    entered: tuple[Entered, ...]
    outcome: Markup  # empty where the cycle did not end with one
    review_on: date | None
    said: str  # the moderators' sentence
    summary: Summary | None
    finding: Headline | None
    rounds: tuple[RoundLine, ...]
    others: tuple[EarlierCycle, ...]


def list_earlier(session: Session, viewer: Viewer | None, thread: Thread) -> list[EarlierCycle]:
    """How each earlier cycle ended, the last one first; asks nothing of a thread's first cycle."""
    if thread.cycle == 1:
        return []
    return _lines(session, thread, HEADLINES()(session, viewer, thread))


def _lines(session: Session, thread: Thread, found: Mapping[int, Headline]) -> list[EarlierCycle]:
    rows = session.scalars(
        select(ThreadCycle)
        .where(ThreadCycle.thread_id == thread.id)
        .order_by(ThreadCycle.number.desc())
    )
    return [_line(thread, row, found.get(row.number)) for row in rows]


def cycle_page(session: Session, viewer: Viewer | None, slug: str, number: int) -> CyclePage | None:
    """An earlier cycle of a thread that the viewer may read; None where there is none."""
    thread = find_thread(session, viewer, slug)
    if thread is None or number > LARGEST_NUMBER:
        return None
    row = session.scalar(
        select(ThreadCycle)
        .where(ThreadCycle.thread_id == thread.id)
        .where(ThreadCycle.number == number)
    )
    if row is None:
        return None
    is_closed = row.stage == "closed"
    found = HEADLINES()(session, viewer, thread)
    return CyclePage(
        slug=thread.slug,
        url=paths.thread_cycle(thread.slug, number),
        thread_url=paths.thread(thread.slug),
        series_slug=thread.series.slug,
        series_title=thread.series.title,
        question=thread.question,
        language=thread.language,
        number=number,
        stage=row.stage,
        ended_on=clock.day(row.ended_at),
        why=_why_reopened(session, thread, row),
        entered=tuple(Entered(stage, date.fromisoformat(on)) for stage, on in row.entered.items()),
        outcome=text.stored(row.outcome_html if is_closed else ""),
        review_on=row.review_on if is_closed else None,
        said=row.summary,
        summary=_summary(session, viewer, thread, row.summary_version),
        finding=found.get(number),
        rounds=tuple(
            RoundLine(each, paths.round(thread.slug, each))
            for each in HELD()(session, viewer, thread, number)
        ),
        others=tuple(each for each in _lines(session, thread, found) if each.number != number),
    )


def _line(thread: Thread, row: ThreadCycle, found: Headline | None) -> EarlierCycle:
    said = row.outcome if row.stage == "closed" else ""
    return EarlierCycle(
        number=row.number,
        url=paths.thread_cycle(thread.slug, row.number),
        stage=row.stage,
        ended_on=clock.day(row.ended_at),
        outcome=text.excerpt(text.sentences(said), SAID_LENGTH) if said else "",
        finding=found.text if found else "",
        rule=found.rule if found else "",
    )


def _why_reopened(session: Session, thread: Thread, row: ThreadCycle) -> str:
    """As the thread's history tells it: a reason that holds what was taken out is not shown."""
    decision = session.scalar(
        select(Decision)
        .where(about(Decision, subject_of(thread)))
        .where(Decision.action == "reopen")
        .where(Decision.at == row.ended_at)
    )
    if decision is None:
        return ""
    withheld = list_withheld(session, thread.series_id)
    return reason_shown(decision.why, decision.public_id, withheld)


def _summary(
    session: Session, viewer: Viewer | None, thread: Thread, version: int | None
) -> Summary | None:
    """The summary that stood then, unless it was taken away since."""
    if version is None:
        return None
    row = session.scalar(
        select(ThreadSummary)
        .where(ThreadSummary.thread_id == thread.id)
        .where(ThreadSummary.version == version)
        .where(ThreadSummary.removed_at.is_(None))
        .options(selectinload(ThreadSummary.steelmen).joinedload(Steelman.position))
    )
    if row is None:
        return None
    cards = list_cards(session, viewer, CARDS_OF_THREAD, thread_id=thread.id)
    by_id = {card.id: card for card in cards}
    return Summary(
        html=text.stored(row.html),
        language=row.language,
        version=row.version,
        written_on=clock.day(row.written_at),
        puts=tuple(
            put_of(put.position.public_id, put.text, put.answer, row.language, by_id)
            for put in row.steelmen
        ),
    )
