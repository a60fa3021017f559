"""No sentence says more than the states and the counts of its snapshot, whatever people answer."""

import re
from collections.abc import Mapping, Sequence
from random import Random

import pytest

from discussion.analysis.answers import Answer, Kind
from discussion.vocabulary import of_series
from discussion.weighing.findings.computing.cells import cell_of, tally_of
from discussion.weighing.findings.computing.given import (
    GivenRound,
    GivenStatement,
    GivenTags,
    Rater,
)
from discussion.weighing.findings.computing.making import Due, make
from discussion.weighing.findings.content.compared import Compared
from discussion.weighing.findings.content.counted import Numbers
from discussion.weighing.findings.content.diagnosed import Diagnosed
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.queries.presenters.basis import Basis, Known
from discussion.weighing.findings.queries.presenters.found import lens_says, say
from discussion.weighing.findings.queries.presenters.ground.sharing import common_ground
from discussion.weighing.findings.queries.presenters.ground.unknown import not_known
from discussion.weighing.findings.queries.presenters.ledger import ledger
from discussion.weighing.findings.queries.presenters.rows import all_rows
from discussion.weighing.findings.sentences.clauses.order import clauses_of
from discussion.weighing.findings.sentences.clauses.told import Told
from discussion.weighing.findings.sentences.room import room_clauses
from discussion.weighing.findings.shapes.found import Clause
from discussion.weighing.rounds.fixed import Limits, StopRule
from tests.weighing.findings.worlds import KEY

ROLES = ("headteacher", "classroom_teacher")
FAMILIES = {"headteacher": "school_leadership", "classroom_teacher": "teaching"}
KINDS: dict[str, Kind] = {"E": "end", "F": "fact", "M": "means"}
TAGS = GivenTags(positions=(), values={}, retracted=frozenset(), levels=())


def found(
    said: Mapping[str, Sequence[str]],
    *,
    points: int = 5,
    roles: Sequence[str] = ROLES,
    texts: Mapping[str, str] | None = None,
) -> Content:
    """A round in which groups answer so: by code, a digit a person; "?" does not know, "." nothing.

    Kinds are by the first letter of a code.
    """
    raters: dict[str, Rater] = {}
    answers: dict[str, dict[str, Answer]] = {code: {} for code in said}
    for code, groups in said.items():
        for role, values in zip(roles, groups, strict=True):
            for number, value in enumerate(values):
                who = f"{role}{number:02}"
                raters[who] = Rater(role=role, family=FAMILIES.get(role, ""))
                if value != ".":
                    answers[code][who] = int(value) if value.isdigit() else "dont_know"
    given = GivenRound(
        id="r", number=1, cycle=1, points=points, seed=1, limits=Limits(), min_group=5,
        stop_rule=StopRule(), who_may_rate="members", feedback="spread", opened_on="2026-11-01",
        closed_on="2026-11-02", imported_from="", attribution="", raters=raters,
        answered=len(raters),
        statements=tuple(
            GivenStatement(
                code=code, kind=KINDS[code[0]], text=(texts or {}).get(code, f"Words of {code}."),
                id=code, version=1, same=code, sources=(), confirmed=(0, 0, 0), answers=each,
            )
            for code, each in answers.items()
        ),
    )  # fmt: skip
    [made] = make([Due(1, None, "", given, None)], TAGS, KEY)
    assert made.content is not None
    return made.content


def basis_of(content: Content, key: str | None = None) -> Basis:
    where = content.found.headline if key is None else key
    return Basis(content, where, "", Known(), of_series("education"))


def told_of(content: Content, key: str) -> tuple[Told, Diagnosed]:
    compared = content.found.comparisons[key]
    assert compared.diagnosis is not None
    labels = basis_of(content, key).labels
    return Told(content, compared, compared.diagnosis, labels), compared.diagnosis


def text_of(content: Content) -> str:
    return say(basis_of(content)).text


