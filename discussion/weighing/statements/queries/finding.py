"""Finding statements, the rounds in which their wordings stand, and what authors said to them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import OVER_STATUSES, TEXT_STATES
from discussion.weighing.rounds.models import Round, RoundStatement
from discussion.weighing.statements.models import (
    Confirmation,
    Statement,
    StatementSource,
    StatementVersion,
)

# In these stages statements are drafted, for the round to come.
DRAFTED_STAGES = ("open", "weighing", "making_sense")


@dataclass(frozen=True)
class Standing:
    """One wording of a statement in one round."""

    statement_id: int
    version_id: int
    version: int
    code: str
    round_id: int
    number: int
    state: str  # planned, open, closed
    is_imported: bool
    is_out: bool  # moderated out where it was held, and so shown nowhere
    attribution: str  # of imported ratings


def list_statements(session: Session, thread: Thread) -> Sequence[Statement]:
    """Every statement of the thread, retired ones too, with versions, answers and sources."""
    return session.scalars(
        select(Statement)
        .where(Statement.thread_id == thread.id)
        .order_by(Statement.order, Statement.id)
        .options(*_WHOLE)
        .execution_options(populate_existing=True)
    ).all()


def find_statement(session: Session, thread: Thread, public_id: str) -> Statement | None:
    """One statement of the thread; the caller has asked whether the viewer may see it."""
    return session.scalar(
        select(Statement)
        .where(Statement.thread_id == thread.id)
        .where(Statement.public_id == public_id)
        .options(*_WHOLE)
        .execution_options(populate_existing=True)
    )


_WHOLE = (
    joinedload(Statement.thread),
    selectinload(Statement.versions).selectinload(StatementVersion.confirmations),
    selectinload(Statement.sources)
    .joinedload(StatementSource.position)
    .options(joinedload(Position.live), joinedload(Position.thread)),
)


def newest_of(statement: Statement) -> StatementVersion:
    """The wording that stands."""
    return statement.versions[-1]


def standings_of(
    session: Session, statement_ids: Collection[int]
) -> Mapping[int, tuple[Standing, ...]]:
    """Statement id → where each of its wordings stands, by number of round."""
    rows = session.execute(
        select(RoundStatement, StatementVersion, Round)
        .join(StatementVersion, StatementVersion.id == RoundStatement.version_id)
        .join(Round, Round.id == RoundStatement.round_id)
        .where(StatementVersion.statement_id.in_(statement_ids))
        .order_by(Round.number)
    )
    found: dict[int, list[Standing]] = defaultdict(list)
    for row, version, round in rows:
        found[version.statement_id].append(
            Standing(
                version.statement_id,
                version.id,
                version.version,
                row.code,
                round.id,
                round.number,
                round.state,
                bool(round.imported_from),
                row.is_out,
                round.attribution,
            )
        )
    return {statement_id: tuple(standings) for statement_id, standings in found.items()}


def answers_of(statement: Statement, version: StatementVersion) -> dict[int, Confirmation]:
    """Position id → what its author says to a wording, of those that the statement draws on.

    Whoever wrote two of them is asked once, and counts for both: one answer that stood for two
    positions would tell that they have one author.
    """
    by_person = {row.person_id: row for row in version.confirmations}
    return {
        source.position_id: by_person[source.position.author_id]
        for source in statement.sources
        if source.position.author_id in by_person
    }


def gap_of_source(statement: Statement, position: Position) -> str:
    """Why a statement's source cannot be read beside it, of words_statements.GAPS; or empty."""
    if position.state not in TEXT_STATES:
        return position.state
    return "moved" if position.thread_id != statement.thread_id else ""


def why_shut(
    statement: Statement, version: StatementVersion, standings: Collection[Standing], today: date
) -> str:
    """Why authors can no longer answer, of words_statements.SHUT; empty while they can."""
    if statement.retired_at is not None:
        return "retired"
    if statement.thread.series.status in OVER_STATUSES:
        return "over"
    if any(one.version_id == version.id and one.state != "planned" for one in standings):
        return "rated"
    if version.is_withheld:
        return "withheld"
    return "late" if version.answer_by is not None and today > version.answer_by else ""


def find_asked(session: Session, person_id: int, public_id: str) -> Confirmation | None:
    """What somebody is asked of the newest wording of a statement, if they are asked of it."""
    row = session.scalar(
        select(Confirmation)
        .join(Confirmation.version)
        .join(StatementVersion.statement)
        .where(Statement.public_id == public_id)
        .where(Confirmation.person_id == person_id)
        .order_by(StatementVersion.version.desc())
        .limit(1)
        .options(
            contains_eager(Confirmation.version)
            .contains_eager(StatementVersion.statement)
            .options(*_WHOLE)
        )
        .execution_options(populate_existing=True)
    )
    if row is None or row.version_id != newest_of(row.version.statement).id:
        return None
    sources = row.version.statement.sources
    is_still = any(source.position.author_id == person_id for source in sources)
    return row if is_still else None
