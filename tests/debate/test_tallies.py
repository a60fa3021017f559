"""Kept counts equal a recount after any change, whoever makes it, on both databases."""

from collections import Counter
from random import Random

import pytest
from sqlalchemy import Engine, delete, insert, select, text, update
from sqlalchemy.orm import Session

from discussion.db import transaction
from discussion.debate.positions.models import EvidenceLink, Position, ValueTag
from discussion.debate.tallies.models import SeriesTally
from discussion.debate.tallies.operations import find_differences, tally_changed
from discussion.debate.tallies.queries import add_kept, count_positions, read_changes, read_sums
from discussion.debate.tallies.queries_counting import count_threads
from discussion.debate.tallies.words import KINDS
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import visible_threads
from discussion.series.series.models import Series
from discussion.series.values.models import Value
from tests.factories import make_member, viewer
from tests.factories.crowd import Crowd, fill_crowd


@pytest.fixture
def crowd(own_engine: Engine) -> Crowd:
    with transaction(own_engine) as session:
        return fill_crowd(session, 60)


def _counted(session: Session, who: Viewer | None, series: Series) -> dict[tuple[str, int], int]:
    """Thread by thread, from the rows."""
    seen = session.scalars(
        select(Thread.id)
        .join(Thread.series)
        .where(Series.id == series.id)
        .where(visible_threads(who))
    ).all()
    found: Counter[tuple[str, int]] = Counter()
    for counts in count_threads(session, seen, series.id).values():
        found.update(counts)
    return dict(found)


def _changes(crowd: Crowd, random: Random) -> list[object]:
    """One change of each kind, as bulk statements make it."""
    positions, threads = random.sample(crowd.positions, 4), [crowd.thread.id + n for n in range(3)]
    values = [value.id for value in crowd.series.values]
    some = Position.id.in_(positions)
    live = select(Position.live_revision_id).where(some)
    hidden = random.choice([True, False])
    return [
        update(Position).where(some).values(state=random.choice(["published", "hidden"])),
        update(Position).where(some).values(thread_id=threads[1], number=None, is_second=True),
        update(Thread).where(Thread.id == random.choice(threads)).values(is_hidden=hidden),
        update(Thread).where(Thread.id == threads[2]).values(stage="proposed"),
        delete(EvidenceLink).where(EvidenceLink.revision_id.in_(live)),
        delete(ValueTag).where(ValueTag.revision_id.in_(live)).where(ValueTag.rank == 2),
        update(Value)
        .where(Value.id == random.choice(values[3:]))
        .values(replaced_by_id=values[random.randrange(3)]),
        text("UPDATE position SET state = 'withdrawn' WHERE id = :id").bindparams(id=positions[0]),
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sums_equal_a_recount_after_random_changes(
    own_engine: Engine, crowd: Crowd, seed: int
) -> None:
    random = Random(seed)
    with transaction(own_engine) as session:
        series = session.get_one(Series, crowd.series.id)
        moderator = viewer(session, make_member(session, series, role="moderator"))
    looked_at = 0
    for _step in range(12):
        with transaction(own_engine) as session:
            session.execute(random.choice(_changes(crowd, random)))  # type: ignore[call-overload]
        if random.random() < 0.5:
            with transaction(own_engine) as session:
                tally_changed(session)
        with transaction(own_engine, writes=False) as session:
            series = session.get_one(Series, crowd.series.id)
            for who in (None, moderator):
                assert read_sums(session, who, series, KINDS) == _counted(session, who, series)
                sums = read_sums(session, who, series, ("positions",))
                counted = count_positions(session, who, [series.id])
                assert counted[series.id] == sums.get(("positions", 0), 0)
                looked_at += 1
            assert not list(find_differences(session))
    assert looked_at == 24


def test_once_counted_a_sum_is_read_and_not_counted(own_engine: Engine, crowd: Crowd) -> None:
    with transaction(own_engine) as session:
        assert tally_changed(session)
    with transaction(own_engine) as session:
        assert not tally_changed(session)
        session.execute(update(SeriesTally).values(number=SeriesTally.number + 1000))
    with transaction(own_engine, writes=False) as session:
        series = session.get_one(Series, crowd.series.id)
        assert min(read_sums(session, None, series, KINDS).values()) > 1000
        assert list(find_differences(session))


def test_a_new_position_is_counted_before_the_worker_has_come(
    own_engine: Engine, crowd: Crowd
) -> None:
    with transaction(own_engine) as session:
        tally_changed(session)
    with transaction(own_engine) as session:
        row = session.get_one(Position, crowd.positions[0])
        session.execute(
            insert(Position),
            {
                "public_id": "bcdfghjkmn",
                "thread_id": row.thread_id,
                "author_id": crowd.moderator.id,
                "attribution": "role",
                "state": "published",
                "created_at": row.created_at,
                "changed_at": row.changed_at,
            },
        )
    with transaction(own_engine, writes=False) as session:
        series = session.get_one(Series, crowd.series.id)
        assert read_sums(session, None, series, ("positions",)) == {("positions", 0): 61}


def test_who_reads_while_threads_are_counted_adds_nothing_twice(
    own_engine: Engine, crowd: Crowd
) -> None:
    """A page that is drawn between two statements of who counts is kept, whatever it says."""
    with transaction(own_engine, writes=False) as reading:
        series = reading.get_one(Series, crowd.series.id)
        changes = read_changes(reading, None, series, KINDS)
        with transaction(own_engine) as session:
            tally_changed(session)
        assert add_kept(reading, series, KINDS, changes) == _counted(reading, None, series)