AGREE = ("554545545455545", "545455454554545")
APART = ("555554455554555", "111221121211121")
MIXED = ("135243152431524", "243152415324315")


@pytest.mark.parametrize("seed", [*range(12), 1011, 1072])
def test_no_clause_says_more_than_its_states_and_counts(seed: int) -> None:
    content = _random_room(Random(seed))
    assert content.found.comparisons
    for key in content.found.comparisons:
        told, diagnosis = told_of(content, key)
        for clause in clauses_of(told):
            _check_states(clause, told, diagnosis)
            _check_counts(clause, content, told.found)
        _check_bounds(content, key)
    for clause in room_clauses(content):
        states = {(content.room or {})[code].state for code in clause.codes}
        assert states == {clause.state}
        is_whole = len(clause.codes) == len(content.ratings.statements)
        assert (" of " not in clause.lead) is is_whole


def _random_room(random: Random) -> Content:
    points = random.choice((3, 5, 7))
    sizes = [random.choice((5, 6, 9, 15, 24)) for _each in ROLES]
    tendency = random.choice((0, 0, 1))  # of the second group, to agree
    said: dict[str, list[str]] = {}
    for code in [f"{kind}{n}" for kind in "EFM" for n in range(1, random.choice((1, 2, 3, 4)))]:
        middle, apart = random.uniform(1, points), random.choice((0, 0, points / 2))
        wide, ignorance = random.choice((0.0, 0.8, points / 2)), random.choice((0.0, 0.0, 0.4))
        said[code] = [
            "".join(
                random.choice("?.")
                if random.random() < ignorance / (1 + place)
                else str(_rated(random.gauss(middle + place * (apart + tendency), wide), points))
                for _each in range(size)
            )
            for place, size in enumerate(sizes)
        ]
    return found(said or {"M1": ["3" * size for size in sizes]}, points=points)


def _rated(view: float, points: int) -> int:
    return min(max(round(view), 1), points)


def _check_states(clause: Clause, told: Told, diagnosis: Diagnosed) -> None:
    whole = f"{clause.lead} {clause.says}"
    states = [diagnosis.kinds[kind].state for kind in clause.kinds]
    if re.search(r"they agree\b", clause.lead):
        assert set(states) == {"agreed"}, whole
    if "alike" in whole:
        assert set(states) == {"alike"}, whole
    if "they differ over" in whole:
        assert set(states) == {"apart"}, whole
    if "no difference was found" in whole:
        alpha = told.content.ratings.round.limits.alpha
        for code in clause.codes:
            p = diagnosis.statements[code].adjusted_p
            assert p is None or float(p) > alpha, whole
    if "more strongly" in whole:
        assert any(
            abs(float(diagnosis.statements[code].shift or 0)) >= 0.2 for code in clause.codes
        ), whole


def _check_counts(clause: Clause, content: Content, compared: Compared) -> None:
    """Each "x of y" is a number of those who agree, disagree or do not know, of who answered."""
    pairs = set()
    for code in clause.codes:
        for key in (compared.a, compared.b, content.ratings.room):
            tally, cell = (
                tally_of(content.ratings, code, key),
                cell_of(content.ratings, code, key),
            )
            if tally is not None:
                pairs |= {(tally.agrees, tally.seen), (tally.disagrees, tally.seen)}
            if isinstance(cell, Numbers):
                pairs.add((cell.dont_know, cell.raters + cell.dont_know + cell.not_for_me))
            elif cell.dont_know is not None:
                pairs.add((cell.dont_know, content.ratings.raters))
    says = re.sub(r"“[^”]*”", "", clause.says)
    for some, all_ in re.findall(r"(\d+) of (?:all )?(\d+)", says):
        assert (int(some), int(all_)) in pairs, clause
    for all_ in re.findall(r"(?<!of )\ball (\d+)", says):
        assert (int(all_), int(all_)) in pairs, clause
    for all_ in re.findall(r"none of the (\d+)", says):
        assert (0, int(all_)) in pairs, clause


