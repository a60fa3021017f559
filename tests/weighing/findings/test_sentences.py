"""What is said of every kind of room, word by word: each verdict, each state, each shape."""

from fractions import Fraction

import pytest

from discussion.analysis.answers import Answer, Kind
from discussion.vocabulary import of_site
from discussion.weighing.findings.computing.given import (
    GivenRound,
    GivenStatement,
    GivenTags,
    Rater,
)
from discussion.weighing.findings.computing.making import Due, make
from discussion.weighing.findings.queries.presenters import asking
from discussion.weighing.findings.queries.presenters.basis import Basis, Known
from discussion.weighing.findings.queries.presenters.found import lens_says, say
from discussion.weighing.findings.queries.presenters.ground.sharing import common_ground
from discussion.weighing.findings.queries.presenters.ground.unknown import not_known
from discussion.weighing.findings.queries.presenters.ledger import ledger
from discussion.weighing.findings.queries.presenters.rows import all_rows
from discussion.weighing.findings.sentences.numbers import chance
from discussion.weighing.rounds.fixed import Limits, StopRule
from tests.weighing.findings.worlds import KEY

KINDS: dict[str, Kind] = {"E": "end", "F": "fact", "M": "means"}
HEAD = Rater("headteacher", "school_leadership", "secondary")
TEACHER = Rater("classroom_teacher", "teaching", "sixteen_nineteen")
Room = dict[str, tuple[str, str]]

AGREE = ("554545455545455", "545455454554541")
ALL = ("554545455555455", "555454545554545")
REJECT = ("111212112111", "121112111211")
APART = ("555554455554555", "111221121211121")
HALF = ("555444551112221", "455455551221112")
MANY_HALF = ("54" * 15 + "12" * 15, "45" * 15 + "21" * 15)
MANY_MIDDLE = ("5433321" * 9, "5433321" * 9)
LEANING = ("345433425343352", "234323224232241")
WEAK = ("4" * 15, "4" * 15)
STRONG = ("4" * 15, "5" * 15)
SPREAD = ("111115555511155", "333333333333333")
UNKNOWN = ("55545454???????", "44555454???????")
NOBODY = ("??????????????4", "??????????????4")
FEW = ("54.............", "12.............")


def basis(room: Room, key: str = "family", lens: str = "", **changes: Rater) -> Basis:
    """Heads and teachers answer as the digits say; "?" does not know, "." did not answer."""
    who = {"a": changes.get("a", HEAD), "b": changes.get("b", TEACHER)}
    raters: dict[str, Rater] = {}
    statements = []
    for code, two in room.items():
        answers: dict[str, Answer] = {}
        for group, said in zip("ab", two, strict=True):
            for number, each in enumerate(said):
                raters[name := f"{group}{number:03}"] = who[group]
                if each != ".":
                    answers[name] = "dont_know" if each == "?" else int(each)
        statements.append(
            GivenStatement(
                code, KINDS[code[0]], f"Words of {code}.", code, 1, code, (), (0, 0, 0), answers
            )
        )
    given = GivenRound(
        id="r",
        number=1,
        cycle=1,
        points=5,
        seed=1,
        limits=Limits(),
        min_group=5,
        stop_rule=StopRule(),
        who_may_rate="members",
        feedback="spread",
        opened_on="2026-11-01",
        closed_on="2026-11-02",
        imported_from="",
        attribution="",
        statements=tuple(statements),
        raters=raters,
        answered=len(raters),
    )
    tags = GivenTags(positions=(), values={}, retracted=frozenset(), levels=())
    [made] = make([Due(1, None, "", given, None)], tags, KEY)
    assert made.content is not None
    found = made.content.found
    chosen = key if key in found.comparisons else found.headline
    return Basis(made.content, chosen, lens, Known(), of_site())


ALL_CODES = ("E1", "E2", "F1", "F2", "M1")
HIGHER = ("3" * 10 + "4" * 20, "2" * 20 + "3" * 10)


