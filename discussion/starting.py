"""What a process does once, while it loads the site."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def spared() -> Iterator[None]:
    """Load what stays for as long as the process lives, without anybody looking for rubbish in it.

    Python's collector would walk through all of it again and again, a third of a start; from then
    on it leaves what was loaded alone, so that no request waits for that either.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
