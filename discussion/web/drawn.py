"""What takes long to set or draw: made once, one at a time, and kept by what it rests on.

A program that asks for every sheet and picture of a site waits for its turn, or is told to come
back; it holds no more than a few of the threads that others read with.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import BoundedSemaphore, Lock
from typing import Generic, TypeVar

from werkzeug.exceptions import ServiceUnavailable

from discussion.web.flights import Flight, Flights

MOST_BYTES = 8_000_000  # of one kind, in each process
MOST_WAITING = 4  # who makes, and who waits to
PATIENCE = 8.0  # seconds
COME_BACK = 10  # seconds until it is worth asking again
Key = TypeVar("Key", bound=Hashable)

_MAKING = BoundedSemaphore(1)  # of all kinds: each takes a whole processor
_WAITING = BoundedSemaphore(MOST_WAITING)


class Drawn(Generic[Key]):
    """Bytes by what they were made of: what says something else has another key."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._size = most_bytes, 0
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._lock = Lock()
        self._flights: Flights[Key, bytes] = Flights(patience=PATIENCE)

    def of(self, key: Key, make: Callable[[], bytes]) -> bytes:
        """As it was kept, as somebody is making it just now, or made. Raises ServiceUnavailable."""
        if (found := self._find(key)) is not None:
            return found
        flight = self._flights.share(key, lambda _made: True)
        if not isinstance(flight, Flight):
            return flight
        made = None
        try:
            made = self._make(key, make)
            return made
        finally:
            self._flights.land(key, flight, made)

    def _make(self, key: Key, make: Callable[[], bytes]) -> bytes:
        if not _WAITING.acquire(blocking=False):
            raise ServiceUnavailable(retry_after=COME_BACK)
        try:
            if not _MAKING.acquire(timeout=PATIENCE):
                raise ServiceUnavailable(retry_after=COME_BACK)
            try:
                found = self._find(key)  # made while this one waited
                return found if found is not None else self._keep(key, make())
            finally:
                _MAKING.release()
        finally:
            _WAITING.release()

    def _find(self, key: Key) -> bytes | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _keep(self, key: Key, made: bytes) -> bytes:
        with self._lock:
            self._size += len(made) - len(self._kept.pop(key, b""))
            self._kept[key] = made
            while self._size > self._most and self._kept:
                _oldest, gone = self._kept.popitem(last=False)
                self._size -= len(gone)
        return made
