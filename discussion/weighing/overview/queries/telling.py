"""Which threads a page of findings is about: those that tell something, and those that wait."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import visible_threads
from discussion.series.series.models import Series
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.rounds.models import Round

PAGE_SIZE = 20

_HAS_OUTCOME = and_(Thread.stage == "closed", Thread.outcome != "")
_FOUND = (
    select(func.max(FindingSnapshot.made_at))
    .join(Round, Round.id == FindingSnapshot.round_id)
    .where(FindingSnapshot.thread_id == Thread.id)
    .where(Round.state == "closed")
    .correlate(Thread)
    .scalar_subquery()
)


def choose_told(
    session: Session, viewer: Viewer | None, series: Series, number: int
) -> Sequence[int]:
    """The ids of a page, what was found or concluded last first, and one more if there is more.

    A thread is told of on the later of two days: of each the first so many are enough.
    """
    end = number * PAGE_SIZE + 1
    found = session.execute(
        _threads(viewer, series, Thread.id, _FOUND)
        .where(_FOUND.is_not(None))
        .order_by(_FOUND.desc(), Thread.id)
        .limit(end)
    )
    days: dict[int, date] = {id: clock.day(made_at) for id, made_at in found}
    concluded = session.execute(
        _threads(viewer, series, Thread.id, Thread.closed_on)
        .where(_HAS_OUTCOME)
        .order_by(Thread.closed_on.is_(None), Thread.closed_on.desc(), Thread.id)
        .limit(end)
    )
    for id, closed_on in concluded:
        days[id] = max(days.get(id, date.min), closed_on or date.min)
    ordered = sorted(days, key=lambda id: (-days[id].toordinal(), id))
    return ordered[(number - 1) * PAGE_SIZE : end]


def choose_waiting(
    session: Session, viewer: Viewer | None, series: Series, number: int
) -> Sequence[int]:
    """The ids of a page: what is rated, what is being worked out, then what is rated soonest."""
    state = case(
        (_round("open"), 0),
        (_round("closed"), 1),
        else_=2,
    )
    is_ahead = and_(Thread.stage == "open", Thread.weighing_on >= clock.today())
    on = case((is_ahead, Thread.weighing_on))
    return session.scalars(
        _threads(viewer, series, Thread.id)
        .where(_FOUND.is_(None))
        .where(or_(Thread.stage != "closed", Thread.outcome == ""))
        .order_by(state, on.is_(None), on, Thread.created_at, Thread.id)
        .offset((number - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE + 1)
    ).all()


def _round(state: str) -> Any:
    return exists(
        select(Round.id)
        .where(Round.thread_id == Thread.id)
        .where(Round.cycle == Thread.cycle)
        .where(Round.state == state)
        .correlate(Thread)
    )


def _threads(viewer: Viewer | None, series: Series, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Thread)
        .join(Thread.series)
        .where(Thread.series_id == series.id)
        .where(Thread.stage != "proposed")
        .where(visible_threads(viewer))
    )
