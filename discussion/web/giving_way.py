"""On SQLite whoever makes a page lets those who write in this process end first.

Python takes turns: beside eight threads that make pages, a transaction of many small statements
holds SQLite's one write lock several times as long as it needs, and everybody else who writes waits
for it. A page that is made meanwhile is old as soon as it is there. On PostgreSQL writers do not
wait for each other, and waiting for them was slower.
"""

from threading import Condition
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, event

PATIENCE = 0.25  # seconds: for one writer from their beginning, and for all of them from ours
_KEY = "writes since"  # in what is kept beside a connection


class Writers:
    """Who holds a transaction that was opened to write, by when it began."""

    def __init__(self, engine: Engine, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._since: dict[int, float] = {}  # by connection
        self._ended = Condition()
        if engine.dialect.name == "sqlite":
            event.listen(engine, "begin", self._note_begin)
            event.listen(engine, "checkin", self._note_end)

    def let_end(self) -> None:
        """Wait until nobody writes; no longer than that is likely to be worth."""
        until = monotonic() + self._patience
        with self._ended:
            while (left := self._left(until)) > 0:
                self._ended.wait(left)

    def _left(self, until: float) -> float:
        """Seconds that are worth waiting; 0 or less: none."""
        newest = max(self._since.values(), default=0.0)
        return min(until, newest + self._patience) - monotonic()

    def _note_begin(self, connection: Connection) -> None:
        if connection.get_execution_options().get("begin_immediate"):
            connection.info[_KEY] = True
            with self._ended:
                self._since[id(connection.info)] = monotonic()

    def _note_end(self, _connection: Any, record: Any) -> None:
        if record.info.pop(_KEY, False):
            with self._ended:
                self._since.pop(id(record.info), None)
                self._ended.notify_all()
