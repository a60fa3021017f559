"""What a moderator reads once more before a round opens: which authors have not been heard."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from discussion import paths
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.queries.heard import Heard, who_is_heard
from discussion.weighing.statements.models import Statement
from discussion.weighing.statements.queries.drafting import source_of
from discussion.weighing.statements.queries.finding import answers_of, list_statements, newest_of
from discussion.weighing.statements.words import KINDS


@dataclass(frozen=True)
class Unheard:
    """A statement of which an author has not said whether it is fair."""

    kind_label: str
    text: str
    url: str
    positions: tuple[tuple[int, str], ...]  # number and address, where the viewer reads it


@dataclass(frozen=True)
class OpenPage:
    """What is asked once more before a round opens."""

    slug: str
    question: str
    series_slug: str
    series_title: str
    number: int
    statements: int
    closes_at: datetime
    unheard: tuple[Unheard, ...]
    unheard_positions: int
    heard: Heard
    plan_url: str
    open_url: str


def open_page(session: Session, viewer: Viewer, round: Round) -> OpenPage:
    """The planned round as it would open now.

    Authors are named by their positions' numbers, as on the pages of statements: an author who
    wrote two of them has not been heard on either, so nothing tells that the two are one person's.
    """
    thread = round.thread
    require(viewer, May.RUN_ROUND, thread)
    chosen = {row.version.statement_id for row in round.statements}
    rows = [row for row in list_statements(session, thread) if row.id in chosen]
    unheard = tuple(one for row in rows if (one := _unheard(viewer, row)).positions)
    return OpenPage(
        slug=thread.slug,
        question=thread.question,
        series_slug=thread.series.slug,
        series_title=thread.series.title,
        number=round.number,
        statements=len(rows),
        closes_at=round.closes_at,
        unheard=unheard,
        unheard_positions=len({number for one in unheard for number, _url in one.positions}),
        heard=who_is_heard(session, viewer, thread),
        plan_url=paths.plan_round(thread.slug),
        open_url=f"{paths.plan_round(thread.slug)}/open",
    )


def _unheard(viewer: Viewer, statement: Statement) -> Unheard:
    newest = newest_of(statement)
    answers = answers_of(statement, newest)
    sources = [
        source_of(viewer, statement, row, {}, answers[row.position_id])
        for row in statement.sources
        if row.position_id in answers
    ]
    waiting = sorted((one.number, one.url) for one in sources if one.answer == "unanswered")
    return Unheard(
        kind_label=str(KINDS[statement.kind]),
        text=newest.text,
        url=paths.drafted_statement(statement.thread.slug, statement.public_id),
        positions=tuple(waiting),
    )
