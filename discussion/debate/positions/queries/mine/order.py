"""What stands on one page of one's own list: what waits for its author first, then the newest.

Read from a few columns of each row, so that an account of many years is as quick as a new one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.positions.queries.mine.told import list_actions
from discussion.debate.positions.queries.sent_back import asks_still
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.summarising import waiting_steelmen
from discussion.permissions.facts import Viewer

ON_A_PAGE = 20
MINE, THEIRS, REST = range(3)  # waits for its author; for the moderators, or was put aside
_WORDS = {"sent_back": MINE, "pending": THEIRS, "declined": THEIRS}

Shown = Row[int, str, str, str, str, datetime, int]
Actions = dict[str, tuple[str, datetime]]


@dataclass(frozen=True)
class Key:
    """One row of the list."""

    kind: str
    id: int
    thread_id: int
    rank: int  # MINE, THEIRS, REST
    at: datetime | None  # None: by no time
    public_id: str
    is_to_mend: bool = False


def list_keys(session: Session, viewer: Viewer) -> list[Key]:
    """Everything, in the order of the list. What stands under the Chatham House Rule comes last
    of its rank, in an order that tells no time.
    """
    actions = list_actions(session, viewer)
    asked = waiting_steelmen(session, viewer.person_id)
    keys = [
        *_contributions("position", _positions(session, viewer), actions, asked),
        *_contributions("response", _responses(session, viewer), actions, frozenset()),
        *_threads(session, viewer),
        *_items(session, viewer),
    ]
    dated = sorted((key for key in keys if key.at), key=lambda key: key.at or 0, reverse=True)
    rest = sorted((key for key in keys if not key.at), key=lambda key: key.public_id)
    return sorted([*dated, *rest], key=lambda key: key.rank)


def _contributions(
    kind: str, rows: Iterable[Shown], actions: Actions, asked: frozenset[int]
) -> Iterable[Key]:
    for id, public_id, state, attribution, status, at, thread_id in rows:
        rank = _WORDS.get(status, REST)
        if state in ("hidden", "removed", "withdrawn"):
            rank = REST if state == "withdrawn" else THEIRS
        action, when = actions.get(public_id, ("", at))
        is_asked = asks_still(action, when, state, status, at)
        is_to_mend = (rank == MINE) or is_asked
        if is_to_mend or id in asked:
            rank = MINE
        by_time = None if attribution == "chatham_house" else at
        yield Key(kind, id, thread_id, rank, by_time, public_id, is_to_mend)


def _positions(session: Session, viewer: Viewer) -> Iterable[Shown]:
    newest = select(func.max(Revision.id)).group_by(Revision.position_id)
    own = or_(Position.author_id == viewer.person_id, Position.entered_by_id == viewer.person_id)
    return session.execute(
        select(
            Position.id,
            Position.public_id,
            Position.state,
            Position.attribution,
            Revision.status,
            Revision.submitted_at,
            Position.thread_id,
        )
        .join(Revision, Revision.position_id == Position.id)
        .where(own)
        .where(Position.state != "discarded")
        .where(
            Revision.id.in_(newest.join(Position, Revision.position_id == Position.id).where(own))
        )
    ).all()


def _responses(session: Session, viewer: Viewer) -> Iterable[Shown]:
    own = Response.author_id == viewer.person_id
    newest = (
        select(func.max(ResponseText.id))
        .join(Response, ResponseText.response_id == Response.id)
        .where(own)
        .group_by(ResponseText.response_id)
    )
    return session.execute(
        select(
            Response.id,
            Response.public_id,
            Response.state,
            Response.attribution,
            ResponseText.status,
            ResponseText.submitted_at,
            Position.thread_id,
        )
        .join(ResponseText, ResponseText.response_id == Response.id)
        .join(Position, Position.id == Response.position_id)
        .where(own)
        .where(Response.state != "discarded")
        .where(ResponseText.id.in_(newest))
    ).all()


def _threads(session: Session, viewer: Viewer) -> Iterable[Key]:
    rows = session.execute(
        select(
            Thread.id, Thread.public_id, Thread.stage, Thread.is_hidden, Thread.created_at
        ).where(Thread.proposed_by_id == viewer.person_id)
    )
    for id, public_id, stage, is_hidden, at in rows:
        rank = THEIRS if stage == "proposed" or is_hidden else REST
        yield Key("thread", id, id, rank, at, public_id)


def _items(session: Session, viewer: Viewer) -> Iterable[Key]:
    rows = session.execute(
        select(
            EvidenceItem.id, EvidenceItem.public_id, EvidenceItem.is_hidden, EvidenceItem.created_at
        ).where(EvidenceItem.added_by_id == viewer.person_id)
    )
    for id, public_id, is_hidden, at in rows:
        yield Key("evidence", id, 0, THEIRS if is_hidden else REST, at, public_id)
