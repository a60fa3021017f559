"""findings_head: what has to be known before findings can be taken from what is kept."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.head import thread_states
from discussion.permissions.facts import Viewer
from discussion.permissions.kinds import NOBODY
from discussion.permissions.menus import COLUMNS, as_menu, menu_of
from discussion.states.queries import state_of_all
from discussion.states.shapes import Head
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.rounds.keys import rater_key
from discussion.weighing.rounds.models import Rating, Round
from discussion.weighing.statements.models import Statement, StatementSource


def findings_head(
    session: Session, viewer: Viewer | None, slug: str, *, secret: str
) -> Head | None:
    """Of the findings of the thread at this address; None where there is none. Asks no right.

    While a round is open, or findings are still to come, the page tells how many have answered,
    which no state counts: it is not kept. Whoever rated reads their own answers on it, which
    nobody can change once the round is closed: it is kept for them alone, as long as those stand.

    It names related threads, perhaps of other series, and the positions from which statements come,
    wherever these were moved.
    """
    person_id = NOBODY if viewer is None else viewer.person_id
    row = session.execute(_asked(), {"slug": slug, "person": person_id}).first()
    if row is None:
        return None
    thread_id, series_id, is_passing, *more = row
    menu, states = as_menu(*more[:COLUMNS]), more[COLUMNS:]
    rated = () if viewer is None or is_passing else _rated(session, viewer, thread_id, secret)
    return Head(
        series_id,
        (*states, *rated),
        is_own=bool(rated),
        is_passing=bool(is_passing),
        reaches_out=True,
        menu=menu,
    )


def _rated(session: Session, viewer: Viewer, thread_id: int, secret: str) -> tuple[int, ...]:
    """How many ratings are the viewer's in its rounds, and the last; nothing where there are none.

    They are found by their keys, which the site alone can make.
    """
    rounds = session.execute(_rounds(), {"thread_id": thread_id}).all()
    keys = [rater_key(secret, public_id, viewer.public_id) for _id, public_id in rounds]
    given = {"round_ids": [id for id, _public_id in rounds], "keys": keys}
    count, last = session.execute(_own(), given).one()
    return (count, last) if count else ()


@cache
def _rounds() -> Select[int, str]:
    return select(Round.id, Round.public_id).where(Round.thread_id == bindparam("thread_id"))


@cache
def _own() -> Select[int, int]:
    """A key belongs to one round, so that no other round's rating has it."""
    return (
        select(func.count(), func.max(Rating.id))
        .where(Rating.round_id.in_(bindparam("round_ids", expanding=True)))
        .where(Rating.rater_key.in_(bindparam("keys", expanding=True)))
    )


@cache
def _asked() -> Select[Any]:
    threads, rounds = Thread.__table__.c, Round.__table__.c
    snapshots = FindingSnapshot.__table__.c
    is_open = exists().where(rounds.thread_id == threads.id).where(rounds.state == "open")
    is_found = exists().where(snapshots.thread_id == threads.id)
    return select(
        threads.id,
        threads.series_id,
        is_open | ~is_found | (threads.proposed_by_id == bindparam("person")),
        *menu_of(threads.series_id),
        *thread_states(threads.id, threads.series_id),
        state_of_all("thread", _where_sources_stand(threads.id)),
    ).where(threads.slug == bindparam("slug"))


def _where_sources_stand(thread_id: ColumnElement[int]) -> Select[int]:
    """The threads in which the positions stand now that a thread's statements come from."""
    sources, statements = StatementSource.__table__.c, Statement.__table__.c
    return (
        select(Position.__table__.c.thread_id)
        .join_from(Statement.__table__, StatementSource.__table__)
        .join(Position.__table__, Position.__table__.c.id == sources.position_id)
        .where(statements.thread_id == thread_id)
        .distinct()
        .correlate(Thread.__table__)
    )
