"""What was found for one reader, kept while nothing that it follows from has changed.

How many notices are new, and what is new since a visit, are asked for on every page of theirs. Each
is kept under the states that the database counts, as the bodies of pages are (decision 34), and
with all that rules ask of them.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

from flask import Flask

from discussion.web.site import site

MOST_KEPT = 5_000


class Lately:
    """The newest of what was found, each valid under what it was found under."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[object, Any]] = OrderedDict()

    def found(self, key: Hashable, under: object, find: Callable[[], Any]) -> Any:
        """What is kept under the same, or what is found now."""
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and kept[0] == under:
            return kept[1]
        found = find()
        self.keep(key, under, found)
        return found

    def keep(self, key: Hashable, under: object, found: Any) -> None:
        with self._lock:
            self._kept[key] = under, found
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


def install(app: Flask) -> None:
    site(app).assets["lately"] = Lately()


def lately() -> Lately:
    """That of this site."""
    kept: Lately = site().assets["lately"]
    return kept
