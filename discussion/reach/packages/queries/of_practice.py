"""The table of what organisations say and do, as the newest edition that stands tells it."""

from collections.abc import Iterator

from discussion.reach.packages.queries.tabling import DataTable, Mark, Reading
from discussion.reach.packages.shapes import Column, Row
from discussion.weighing.practice.queries.editions import (
    figures_of,
    newest_edition,
    standing_editions,
)
from discussion.weighing.practice.queries.sector_rows import FIGURES, sector_rows


def _practice(reading: Reading) -> Iterator[Row]:
    edition = newest_edition(reading.session, reading.series)
    figures = figures_of(reading.session, edition) if edition is not None else None
    if edition is not None and figures is not None:
        for row in sector_rows(figures):
            yield edition.number, *row


def _marks_of_practice(reading: Reading) -> Iterator[Mark]:
    """An edition goes the moment that one of its organisations leaves."""
    for edition in standing_editions(reading.session, reading.series):
        yield "practice edition", reading.series.slug, edition.number


PRACTICE = DataTable(
    "practice",
    "What organisations say and do",
    "Counts over organisations that let themselves be counted, at least five in each and none of "
    "them named, each at the middle answer of its own people.",
    (
        Column("edition", "the edition that tells it", "integer"),
        Column("figure", "what is counted", among=FIGURES),
        Column("function", "what organisations do, or nothing"),
        Column("value", "the value that is shared or named, or nothing"),
        Column("what", "who decides, or what is so"),
        Column("number", "so many organisations; of values named, answers in 100", "integer"),
        Column("of", "of so many", "integer"),
    ),
    ("edition", "figure", "function", "value", "what"),
    of_series=_practice,
    marks=_marks_of_practice,
)
