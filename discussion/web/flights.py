"""One thread makes a thing, the others wait for it and take it: what many ask for at once."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Generic, TypeVar

MOST = 256  # being made at once; whoever comes beyond makes theirs alone
PATIENCE = 10.0  # seconds; whoever has waited so long makes theirs alone
Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


@dataclass
class Flight(Generic[Made]):
    """What is being made; once it has landed, what was made, or None where none may share it."""

    landed: Event = field(default_factory=Event)
    made: Made | None = None


class Flights(Generic[Key, Made]):
    """What is being made just now, by whom is not kept: a maker that fails or dies holds nobody."""

    def __init__(self, most: int = MOST, patience: float = PATIENCE) -> None:
        self._lock = Lock()
        self._flights: dict[Key, Flight[Made]] = {}
        self._most = most
        self._patience = patience

    def share(self, key: Key, is_fresh: Callable[[Made], bool]) -> "Made | Flight[Made]":
        """What somebody else has made of this, or a flight of one's own, which must `land`.

        Of one that had begun before we came, only what `is_fresh`: it may miss what has changed
        since. One that began while we waited misses nothing that we could know of.
        """
        has_waited = False
        while True:
            with self._lock:
                flight = self._flights.get(key)
                if flight is None:
                    own: Flight[Made] = Flight()
                    if len(self._flights) < self._most:
                        self._flights[key] = own
                    return own
            if not flight.landed.wait(self._patience):
                self.land(key, flight, None)  # whoever made it is gone, or too slow to wait for
            if flight.made is None:
                return Flight()
            if has_waited or is_fresh(flight.made):
                return flight.made
            has_waited = True

    def land(self, key: Key, flight: Flight[Made], made: Made | None) -> None:
        """What was made, for all who wait; None where it is nobody else's or has failed."""
        with self._lock:
            if self._flights.get(key) is flight:
                del self._flights[key]
        if not flight.landed.is_set():
            flight.made = made
            flight.landed.set()
