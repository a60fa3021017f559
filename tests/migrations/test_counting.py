"""The database counts what pages show, whoever changes it and however, and nobody waits for it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from discussion.db import transaction
from discussion.debate.threads.models import Thread
from discussion.migrations import is_current, upgrade
from discussion.migrations.counted import TABLES
from discussion.migrations.counting import BEGIN, is_counting
from discussion.states.operations import gather
from discussion.states.queries import state_of
from tests.databases import KINDS, made_database, migrated_database, opened
from tests.factories import make_position, make_series, make_thread

CHANGES = {  # of both threads at once → which of the two it changes
    "UPDATE thread SET summary = 'Another'": {1, 2},
    "UPDATE position SET state = 'hidden'": {1, 2},
    "UPDATE position SET thread_id = 2 WHERE thread_id = 1": {1, 2},
    "UPDATE revision SET claim = 'Another' WHERE position_id = 1": {1},
    "DELETE FROM value_tag WHERE revision_id = 1": {1},
    "UPDATE person SET display_name = 'Another'": set(),
}


def state(session: Session, scope: str, subject: int = 0) -> int:
    return int(session.scalar(select(state_of(scope, subject))) or 0)


def states(session: Session) -> dict[int, int]:
    """Of each thread."""
    return {id: state(session, "thread", id) for id in session.scalars(select(Thread.id))}


@pytest.fixture
def two(own_engine: Engine) -> Engine:
    """A database with two threads of one position each."""
    fill(own_engine)
    return own_engine


def fill(engine: Engine) -> None:
    with transaction(engine) as session:
        series = make_series(session)
        for slug in ("first", "second"):
            make_position(session, make_thread(session, series, slug=slug))


@pytest.mark.parametrize("kind", KINDS)
def test_migrations_make_the_database_count_and_are_a_change_of_everything(
    kind: str, tmp_path: Path
) -> None:
    with migrated_database(kind, tmp_path) as url, opened(url) as engine:
        with Session(engine) as session:
            before = state(session, "site")
        with engine.begin() as connection:
            assert is_counting(connection)
            if kind == "sqlite":
                (name, *_more) = connection.exec_driver_sql(
                    f"SELECT name FROM sqlite_master WHERE name LIKE '{BEGIN}%'"
                ).scalars()
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            else:
                connection.exec_driver_sql(f"DROP FUNCTION {BEGIN}heading CASCADE")
        assert not is_current(engine)
        upgrade(engine)
        assert is_current(engine)
        with Session(engine) as session:
            assert state(session, "site") > before


@pytest.mark.parametrize("change", CHANGES)
def test_no_statement_goes_around_it(two: Engine, change: str) -> None:
    with transaction(two) as session:
        before, site = states(session), state(session, "site")
        session.execute(text(change))
        after = states(session)
        assert {id for id in after if after[id] > before[id]} == CHANGES[change]
        assert (state(session, "site") > site) == (not CHANGES[change])


def test_every_table_that_is_counted_is_counted_whatever_happens_to_its_rows(two: Engine) -> None:
    """A statement about no row may count, and never fails."""
    with transaction(two) as session:
        for table in TABLES:
            column = session.connection().exec_driver_sql(f'SELECT * FROM "{table}" WHERE 1 = 0')
            name = next(iter(column.keys()))
            session.execute(text(f'UPDATE "{table}" SET "{name}" = "{name}" WHERE 1 = 0'))
            session.execute(text(f'DELETE FROM "{table}" WHERE 1 = 0'))
    assert len(TABLES) > 40


def test_who_writes_in_one_thread_at_once_waits_for_nobody_and_each_is_seen(
    tmp_path: Path,
) -> None:
    """On PostgreSQL, since SQLite has one writer: though the one that began first ends last."""
    add = "UPDATE revision SET claim = :says WHERE position_id = :id"
    with (
        made_database("postgresql", tmp_path) as url,
        opened(url) as two,
        Session(two) as first,
        Session(two) as second,
        Session(two) as reader,
    ):
        fill(two)
        seen = [state(reader, "thread", 1)]
        for one, other in ((first, 1), (second, 2)):
            one.execute(text("SET LOCAL lock_timeout = '2s'"))
            one.execute(text(add), {"says": "Said", "id": other})
            one.execute(text("UPDATE thread SET slow_minutes = 1 WHERE id = :id"), {"id": other})
            one.execute(text("INSERT INTO heading (thread_id, text, \"order\") VALUES (1, 'H', 1)"))
        second.commit()
        reader.commit()
        seen.append(state(reader, "thread", 1))
        with transaction(two) as gathering:
            gather(gathering)
        reader.commit()
        assert state(reader, "thread", 1) == seen[-1], "gathering is no change"
        first.commit()
        reader.commit()
        seen.append(state(reader, "thread", 1))
        with transaction(two) as gathering:
            gather(gathering)
            rows = gathering.scalars(
                text("SELECT count(*) FROM state_number GROUP BY scope, subject")
            )
            assert set(rows) == {1}
        reader.commit()
        assert state(reader, "thread", 1) == seen[-1]
    assert seen == sorted(set(seen)), "no state comes back"