@pytest.mark.parametrize(
    ("room", "verdict", "says"),
    [
        pytest.param(
            dict.fromkeys(ALL_CODES, ALL),
            "agreement",
            "Among 15 sixth-form teachers and 15 secondary headteachers: over ends, on "
            "the facts and on what to do they agree: all 15 sixth-form teachers and "
            "all 15 secondary headteachers agree with all five statements.",
            id="agreement",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, REJECT),
            "agreement",
            "Among 12 sixth-form teachers and 12 secondary headteachers: over ends, on "
            "the facts and on what to do they agree: all 12 sixth-form teachers and "
            "all 12 secondary headteachers disagree with all five statements.",
            id="rejected",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, AGREE),
            "agreement",
            "Among 15 sixth-form teachers and 15 secondary headteachers: over ends, on "
            "the facts and on what to do they agree: at least 14 of 15 sixth-form "
            "teachers and all 15 secondary headteachers agree with each of five "
            "statements.",
            id="mostly",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, STRONG),
            "agreement",
            "Among 15 sixth-form teachers and 15 secondary headteachers: over ends, on "
            "the facts and on what to do they agree: all 15 sixth-form teachers and "
            "all 15 secondary headteachers agree with all five statements, the "
            "sixth-form teachers more strongly.",
            id="stronger",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, WEAK) | {"M1": STRONG},
            "agreement",
            "Among 15 sixth-form teachers and 15 secondary headteachers: over ends, on "
            "the facts and on what to do they agree: all 15 sixth-form teachers and "
            "all 15 secondary headteachers agree with all five statements, the "
            "sixth-form teachers more strongly on one of them.",
            id="stronger_once",
        ),
        pytest.param(
            {"M1": REJECT},
            "partly_known",
            "Among 12 sixth-form teachers and 12 secondary headteachers: on what to "
            "do they agree: all 12 sixth-form teachers and all 12 secondary "
            "headteachers disagree with “Words of M1”. No statement on what matters "
            "was rated. No statement of fact was rated.",
            id="rejected",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, ALL) | {"E1": APART},
            "same_course_for_different_reasons",
            "Among 15 sixth-form teachers and 15 secondary headteachers: they differ "
            "over an end: all 15 secondary headteachers and none of the 15 sixth-form "
            "teachers agree with “Words of E1”. On the facts and on what to do they "
            "agree: all 15 sixth-form teachers and all 15 secondary headteachers agree "
            "with all three statements.",
            id="reasons",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, ALL) | {"F1": APART},
            "same_course_despite_facts",
            "Among 15 sixth-form teachers and 15 secondary headteachers: they differ "
            "over a fact: all 15 secondary headteachers and none of the 15 sixth-form "
            "teachers agree with “Words of F1”. Over ends and on what to do they "
            "agree: all 15 sixth-form teachers and all 15 secondary headteachers agree "
            "with all three statements.",
            id="despite",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, ALL) | {"E1": APART, "M1": APART},
            "about_ends",
            "Among 15 sixth-form teachers and 15 secondary headteachers: they differ "
            "over an end: all 15 secondary headteachers and none of the 15 sixth-form "
            "teachers agree with “Words of E1”. They differ over what to do: all 15 "
            "secondary headteachers and none of the 15 sixth-form teachers agree with "
            "“Words of M1”. On the facts they agree: all 15 sixth-form teachers and "
            "all 15 secondary headteachers agree with both statements.",
            id="ends",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, ALL) | {"F1": APART, "M1": APART},
            "about_facts",
            "Among 15 sixth-form teachers and 15 secondary headteachers: they differ "
            "over a fact: all 15 secondary headteachers and none of the 15 sixth-form "
            "teachers agree with “Words of F1”. They differ over what to do: all 15 "
            "secondary headteachers and none of the 15 sixth-form teachers agree with "
            "“Words of M1”. Over ends they agree: all 15 sixth-form teachers and all "
            "15 secondary headteachers agree with both statements.",
            id="facts",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, ALL) | {"E1": APART, "F1": APART, "M1": APART},
            "about_ends_and_facts",
            "Among 15 sixth-form teachers and 15 secondary headteachers: they differ "
            "over an end: all 15 secondary headteachers and none of the 15 sixth-form"
            " teachers agree with “Words of E1”. They differ over a fact: all 15 "
            "secondary headteachers and none of the 15 sixth-form teachers agree with"
            " “Words of F1”. They differ over what to do: all 15 secondary "
            "headteachers and none of the 15 sixth-form teachers agree with “Words of"
            " M1”.",
            id="ends_and_facts",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, ALL) | {"M1": APART},
            "about_means",
            "Among 15 sixth-form teachers and 15 secondary headteachers: they differ "
            "over what to do: all 15 secondary headteachers and none of the 15 "
            "sixth-form teachers agree with “Words of M1”. Over ends and on the facts "
            "they agree: all 15 sixth-form teachers and all 15 secondary headteachers "
            "agree with all four statements.",
            id="means",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, LEANING) | {"E1": APART, "E2": APART, "M1": APART},
            "partly_known",
            "Among 15 sixth-form teachers and 15 secondary headteachers: they differ "
            "over ends: all 15 secondary headteachers and none of the 15 sixth-form "
            "teachers agree with “Words of E1”; they differ on one more statement. "
            "They differ over what to do: all 15 secondary headteachers and none of "
            "the 15 sixth-form teachers agree with “Words of M1”. On the facts no "
            "difference was found, and one of more than 0.38 of the scale is ruled "
            "out.",
            id="two_ends",
        ),
        pytest.param(
            {"E1": ALL, "M1": APART},
            "partly_known",
            "Among 15 sixth-form teachers and 15 secondary headteachers: they differ "
            "over what to do: all 15 secondary headteachers and none of the 15 sixth-"
            "form teachers agree with “Words of M1”. Over ends, one statement is too "
            "few to tell. No statement of fact was rated.",
            id="one_of_a_kind",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, ALL) | {"E1": SPREAD, "M1": APART},
            "about_ends",
            "Among 15 sixth-form teachers and 15 secondary headteachers: they differ "
            "over what to do: all 15 secondary headteachers and none of the 15 "
            "sixth-form teachers agree with “Words of M1”. They differ over an end: of "
            "15 sixth-form teachers none agree and none disagree with “Words of E1”, "
            "and of 15 secondary headteachers 7 agree and 8 disagree. On the facts "
            "they agree: all 15 sixth-form teachers and all 15 secondary headteachers "
            "agree with both statements.",
            id="spread",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, HALF),
            "split_within_groups",
            "Among 15 sixth-form teachers and 15 secondary headteachers: each group "
            "is itself split: of 15 sixth-form teachers 8 agree and 7 disagree with "
            "“Words of E1”, and of 15 secondary headteachers 8 agree and 7 disagree; "
            "people are split on four more statements. Over ends, on the facts and on"
            " what to do no difference was found, and one of more than 0.31 of the "
            "scale is ruled out.",
            id="split",
        ),
        pytest.param(
            dict.fromkeys((*ALL_CODES, "M2"), MANY_HALF),
            "split_within_groups",
            "Among 60 sixth-form teachers and 60 secondary headteachers: the split "
            "runs through both groups: of 60 sixth-form teachers 30 agree and 30 "
            "disagree with “Words of E1”, and of 60 secondary headteachers 30 agree "
            "and 30 disagree; people are split on five more statements. Two "
            "viewpoints run through the room: each held in both groups, by 60 and 60 "
            "of 120 people. Over ends, on the facts and on what to do they answered "
            "alike: a difference of more than 0.15 of the scale is ruled out, though "
            "each group is itself divided.",
            id="runs_through",
        ),
        pytest.param(
            dict.fromkeys((*ALL_CODES, "M2"), MANY_MIDDLE),
            "answered_alike",
            "Among 63 sixth-form teachers and 63 secondary headteachers: over ends, "
            "on the facts and on what to do they answered alike: a difference of more"
            " than 0.11 of the scale is ruled out.",
            id="alike",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, MANY_MIDDLE),
            "partly_known",
            "Among 63 sixth-form teachers and 63 secondary headteachers: over ends "
            "and on the facts they answered alike: a difference of more than 0.11 of "
            "the scale is ruled out. On what to do no difference was found, and one "
            "of more than 0.11 of the scale is ruled out.",
            id="one_means_alike",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, LEANING),
            "not_enough_to_say",
            "Among 30 people who answered: they are split on all five statements: 10 "
            "agree and 10 disagree with “Words of E1”, for example. Between 15 sixth-"
            "form teachers and 15 secondary headteachers, over ends, on the facts and"
            " on what to do no difference was found, and one of more than 0.38 of the"
            " scale is ruled out.",
            id="cannot_tell",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, HIGHER),
            "not_enough_to_say",
            "Among 60 people who answered: they are split on all five statements: 20 "
            "agree and 20 disagree with “Words of E1”, for example. Between 30 sixth-"
            "form teachers and 30 secondary headteachers, over ends, on the facts and"
            " on what to do a difference was found that may be only a habit of "
            "agreeing, and one of more than 0.39 of the scale is ruled out.",
            id="habit",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, ALL) | {"F1": UNKNOWN, "M1": APART},
            "partly_known",
            "Among 15 sixth-form teachers and 15 secondary headteachers: they differ "
            "over what to do: all 15 secondary headteachers and none of the 15 "
            "sixth-form teachers agree with “Words of M1”. Over ends they agree: all "
            "15 sixth-form teachers and all 15 secondary headteachers agree with both "
            "statements. Many do not know a fact: 14 of 30 who were asked do not know "
            "whether “Words of F1”.",
            id="unknown",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, ALL) | {"F1": UNKNOWN, "F2": NOBODY},
            "partly_known",
            "Among 15 sixth-form teachers and 15 secondary headteachers: over ends and "
            "on what to do they agree: all 15 sixth-form teachers and all 15 secondary "
            "headteachers agree with all three statements. Many do not know two facts: "
            "for one, 28 of all 30 do not know whether “Words of F2”.",
            id="nobody",
        ),
        pytest.param(
            dict.fromkeys(ALL_CODES, FEW) | {"E1": ALL},
            "not_enough_to_say",
            "Among 30 people who answered: they agree on one of five statements: all "
            "30 agree with “Words of E1”. Between 15 sixth-form teachers and 15 "
            "secondary headteachers, over ends, on the facts and on what to do, not "
            "enough of both groups rated the same statements.",
            id="few",
        ),
        pytest.param(
            {"E1": ("55454545454554", "")},
            "not_enough_to_say",
            "Among 14 people who answered: they agree: all 14 agree with “Words of E1”.",
            id="one_group",
        ),
        pytest.param(
            {"E1": ("545", "111")},
            "not_enough_to_say",
            "Not enough to say what people disagree about: no two groups of at least "
            "five have answered.",
            id="nobody_to_tell",
        ),
    ],
)
def test_the_head_says_of_each_room_who_holds_what(room: Room, verdict: str, says: str) -> None:
    said = say(basis(room))
    assert (said.verdict, said.heading) == (verdict, says)


