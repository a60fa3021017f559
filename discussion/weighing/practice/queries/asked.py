"""What every part of a mirror is made from: the numbers, and what things are called."""

from collections.abc import Mapping
from dataclasses import dataclass

from discussion.language import in_words
from discussion.vocabulary import of_series
from discussion.vocabulary.practice import PracticeWords
from discussion.weighing.practice.models import Run
from discussion.weighing.practice.queries.mirroring import Held


@dataclass(frozen=True)
class Asked:
    """A run's numbers with its words; `stops` from the most local."""

    held: Held
    called: Mapping[str, str]
    stops: tuple[str, ...]
    words: PracticeWords
    when: tuple[str, ...]  # of each run


def ask(run: Run, held: Held, closed: tuple[str, ...]) -> Asked:
    """By the instrument that this run asked with."""
    return Asked(
        held=held,
        called={each.slug: each.name for each in held.runs[-1].functions},
        stops=tuple(run.instrument.stops),
        words=of_series(run.series.slug).practice,
        when=closed,
    )


def month_of(run: Run) -> str:
    """When a run was held, as its people call it."""
    return in_words(run.closed_at or run.closes_at or run.made_at, "MMMM y")
