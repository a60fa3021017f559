"""The findings page of the enrichment thread, built by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime

from discussion.weighing.findings.shapes.found import Found, Sentence
from discussion.weighing.findings.shapes.ground import Crux, Reading, Shared, Unknown
from discussion.weighing.findings.shapes.groups import Link
from discussion.weighing.findings.shapes.page import (
    Comparison,
    Edition,
    FindingsPage,
    Mine,
    OwnAnswer,
    Stage,
)
from discussion.weighing.findings.shapes.provenance import Line, Provenance
from discussion.weighing.findings.shapes.reasonable import Legitimacy, Meta
from discussion.weighing.findings.shapes.tags import Emphasis, ReadDifferently, Tags
from tests.weighing.findings.pages.parts import (
    ENRICHMENT,
    EVERYBODY,
    LEADERS,
    NOTHING,
    TEACHERS,
    URL,
    make_dimension,
    make_group,
    make_kinds,
    make_row,
)

ROWS = tuple(make_row(*each) for each in ENRICHMENT)

HEADING = (
    "People who differ here mostly differ over ends: pupils’ freedom to choose against equality. "
    "On the facts they are alike."
)
FOUND = Found(
    sentence=Sentence(
        verdict="about_ends",
        heading=HEADING,
        answered="34 answered.",
        text=f"{HEADING} 34 answered.",
        prompt="Ask for legitimacy ratings, not for more studies.",
    ),
    groups=(LEADERS, TEACHERS),
    everybody=EVERYBODY,
    lede="34 answered: 18 school leaders and 16 sixth-form teachers, who said who they were before "
    "they rated.",
    statements_says="Eight statements, drawn from eight positions, each found fair by its authors.",
    scale_says="Agree means 4 or 5 on a scale of five. The gap runs from 0 (both groups"
               " answered the same) to 1 (they answered as differently as possible).",
    points=5,
    kinds=make_kinds(ROWS),
    dimensions=(
        make_dimension("end", "apart", "They differ on 1 of 2 statements"),
        make_dimension(
            "fact", "alike", "They answer alike on 2 of 3 statements; too few answers on 1"
        ),
        make_dimension(
            "means", "apart", "They differ on 1 of 3 statements; alike on 1, unclear on 1"
        ),
    ),
    common=Reading(
        "Everyone, in both groups, agrees that access should be equal.",
        ("The nearest to a shared way forward is M2, a place by default with an easy way out. "
         "Hardly anyone disagrees with it.",),
    ),
    common_rows=(
        Shared("E1", ROWS[0].text, "18 of 18 school leaders and 16 of 16 sixth-form teachers agree",
               0.93, 0.89, "agree", False),
        Shared("M2", ROWS[6].text, "7 of 18 school leaders and 12 of 16 sixth-form teachers agree",
               0.52, 0.29, "none", False),
    ),
    parts=Reading("Compulsion, and who chooses.", ("Two of eight statements part the groups.",)),
    parts_rows=(ROWS[5], ROWS[1]),
    cruxes=Reading("Only one statement, and not many.",
                   ("More studies alone will not settle this.",)),
    crux_rows=(
        Crux("F1", ROWS[2].text, 25 / 255, 25, 255, "25 of 255 pairs: five school leaders who "
             "doubt it and five sixth-form teachers who believe it"),
    ),
    unknown=Reading("Whether a default closes the gap as well as a rule.", ()),
    unknown_rows=(
        Unknown("F3", ROWS[4].text, 24, 34, 24 / 34,
                "24 of 34 said they do not know, and no position cites evidence on it", 0),
    ),
    settling=(),
    read_differently=Reading("One study is read in opposite ways.", ()),
    read_differently_rows=(
        ReadDifferently("The impact of mandatory volunteering", "/evidence/items/e1",
                        "Being required puts pupils off", 0.75,
                        "School leaders say that it contradicts the claim; teachers that it "
                        "supports it"),
    ),
    not_reading=NOTHING,
    different_reasons=NOTHING,
    tags=Tags(
        True, 0.54, 0.46,
        (Emphasis("equality", "Equality", "/values/mapping/equality", 0.62, 0.46, True, False),
         Emphasis("choice", "Pupils’ freedom to choose", "/values/mapping/choice", 0, 0.43, False,
                  True)),
        (3, 3), (3, 4), 0.5, (Link("The impact of mandatory volunteering", "/evidence/items/e1"),),
        1, 1, False, (),
        ("54% of the weight on values would have to move for the two groups’ positions to match.",),
    ),
    meta=Meta(
        1.0, 0.0, 0.5,
        (
            Legitimacy("M2", "means", "A place by default", 19, 15, 15, 13, 13 / 15, 0.75, True,
                       True, "13 of 15 who do not hold it find it reasonable",
                       "at or above the 75% mark"),
            Legitimacy("E2", "end", "Freedom to choose", 17, 17, 17, 14, 14 / 17, 0.75, True, True,
                       "14 of 17 who do not hold it find it reasonable",
                       "at or above the 75% mark"),
            Legitimacy("F1", "fact", "Being required puts pupils off", 7, 25, 25, 18, 0.72, 0.75,
                       True, False, "18 of 25 who do not hold it find it reasonable",
                       "just below the 75% mark"),
            Legitimacy("M1", "means", "Compulsory attendance", 18, 16, 16, 9, 9 / 16, 0.75, True,
                       False, "9 of 16 who do not hold it find it reasonable",
                       "below the 75% mark"),
        ),
        ("So the end they part over is respected by those who do not share it. The rule itself is "
         "not, yet.",),
    ),
    change=None,
    levels=(),
    ask_next=("Ask for legitimacy ratings, not for more studies.",
              "Ask who has a record of pupils leaving after a default place."),
    inferred_warning="",
    ledger=(),
    least_divisive=NOTHING,
    least_rows=(),
    rule="",
    representative=(),
    provenance=Provenance(
        (
            Line("Who could rate", "Members of the series. Groups are the roles they declared."),
            Line("When", "7 December 2026 to 4 January 2027. Nobody saw an answer before it "
                 "closed."),
            Line("Apart", "A gap of 0.25 or more that relabelling gives at most once in 20.",
                 ("E2", "M1")),
            Line("Set before the round", "These limits were fixed when the round opened."),
        ),
        {"gap": "0.25", "alike": "0.15", "alpha": "0.05"},
        "9f2b6c11d0" * 6 + "abcd",
        "0.4.0+a1b2c3d",
        datetime(2027, 1, 4, 9, 0, tzinfo=UTC),
        "The round closed.",
        "",
    ),
)  # fmt: skip

MINE = Mine(
    "You answered as a school leader.",
    ("With most leaders you hold that without a requirement those with least will not come.",
     "You part from them once: on E2 you said agree, as 15 of 16 sixth-form teachers did."),
    (OwnAnswer("E2", "end", ROWS[1].text, "agree", "So did 2 of 18.",
               "You said: agree (4 of 5). So did 2 of 18 school leaders."),
     OwnAnswer("F3", "fact", ROWS[4].text, "I don’t know", "So did 23 others.",
               "You said: I don’t know. So did 23 others.")),
)  # fmt: skip

COMPARISONS = (
    Comparison("family", "School leaders and sixth-form teachers", URL, True,
               "By what people do"),
    Comparison("phase", "Primary and secondary", f"{URL}?between=phase", False, ""),
    Comparison("leans:M2", "Who leans towards M2, and who leans away", f"{URL}?between=leans:M2",
               False, "M2 is left out, since it makes the groups"),
)  # fmt: skip

STAGES = (
    Stage("open", "Open", date(2026, 11, 2), True, False),
    Stage("weighing", "Weighing", date(2026, 12, 7), True, False),
    Stage("making_sense", "Making sense", date(2027, 1, 4), False, True),
    Stage("closed", "Closed", date(2027, 1, 29), False, False),
)


def make_page(**changes: object) -> FindingsPage:
    """The page of the enrichment thread, with some of it changed."""
    page = FindingsPage(
        thread_question="Should schools compel attendance at enrichment?",
        thread_slug="compel-enrichment",
        thread_url="/threads/compel-enrichment",
        series_slug="mapping-the-way",
        series_title="Mapping the Way",
        stages=STAGES,
        waiting=None,
        ended_early="",
        is_carried=True,
        found=FOUND,
        version=2,
        round_number=1,
        earlier_cycle=None,
        is_latest=True,
        latest_url=URL,
        permanent_url=f"{URL}/2",
        json_url=f"{URL}/2.json",
        pdf_url="",
        csv_url="",
        dictionary_url="",
        cite_title="Findings",
        editions=(
            Edition(2, 1, datetime(2027, 1, 4, 9, 0, tzinfo=UTC), "Round 1, as of 4 January 2027",
                    f"{URL}/2", True, True),
            Edition(1, 1, datetime(2027, 1, 4, 8, 0, tzinfo=UTC), "Round 1, as of 3 January 2027",
                    f"{URL}/1", False, False),
        ),
        comparisons=COMPARISONS,
        lenses=(LEADERS, TEACHERS, make_group("phase:primary", "people in primary schools", 11)),
        lens=None,
        lens_says=(),
        refusal=None,
        mine=None,
        contribute_url="/threads/compel-enrichment",
    )  # fmt: skip
    return replace(page, **changes)  # type: ignore[arg-type]


def with_found(**changes: object) -> FindingsPage:
    """The same page, with some of what was found changed."""
    return make_page(found=replace(FOUND, **changes))  # type: ignore[arg-type]
