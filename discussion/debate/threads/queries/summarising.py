"""The moderators' summary of a thread, and what authors say to how their positions were put."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.positions.words import RESTATES
from discussion.debate.threads.models import Steelman, Thread, ThreadSummary
from discussion.permissions.facts import TEXT_STATES
from discussion.text.tongues import Spoken


def find_summary(session: Session, thread: Thread) -> ThreadSummary | None:
    """The summary that stands, with its steelmen; None while there is none."""
    newest = find_newest(session, thread)
    return newest if newest is not None and newest.removed_at is None else None


def find_newest(session: Session, thread: Thread) -> ThreadSummary | None:
    """The newest version, also one that was taken away."""
    return session.scalar(
        select(ThreadSummary)
        .where(ThreadSummary.thread_id == thread.id)
        .order_by(ThreadSummary.version.desc())
        .limit(1)
        .options(selectinload(ThreadSummary.steelmen).joinedload(Steelman.position))
        .execution_options(populate_existing=True)
    )


def find_steelman(session: Session, position: Position) -> Steelman | None:
    """How the standing summary of its thread puts a position; None where it does not."""
    found = list_steelmen(session, [position])
    return found[0] if found else None


def list_steelmen(session: Session, positions: Sequence[Position]) -> list[Steelman]:
    """How standing summaries put these positions, as far as they are shown where they stand."""
    ids = [row.id for row in positions if row.state in TEXT_STATES]
    if not ids:
        return []
    rows = _standing().where(Steelman.position_id.in_(ids)).options(joinedload(Steelman.summary))
    return list(session.scalars(rows))


def fair_restatements(
    session: Session, position_ids: Collection[int]
) -> dict[int, tuple[Spoken, ...]]:
    """How who disagrees restates each position, where its author finds that fair; as it was typed.

    By random id, which tells nobody's time. Those of an earlier claim are left out.
    """
    answered, live = aliased(Revision), aliased(Revision)
    rows = session.execute(
        select(Response.position_id, ResponseText.source, ResponseText.language)
        .join(ResponseText, ResponseText.id == Response.live_text_id)
        .join(Response.position)
        .join(answered, answered.id == Response.revision_id)
        .join(live, live.id == Position.live_revision_id)
        .where(Response.position_id.in_(position_ids))
        .where(Response.type == RESTATES, Response.state.in_(TEXT_STATES))
        .where(ResponseText.fair == "yes", answered.claim == live.claim)
        .order_by(Response.public_id)
    )
    found: dict[int, list[Spoken]] = {}
    for position_id, source, language in rows:
        found.setdefault(position_id, []).append(Spoken(source, language))
    return {id: tuple(texts) for id, texts in found.items()}


def waiting_steelmen(session: Session, person_id: int) -> frozenset[int]:
    """The ids of somebody's positions that a standing summary puts, and asks: is that fair?"""
    rows = (
        _standing()
        .where(Position.author_id == person_id)
        .where(Position.state.in_(TEXT_STATES))
        .where(Steelman.answer == "unanswered")
    )
    return frozenset(session.scalars(rows.with_only_columns(Steelman.position_id)))


def _standing() -> Select[Steelman]:
    """What the newest summaries say of positions that stand in their threads."""
    newest = (
        select(func.max(ThreadSummary.version))
        .where(ThreadSummary.thread_id == Position.thread_id)
        .correlate(Position)
        .scalar_subquery()
    )
    return (
        select(Steelman)
        .join(Steelman.summary)
        .join(Steelman.position)
        .where(ThreadSummary.thread_id == Position.thread_id)
        .where(ThreadSummary.version == newest)
        .where(ThreadSummary.removed_at.is_(None))
    )


def gap_of(position: Position, thread_id: int) -> str:
    """Why what was said of a position is not shown, of words.GAPS; empty when it is."""
    if position.thread_id != thread_id:
        return "moved"
    return "" if position.state in TEXT_STATES else position.state
