"""Counting thousands of raters at once says what counting them one by one says."""

import hmac
import json
import random
from collections.abc import Mapping
from dataclasses import asdict

import pytest

from discussion.analysis.answer_table import AnswerTable, Raters
from discussion.analysis.answered import count_answers
from discussion.analysis.answers import Answer, BadRatings, numeric, side, sides_of
from discussion.weighing.findings.computing.earlier import asked_of
from discussion.weighing.findings.computing.given import GivenRound, GivenStatement, Rater
from discussion.weighing.findings.computing.hashing import hash_of_answers
from discussion.weighing.rounds.fixed import Limits, StopRule

SEEDS = range(40)


def made_up(seed: int) -> tuple[GivenRound, list[frozenset[str]]]:
    """A round at random: scales of two to seven points, and people who answered few of it."""
    drawn = random.Random(seed)
    points = drawn.randint(2, 7)
    raters = [f"rater {number}" for number in range(drawn.randint(0, 60))]
    said: list[Answer] = [*range(1, points + 1), "dont_know", "not_for_me", None]
    statements = []
    for number in range(drawn.randint(1, 4)):
        who = drawn.sample(raters, drawn.randint(0, len(raters)))
        drawn.shuffle(who)
        statements.append(
            GivenStatement(
                code=f"M{number}", kind="means", text="", id=str(number), version=1,
                same=str(number), sources=(), confirmed=(0, 0, 0),
                answers={each: drawn.choice(said) for each in who},
                reasonable={each: "yes" for each in who if drawn.random() < 0.5},
                cruxes=frozenset(drawn.sample(raters, drawn.randint(0, len(raters)))),
            )
        )  # fmt: skip
    given = GivenRound(
        id="r", number=1, cycle=1, points=points, seed=1, limits=Limits(), min_group=5,
        stop_rule=StopRule(), who_may_rate="members", feedback="none", opened_on="", closed_on="",
        imported_from="", attribution="", statements=tuple(statements),
        raters={each: Rater(role=drawn.choice(["", "nurse", "’"])) for each in raters},
        answered=len(raters),
        people={each: f"person of {each}" for each in raters} if drawn.random() < 0.5 else {},
    )  # fmt: skip
    groups = [frozenset(drawn.sample(raters, drawn.randint(0, len(raters)))) for _ in range(6)]
    return given, [*groups, frozenset(raters)]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_group_is_counted_as_one_by_one(seed: int) -> None:
    given, groups = made_up(seed)
    assert given.statements
    for statement in given.statements:
        for group in groups:
            found = given.tables[statement.code].count(given.places.mask(group))
            own = [said for who, said in statement.answers.items() if who in group]
            sides = [
                side(rating, given.points)
                for who in group & statement.cruxes
                for rating in numeric((statement.answers.get(who),), given.points)
            ]
            assert found.counts == count_answers(own, given.points).counts
            assert (found.dont_know, found.not_for_me) == (
                own.count("dont_know"),
                own.count("not_for_me"),
            )
            assert (found.up, found.down) == (sides.count(1), sides.count(-1))


@pytest.mark.parametrize("seed", SEEDS)
def test_who_was_asked_is_the_same_as_one_by_one(seed: int) -> None:
    given, groups = made_up(seed)
    name = given.people.get
    assert given.statements
    for statement in given.statements:
        for group in groups:
            own = {who: said for who, said in statement.answers.items() if who in group}
            assert {kind: set(who) for kind, who in asked_of(given, statement, group).items()} == {
                "numbers": {name(who, who) for who, said in own.items() if isinstance(said, int)},
                "answered": {name(who, who) for who in own},
            }


@pytest.mark.parametrize("seed", SEEDS)
def test_the_hash_of_answers_is_that_of_their_json(seed: int) -> None:
    """Snapshots that are kept were hashed so."""
    given, _groups = made_up(seed)
    raters = {who: asdict(rater) for who, rater in given.raters.items()}
    statements = [
        [each.id, each.version, each.kind, dict(each.answers), dict(each.reasonable),
         sorted(each.cruxes)]
        for each in given.statements
    ]  # fmt: skip
    said = json.dumps([given.id, raters, statements], sort_keys=True, ensure_ascii=False,
                      separators=(",", ":"))  # fmt: skip
    key = hmac.new(b"secret", b"discussion findings inputs 1", "sha256").digest()
    expected = hmac.new(key, said.encode(), "sha256").hexdigest()
    assert hash_of_answers(given, "secret") == expected


@pytest.mark.parametrize("wrong", [0, 6, "perhaps", True, 2.5])
def test_what_is_no_answer_is_refused_as_everywhere(wrong: object) -> None:
    answers: Mapping[str, object] = {"a": 1, "b": wrong}
    with pytest.raises(BadRatings):
        AnswerTable(Raters(["a", "b"]), answers, 5)  # type: ignore[arg-type]
    with pytest.raises(BadRatings):
        sides_of(answers)  # type: ignore[arg-type]