def _check_bounds(content: Content, key: str) -> None:
    basis = basis_of(content, key)
    for row in all_rows(basis):
        if row.sure is None or row.gap is None or row.sure.most is None:
            continue
        printed = [float(each) for each in re.findall(r"\d\.\d\d", row.sure.says)]
        low, high = row.sure.least or 0.0, row.sure.most
        assert all(each <= low + 1e-9 or each >= high - 1e-9 for each in printed), row.sure
        assert high >= row.gap - 1e-9, row
        if row.state == "alike":
            assert max(printed) <= basis.about.limits.gap, row.sure
        if row.gap < basis.about.limits.gap:
            assert float(row.gap_words) < basis.about.limits.gap, row.gap_words
    for line in ledger(basis):
        if "no difference found" in " ".join(line.known):
            assert line.state in ("unclear", "apart", "insufficient"), line


def test_of_one_statement_of_a_kind_nobody_is_said_to_be_missing() -> None:
    """Everybody rated it; two ends are needed, and there is one."""
    said = text_of(found({"E1": MIXED, "F1": AGREE, "F2": AGREE, "M1": AGREE})).lower()
    assert "over ends, one statement is too few to tell" in said
    assert "not enough of both groups" not in said


def test_what_cannot_be_told_of_a_kind_is_not_called_settled() -> None:
    """One end is apart, and one means answered alike: of a kind it takes two."""
    alike = ("3" * 40, "3" * 40)
    content = found({"E1": APART_OF_FORTY, "F1": alike, "F2": alike, "M1": alike})
    lines = {line.kind: line for line in ledger(basis_of(content))}
    assert lines["end"].state == "insufficient"
    assert lines["means"].state == "unclear"
    assert lines["end"].settle == lines["means"].settle
    assert lines["end"].settle == (
        "A second statement would be needed: more answers would not settle it.",
    )
    assert lines["fact"].settle == ("Settled: more answers would only say how far.",)


def test_what_made_the_groups_was_asked() -> None:
    content = found({"E1": MIXED, "E2": MIXED, "M1": ("555555111111115", "555555111111111")})
    told, _diagnosis = told_of(content, "leans:M1")
    assert not any("no statement on what to do" in each.lead for each in clauses_of(told))
    lines = ledger(basis_of(content, "leans:M1"))
    assert {line.kind: line.state_words for line in lines}["means"] == "Left out"


def test_a_small_difference_that_is_no_chance_was_found() -> None:
    small = ("3" * 30 + "4" * 10, "4" * 30 + "3" * 10)
    said = text_of(found({"E1": small, "E2": small, "M1": APART_OF_FORTY})).lower()
    assert "no difference was found" not in said
    known = ledger(basis_of(found({"E1": small, "E2": small})))[0].known
    assert not any("no difference" in each for each in known)


APART_OF_FORTY = ("5" * 40, "1" * 40)


def test_what_may_be_a_habit_was_found_all_the_same() -> None:
    """One group answers higher by a third of the scale on everything."""
    codes = ("E1", "E2", "F1", "F2", "M1", "M2")
    habit = ("3" * 20 + "2" * 10, "4" * 20 + "5" * 10)
    content = found(dict.fromkeys(codes, habit))
    said = text_of(content).lower()
    assert "may be only a habit of agreeing" in said
    assert "no difference was found" not in said
    assert "no difference found" not in " ".join(ledger(basis_of(content))[0].known)


def test_who_stands_on_the_same_side_in_another_shape_is_not_the_stronger() -> None:
    """Means of 4 and 4.05: a fifth of the second group is strongly against."""
    shape = ("4" * 40, "5" * 31 + "1" * 9)
    content = found({"M1": shape, "E1": shape, "E2": shape})
    assert "more strongly" not in text_of(content)


