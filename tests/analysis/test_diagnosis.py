"""What two groups disagree about: the first cases that went wrong, edges, and what never is."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.analysis.answered import Answered, count_answers
from discussion.analysis.answers import KINDS, Answer, BadRatings, Kind, RatedStatement
from discussion.analysis.diagnosis import Diagnosis, diagnose, diagnose_counted
from discussion.analysis.difference import find_differences
from discussion.analysis.kinds import KindFinding
from discussion.analysis.ratings import DEFAULTS, Thresholds
from discussion.analysis.room import find_room
from discussion.analysis.statement_findings import CountedStatement, is_apart, is_within
from tests.analysis.enrichment import A, B, statements

Counts = tuple[int, ...]
MANY, FEW = (3, 3, 3, 3, 3), (0, 0, 1, 2, 1)
LOW, HIGH = (6, 5, 2, 1, 0), (0, 1, 2, 5, 6)
SPLIT = (12, 12, 12, 12, 12)
EVEN = (2, 8, 40, 8, 2)  # about the middle, and sixty


def counted(key: str, kind: Kind, a: Counts, b: Counts, unknown: int = 0) -> CountedStatement:
    """Nobody is in neither group; `unknown` of the first do not know."""
    one, other = Answered(a, unknown), Answered(b)
    return CountedStatement(key, kind, one, other, one + other)


def found_of(*rows: CountedStatement, thresholds: Thresholds = DEFAULTS) -> Diagnosis:
    return diagnose_counted(rows, (60, 60), seed=0, thresholds=thresholds)


def one_kind(kind: Kind, *pairs: tuple[Counts, Counts]) -> KindFinding:
    found = found_of(*(counted(f"{kind}{at}", kind, *each) for at, each in enumerate(pairs)))
    return {"end": found.ends, "fact": found.facts, "means": found.means}[kind]


def test_the_worked_example_is_partly_known() -> None:
    """Five against five: ends and means are apart, of the facts too little is known."""
    found = diagnose(statements(), A, B, seed=0)
    assert found.verdict == "partly_known"
    states = found.ends.state, found.means.state, found.facts.state
    assert states == ("apart", "apart", "unclear")
    assert {each.key: each.state for each in found.statements} == {
        "E1": "same_side",
        "E2": "apart",
        "F1": "unclear",
        "F2": "same_side",
        "M1": "apart",
        "M2": "unclear",
    }
    assert (found.tested, found.groups) == (6, (5, 5))
    e2 = next(each for each in found.statements if each.key == "E2")
    assert (e2.gap, e2.adjusted_p) == (
        Fraction(11, 20),
        Fraction(6, 126),
    )  # with M1 the least of six
    assert e2.least is not None
    assert 0 < e2.least < 0.55 < (e2.most or 0)


def test_both_groups_split_on_every_statement_is_no_agreement() -> None:
    """They answered alike, and that is not what is said first."""
    split = [counted(f"{k}{i}", k, SPLIT, SPLIT) for k in KINDS for i in (1, 2)]
    found = found_of(*split)
    assert found.verdict == "split_within_groups"
    assert {each.state for each in found.statements} == {"alike"}
    assert all(each.is_split_within and each.runs_through for each in found.statements)
    assert {each.room.state for each in found.statements} == {"split"}


def test_a_split_that_cannot_be_told_from_a_difference_does_not_run_through() -> None:
    few = (3, 1, 1, 1, 3)
    found = found_of(*(counted(f"{k}{i}", k, few, few) for k in KINDS for i in (1, 2)))
    assert found.verdict == "split_within_groups"
    assert all(each.is_split_within and not each.runs_through for each in found.statements)


def test_all_agree_and_one_group_more_strongly_is_agreement() -> None:
    rows = [
        counted(f"{k}{i}", k, (0, 0, 0, 12, 0), (0, 0, 0, 0, 12)) for k in KINDS for i in (1, 2)
    ]
    found = found_of(*rows)
    assert found.verdict == "agreement"
    assert {each.state for each in found.statements} == {"same_side"}
    assert {each.side for each in found.statements} == {1}
    assert all(each.gap == Fraction(1, 4) and each.adjusted_p for each in found.statements)


def test_fifteen_against_fifteen_are_not_alike_because_no_difference_was_proved() -> None:
    a, b = (2, 4, 5, 3, 1), (1, 2, 5, 4, 3)
    found = found_of(*(counted(f"{k}{i}", k, a, b) for k in KINDS for i in (1, 2)))
    assert found.verdict == "not_enough_to_say"
    assert all((each.most or 0) > 0.25 for each in found.statements)


def test_differing_means_for_shared_reasons_and_every_other_course() -> None:
    one = {
        "apart": (LOW, HIGH),
        "agreed": ((0, 0, 1, 7, 7), (0, 0, 1, 6, 8)),
        "alike": (EVEN, EVEN),
    }
    assert _verdict(one["apart"], one["alike"], one["alike"]) == "about_means"
    assert _verdict(one["apart"], one["apart"], one["agreed"]) == "about_ends"
    assert _verdict(one["apart"], one["alike"], one["apart"]) == "about_facts"
    assert (
        _verdict(one["agreed"], one["apart"], one["alike"]) == "same_course_for_different_reasons"
    )
    assert _verdict(one["agreed"], one["agreed"], one["apart"]) == "same_course_despite_facts"
    assert _verdict(one["alike"], one["agreed"], one["alike"]) == "answered_alike"


COURSE: tuple[Kind, ...] = ("means", "end", "fact")


def _verdict(*pairs: tuple[Counts, Counts]) -> str:
    """Of means, ends and facts; two statements of each, the second turned about."""
    rows = [
        counted(f"{kind}{turn}", kind, a[::turn], b[::turn])
        for kind, (a, b) in zip(COURSE, pairs, strict=True)
        for turn in (1, -1)
    ]
    return found_of(*rows).verdict


def test_a_fact_that_a_third_do_not_know_is_neither_alike_nor_apart() -> None:
    rows = [counted("F1", "fact", LOW, HIGH, unknown=7), counted("F2", "fact", LOW, LOW)]
    found = found_of(*rows)
    assert found.statements[0].state == "unknown"  # 7 of 21
    assert (found.facts.state, found.facts.rated) == ("unclear", 2)
    assert found.tested == 2
    fewer = found_of(counted("F1", "fact", LOW, HIGH, unknown=6), rows[1])
    assert fewer.statements[0].state == "apart"  # 6 of 20
    assert found_of(counted("E1", "end", LOW, HIGH, unknown=7)).statements[0].state == "apart"


def test_not_for_me_is_an_answer_of_somebody_who_was_asked() -> None:
    a = Answered((6, 5, 2, 1, 0), dont_know=7, not_for_me=1)
    row = CountedStatement("F1", "fact", a, Answered(HIGH), a + Answered(HIGH))
    assert found_of(row).statements[0].state == "apart"  # 7 of 22


def test_a_gap_on_the_line_is_apart_and_never_alike() -> None:
    """A quarter of the scale exactly, of sixty: the line is part of what is apart."""
    on = find_differences([(Answered((0, 60, 0, 0, 0)), Answered((0, 0, 60, 0, 0)))], 0, DEFAULTS)
    assert on.each[0].gap == Fraction(1, 4)
    assert is_apart(on.each[0], None, DEFAULTS)
    assert not is_within(on.each[0], None, DEFAULTS)
    below = replace(
        on.each[0], gap=Fraction(1, 4) - Fraction(1, 10**9), most=0.2, view_deviation=0.3
    )
    assert not is_apart(below, None, DEFAULTS)
    assert is_within(below, None, DEFAULTS)
    assert not is_within(replace(below, most=0.25), None, DEFAULTS)
    assert not is_within(replace(below, view_deviation=0.2), None, DEFAULTS)
    assert is_within(replace(below, view_deviation=0.2, most=0.12), None, DEFAULTS)  # half a point
    assert not is_within(replace(below, is_spread_apart=True), None, DEFAULTS)
    chance = replace(on.each[0], adjusted_p=Fraction(1, 20) + Fraction(1, 10**9))
    assert not is_apart(chance, None, DEFAULTS)


def test_three_quarters_exactly_are_on_the_same_side() -> None:
    rows = [counted("E1", "end", (1, 0, 1, 3, 3), (0, 2, 0, 6, 0))]
    assert found_of(*rows).statements[0].state == "same_side"
    rows = [counted("E1", "end", (1, 1, 0, 3, 2), (0, 2, 0, 6, 0))]
    assert found_of(*rows).statements[0].state != "same_side"


def test_opposite_sides_are_not_the_same() -> None:
    assert found_of(counted("E1", "end", LOW, HIGH)).statements[0].state == "apart"


def test_four_against_fifty_are_too_few_however_far_apart() -> None:
    found = found_of(counted("M1", "means", (4, 0, 0, 0, 0), (0, 0, 0, 0, 50)))
    (one,) = found.statements
    assert (one.state, one.difference, one.gap, one.most) == ("insufficient", None, None, None)
    assert (one.raters, one.missing) == ((4, 50), (1, 0))
    assert (found.verdict, found.means.state) == ("not_enough_to_say", "insufficient")


def test_how_many_statements_a_kind_needs() -> None:
    assert one_kind("means", (LOW, HIGH)).state == "apart"
    assert one_kind("end", (LOW, HIGH)).state == "insufficient"
    assert one_kind("end", (LOW, HIGH), (FEW, FEW)).state == "insufficient"
    assert one_kind("end", (LOW, HIGH), (EVEN, EVEN)).state == "apart"
    assert not one_kind("fact").by_state
    assert one_kind("end", (FEW, FEW)).by_state


def test_every_statement_must_be_alike_and_one_is_not_enough() -> None:
    assert one_kind("means", (EVEN, EVEN)).state == "unclear"
    assert one_kind("means", (EVEN, EVEN), (EVEN, EVEN)).state == "alike"
    most = one_kind("means", (EVEN, EVEN), (EVEN, EVEN), (MANY, MANY))
    assert most.state == "unclear"
    assert most.alike == ("means0", "means1")
    assert most.most is not None
    assert most.most >= 0.25


def test_agreed_with_alike_is_alike_and_one_agreed_alone_is_agreed() -> None:
    strong = ((0, 0, 2, 10, 48), (0, 0, 2, 12, 46))
    assert one_kind("means", strong).state == "agreed"
    assert one_kind("fact", strong, (EVEN, EVEN)).state == "alike"
    weaker = ((0, 0, 3, 60, 0), (0, 0, 3, 0, 57))  # the same side, and a quarter apart
    assert one_kind("fact", weaker, (EVEN, EVEN)).state == "unclear"


def test_one_group_that_agrees_more_with_anything_is_not_apart() -> None:
    a, b = (2, 8, 20, 20, 10), (0, 2, 6, 22, 30)
    habit = [counted(f"{k}{i}", k, a, b) for k in KINDS for i in (1, 2)]
    found = found_of(*habit)
    assert all(each.adjusted_p and each.adjusted_p < 0.05 for each in found.statements)
    assert not any(each.state in ("apart", "alike") for each in found.statements)
    assert found.habit == pytest.approx(0.21, abs=0.04)
    against = found_of(*habit[:-1], counted("M", "means", b, (20, 20, 12, 6, 2)))
    assert against.statements[-1].state == "apart"
    assert found_of(*habit[:4]).habit is None  # of four, nobody can tell


def test_a_difference_of_shape_alone_is_a_difference() -> None:
    ends = [counted(f"E{i}", "end", (30, 0, 0, 0, 30), (0, 0, 60, 0, 0)) for i in range(6)]
    assert {each.state for each in found_of(*ends).statements} == {"apart"}


def test_many_statements_make_one_alone_unclear() -> None:
    one = counted("M", "means", (0, 5, 3, 2, 0), (0, 0, 3, 5, 2))
    alone = found_of(one)
    assert alone.statements[0].state == "apart"
    many = found_of(one, *(counted(f"M{i}", "means", EVEN, EVEN) for i in range(30)))
    assert many.statements[0].state == "unclear"
    assert many.statements[0].p == alone.statements[0].p  # raw, and only indicative
    few = (counted(f"M{i}", "means", (1, 1, 1, 1, 0), EVEN) for i in range(30))
    assert found_of(one, *few).statements[0].state == "apart"  # too few rated these


def test_a_statement_that_made_the_groups_is_left_out() -> None:
    found = diagnose(statements(), A, B, seed=0, grouped_by="M1")
    assert found.grouped_by == "M1"
    others = [each for each in statements() if each.key != "M1"]
    assert found.statements == diagnose(others, A, B, seed=0).statements
    for key in ("E1", "M9"):
        with pytest.raises(BadRatings):
            diagnose(statements(), A, B, seed=0, grouped_by=key)


def test_nothing_rated_is_not_enough_to_say() -> None:
    nothing = diagnose([], [], [], seed=0)
    assert (nothing.verdict, nothing.tested, nothing.groups) == ("not_enough_to_say", 0, (0, 0))
    assert diagnose(statements(), A, [], seed=0).verdict == "not_enough_to_say"
    unknown = [RatedStatement("F", "fact", dict.fromkeys([*A, *B], "dont_know"))]
    (one,) = diagnose(unknown, A, B, seed=0).statements
    assert (one.state, one.dont_know) == ("insufficient", (5, 5))


def test_who_is_in_neither_group_is_of_the_room_alone() -> None:
    more = [
        replace(each, answers={**each.answers, **{f"c{at}": 3 for at in range(30)}})
        for each in statements()
    ]
    found, alone = diagnose(more, A, B, seed=0), diagnose(statements(), A, B, seed=0)
    for one, other in zip(found.statements, alone.statements, strict=True):
        assert (one.state, one.difference) == (other.state, other.difference)
        assert one.room.room.raters == other.room.room.raters + 30
    assert alone.statements[0].room.state == "consensus"
    assert found.statements[0].room.state == "mixed"


@pytest.mark.parametrize(
    ("room", "groups", "state", "side"),
    [
        ((0, 0, 0, 5, 4), (), "insufficient", 0),
        ((0, 1, 1, 5, 3), (), "consensus", 1),  # 8 of 10
        ((8, 0, 0, 2, 0), (), "consensus", -1),
        ((3, 3, 0, 2, 2), (), "split", 0),
        ((3, 3, 0, 2, 1), (), "insufficient", 0),
        ((3, 3, 3, 2, 1), (), "mixed", 0),  # 3 of 12 are less than a third
        ((0, 3, 0, 9, 8), ((0, 0, 0, 5, 5), (0, 3, 0, 4, 3)), "mixed", 0),  # 7 of 10 of one group
        ((0, 2, 0, 9, 9), ((0, 0, 0, 5, 5), (0, 2, 0, 4, 4)), "consensus", 1),
        ((0, 0, 0, 9, 5), ((0, 0, 0, 5, 5), (0, 0, 0, 4, 0)), "mixed", 0),  # four are no group
    ],
)
def test_what_a_room_says(room: Counts, groups: tuple[Counts, ...], state: str, side: int) -> None:
    found = find_room(Answered(room), [Answered(each) for each in groups])
    assert (found.state, found.side) == (state, side)


def test_other_scales() -> None:
    for points in (2, 4, 7):
        ends = [
            RatedStatement(key, "end", dict.fromkeys(A, 1) | dict.fromkeys(B, points))
            for key in "xy"
        ]
        assert diagnose(ends, A, B, seed=0, points=points).ends.apart == ("x", "y")


def test_thresholds_of_the_round_are_used_and_reported() -> None:
    strict = Thresholds(min_group=6)
    found = diagnose(statements(), A, B, seed=3, thresholds=strict)
    assert found.verdict == "not_enough_to_say"
    assert (found.thresholds, found.seed) == (strict, 3)
    row = counted("E1", "end", (0, 0, 4, 6, 0), (0, 0, 4, 6, 0))
    lower = found_of(row, thresholds=Thresholds(same_side=0.6))
    assert (found_of(row).statements[0].state, lower.statements[0].state) == (
        "alike",
        "same_side",
    )
    wide = [counted(f"E{at}", "end", MANY, MANY) for at in (1, 2)]
    assert found_of(*wide).ends.state == "unclear"
    assert found_of(*wide, thresholds=Thresholds(bound=0.6, gap=0.6)).ends.state == "alike"


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(BadRatings, match="both groups"):
        diagnose(statements(), A, (*B, "a1"), seed=0)
    with pytest.raises(BadRatings, match="twice"):
        diagnose([*statements(), statements()[0]], A, B, seed=0)
    for wrong in (6, 0, 2.5, True, "4"):
        with pytest.raises(BadRatings):
            diagnose([RatedStatement("x", "end", {"somebody": wrong})], A, B, seed=0)  # type: ignore[dict-item]


answer: st.SearchStrategy[Answer] = st.one_of(
    st.integers(1, 5), st.integers(1, 5), st.sampled_from(["dont_know", "not_for_me", None])
)
answers = st.lists(answer, min_size=14, max_size=14)
rounds = st.lists(st.tuples(st.sampled_from(KINDS), answers), max_size=8)
PEOPLE = tuple(f"p{at:02}" for at in range(14))


def _round(rows: list[tuple[Kind, list[Answer]]]) -> list[RatedStatement]:
    return [
        RatedStatement(f"s{at}", kind, dict(zip(PEOPLE, given_answers, strict=True)))
        for at, (kind, given_answers) in enumerate(rows)
    ]


def _mirrored(each: RatedStatement) -> RatedStatement:
    turned = {
        who: 6 - said if isinstance(said, int) else said for who, said in each.answers.items()
    }
    return replace(each, answers=turned)


def _states(found: Diagnosis) -> Sequence[object]:
    by_key = {
        each.key: (each.state, each.gap, each.adjusted_p, each.most) for each in found.statements
    }
    return found.verdict, [each.state for each in found.kinds], by_key


@given(rounds, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_neither_groups_nor_order_nor_direction_change_what_is_said(
    rows: list[tuple[Kind, list[Answer]]], random: object
) -> None:
    given_round = _round(rows)
    a, b = PEOPLE[:7], PEOPLE[7:]
    found = diagnose(given_round, a, b, seed=0)
    swapped = diagnose(given_round, b, a, seed=0)
    assert _states(swapped) == _states(found)
    assert swapped.habit == (None if found.habit is None else pytest.approx(-found.habit))
    shuffled = list(given_round)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _states(diagnose(shuffled, a, b, seed=0)) == _states(found)
    assert _states(diagnose([_mirrored(each) for each in given_round], a, b, seed=0)) == _states(
        found
    )


@given(answers, st.lists(st.integers(0, 13), min_size=3, max_size=9))
@settings(max_examples=25, deadline=None)
def test_counts_are_those_of_the_people(given_answers: list[Answer], who: list[int]) -> None:
    chosen = [given_answers[at] for at in who]
    found = count_answers(chosen)
    assert found.counts == tuple(chosen.count(point) for point in range(1, 6))
    said = chosen.count("dont_know"), chosen.count("not_for_me")
    assert (found.dont_know, found.not_for_me) == said
    assert found.asked == sum(each is not None for each in chosen)
