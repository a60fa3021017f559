"""What authors are asked about statements that draw on their positions, and what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session, contains_eager

from discussion import paths
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.higher import AskedOf
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import visible_threads
from discussion.weighing.statements.models import (
    Confirmation,
    Statement,
    StatementSource,
    StatementVersion,
)
from discussion.weighing.statements.queries.finding import (
    answers_of,
    find_asked,
    newest_of,
    standings_of,
    why_shut,
)


@dataclass(frozen=True)
class OwnSource:
    """A position of the viewer's that the statement draws on."""

    number: int
    claim: str
    language: str
    url: str


@dataclass(frozen=True)
class FairPage:
    """For the author alone."""

    id: str  # of what is asked
    text: str
    kind: str
    version: int
    before: str  # the wording that they answered before, if it was reworded since
    action_url: str
    sources: tuple[OwnSource, ...]
    other_count: int  # positions that it draws on besides
    answer: str
    said: str
    answer_by: date | None
    shut: str
    thread_question: str
    thread_url: str
    series_slug: str
    series_title: str
    left: tuple[AskedOf, ...]  # in the same thread, and not answered yet


def list_asked(
    session: Session, viewer: Viewer, today: date, *, thread: Thread | None = None
) -> tuple[AskedOf, ...]:
    """Every statement of which the viewer is asked, in threads that they read; what waits first.

    Retired ones are left out. The number of queries does not depend on how many there are.
    """
    rows = _rows(session, viewer.person_id, visible_threads(viewer), thread)
    standings = standings_of(session, [row.version.statement_id for row in rows])
    asked = []
    for row in rows:
        statement = row.version.statement
        shut = why_shut(statement, row.version, standings.get(statement.id, ()), today)
        asked.append(
            AskedOf(
                text=row.version.text,
                kind=statement.kind,
                url=paths.is_it_fair(statement.thread.slug, statement.public_id),
                thread_question=statement.thread.question,
                answer=row.answer,
                answer_by=row.version.answer_by,
                shut=shut,
            )
        )
    return tuple(sorted(asked, key=lambda one: (bool(one.shut), one.answer != "unanswered")))


def list_unanswered(
    session: Session, person_id: int, thread: Thread, today: date
) -> list[tuple[Statement, StatementVersion]]:
    """What a letter asks somebody about a thread; nothing that can no longer be answered."""
    rows = [row for row in _rows(session, person_id, true(), thread) if row.answer == "unanswered"]
    standings = standings_of(session, [row.version.statement_id for row in rows])
    return [
        (row.version.statement, row.version)
        for row in rows
        if not why_shut(
            row.version.statement, row.version, standings.get(row.version.statement_id, ()), today
        )
    ]


def _rows(
    session: Session, person_id: int, where: ColumnElement[bool], thread: Thread | None
) -> Sequence[Confirmation]:
    """What is asked of newest wordings that draw on positions of the person."""
    newest = (
        select(func.max(StatementVersion.version))
        .where(StatementVersion.statement_id == Statement.id)
        .correlate(Statement)
        .scalar_subquery()
    )
    own = (
        select(StatementSource.id)
        .join(Position, Position.id == StatementSource.position_id)
        .where(StatementSource.statement_id == Statement.id)
        .where(Position.author_id == person_id)
        .correlate(Statement)
    )
    query = (
        select(Confirmation)
        .join(Confirmation.version)
        .join(StatementVersion.statement)
        .join(Statement.thread)
        .join(Thread.series)
        .where(Confirmation.person_id == person_id)
        .where(StatementVersion.version == newest)
        .where(Statement.retired_at.is_(None))
        .where(own.exists())
        .where(where)
        .order_by(Statement.thread_id, Statement.order, Statement.id)
        .options(
            contains_eager(Confirmation.version)
            .contains_eager(StatementVersion.statement)
            .contains_eager(Statement.thread)
            .contains_eager(Thread.series)
        )
    )
    if thread is not None:
        query = query.where(Statement.thread_id == thread.id)
    return session.scalars(query).all()


def find_own_confirmation(session: Session, viewer: Viewer, public_id: str) -> Confirmation | None:
    """What the viewer is asked of a statement, if they may read the thread where it stands."""
    row = find_asked(session, viewer.person_id, public_id)
    if row is None:
        return None
    may_read = (
        select(Thread.id)
        .join(Thread.series)
        .where(Thread.id == row.version.statement.thread_id)
        .where(visible_threads(viewer))
    )
    return row if session.scalar(may_read) is not None else None


def fair_page(session: Session, viewer: Viewer, row: Confirmation, today: date) -> FairPage:
    """The page for what `find_own_confirmation` found."""
    statement = row.version.statement
    thread = statement.thread
    newest = newest_of(statement)
    answered = answers_of(statement, newest)
    own = [one.position for one in statement.sources if answered.get(one.position_id) is row]
    standings = standings_of(session, [statement.id]).get(statement.id, ())
    left = list_asked(session, viewer, today, thread=thread)
    url = paths.is_it_fair(thread.slug, statement.public_id)
    return FairPage(
        id=row.public_id,
        text=newest.text,
        kind=statement.kind,
        version=newest.version,
        before=_answered_before(statement, viewer.person_id) if row.answer == "unanswered" else "",
        action_url=url,
        sources=tuple(_own_source(position) for position in own),
        other_count=len(statement.sources) - len(own),
        answer=row.answer,
        said=row.said,
        answer_by=newest.answer_by,
        shut=why_shut(statement, newest, standings, today),
        thread_question=thread.question,
        thread_url=paths.thread(thread.slug),
        series_slug=thread.series.slug,
        series_title=thread.series.title,
        left=tuple(
            one for one in left if one.answer == "unanswered" and not one.shut and one.url != url
        ),
    )


def _answered_before(statement: Statement, person_id: int) -> str:
    """The latest earlier wording to which somebody gave an answer."""
    for version in reversed(statement.versions[:-1]):
        if any(
            row.person_id == person_id and row.answer != "unanswered"
            for row in version.confirmations
        ):
            return version.text
    return ""


def _own_source(position: Position) -> OwnSource:
    live = position.live
    return OwnSource(
        number=position.number or 0,
        claim=live.claim if live else "",
        language=live.language if live else position.thread.language,
        url=paths.position(position.public_id),
    )
