"""Findings pages built by hand, from counts of answers, for every state that a page can be in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby

from discussion.analysis.agreement import agreement
from discussion.analysis.ratings import gap
from discussion.weighing.findings.shapes import (
    Cell,
    Change,
    Comparison,
    Crux,
    Dimension,
    Edition,
    Emphasis,
    FindingsPage,
    Found,
    Group,
    KindRows,
    Legitimacy,
    LevelPair,
    Levels,
    Line,
    Link,
    Meta,
    Mine,
    Moved,
    OwnAnswer,
    Provenance,
    ReadDifferently,
    Reading,
    Refusal,
    Representative,
    Row,
    Sentence,
    Shared,
    Stage,
    Tags,
    Unknown,
    Waiting,
)

URL = "/findings/compel-enrichment"
NOTHING = Reading("", ())
WORDS = {"apart": "Apart", "alike": "Alike", "unclear": "Unclear",
         "insufficient": "Not enough to say"}  # fmt: skip
KINDS = {
    "end": ("Ends", "what matters"),
    "fact": ("Facts", "what is so"),
    "means": ("Means", "what to do"),
    "": ("Not sorted yet", "imported"),
}

# code, kind, statement, leaders by point, teachers by point, state
ENRICHMENT = (
    ("E1", "end", "Equal access to enrichment matters for equity.",
     (0, 0, 0, 2, 16), (0, 0, 0, 2, 14), "alike"),
    ("E2", "end", "Pupils should be free to choose how they spend this time.",
     (2, 9, 5, 1, 1), (0, 0, 1, 4, 11), "apart"),
    ("F1", "fact", "Being required puts pupils off joining in later.",
     (1, 8, 7, 1, 0), (0, 6, 3, 5, 1), "alike"),
    ("F2", "fact", "Without a requirement, those with least will mostly not come.",
     (0, 0, 1, 7, 9), (0, 1, 3, 9, 3), "alike"),
    ("F3", "fact", "A place by default closes the gap as well as a requirement does.",
     (), (), "insufficient"),
    ("M1", "means", "Attendance should be compulsory.",
     (0, 0, 0, 8, 10), (11, 5, 0, 0, 0), "apart"),
    ("M2", "means", "Each pupil gets a place by default, with an easy opt-out.",
     (0, 1, 10, 7, 0), (0, 1, 3, 9, 3), "alike"),
    ("M3", "means", "Each school should decide this for itself.",
     (1, 4, 6, 5, 2), (0, 2, 3, 7, 4), "unclear"),
)  # fmt: skip


def _answers(counts: Sequence[int]) -> list[int]:
    return [point for point, count in enumerate(counts, 1) for _each in range(count)]


def make_group(key: str, name: str, size: int | None, **changes: object) -> Group:
    """A declared group, by its name in a sentence."""
    made = Group(
        key=key,
        name=name,
        counted_name=name,
        title=name[:1].upper() + name[1:],
        size=size,
        says=f"{size} {name}" if size else f"fewer than five {name}",
        is_inferred=False,
        url=f"{URL}?as={key}" if size else "",
        is_chosen=False,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


LEADERS = make_group("family:school_leadership", "school leaders", 18)
TEACHERS = make_group("role:sixth_form", "sixth-form teachers", 16)
EVERYBODY = make_group("everybody", "everybody", 34)


def make_cell(group: Group, counts: Sequence[int], why_not: str = "", dont_know: int = 0) -> Cell:
    """What a group answered; without counts it is not shown, and says why."""
    people = sum(counts)
    if not people:
        words, short = {
            "few": ("fewer than five", "fewer than 5"),
            "subtraction": ("not shown, since it would tell the others", "not shown"),
            "nobody": ("nobody", "nobody"),
        }[why_not or "few"]
        return Cell(group.key, None, None, None, None, None, None, (), (), None, None, None, None,
                    None, "", words, short, why_not or "few")  # fmt: skip
    points = len(counts)
    agrees = -(-points // 2)  # how many points are below the first that agrees, from 1
    agree = sum(counts[agrees:])
    disagree = sum(counts[: points - agrees])
    spread = [point for point, count in enumerate(counts, 1) for _each in range(count)]
    a = float(agreement(counts))
    says = f"{agree} of {people}"
    return Cell(
        group=group.key,
        raters=people,
        agree=agree,
        disagree=disagree,
        middle=people - agree - disagree,
        dont_know=dont_know,
        not_for_me=0,
        counts=tuple(counts),
        shares=tuple(count / people for count in counts),
        mean=sum(spread) / people,
        median=float(spread[people // 2]),
        lower=float(spread[people // 4]),
        upper=float(spread[3 * people // 4]),
        agreement=a,
        agreement_words="agreed among themselves" if a >= 0.5 else "mixed" if a > 0 else "split",
        words=says,
        short=says,
        why_not="",
    )


def make_row(
    code: str,
    kind: str,
    text: str,
    first: Sequence[int],
    second: Sequence[int],
    state: str,
    groups: Sequence[Group] = (LEADERS, TEACHERS),
) -> Row:
    """One statement between two groups; with no group, everybody answered as `first`."""
    both = tuple(map(sum, zip(first, second, strict=False))) or tuple(first)
    everybody = make_cell(EVERYBODY, both, dont_know=24 if not both else 0)
    cells = tuple(
        make_cell(group, counts, why_not)
        for group, counts, why_not in zip(
            groups, (first, second), ("few", "subtraction"), strict=False
        )
    )
    is_known = len(cells) == 2 and all(cell.counts for cell in cells)
    distance = float(gap(_answers(first), _answers(second), len(first))) if is_known else None
    means = [cell.mean or 0.0 for cell in cells]
    steps = abs(means[0] - means[1]) / (len(first) - 1) if is_known else 0
    return Row(
        code=code,
        kind=kind,
        text=text,
        sources=(Link("Position 2", "/threads/compel-enrichment#p2"),),
        cells=cells,
        everybody=everybody,
        chosen=None,
        dont_know="0" if both else "24",
        gap=distance,
        gap_words="none" if distance is None else f"{distance:.2f}",
        p=1 / 5000 if state == "apart" else None,
        p_words="1 in 5,000 drawn" if state == "apart" else "",
        p_kind="sampled",
        adjusted_p=4 / 5000 if state == "apart" else None,
        adjusted_p_words="4 in 5,000" if state == "apart" else "",
        state=state if groups else "",
        state_words=WORDS[state] if groups else "",
        is_one_sided=is_known and abs(steps - (distance or 0)) < 1e-9,
        is_left_out=False,
        opens=(
            "The gap is the share of the scale that answers would have to travel for the two groups to match.",  # noqa: E501
            f"Relabelling the same people at random gives {distance or 0:.2f} or more once in 5,000.",  # noqa: E501
        ),
    )


def make_kinds(rows: Sequence[Row]) -> tuple[KindRows, ...]:
    return tuple(
        KindRows(kind, *KINDS[kind], tuple(each))
        for kind, each in groupby(rows, key=lambda row: row.kind)
    )


def make_dimension(kind: str, state: str, says: str) -> Dimension:
    return Dimension(kind, KINDS[kind][0], state, WORDS[state], says,
                     ("E2 is apart by 0.55, at 4 in 5,000 after correction.",), 2, 2,
                     (), (), (), ())  # fmt: skip


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
        found=FOUND,
        version=2,
        round_number=1,
        earlier_cycle=None,
        is_latest=True,
        latest_url=URL,
        permanent_url=f"{URL}/2",
        json_url=f"{URL}/2.json",
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
    "none": waiting("none"),
    "planned": waiting("planned"),
    "open": waiting("open"),
    "computing": waiting("computing"),
}
