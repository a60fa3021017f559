"""What two groups disagree about: the worked example, its edges, and what must never happen."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.analysis.agreement import agreement
from discussion.analysis.answers import KINDS, Answer, BadRatings, Kind, RatedStatement, counts
from discussion.analysis.earlier_diagnosis import Diagnosis, TagFindings, diagnose
from discussion.analysis.ratings import Thresholds
from discussion.analysis.reading import Link, reading_conflict
from discussion.analysis.tags import Tagged, emphasis_gap
from tests.analysis.enrichment import TABLE, TAGS_A, TAGS_B, A, B, rated, statements

LOW, HIGH, MIDDLE, ALIKE = [1] * 5, [5] * 5, [1, 2, 2, 2, 2], [3] * 5
APART, SAME, FEW = (LOW, HIGH), (ALIKE, ALIKE), ([1] * 4, [5] * 4)
BETWEEN = (LOW, MIDDLE)  # 0.20: neither apart nor alike


def test_the_worked_example_is_about_ends() -> None:
    found = diagnose(statements(), A, B, seed=0)
    assert found.verdict == "about_ends"
    assert (found.means.state, found.ends.state, found.facts.state) == ("apart", "apart", "alike")
    assert (found.ends.apart, found.ends.alike) == (("E2",), ("E1",))
    assert (found.means.apart, found.means.alike) == (("M1",), ("M2",))
    assert found.facts.alike == ("F1", "F2")
    assert (found.tested, found.groups) == (6, (5, 5))
    for each in found.statements:
        assert each.gap is not None
        assert each.p is not None
        kind, _a, _b, gap, p, state = TABLE[each.key]
        assert (each.kind, each.state, each.raters) == (kind, state, (5, 5))
        assert (round(float(each.gap), 3), each.p.kind) == (gap, "exact")
        assert round(float(each.p.value), 4 if p < 0.1 else 3) == p


def test_in_the_worked_example_the_adjusted_p_decides() -> None:
    found = {each.key: each for each in diagnose(statements(), A, B, seed=0).statements}
    assert found["E2"].adjusted_p == Fraction(6, 2) * Fraction(1, 126)
    assert found["E1"].adjusted_p == 1


def test_the_worked_example_with_its_tags_and_evidence() -> None:
    readings = reading_conflict(
        [Link("r2", "supports", "F1"), Link("r3", "supports", "F1")],
        [Link("r2", "supports", "F1"), Link("r3", "qualifies", "F1")],
    )
    found = diagnose(
        statements(), A, B, seed=0, tags=TagFindings(emphasis_gap(TAGS_A, TAGS_B), tuple(readings))
    )
    assert found.verdict == "about_ends_and_facts"  # r3 is read differently
    assert found.ends.reasons == ("statements_apart", "emphasis_apart")
    assert found.facts.reasons == ("read_differently",)
    assert found.readings == readings


def test_a_statement_that_made_the_groups_is_left_out() -> None:
    found = diagnose(statements(), A, B, seed=0, grouped_by="M1")
    assert found.grouped_by == "M1"
    assert "M1" not in {each.key for each in found.statements}
    assert found.tested == 5
    assert (found.means.state, found.verdict) == ("unclear", "not_enough_to_say")  # M2 alone
    others = [each for each in statements() if each.key != "M1"]
    assert found.statements == diagnose(others, A, B, seed=0).statements


def test_groups_are_made_only_by_a_means_statement_of_the_round() -> None:
    for key in ("E1", "M9"):
        with pytest.raises(BadRatings):
            diagnose(statements(), A, B, seed=0, grouped_by=key)


def _kind(
    kind: Kind, *pairs: tuple[Sequence[Answer], Sequence[Answer]], **more: Any
) -> tuple[str, tuple[str, ...]]:
    given_statements = [rated(f"{kind}{i}", kind, *pair) for i, pair in enumerate(pairs)]
    found = diagnose(given_statements, A, B, seed=0, **more)
    dimension = {"end": found.ends, "fact": found.facts, "means": found.means}[kind]
    return dimension.state, dimension.reasons


MOVED = emphasis_gap([Tagged(("x",))] * 3, [Tagged(("y",))] * 3)
CONFLICT = reading_conflict([Link("p", "supports", "")], [Link("p", "contradicts", "")])


def test_one_statement_is_enough_of_means_and_too_few_of_ends_and_facts() -> None:
    assert _kind("means", APART) == ("apart", ("statements_apart",))
    assert _kind("end", APART) == ("insufficient", ("too_few_rated",))
    assert _kind("fact", APART) == ("insufficient", ("too_few_rated",))
    assert _kind("means") == _kind("end") == ("insufficient", ("too_few_rated",))


def test_a_statement_that_too_few_rated_does_not_count() -> None:
    assert _kind("end", APART, FEW) == ("insufficient", ("too_few_rated",))
    assert _kind("means", FEW) == ("insufficient", ("too_few_rated",))


def test_one_statement_apart_parts_a_kind() -> None:
    assert _kind("end", SAME, SAME, APART)[0] == "apart"


def test_half_of_the_statements_alike_are_enough() -> None:
    assert _kind("fact", SAME, BETWEEN) == ("alike", ("mostly_alike",))
    assert _kind("fact", SAME, BETWEEN, BETWEEN)[0] == "unclear"
    assert _kind("fact", BETWEEN, BETWEEN) == ("unclear", ("neither_apart_nor_mostly_alike",))


def test_one_means_alike_is_not_agreement() -> None:
    assert _kind("means", SAME)[0] == "unclear"
    assert _kind("means", SAME, SAME)[0] == "alike"


def test_tags_part_a_kind_of_which_enough_is_rated_and_no_other() -> None:
    assert _kind("end", SAME, SAME, tags=TagFindings(MOVED)) == ("apart", ("emphasis_apart",))
    assert _kind("end", SAME, tags=TagFindings(MOVED)) == ("insufficient", ("too_few_rated",))
    assert _kind("fact", SAME, SAME, tags=TagFindings(readings=CONFLICT)) == (
        "apart",
        ("read_differently",),
    )
    assert _kind("fact", SAME, tags=TagFindings(readings=CONFLICT)) == (
        "insufficient",
        ("too_few_rated",),
    )
    assert _kind("fact", SAME, SAME, tags=TagFindings(MOVED))[0] == "alike"
    assert _kind("end", SAME, SAME, tags=TagFindings(readings=CONFLICT))[0] == "alike"


def test_four_against_four_are_too_few_however_far_apart_and_show_no_gap() -> None:
    (found,) = diagnose([rated("M1", "means", *FEW)], A, B, seed=0).statements
    assert (found.state, found.gap, found.p, found.adjusted_p) == ("insufficient",) + (None,) * 3
    assert (found.raters, found.missing) == ((4, 4), (1, 1))


def test_nothing_rated_is_not_enough_to_say() -> None:
    nothing = diagnose([], [], [], seed=0)
    assert (nothing.verdict, nothing.tested, nothing.groups) == ("not_enough_to_say", 0, (0, 0))
    unknown = [rated(key, "means", ["dont_know"] * 5, ["not_for_me"] * 5) for key in "xy"]
    found = diagnose(unknown, A, B, seed=0)
    assert found.verdict == "not_enough_to_say"
    assert found.statements[0].dont_know == (5, 0)
    assert found.statements[0].not_for_me == (0, 5)
    assert found.statements[0].missing == (5, 5)


def test_an_empty_group_is_not_enough_to_say() -> None:
    assert diagnose(statements(), A, [], seed=0).verdict == "not_enough_to_say"


def test_who_answers_the_same_agrees() -> None:
    same = [rated(f"{kind}{i}", kind, *SAME) for kind in KINDS for i in (1, 2)]
    found = diagnose(same, A, B, seed=0)
    assert found.verdict == "agreement"
    assert {each.p.value for each in found.statements if each.p} == {1}


def test_five_against_fifty() -> None:
    many = tuple(f"b{place}" for place in range(1, 51))
    found = diagnose([rated("M1", "means", [1] * 5, [5] * 50)], A, many, seed=0).statements[0]
    assert found.p is not None
    assert (found.state, found.p.kind, found.raters) == ("apart", "sampled", (5, 50))


def test_many_statements_make_one_alone_unclear() -> None:
    """1/126 is a discovery among six statements, and none among seven times as many."""
    fewer = [rated(f"M{i}", "means", *SAME) for i in range(5)]
    more = [rated(f"M{i}", "means", *SAME) for i in range(41)]
    one = rated("M", "means", *APART)
    assert diagnose([one, *fewer], A, B, seed=0).means.apart == ("M",)
    found = diagnose([one, *more], A, B, seed=0)
    assert found.means.unclear == ("M",)
    assert found.statements[0].p is not None
    assert found.statements[0].p.value == Fraction(1, 126)  # raw, and only indicative


def test_what_too_few_rated_takes_nothing_from_the_others() -> None:
    few = [rated(f"M{i}", "means", *FEW) for i in range(40)]
    found = diagnose([rated("M", "means", *APART), *few], A, B, seed=0)
    assert (found.tested, found.means.apart) == (1, ("M",))


def test_other_scales() -> None:
    for points in (2, 4, 7):
        ends = [rated(key, "end", [1] * 5, [points] * 5) for key in "xy"]
        assert diagnose(ends, A, B, seed=0, points=points).ends.apart == ("x", "y")


def test_thresholds_of_the_round_are_used_and_reported() -> None:
    thresholds = Thresholds(min_group=6)
    found = diagnose(statements(), A, B, seed=3, thresholds=thresholds)
    assert found.verdict == "not_enough_to_say"
    assert (found.thresholds, found.seed, found.points) == (thresholds, 3, 5)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(BadRatings, match="both groups"):
        diagnose(statements(), A, (*B, "a1"), seed=0)
    with pytest.raises(BadRatings, match="twice"):
        diagnose([*statements(), statements()[0]], A, B, seed=0)
    with pytest.raises(BadRatings, match="scale"):
        diagnose([RatedStatement("x", "end", {"somebody": 6})], A, B, seed=0)
    with pytest.raises(BadRatings, match="means"):
        RatedStatement("x", "wish", {})  # type: ignore[arg-type]


def test_who_is_in_neither_group_changes_nothing() -> None:
    more = [
        replace(each, answers={**each.answers, "c1": 1, "c2": 5, "c3": "dont_know"})
        for each in statements()
    ]
    assert diagnose(more, A, B, seed=0) == diagnose(statements(), A, B, seed=0)


answer: st.SearchStrategy[Answer] = st.one_of(
    st.integers(1, 5), st.sampled_from(["dont_know", "not_for_me", None])
)
ratings: st.SearchStrategy[Sequence[Answer]] = st.one_of(
    st.sampled_from([LOW, HIGH, MIDDLE, ALIKE, [2, 2, 2, 1, 2], [5, 4, 5, 4, 4]]),
    st.lists(answer, min_size=5, max_size=5),
)
rounds = st.lists(st.tuples(st.sampled_from(KINDS), ratings, ratings), max_size=9).map(
    lambda rows: [rated(f"s{place}", kind, a, b) for place, (kind, a, b) in enumerate(rows)]
)
clear = st.sampled_from([(LOW, HIGH), (HIGH, LOW), (LOW, LOW), (LOW, MIDDLE), (LOW, [2] * 5)])
clear_rounds = st.lists(clear, min_size=6, max_size=6).map(
    lambda pairs: [
        rated(f"s{place}", kind, *pair)
        for place, (kind, pair) in enumerate(zip(KINDS * 2, pairs, strict=True))
    ]
)


@given(rounds, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_neither_the_order_of_people_nor_of_statements_matters(
    given_round: list[RatedStatement], random: object
) -> None:
    found = diagnose(given_round, A, B, seed=0)
    turned = [
        replace(each, answers=dict(reversed([*each.answers.items()]))) for each in given_round
    ]
    random.shuffle(turned)  # type: ignore[attr-defined]
    other = diagnose(turned, A[::-1], B[::-1], seed=0)
    assert other.verdict == found.verdict
    assert sorted(other.statements, key=lambda each: each.key) == list(found.statements)


@given(rounds)
@settings(max_examples=60, deadline=None)
def test_which_group_is_called_a_does_not_matter(given_round: list[RatedStatement]) -> None:
    found, turned = diagnose(given_round, A, B, seed=0), diagnose(given_round, B, A, seed=0)
    assert turned.verdict == found.verdict
    for one, other in zip(found.statements, turned.statements, strict=True):
        assert (one.gap, one.p, one.state) == (other.gap, other.p, other.state)
        assert one.raters == other.raters[::-1]


def _replicated(
    given_round: list[RatedStatement], times: int
) -> tuple[list[RatedStatement], list[str], list[str]]:
    copies = [
        replace(
            each,
            answers={
                f"{rater}.{copy}": said
                for copy in range(times)
                for rater, said in each.answers.items()
            },
        )
        for each in given_round
    ]
    a, b = ([f"{rater}.{copy}" for copy in range(times) for rater in group] for group in (A, B))
    return copies, a, b


def _gaps(found: Diagnosis) -> dict[str, Fraction | None]:
    return {each.key: each.gap for each in found.statements}


@given(st.one_of(rounds, clear_rounds), st.sampled_from([2, 3]))
@settings(max_examples=80, deadline=None)
def test_copies_of_everybody_never_turn_a_dispute_into_agreement(
    given_round: list[RatedStatement], times: int
) -> None:
    copies, a, b = _replicated(given_round, times)
    before, after = diagnose(given_round, A, B, seed=0), diagnose(copies, a, b, seed=0)
    if before.verdict.startswith("about_"):
        assert after.verdict != "agreement"
        assert not after.verdict.startswith("agreement")
    gaps = _gaps(before)
    assert all(after_gap == gaps[key] for key, after_gap in _gaps(after).items() if gaps[key])
    for one, other in zip(given_round, copies, strict=True):
        if any(people := counts(one.answers.values())):
            assert agreement(counts(other.answers.values())) == agreement(people)


@pytest.mark.parametrize("times", [2, 3])
def test_copies_of_everybody_leave_the_worked_example_as_it_is(times: int) -> None:
    copies, a, b = _replicated(statements(), times)
    before, after = diagnose(statements(), A, B, seed=0), diagnose(copies, a, b, seed=0)
    assert after.verdict == "about_ends"
    assert _gaps(after) == _gaps(before)
    for one, other in zip(before.statements, after.statements, strict=True):
        assert one.p is not None
        assert other.p is not None
        assert other.p.value <= one.p.value
