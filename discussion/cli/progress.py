"""How far a long command is: a bar with the time left on a terminal, plain lines elsewhere.

It goes to standard error, so that what a command prints can be read by a script.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

Tell = Callable[[int], None]  # so many more are done

QUIET_SECONDS = 2.0  # what is done sooner needs no line
PAUSE_SECONDS = 10.0


def nobody(_more: int) -> None:
    """For whoever does not want to know."""


@contextmanager
def progress(doing: str, total: int) -> Iterator[Tell]:
    """Say how much of `total` is done; the block calls what it is given as it goes along."""
    if sys.stderr.isatty():
        with _bar(doing, total) as tell:
            yield tell
    else:
        yield _Lines(doing, total).tell


@contextmanager
def _bar(doing: str, total: int) -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    shown = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeLeft(),
        TextColumn("left"),
        console=Console(stderr=True),
        transient=True,
    )
    with shown:
        task = shown.add_task(doing, total=total)
        yield lambda more: shown.advance(task, more)


class _Lines:
    """A line when it takes long, and another every now and then."""

    def __init__(self, doing: str, total: int) -> None:
        self.doing, self.total, self.done = doing, total, 0
        self.began = monotonic()
        self.next = self.began + QUIET_SECONDS

    def tell(self, more: int) -> None:
        self.done += more
        now = monotonic()
        if now >= self.next:
            self.next = now + PAUSE_SECONDS
            print(self._line(now - self.began), file=sys.stderr, flush=True)

    def _line(self, spent: float) -> str:
        done = min(self.done, self.total)
        if not done:
            return f"{self.doing} …"
        left = spent * (self.total - done) / done
        return f"{self.doing}: {100 * done // self.total} %, {in_words(left)} left"


def in_words(seconds: float) -> str:
    """About how long, as people say it."""
    if seconds < 90:
        whole = max(1, round(seconds))
        return f"about {whole} second{'' if whole == 1 else 's'}"
    return f"about {round(seconds / 60)} minutes"
