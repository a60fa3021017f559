"""Sums over the threads of a series that a viewer may read, however many there are."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.tallies.models import SeriesTally, TalliedThread, ThreadTally
from discussion.debate.tallies.queries_counting import Key, count_threads, read_meaning
from discussion.debate.tallies.words import CLEAN, POSITIONS
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import published_positions, visible_threads
from discussion.series.series.models import Series
from discussion.states.queries import state_of


def read_sums(
    session: Session,
    viewer: Viewer | None,
    series: Series,
    kinds: Collection[str],
) -> Mapping[Key, int]:
    """(kind, subject) → how many."""
    changes = read_changes(session, viewer, series, kinds)
    return add_kept(session, series, kinds, changes)


def add_kept(
    session: Session,
    series: Series,
    kinds: Collection[str],
    changes: Mapping[Key, int],
    subjects: Collection[int] | None = None,
) -> Mapping[Key, int]:
    """The sums that are kept, with what `read_changes` found; of these subjects, if given."""
    found = Counter(changes)
    kept = select(SeriesTally.kind, SeriesTally.subject_id, SeriesTally.number).where(
        SeriesTally.series_id == series.id, SeriesTally.kind.in_(kinds)
    )
    if subjects is not None:
        kept = kept.where(SeriesTally.subject_id.in_(subjects))
    for kind, subject_id, number in session.execute(kept):
        found[kind, subject_id] += number
    return {
        key: number
        for key, number in found.items()
        if number > 0 and (subjects is None or key[1] in subjects)
    }


def read_changes(
    session: Session, viewer: Viewer | None, series: Series, kinds: Collection[str]
) -> Mapping[Key, int]:
    """What is to be added to the sums that are kept, and taken from them, for this viewer.

    Threads that changed since they were counted are counted now; those that not everybody reads are
    added for who does.
    """
    meaning = read_meaning(session, series.id)
    stale = session.scalars(stale_threads(series.id, meaning)).all()
    changes: Counter[Key] = Counter()
    if stale:
        for key, number in _kept(session, kinds, stale, is_summed=True):
            changes[key] -= number
        seen = session.scalars(_seen(viewer, series).where(Thread.id.in_(stale))).all()
        for counts in count_threads(session, seen, series.id, kinds).values():
            changes.update(counts)
    hidden = session.scalars(
        select(TalliedThread.thread_id)
        .where(TalliedThread.series_id == series.id)
        .where(TalliedThread.is_summed.is_(False))
    ).all()
    if not hidden:
        return changes
    seen = session.scalars(_seen(viewer, series).where(Thread.id.in_(hidden))).all()
    apart = [id for id in seen if id not in stale]
    for key, number in _kept(session, kinds, apart, is_summed=False) if apart else ():
        changes[key] += number
    return changes


def count_positions(
    session: Session, viewer: Viewer | None, series_ids: Collection[int]
) -> Counter[int]:
    """By series: published positions that the viewer may read; one statement for all of them."""
    changed = _changed([TalliedThread.series_id != Thread.series_id]).subquery()
    kept = select(SeriesTally.series_id, SeriesTally.number).where(
        SeriesTally.series_id.in_(series_ids), SeriesTally.kind == POSITIONS
    )
    before = (
        select(TalliedThread.series_id, -ThreadTally.number)
        .join(ThreadTally, ThreadTally.thread_id == TalliedThread.thread_id)
        .where(TalliedThread.series_id.in_(series_ids))
        .where(TalliedThread.is_summed.is_(True))
        .where(ThreadTally.kind == POSITIONS)
        .where(TalliedThread.thread_id.in_(select(changed)))
    )
    now = (
        select(Thread.series_id, func.count())
        .select_from(Position)
        .join(Position.thread)
        .join(Thread.series)
        .where(Thread.series_id.in_(series_ids))
        .where(published_positions(viewer))
        .where(or_(_is_apart(), Thread.id.in_(select(changed))))
        .group_by(Thread.series_id)
    )
    found: Counter[int] = Counter()
    for series_id, number in session.execute(union_all(kept, before, now)):
        found[series_id] += int(number)
    return found


def stale_threads(series_id: int, meaning: str) -> Select[int]:
    """The threads that changed since they were counted, or never were."""
    differs = [TalliedThread.meaning != meaning, TalliedThread.series_id != Thread.series_id]
    return _changed(differs).where(Thread.series_id == series_id).order_by(Thread.id)


def state_of_series(series_id: ColumnElement[int] | int) -> ColumnElement[int]:
    """Another number after every change of what is counted in a series, or of what tags mean."""
    return state_of("within", series_id) + state_of("series", series_id)


def _changed(differs: Sequence[ColumnElement[bool]]) -> Select[int]:
    """Looked for in no series of which nothing changed since nothing was left to count in it."""
    return (
        select(Thread.id)
        .outerjoin(TalliedThread, TalliedThread.thread_id == Thread.id)
        .where(Thread.series_id.in_(_unclean()))
        .where(
            or_(
                TalliedThread.thread_id.is_(None),
                TalliedThread.state != state_of("thread", Thread.__table__.c.id),
                *differs,
            )
        )
    )


def _unclean() -> Select[int]:
    clean = and_(SeriesTally.series_id == Series.id, SeriesTally.kind == CLEAN)
    state = state_of_series(Series.__table__.c.id)
    return (
        select(Series.id)
        .outerjoin(SeriesTally, clean)
        .where(or_(SeriesTally.number.is_(None), SeriesTally.number != state))
        .correlate(None)
    )


def is_summed() -> ColumnElement[bool]:
    """As SQL: whether everybody who reads the series reads a thread."""
    return not_(_is_apart())


def _is_apart() -> ColumnElement[bool]:
    return or_(
        Thread.stage == "proposed",
        Thread.is_hidden.is_(True),
        Thread.merged_into_id.is_not(None),
    )


def _seen(viewer: Viewer | None, series: Series) -> Select[int]:
    return (
        select(Thread.id)
        .join(Thread.series)
        .where(Thread.series_id == series.id)
        .where(visible_threads(viewer))
    )


def _kept(
    session: Session, kinds: Collection[str], ids: Collection[int], *, is_summed: bool
) -> list[tuple[Key, int]]:
    rows = session.execute(
        select(ThreadTally.kind, ThreadTally.subject_id, func.sum(ThreadTally.number))
        .join(TalliedThread, TalliedThread.thread_id == ThreadTally.thread_id)
        .where(ThreadTally.thread_id.in_(ids))
        .where(TalliedThread.is_summed.is_(is_summed))
        .where(ThreadTally.kind.in_(kinds))
        .group_by(ThreadTally.kind, ThreadTally.subject_id)
    )
    return [((kind, subject_id), int(number)) for kind, subject_id, number in rows]
