"""One word for the state of the database, which every commit changes but those of who was seen.

When somebody was last here is written once an hour for each of them; if that made pages stale, a
hundred people who only read would throw every visitor's pages away all day long.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock

from sqlalchemy import Connection, Engine, Select, create_engine, event, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from discussion import clock
from discussion.db import keep_private, transaction
from discussion.registers import Only

MOST_LOOKED_AT = 200  # transactions since the last look; after more, something will have changed
PATIENCE_MS = 50  # for who writes just now, while readers of kept pages wait


# How many of these transactions, by PostgreSQL's numbers, noted lately who was seen.
SEEN: Only[Callable[[Collection[int], datetime], Select[int]]] = Only("who was seen")


def watch_for(engine: Engine) -> "SqliteWatch | PostgresWatch":
    """What tells that a database has changed, for the kind of database it is."""
    return SqliteWatch(engine) if engine.dialect.name == "sqlite" else PostgresWatch(engine)


class SqliteWatch:
    """`PRAGMA data_version` of one connection: every commit of any other changes it.

    Its own commits do not, so it is this connection that writes who was seen when.
    """

    def __init__(self, engine: Engine) -> None:
        self._path = engine.url.database or ":memory:"
        self._lock = Lock()
        self._watcher: sqlite3.Connection | None = None
        self._writer = create_engine("sqlite://", creator=self._connection, poolclass=StaticPool)
        event.listen(self._writer, "begin", _begin_at_once)
        event.listen(engine, "engine_disposed", self._close)

    def state(self) -> str:
        with self._lock:
            return str(self._connection().execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def unnoticed(self) -> Iterator[Session]:
        """Raises OperationalError, soon, while somebody else writes."""
        with self._lock, transaction(self._writer) as session:
            yield session

    def _close(self, _engine: Engine) -> None:
        with self._lock:
            self._writer.dispose()
            if self._watcher is not None:
                self._watcher.close()
            self._watcher = None

    def _connection(self) -> sqlite3.Connection:
        if self._watcher is None:
            keep_private(self._path)
            self._watcher = sqlite3.connect(
                self._path,
                timeout=PATIENCE_MS / 1000,
                check_same_thread=False,
                isolation_level=None,
            )
            self._watcher.execute("PRAGMA synchronous=NORMAL")  # an hour more or less is not lost
            self._watcher.execute("PRAGMA wal_autocheckpoint=0")  # left to those who have time
        return self._watcher


class PostgresWatch:
    """The current snapshot: which transactions are over.

    Those that are new since the last look are looked up among the sessions: where all of them wrote
    who was seen when, and nothing else, the state is the same.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._snapshot = ""
        self._number = 0

    def state(self) -> str:
        with self._lock, self._engine.connect() as connection:
            snapshot = str(connection.scalar(text("SELECT pg_current_snapshot()::text")))
            if snapshot != self._snapshot:
                if not self._snapshot or not _only_seen(connection, self._snapshot, snapshot):
                    self._number += 1
                self._snapshot = snapshot
            return str(self._number)

    @contextmanager
    def unnoticed(self) -> Iterator[Session]:
        with transaction(self._engine) as session:
            yield session


def _only_seen(connection: Connection, before: str, after: str) -> bool:
    """Whether every transaction that ended between two snapshots noted who was seen."""
    (_, had_begun, were_running), (_, have_begun, are_running) = _read(before), _read(after)
    if have_begun - had_begun > MOST_LOOKED_AT:
        return False
    ended = (were_running | set(range(had_begun, have_begun))) - are_running
    return not ended or connection.scalar(SEEN()(ended, clock.now())) == len(ended)


def _read(snapshot: str) -> tuple[int, int, set[int]]:
    """`10:14:10,12`: the first that runs, the first that has not begun, and those that run."""
    first, next_, running = snapshot.split(":")
    return int(first), int(next_), {int(number) for number in running.split(",") if number}


def _begin_at_once(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