def test_of_one_consensus_among_many_it_is_said_on_how_many() -> None:
    content = found({"E1": AGREE, "E2": MIXED, "M1": MIXED, "F1": MIXED, "F2": MIXED})
    [agreed, *_split] = room_clauses(content)
    assert agreed.lead == "they agree on one of five statements"


def test_what_only_one_group_does_not_know_is_told_of_it() -> None:
    known = ("5" * 30, "44455???")
    content = found({"F1": known, "F2": AGREE_OF_MANY, "M1": AGREE_OF_MANY})
    told, _diagnosis = told_of(content, content.found.headline)
    [clause] = [each for each in clauses_of(told) if each.state == "unknown"]
    assert "3 of 8 " in clause.says
    assert "of 38" not in clause.says
    reading, rows = not_known(basis_of(content), all_rows(basis_of(content)))
    assert [each.code for each in rows] == ["F1"]
    assert "nothing" not in reading.said


AGREE_OF_MANY = ("5" * 30, "45454545")


def test_how_many_were_asked_is_not_said_where_it_is_not_shown() -> None:
    """Twenty were asked and ten of them do not know; how many gave a number is not shown."""
    fact = ("444..........." + "?" * 4, "3333333" + "?" * 6)
    other = ("5" * 18, "4" * 13)
    content = found({"F1": fact, "F2": other, "M1": other})
    told, _diagnosis = told_of(content, content.found.headline)
    [clause] = [each for each in clauses_of(told) if each.state == "unknown"]
    assert "who were asked" not in clause.says or "10 of 20" in clause.says


@pytest.mark.parametrize("text", ["a" * 300, "هل يجب أن يكون الحضور إلزاميا؟", "“Quoted” 3 of 9"])
def test_awkward_words_stand_as_they_are(text: str) -> None:
    content = found({"M1": APART, "E1": APART, "E2": APART}, texts={"E1": text})
    assert text in " ".join(each.says for each in clauses_of(told_of(content, "family")[0]))


def test_forty_statements_and_one() -> None:
    many = {f"{'EFM'[n % 3]}{n}": (MIXED, AGREE, APART)[n % 3] for n in range(1, 41)}
    said = say(basis_of(found(many)))
    assert len(said.clauses) <= 3
    assert "they differ" in text_of(found({"M1": APART}))


def test_common_ground_of_a_pair_is_common_to_that_pair() -> None:
    """Nine in ten want it, and most of those who reject the other plan do not."""
    plan = ("5" * 15 + "1" * 5, "5" * 15 + "1" * 5)
    content = found({"M1": plan, "E1": ("4" * 17 + "111", "4" * 17 + "111"), "M2": plan})
    basis = basis_of(content, "leans:M1")
    reading, rows = common_ground(basis, all_rows(basis))
    for each in rows:
        two = [tally_of(content.ratings, each.code, key) for key in basis.two]
        assert all(one and 4 * one.agrees >= 3 * one.seen for one in two), each.says
    assert "E1" not in [each.code for each in rows]
    assert "There is nothing" not in reading.said


def test_who_is_unlike_everybody_else_is_not_said_of_what_cannot_be_told() -> None:
    unsure = ("345433425343352", "234323224232241")
    content = found({"F1": unsure, "F2": unsure, "M1": AGREE, "E1": unsure})
    key = next(key for key in content.found.comparisons if key.startswith("as:"))
    lens = key.removeprefix("as:")
    basis = Basis(content, key, lens, Known(), of_series("education"))
    said = " ".join(lens_says(basis))
    assert "none of" not in said
    assert "On one of four statements" in said


def test_what_both_reject_has_that_side_in_the_table() -> None:
    content = found({"M1": ("1" * 15, "1" * 15), "M2": AGREE})
    words = {row.code: row.state_words for row in all_rows(basis_of(content))}
    assert words == {"M1": "Both disagree", "M2": "Both agree"}
    known = " ".join(ledger(basis_of(content))[2].known)
    assert "M2: both agree." in known
    assert "M1: both disagree." in known