LEDGERS: list[tuple[str, Room, str, str]] = [
    (
        "end",
        dict.fromkeys(ALL_CODES, ALL),
        "Both agree",
        "E1 and E2: both agree. Settled: more answers would only say how far.",
    ),
    (
        "means",
        {"M1": REJECT},
        "Both agree",
        "M1: both disagree. Settled: more answers would only say how far.",
    ),
    (
        "end",
        {"M1": REJECT},
        "Not asked",
        "No statement of this kind was rated.",
    ),
    (
        "end",
        dict.fromkeys(ALL_CODES, ALL) | {"E1": APART, "M1": APART},
        "Apart",
        "E1 0.87 apart, at least 0.76. E2: both agree. Settled: more answers would "
        "only say how far.",
    ),
    (
        "fact",
        dict.fromkeys(ALL_CODES, LEANING) | {"E1": APART, "E2": APART, "M1": APART},
        "Cannot tell",
        "F1 and F2: no difference found, up to 0.38 is not ruled out. More answers "
        "would not settle F1 and F2.",
    ),
    (
        "end",
        {"E1": ALL, "M1": APART},
        "Too few",
        "E1: both agree. A second statement would be needed: more answers would not settle it.",
    ),
    (
        "end",
        dict.fromkeys(ALL_CODES, HALF),
        "Cannot tell",
        "E1 and E2: no difference found, up to 0.31 is not ruled out. To settle E1 "
        "and E2: about 8 more sixth-form teachers and 8 more secondary headteachers, "
        "if averages stay as they are.",
    ),
    (
        "end",
        dict.fromkeys((*ALL_CODES, "M2"), MANY_MIDDLE),
        "Answered alike",
        "E1 and E2: answered alike, more than 0.11 is ruled out. Settled: more "
        "answers would only say how far.",
    ),
    (
        "means",
        dict.fromkeys(ALL_CODES, MANY_MIDDLE),
        "Cannot tell",
        "M1: answered alike, more than 0.11 is ruled out. A second statement would be"
        " needed: more answers would not settle it.",
    ),
    (
        "end",
        dict.fromkeys(ALL_CODES, HIGHER),
        "Cannot tell",
        "E1 and E2: may be only a habit of agreeing, up to 0.39 is not ruled out. "
        "More answers would not settle E1 and E2.",
    ),
    (
        "fact",
        dict.fromkeys(ALL_CODES, ALL) | {"F1": UNKNOWN, "M1": APART},
        "Cannot tell",
        "F2: both agree. F1: not known. More answers would not settle F1: somebody has to know.",
    ),
    (
        "fact",
        dict.fromkeys(ALL_CODES, ALL) | {"F1": UNKNOWN, "F2": NOBODY},
        "Not known",
        "F1 and F2: not known. More answers would not settle F1: somebody has to "
        "know. More answers would not settle F2: somebody has to know.",
    ),
    (
        "fact",
        dict.fromkeys(ALL_CODES, FEW) | {"E1": ALL},
        "Too few",
        "F1 and F2: too few in a group. On F1 and F2 at least five of each group have to answer.",
    ),
]


