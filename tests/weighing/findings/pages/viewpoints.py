"""Two viewpoints and a split in both groups, built by hand on statements of the enrichment page."""

from dataclasses import replace

from discussion.weighing.findings.shapes.page import FindingsPage
from discussion.weighing.findings.shapes.viewpoints import (
    Holding,
    LeanRow,
    Leans,
    Profile,
    Viewpoint,
    ViewpointRow,
    ViewpointRows,
    Viewpoints,
)
from tests.weighing.findings.pages.enrichment import ROWS, with_found
from tests.weighing.findings.pages.parts import LEADERS, TEACHERS, make_cell, make_group

A, B = make_group("view:A", "A", 19), make_group("view:B", "B", 15)


def _profile(letter: str, counts: tuple[int, ...], words: str, *, is_apart: bool) -> Profile:
    cell = make_cell(A if letter == "A" else B, counts)
    place = None if cell.mean is None else (cell.mean - 1) / 4
    return Profile(letter, cell, place, words, is_apart)


def _held(letter: str, size: int, leaders: int | None, teachers: int | None) -> Viewpoint:
    within = tuple(
        Holding(group, number, f"{number or 'fewer than 5'} {group.name}")
        for group, number in ((LEADERS, leaders), (TEACHERS, teachers))
    )
    others = None if None in (leaders, teachers) else size - (leaders or 0) - (teachers or 0)
    return Viewpoint(letter, size, f"{size} of 34", within, others, "E2", ROWS[1].text,
                     "Mostly agree with")  # fmt: skip


def of_viewpoints() -> FindingsPage:
    """One viewpoint is held in both groups, of the other one group's number is not shown."""
    rows = ViewpointRow("E2", ROWS[1].text, (
        _profile("A", (0, 0, 1, 8, 10), "18 of 19 agree", is_apart=True),
        _profile("B", (9, 5, 1, 0, 0), "14 of 15 disagree", is_apart=False),
    ))  # fmt: skip
    hidden = ViewpointRow("F3", ROWS[4].text, (
        _profile("A", (1, 2, 3, 1, 0), "1 agree, 3 disagree", is_apart=False),
        _profile("B", (), "fewer than 5", is_apart=False),
    ))  # fmt: skip
    return with_found(
        leans=Leans(
            "Each group is itself split", "On one statement.", (LEADERS, TEACHERS),
            (LeanRow("M3", ROWS[7].text, ROWS[7].cells, "Both are split.", ""),), True,
        ),
        viewpoints=Viewpoints(
            "found", "Two viewpoints", ("People answer in two ways here.",),
            (_held("A", 19, 9, 10), _held("B", 15, None, None)),
            (ViewpointRows("A", "Most of A agree, most of B disagree", (rows,)),
             ViewpointRows("hidden", "Not shown for every viewpoint", (hidden,))),
            0.97, ("Made from the ratings alone.",),
        ),
    )  # fmt: skip


def without_viewpoints() -> FindingsPage:
    """Why none are shown."""
    page = of_viewpoints()
    assert page.found is not None
    none = Viewpoints("none", "Viewpoints", ("None can be made out.",), (), (), None, ())
    return replace(page, found=replace(page.found, leans=None, viewpoints=none))
