"""Doing things at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

LONGEST = 60.0  # seconds; whatever waits longer than this has failed


def together(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run each act in a thread of its own, begun at once; what it returns, or raised."""
    barrier = Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> Any:
        barrier.wait(LONGEST)
        try:
            return act()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(LONGEST) for future in [pool.submit(begin, act) for act in acts]]
