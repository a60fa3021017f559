"""A page for every state that it can be in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from discussion.weighing.findings.shapes.found import Sentence
from discussion.weighing.findings.shapes.ground import Reading
from discussion.weighing.findings.shapes.page import FindingsPage, Refusal, Waiting
from discussion.weighing.findings.shapes.provenance import Representative
from discussion.weighing.findings.shapes.reasonable import Change, Meta, Moved
from discussion.weighing.findings.shapes.rows import Row
from discussion.weighing.findings.shapes.tags import LevelPair, Levels, Tags
from tests.weighing.findings.pages.enrichment import FOUND, MINE, ROWS, make_page, with_found
from tests.weighing.findings.pages.parts import (
    ENRICHMENT,
    LEADERS,
    NOTHING,
    TEACHERS,
    make_cell,
    make_dimension,
    make_group,
    make_kinds,
    make_row,
)
from tests.weighing.findings.pages.viewpoints import of_viewpoints, without_viewpoints


def of_rows(rows: Sequence[Row], **changes: object) -> FindingsPage:
    """The page of other statements: what was said of the first ones is taken away."""
    nothing = {
        "common": NOTHING, "common_rows": (), "parts": NOTHING, "parts_rows": (),
        "cruxes": NOTHING, "crux_rows": (), "unknown": NOTHING, "unknown_rows": (),
        "meta": Meta(None, None, None, (), ()),
        "provenance": replace(FOUND.provenance, lines=FOUND.provenance.lines[:2]),
    }  # fmt: skip
    return with_found(**{"kinds": make_kinds(rows), **nothing, **changes})


def of_everybody() -> FindingsPage:
    """One group only: nothing is compared."""
    rows = [
        make_row(code, kind, text, tuple(map(sum, zip(one, two, strict=True))), (), state, ())
        for code, kind, text, one, two, state in ENRICHMENT
    ]
    sentence = Sentence("not_enough_to_say", "There are no two groups of five to compare yet.",
                        "34 answered.", "There are no two groups of five to compare yet. 34 "
                        "answered.", "Ask whose voices are missing.")  # fmt: skip
    return with_found(groups=(), kinds=make_kinds(rows), dimensions=(), sentence=sentence,
                      parts=NOTHING, parts_rows=(), cruxes=NOTHING, crux_rows=(),
                      lede="34 answered, and said too little about themselves.")  # fmt: skip


def not_enough() -> FindingsPage:
    """Two groups, of whom too few answered anything."""
    few = make_group("role:sixth_form", "sixth-form teachers", None)
    rows = [
        make_row(code, kind, text, (), (), "insufficient", (LEADERS, few))
        for code, kind, text, *_rest in ENRICHMENT
    ]
    sentence = Sentence("not_enough_to_say", "Not enough to say yet.", "Seven answered.",
                        "Not enough to say yet. Seven answered.", "Ask more.")  # fmt: skip
    return with_found(
        sentence=sentence, groups=(LEADERS, few), kinds=make_kinds(rows),
        dimensions=tuple(make_dimension(kind, "insufficient", "None of the statements")
                         for kind in ("end", "fact", "means")),
        common=NOTHING, common_rows=(), parts=NOTHING, parts_rows=(), cruxes=NOTHING,
        crux_rows=(), read_differently=NOTHING, read_differently_rows=(),
        meta=Meta(None, None, None, (), ("Nothing is disputed enough to ask.",)),
        tags=Tags(False, None, None, (), (1, 0), (2, 0), None, (), 0, 0, False, (),
                  ("Fewer than three positions of each group have values.",)),
    )  # fmt: skip


def of_points(points: int) -> FindingsPage:
    """Statements on a scale of so many points."""
    first = tuple(range(points, 0, -1))
    rows = [
        make_row("E1", "end", "What matters comes first.", first, first[::-1], "apart"),
        make_row("M1", "means", "What works comes next.", first, first, "alike"),
    ]
    return of_rows(rows, points=points)


def of_many(number: int = 40) -> FindingsPage:
    """So many statements, long ones, between groups with long names."""
    words = "Every school should say in plain words what it asks of its pupils after four, "
    a = make_group("role:a", "heads of sixth form in colleges that share a trust", 18)
    b = make_group("role:b", "people who work with young people outside school", 16)
    rows = [
        make_row(f"M{n}", "means", (words * 3)[:200], (n % 5, 3, 4, 5, 2), (6, 1, 2, 3, 4),
                 ("apart", "alike", "unclear")[n % 3], (a, b))
        for n in range(1, number + 1)
    ]  # fmt: skip
    return of_rows(rows, groups=(a, b), parts_rows=tuple(rows[:20]))


def in_arabic() -> FindingsPage:
    """A thread in another script and direction."""
    rows = [
        make_row("E1", "end", "تكافؤ الفرص مهم للعدالة.", (0, 0, 0, 2, 16), (2, 9, 5, 1, 1),
                 "apart"),
    ]  # fmt: skip
    page = of_rows(rows, parts_rows=tuple(rows))
    return replace(page, thread_question="هل يجب أن تكون المشاركة إلزامية؟")


def of_polis() -> FindingsPage:
    """Nothing but imported answers: three points, statements of no kind, inferred groups."""
    a = make_group("inferred:1", "group A", 41, is_inferred=True)
    b = make_group("inferred:2", "group B", 57, is_inferred=True)
    rows = [
        make_row("S1", "", "The new road should be closed to cars.", (30, 4, 7), (3, 9, 45),
                 "apart", (a, b)),
        make_row("S2", "", "More buses would help.", (2, 3, 36), (1, 6, 50), "alike", (a, b)),
    ]  # fmt: skip
    return of_rows(
        rows, groups=(a, b), points=3, dimensions=(), tags=replace(
            FOUND.tags, is_compared=False, emphases=(),
            says=("Positions are not looked at: these groups were inferred.",)),
        inferred_warning="These groups were inferred from the answers alone. Nobody declared them.",
        representative=(
            Representative("inferred:1", "Group A", "S1", rows[0].text, "disagree",
                           "30 of 41 disagree, against 3 of 57 elsewhere"),
            Representative("inferred:2", "Group B", "S1", rows[0].text, "agree",
                           "45 of 57 agree, against 7 of 41 elsewhere"),
        ),
        provenance=replace(FOUND.provenance, lines=(), attribution="The Computational Democracy "
                           "Project, CC BY 4.0."),
    )  # fmt: skip


def read_as(key: str = "phase:primary") -> FindingsPage:
    """The page as people in primary schools would read it."""
    lens = make_group(key, "people in primary schools", 11, is_chosen=True)
    rows = [
        replace(row, chosen=make_cell(lens, (1, 2, 3, 3, 2)) if row.gap is not None
                else make_cell(lens, (), "few"))
        for row in ROWS
    ]  # fmt: skip
    return replace(
        with_found(kinds=make_kinds(rows)),
        lens=lens,
        lens_says=("People in primary schools stand nearer to sixth-form teachers on E2.",),
        lenses=(LEADERS, TEACHERS, lens),
    )


def refused() -> FindingsPage:
    return make_page(
        refusal=Refusal("Governors", "The page is not read for governors: fewer than five rated."),
    )


def with_everything() -> FindingsPage:
    """A second round, levels, one's own answers and a new round running beside it."""
    moved = (
        Moved("E2", ROWS[1].text, 3.0, 4.0, False, "The median rose from 3 to 4"),
        Moved("M1", ROWS[5].text, 4.0, 4.0, True, "Settled at 4"),
        Moved("F3", ROWS[4].text, None, None, False, "Too few answered in both rounds"),
    )
    levels = (
        Levels("thread", (), 0.41, (
            LevelPair("National", "School", 0.41, "Consistency", "/values/m/consistency", 0.4,
                      0.05, "National and school positions share 41% of their emphasis"),
            LevelPair("National", "Trust", None, "", "", None, None,
                      "Too few positions at trust level"),
        ), ("The same question gets different values at different levels.",)),
    )  # fmt: skip
    change = Change(1, False, "When answers to four in five statements have stopped changing",
                    moved, ("One of two statements has settled.",))  # fmt: skip
    page = with_found(
        change=change,
        levels=levels,
        not_reading=Reading("The two groups rely on different things.", ("Two of six shared.",)),
        different_reasons=Reading("Both want the default, for reasons of their own.", ()),
    )
    return replace(page, mine=MINE, is_latest=False, version=1,
                   waiting=Waiting("open", "A second round is open. 12 have answered so far.", 12,
                                   date(2027, 2, 1)))  # fmt: skip


def waiting(state: str) -> FindingsPage:
    """Nothing found yet, and why."""
    says = {
        "none": "No round is planned yet. Moderators draw statements from the positions first.",
        "planned": "A round opens on 7 December 2026.",
        "open": "12 people have answered so far.",
        "computing": "The round has closed. Its findings are being worked out.",
    }[state]
    waits = Waiting(state, says, 12 if state == "open" else None,
                    date(2027, 1, 4) if state == "open" else None)  # fmt: skip
    return make_page(waiting=waits, found=None, version=None, round_number=None, editions=(),
                     comparisons=(), lenses=(), permanent_url="", json_url="")  # fmt: skip


STATES = {
    "enrichment": make_page(),
    "everything": with_everything(),
    "read as": read_as(),
    "refused": refused(),
    "everybody": of_everybody(),
    "not enough": not_enough(),
    "three points": of_points(3),
    "four points": of_points(4),
    "seven points": of_points(7),
    "forty statements": of_many(),
    "arabic": in_arabic(),
    "polis": of_polis(),
    "viewpoints": of_viewpoints(),
    "no viewpoints": without_viewpoints(),
    "none": waiting("none"),
    "planned": waiting("planned"),
    "open": waiting("open"),
    "computing": waiting("computing"),
}
