"""An edition of the sector's figures as rows: for its table, and for the open data."""

from collections.abc import Iterator

from discussion.weighing.practice.shapes_sector import SectorFigures

PROFESSED, PRACTISED, BESIDE = "professed", "practised", "said beside done"
SHARING, NAMED, SEEN = "of those who share a value", "named for it, in 100", "leaders beside staff"
FIGURES = (PROFESSED, PRACTISED, BESIDE, SHARING, NAMED, SEEN)
HEAD = ("figure", "function", "value", "what", "number", "of")
Row = tuple[str, str, str, str, int, int]


def sector_rows(figures: SectorFigures) -> tuple[Row, ...]:
    """Each number with what it is a part of."""
    return tuple(_rows(figures))


def _rows(figures: SectorFigures) -> Iterator[Row]:
    for one in figures.functions:
        for figure, stops in ((PROFESSED, one.professed), (PRACTISED, one.practised)):
            for stop, number in zip(figures.stops, stops, strict=True):
                yield figure, one.name, "", stop, number, one.organisations
        for what, number in (
            ("more central in practice", one.more_central),
            ("more local in practice", one.more_local),
            ("the same", one.same),
        ):
            yield BESIDE, one.name, "", what, number, one.organisations
    for value in figures.values:
        for chosen in value.chooses:
            of = chosen.central + chosen.together + chosen.local
            for what, number in (
                ("decided centrally", chosen.central),
                ("decided together", chosen.together),
                ("decided locally", chosen.local),
            ):
                yield SHARING, chosen.function, value.label, what, number, of
    for named in figures.named:
        for what, share in (("central choices", named.central), ("local choices", named.local)):
            if share is not None:
                yield NAMED, "", named.label, what, share, 100
    for seen in figures.seen:
        of = seen.alike + seen.apart + seen.cannot_tell
        for what, number in (
            ("alike", seen.alike),
            ("apart", seen.apart),
            ("cannot tell", seen.cannot_tell),
        ):
            yield SEEN, seen.function, "", what, number, of
