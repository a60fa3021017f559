"""Counting what changed, and saying where what is kept differs from what is there."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from discussion.db import hold_word
from discussion.debate.tallies.models import SeriesTally, TalliedThread, ThreadTally
from discussion.debate.tallies.queries import is_summed, stale_threads, state_of_series
from discussion.debate.tallies.queries_counting import Key, count_threads, read_meaning
from discussion.debate.tallies.words import CLEAN, NOTHING
from discussion.debate.threads.models import Thread
from discussion.series.series.models import Series
from discussion.states.queries import state_of

AT_ONCE = 200  # threads, in one transaction


def tally_changed(session: Session) -> int:
    """Count some of the threads that changed since they were counted; how many that were.

    One at a time does it, so that sums are never added to twice.
    """
    hold_word(session, "tallies")
    left = AT_ONCE
    for series_id in session.scalars(select(Series.id).order_by(Series.id)).all():
        state = session.scalar(select(state_of_series(series_id))) or 0
        meaning = read_meaning(session, series_id)
        ids = session.scalars(stale_threads(series_id, meaning).limit(left)).all()
        if ids:
            _tally(session, series_id, meaning, ids)
            left -= len(ids)
        if not left:
            break
        _note_clean(session, series_id, state)
    return AT_ONCE - left


def _note_clean(session: Session, series_id: int, state: int) -> None:
    """All that had changed by this state, which was read before, is counted."""
    row = session.get(SeriesTally, (series_id, CLEAN, NOTHING))
    if row is None:
        row = SeriesTally(series_id=series_id, kind=CLEAN, subject_id=NOTHING)
        session.add(row)
    if row.number != state:
        row.number = state
        session.flush()


def _tally(session: Session, series_id: int, meaning: str, ids: Sequence[int]) -> None:
    """States are read before the rows: a change between makes the thread be counted once more."""
    threads = session.execute(
        select(Thread.id, is_summed(), state_of("thread", Thread.__table__.c.id)).where(
            Thread.id.in_(ids)
        )
    ).all()
    counted = count_threads(session, ids, series_id)
    for thread_series, changes in _taken(session, ids).items():
        _add(session, thread_series, changes)
    session.execute(delete(ThreadTally).where(ThreadTally.thread_id.in_(ids)))
    session.execute(delete(TalliedThread).where(TalliedThread.thread_id.in_(ids)))
    session.execute(
        insert(TalliedThread),
        [
            {"thread_id": id, "series_id": series_id, "state": state, "meaning": meaning,
             "is_summed": summed}
            for id, summed, state in threads
        ],
    )  # fmt: skip
    rows = [
        {"thread_id": id, "kind": kind, "subject_id": subject_id, "number": number}
        for id, counts in counted.items()
        for (kind, subject_id), number in counts.items()
    ]
    if rows:
        session.execute(insert(ThreadTally), rows)
    added: Counter[Key] = Counter()
    for id, summed, _state in threads:
        if summed:
            added.update(counted[id])
    _add(session, series_id, added)


def _taken(session: Session, ids: Sequence[int]) -> dict[int, Counter[Key]]:
    """By the series in which they were counted: what these threads had added, to be taken away."""
    rows = session.execute(
        select(TalliedThread.series_id, ThreadTally.kind, ThreadTally.subject_id,
               ThreadTally.number)
        .join(ThreadTally, ThreadTally.thread_id == TalliedThread.thread_id)
        .where(TalliedThread.thread_id.in_(ids))
        .where(TalliedThread.is_summed.is_(True))
    )  # fmt: skip
    found: dict[int, Counter[Key]] = {}
    for series_id, kind, subject_id, number in rows:
        found.setdefault(series_id, Counter())[kind, subject_id] -= number
    return found


def _add(session: Session, series_id: int, changes: Counter[Key]) -> None:
    asked = select(SeriesTally).where(SeriesTally.series_id == series_id, SeriesTally.kind != CLEAN)
    kept = {(row.kind, row.subject_id): row for row in session.scalars(asked)}
    for key, change in sorted(changes.items()):
        row = kept.get(key)
        if row is None:
            row = kept[key] = SeriesTally(
                series_id=series_id, kind=key[0], subject_id=key[1], number=0
            )
            session.add(row)
        row.number += change
        if not row.number:
            session.delete(row)
            session.flush()
            del kept[key]
    session.flush()


def find_differences(session: Session) -> Iterator[str]:
    """Recounts every thread that was counted and has not changed since: what differs, in words."""
    for series in session.scalars(select(Series).order_by(Series.id)):
        meaning = read_meaning(session, series.id)
        stale = set(session.scalars(stale_threads(series.id, meaning)))
        sums: Counter[Key] = Counter()
        rows = session.execute(
            select(TalliedThread.thread_id, TalliedThread.is_summed, Thread.slug)
            .join(Thread, Thread.id == TalliedThread.thread_id)
            .where(TalliedThread.series_id == series.id)
        )
        for thread_id, summed, slug in rows.all():
            kept = _kept_of(session, thread_id)
            if summed:
                sums.update(kept)
            if thread_id not in stale:
                counted = count_threads(session, [thread_id], series.id)[thread_id]
                yield from _differing(f"thread {slug}", kept, counted)
        asked = select(SeriesTally).where(
            SeriesTally.series_id == series.id, SeriesTally.kind != CLEAN
        )
        summed_up = Counter(
            {(row.kind, row.subject_id): row.number for row in session.scalars(asked)}
        )
        yield from _differing(f"series {series.slug}", summed_up, sums)


def _kept_of(session: Session, thread_id: int) -> Counter[Key]:
    rows = session.scalars(select(ThreadTally).where(ThreadTally.thread_id == thread_id))
    return Counter({(row.kind, row.subject_id): row.number for row in rows})


def _differing(of: str, kept: Counter[Key], counted: Counter[Key]) -> Iterator[str]:
    for key in sorted(kept.keys() | counted.keys()):
        if kept[key] != counted[key]:
            yield f"{of}: {key[0]} {key[1]} is kept as {kept[key]} and is {counted[key]}."


def forget_tallies(session: Session) -> None:
    """Throw away all that is kept; it is counted again, and until then at every reading."""
    hold_word(session, "tallies")
    for table in (ThreadTally, TalliedThread, SeriesTally):
        session.execute(delete(table))