@pytest.mark.parametrize(("kind", "room", "state", "says"), LEDGERS)
def test_the_ledger_says_what_is_known_and_what_would_settle_it(
    kind: Kind, room: Room, state: str, says: str
) -> None:
    line = next(each for each in ledger(basis(room)) if each.kind == kind)
    assert (line.state_words, " ".join((*line.known, *line.settle))) == (state, says)


def prompts(room: Room) -> tuple[str, ...]:
    on = basis(room)
    rows = all_rows(on)
    return asking.ask_next(on, say(on), rows, (), not_known(on, rows)[1])


def test_no_prompt_asks_for_answers_that_the_ledger_says_would_settle_nothing() -> None:
    assert prompts(dict.fromkeys(ALL_CODES, LEANING)) == (
        "More answers would not settle what is open. Ask why people answer as they do.",
    )
    unknown = prompts(dict.fromkeys(ALL_CODES, ALL) | {"F1": UNKNOWN, "M1": APART})
    assert unknown == ("Ask who knows about F1, “Words of F1”, or who could find out.",)
    assert prompts({"M1": REJECT}) == (
        "Draft statements on what matters: none was rated.",
        "Draft statements of fact: none was rated.",
    )


def test_what_both_reject_is_neither_agreement_with_it_nor_disagreement() -> None:
    on = basis({"M1": REJECT})
    rows = all_rows(on)
    assert rows[0].state_words == "Both disagree"
    said = common_ground(on, rows)[0].said
    assert said == "At least three in four of each group disagree with “Words of M1”."


