"""How long the costliest texts take: `python -m tests.text.bench` prints the slowest of them."""

import statistics
import time
from collections.abc import Callable

from discussion.text import identifying, plain, render
from discussion.vocabulary.education import EDUCATION
from tests.text.costly import sources

_REPEATS = 5


def measure(function: Callable[[str], object], source: str) -> float:
    """The median of several runs, in seconds."""
    return statistics.median(_once(function, source) for _ in range(_REPEATS))


def _once(function: Callable[[str], object], source: str) -> float:
    start = time.perf_counter()
    function(source)
    return time.perf_counter() - start


def slowest(function: Callable[[str], object], how_many: int = 5) -> list[tuple[float, str]]:
    """The slowest sources for a function, slowest first: seconds and what they consist of."""
    times = [(measure(function, source), name) for name, source in sources().items()]
    return sorted(times, reverse=True)[:how_many]


def signs_in(source: str) -> object:
    return identifying(source, EDUCATION.signs)


def main() -> None:
    for function in (render, plain, signs_in):
        for seconds, name in slowest(function):
            print(f"{function.__name__:<12} {seconds:6.3f} s  {name}")


if __name__ == "__main__":
    main()
