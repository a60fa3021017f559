"""Statements go along where the positions of a thread go to another."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.weighing.rounds.models import RoundStatement
from discussion.weighing.statements.models import Statement, StatementVersion


def carry_statements(
    session: Session, source: Thread, target: Thread, *, only: Collection[int] | None = None
) -> list[int]:
    """Let the statements of a thread stand in another; all of them, or these. Asks no right.

    One that stands in a round stays where the round is held.
    """
    in_rounds = select(StatementVersion.statement_id).join(
        RoundStatement, RoundStatement.version_id == StatementVersion.id
    )
    free = (Statement.thread_id == source.id) & Statement.id.not_in(in_rounds)
    which = free if only is None else free & Statement.id.in_(only)
    moved = list(session.scalars(select(Statement.id).where(which)))
    session.execute(update(Statement).where(Statement.id.in_(moved)).values(thread_id=target.id))
    return moved
