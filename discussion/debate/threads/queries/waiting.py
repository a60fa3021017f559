"""What waits for moderators because of a day: stages about to move, outcomes to look at again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Date,
    Select,
    bindparam,
    case,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.db import Moment, is_one_of
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.higher import MISSED, Rounds, find_rounds
from discussion.debate.threads.queries.needs import missing_for, next_move, next_stage
from discussion.debate.threads.words import CLOSABLE, DATED, STAGES
from discussion.debate.threads.words_arranging import WARNED_DAYS
from discussion.decisions.models import Decision
from discussion.decisions.shapes import Bare, Described
from discussion.language import _, _l, in_words
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Series
from discussion.subjects.finding import kind_of_rows

AHEAD = timedelta(days=WARNED_DAYS)
LET_FOR = AHEAD + timedelta(days=1)  # a move that was let is not asked about until it is over

# The day on which a thread moves to its next stage by itself.
_DAY: Any = case(
    {stage: getattr(Thread, DATED[next_stage(stage)]) for stage in CLOSABLE}, value=Thread.stage
)

# For every page of a moderator, so the statements are made once a process; their parameters:
_SERIES, _TODAY, _AHEAD, _LET_BEFORE = "series_ids", "today", "ahead", "let_before"


def list_bare(session: Session, series_ids: Sequence[int], now: datetime) -> list[Bare]:
    """Both kinds, each in one statement."""
    today = clock.day(now)
    given = {_SERIES: series_ids, _TODAY: today}
    limits = {_AHEAD: today + AHEAD, _LET_BEFORE: now - LET_FOR}
    stages = session.execute(_stages(), given | limits).all()
    missed = [one for one in MISSED()(session, now) if one.thread.series_id in series_ids]
    told = {row.public_id for row in stages}
    reviews = session.execute(_reviews(), given)
    return [
        *(
            Bare(
                "stages",
                public_id,
                series_id,
                thread_id,
                _morning(day) - AHEAD,
                "upkeep",
                (),
                due=_morning(day),
            )
            for public_id, series_id, thread_id, day in stages
        ),
        *(
            Bare(
                "stages",
                one.thread.public_id,
                one.thread.series_id,
                one.thread.id,
                one.closes_at,
                "upkeep",
                (),
            )
            for one in missed
            if one.thread.public_id not in told
        ),
        *(
            Bare("reviews", public_id, series_id, thread_id, _morning(day), "upkeep", ())
            for public_id, series_id, thread_id, day in reviews
        ),
    ]


def describe(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[str, Described]:
    """Public id → the line of the desk, for threads whose stage or review is due."""
    rows = session.scalars(
        select(Thread).where(Thread.public_id.in_([bare.id for bare in bares]))
    ).all()
    kinds = {bare.id: bare.kind for bare in bares}
    rounds = find_rounds(session, [row.id for row in rows], now)
    return {
        row.public_id: _stage_line(row, rounds, now)
        if kinds[row.public_id] == "stages"
        else _review_line(row)
        for row in rows
    }


def move_in_words(to: str, day: date, missing: str, today: date) -> str:
    """Where a thread moves on its day, and whether what it needs is there."""
    stage, date = str(STAGES[to]).lower(), in_words(day)
    if day < today:
        said = _("It was to move to “%(stage)s” on %(date)s.", stage=stage, date=date)
        return f"{said} {WAITS[missing]}"
    said = _("To “%(stage)s” on %(date)s.", stage=stage, date=date)
    if missing == "days":
        return f"{said} " + _("The dates of its round have passed, so it will wait.")
    if missing == "round":
        return f"{said} " + _("No round is ready, so it will wait.")
    if missing == "outcome":
        return f"{said} " + _("There is no outcome yet, so it will wait.")
    if to == "weighing":
        return f"{said} " + _("Its round is ready.")
    return f"{said} " + (_("Its outcome is there.") if to == "closed" else _("Nothing is missing."))


WAITS = {
    "": _l("It moves as soon as this is done."),
    "round": _l("It waits: no round is ready."),
    "days": _l("It waits: the dates of its round have passed and nobody rated. Choose new dates."),
    "outcome": _l("It waits: there is no outcome yet."),
}


@cache
def _stages() -> Select[Any]:
    """What moves within three days, or should have, unless a moderator has let it."""
    let = (
        select(func.max(Decision.at))
        .where(Decision.subject_kind == kind_of_rows(Thread))
        .where(Decision.subject_id == Thread.public_id)
        .where(Decision.action == "let_move")
        .correlate(Thread)
        .scalar_subquery()
    )
    return (
        _of_series(_DAY)
        .where(Series.status == "open")
        .where(Thread.is_hidden.is_(False))
        .where(Thread.id.in_(_moving_by(bindparam(_AHEAD, type_=Date))))
        .where(
            or_(
                let.is_(None),
                let < bindparam(_LET_BEFORE, type_=Moment),
                bindparam(_TODAY, type_=Date) > _DAY,
            )
        )
    )


def _moving_by(day: BindParameter[date]) -> CompoundSelect[int]:
    """The ids of the threads whose next stage begins by that day: of each stage, those few."""
    return union_all(
        *(
            select(Thread.id).where(is_one_of(Thread.stage, stage)).where(dated <= day)
            for stage in CLOSABLE
            for dated in (getattr(Thread, DATED[next_stage(stage)]),)
        )
    )


@cache
def _reviews() -> Select[Any]:
    return (
        _of_series(Thread.review_on)
        .where(Series.status.in_(("open", "closed")))
        .where(is_one_of(Thread.stage, "closed"))
        .where(Thread.review_on <= bindparam(_TODAY, type_=Date))
    )


def _of_series(day: Any) -> Select[Any]:
    return (
        select(Thread.public_id, Thread.series_id, Thread.id, day)
        .select_from(Thread)
        .join(Thread.series)
        .where(Thread.series_id.in_(bindparam(_SERIES, expanding=True)))
        .where(Thread.merged_into_id.is_(None))
    )


def _stage_line(row: Thread, rounds: Rounds, now: datetime) -> Described:
    to, day = next_move(row)
    missing = missing_for(row, to, rounds)
    if missing == "days":
        return Described(
            url=paths.plan_round(row.slug),
            subject=row.question,
            label=_("By its date"),
            title=_("Round whose dates have passed"),
            note=str(WAITS[missing]),
        )
    return Described(
        url=f"{paths.curate_thread(row.slug)}#stage",
        subject=row.question,
        label=_("By its date"),
        title=_("Stage about to move"),
        note=move_in_words(to, day, missing, clock.day(now)) if day else "",
    )


def _review_line(row: Thread) -> Described:
    return Described(
        url=f"{paths.curate_thread(row.slug)}#review",
        subject=row.question,
        label=_("By its date"),
        title=_("Outcome to look at again"),
        note=_("To be reviewed on %(date)s.", date=in_words(row.review_on)),
    )


def _morning(day: date) -> datetime:
    return clock.morning(day)