def test_groups_made_by_a_statement_are_named_by_its_words_and_it_is_not_said_to_be_unrated() -> (
    None
):
    room = dict.fromkeys(ALL_CODES, LEANING) | {"E1": APART, "E2": APART, "M1": APART}
    on = basis(room, "leans:M1", a=HEAD, b=HEAD)
    heading = say(on).heading
    assert heading.startswith(
        "Among 15 people who agree and 15 who disagree with M1, “Words of M1”: they differ over"
        " ends: all 15 who agree with M1 and none of the 15 who disagree with M1 agree with"
        " “Words of E1”"
    )
    assert "No statement on what to do" not in heading
    assert ledger(on)[2].state_words == "Left out"
    assert not any("Draft" in said for said in asking.ask_next(on, say(on), all_rows(on), (), ()))


def test_a_group_is_not_said_to_differ_where_that_is_not_known() -> None:
    room = dict.fromkeys(ALL_CODES, LEANING)
    assert lens_says(basis(room, "as:role:headteacher", "role:headteacher")) == ()


@pytest.mark.parametrize(
    ("p", "says"),
    [(Fraction(1, 20), "1 in 20"), (Fraction(504, 10000), "1 in 19")],
)
def test_a_chance_above_the_line_is_not_said_to_be_on_it(p: Fraction, says: str) -> None:
    assert chance(p) == says
