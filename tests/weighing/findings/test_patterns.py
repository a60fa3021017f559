"""A peak along a scale, the reason index and reasons of both sides: as told, and never of a few."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.weighing.findings.computing.counting import count_round
from discussion.weighing.findings.computing.given import (
    GivenPosition,
    GivenRound,
    GivenScale,
    GivenStatement,
    GivenTags,
    Rater,
)
from discussion.weighing.findings.computing.hashing import hash_of, is_as_said
from discussion.weighing.findings.computing.sharing import find_shared_reasons
from discussion.weighing.findings.content.counted import Counted
from discussion.weighing.findings.content.patterns import CountedIndex, CountedPeaks
from discussion.weighing.rounds.fixed import Limits, StopRule
from tests.conftest import json_of
from tests.factories import make_position, make_round
from tests.weighing.findings.test_across_rounds import told
from tests.weighing.findings.test_moves_of_the_same import tells_of_few
from tests.weighing.findings.worlds import KEY, Weighed, leader, teacher

SCALE = GivenScale("requirement", "Required", "Freely chosen")
PLACES = {"M1": 0.0, "M4": 0.25, "M3": 1.0}  # and M2 on no scale
KINDS = {"E1": "end", "E2": "end", "F1": "fact", "F2": "fact",
         "M1": "means", "M2": "means", "M3": "means", "M4": "means"}  # fmt: skip


def said(number: int, answers: dict[str, dict[str, Any]], places: Any = PLACES) -> GivenRound:
    """A round of who says what to which statement; raters have another key in each round."""
    key = {who: f"{number}-{who}" for who in answers}
    statements = tuple(
        GivenStatement(
            code=code, kind=kind, text=f"Words of {code}.", id=code, version=1,  # type: ignore[arg-type]
            same=f"{code}:1", sources=(), confirmed=(0, 0, 0),
            answers={key[who]: own[code] for who, own in answers.items() if code in own},
            places={"requirement": places[code]} if code in places else {},
        )
        for code, kind in KINDS.items()
    )  # fmt: skip
    return GivenRound(
        id=f"r{number}", number=number, cycle=1, points=5, seed=1, limits=Limits(), min_group=5,
        stop_rule=StopRule(), who_may_rate="members", feedback="spread", opened_on="", closed_on="",
        imported_from="", attribution="", statements=statements,
        raters={key[who]: Rater() for who in answers}, answered=len(answers),
        people={key[who]: who for who in answers}, scales=(SCALE,),
    )  # fmt: skip


def peaked(at: int) -> dict[str, Any]:
    """Somebody who likes one of the three best, by turns."""
    three = ((5, 4, 1), (2, 5, 3), (1, 2, 5))[at % 3]
    two = (5, 1) if at % 2 else (2, 4)
    return {"E1": two[0], "E2": two[1], "F1": two[0], "F2": two[1], "M2": 3,
            "M1": three[0], "M4": three[1], "M3": three[2]}  # fmt: skip


def people(many: int, first: int = 0) -> dict[str, dict[str, Any]]:
    return {f"p{at}": peaked(at) for at in range(first, many)}


def peaks_of(counted: Counted) -> CountedPeaks:
    assert counted.peaks is not None
    [found] = counted.peaks
    return found


def index_of(counted: Counted) -> CountedIndex:
    assert counted.index is not None
    return counted.index


def test_people_whose_answers_fall_from_one_peak_are_counted_beside_chance() -> None:
    valley = {f"v{at}": peaked(at) | {"M1": 5, "M4": 1, "M3": 4} for at in range(4)}
    part = {"q": {"M1": 5, "M4": 1}, "r": peaked(0) | {"M3": "dont_know"}}
    counted, _sets = count_round(said(1, people(16) | valley | part))
    found = peaks_of(counted)
    assert (found.codes, found.people, found.peaked) == (("M1", "M4", "M3"), 20, 16)
    assert found.chance == Fraction(2, 3)
    assert found.p == pytest.approx(0.1515, abs=0.001)  # 16 or more of 20, at two in three
    assert (found.low, found.high) == ("Required", "Freely chosen")


@pytest.mark.parametrize(
    "places",
    [
        {"M1": 0.0, "M4": 0.25},
        {"M1": 0.0, "M4": 0.25, "M3": 0.25},  # two at one place have no order
        {"E1": 0.0, "M4": 0.25, "M3": 1.0},  # an end is nothing to do
    ],
)
def test_fewer_than_three_statements_make_no_scale(places: dict[str, float]) -> None:
    counted, _sets = count_round(said(1, people(16), places))
    assert counted.peaks == ()


def test_of_four_who_rated_all_nothing_is_told() -> None:
    part = {who: {"M1": 5, "M4": 4} for who in ("a", "b", "c", "d", "e")}
    counted, _sets = count_round(said(1, people(4) | part))
    assert (peaks_of(counted).state, peaks_of(counted).people) == ("few", 0)
    assert index_of(counted).state == "insufficient"


def test_an_index_is_of_who_rated_everything_and_not_all_the_same() -> None:
    same = {"s": dict.fromkeys(KINDS, 4)}
    counted, _sets = count_round(said(1, people(12) | same))
    found = index_of(counted)
    assert (found.state, found.people, found.considerations, found.options) == (
        "measured", 12, 4, 4)  # fmt: skip
    assert found.index is not None
    assert found.upper is not None
    assert not found.is_drawn
    many, _sets = count_round(said(1, people(80)))
    assert (index_of(many).people, index_of(many).is_drawn) == (60, True)


def changed(answers: dict[str, dict[str, Any]], how: str) -> dict[str, dict[str, Any]]:
    if how == "nobody":
        return answers
    if how == "one comes":
        return answers | people(13, 12)
    if how == "one goes":
        return {who: own for who, own in answers.items() if who != "p0"}
    if how == "one does not know":
        return answers | {"p0": answers["p0"] | {"M3": "dont_know"}}
    return answers | people(17, 12)  # five come


@pytest.mark.parametrize("how", ["nobody", "one comes", "one goes", "one does not know", "five"])
def test_a_later_round_tells_both_where_nobody_or_five_differ(how: str) -> None:
    answers = people(12)
    (first, later), _sets = told(said(1, answers), said(2, changed(answers, how)))
    assert (peaks_of(first).state, index_of(first).state) == ("counted", "measured")
    is_told = how in ("nobody", "five")
    assert (peaks_of(later).state, index_of(later).state) == (
        ("counted", "measured") if is_told else ("across", "across"))  # fmt: skip
    assert is_told or (peaks_of(later).people, index_of(later).index) == (0, None)


@pytest.mark.parametrize("seed", range(4))
def test_an_attacker_who_subtracts_three_rounds_learns_of_no_four(seed: int) -> None:
    """Everybody's answers stay, and whoever attacks knows who rated every statement with a number.

    What is told is a sum over these people: no adding and subtracting leaves one to four of them.
    """
    random = Random(seed)
    names = [f"p{at}" for at in range(18)]
    rounds = []
    for number in range(1, 4):
        there = [who for who in names if random.random() < (0.95, 0.6)[seed % 2]]
        whole = {who: peaked(int(who[1:])) for who in there}
        part = {who: own | {"M3": "dont_know"} for who, own in whole.items()
                if random.random() < 0.1}  # fmt: skip
        rounds.append(said(number, whole | part))
    found, _sets = told(*rounds)
    for state in ("peaks", "index"):
        sets = []
        for given, counted in zip(rounds, found, strict=True):
            is_told = (peaks_of(counted).state == "counted" if state == "peaks"
                       else index_of(counted).state == "measured")  # fmt: skip
            if is_told:
                rated = [set(each.numbers) for each in given.statements
                         if state == "index" or each.code in PLACES]  # fmt: skip
                sets.append({given.people[who] for who in set.intersection(*rated)})
        assert sets, state
        rows = np.array([[[who in each for who in names]] for each in sets], float)
        assert not tells_of_few(rows), state


def position(at: float | None, *served: str, **changes: Any) -> GivenPosition:
    fields: dict[str, Any] = {"id": "p", "role": "", "family": "", "phase": "", "level": "",
                              "outweighed": (), "links": ()}  # fmt: skip
    return GivenPosition(**fields | changes, served=served,
                         places={} if at is None else {"requirement": at})  # fmt: skip


def tags(*positions: GivenPosition, scales: tuple[GivenScale, ...] = (SCALE,)) -> GivenTags:
    return GivenTags(positions, {"equity": "Equity"}, frozenset(), (), scales=scales)


def test_reasons_of_both_sides_are_counted_by_where_positions_stand() -> None:
    [found] = find_shared_reasons(tags(
        position(0.0, "equity", "trust"), position(0.25, "equity"), position(0.5, "equity", "care"),
        position(1.0, "equity"), position(0.75, "care"), position(0.75, "care"),
        position(None, "equity"),
    ))  # fmt: skip
    assert dict(found.positions) == {"low": 2, "middle": 1, "high": 3}
    [row] = found.reasons  # trust and care are each on one side alone
    assert (row.value, row.positions, row.low, row.middle, row.high) == ("equity", 4, 2, 1, 1)
    assert row.spread == pytest.approx(0.739510, abs=1e-6)  # of −1, −0.5, 0 and 1
    [two] = find_shared_reasons(tags(position(0.0, "care"), position(1.0, "care")))
    assert [(row.positions, row.spread) for row in two.reasons] == [(2, 1.0)]
    assert find_shared_reasons(tags(position(None, "care"))) == ()


def test_what_is_over_stays_as_it_was_before_scales_were_looked_at() -> None:
    counted, _sets = count_round(said(1, people(6)))
    now = tags(position(0.0, "equity"))
    before = hash_of(counted, replace(now, scales=()), KEY)
    assert is_as_said(before, counted, now, KEY, is_over=True)
    assert not is_as_said(before, counted, now, KEY, is_over=False)
    elsewhere = tags(position(1.0, "equity"))
    assert not is_as_said(hash_of(counted, now, KEY), counted, elsewhere, KEY, is_over=True)


def scaled(session: Session) -> Weighed:
    """Three statements on what to do along a scale, and twelve who rate them."""
    texts = {code: (kind, f"Words of {code}.") for code, kind in KINDS.items()}
    world = Weighed(session, texts, number=1)
    [scale] = [each for each in world.series.scales if each.slug == "requirement"]
    scale.high, world.thread.scales = "<إلزامي>", [scale]
    for code, at in PLACES.items():
        make_position(session, world.thread, revision={"placements": {scale.slug: at}})
        world.statements[code].placements = {scale.slug: at}
    world.round = make_round(session, world.thread, *world.statements.values(), number=2)
    world.leaders = [leader(session, world.series, at) for at in range(6)]
    world.teachers = [teacher(session, world.series) for _each in range(6)]
    return world


def test_the_page_says_both_and_the_appendix_the_index(
    client: FlaskClient, session: Session
) -> None:
    world = scaled(session)
    for at, person in enumerate(world.leaders + world.teachers):
        for code, value in peaked(at).items():
            world.rate(code, person, value)
    world.compute()
    url = f"/findings/{world.thread.slug}"
    found = json_of(client.get(f"{url}.json"))["found"]
    [peaks] = found["peaks"]
    assert (peaks["yes"], peaks["answered"], peaks["is_more_than_chance"]) == (12, 12, True)
    [reasons] = found["shared_reasons"]
    assert [(row["label"], row["positions"]) for row in reasons["rows"]] == [("Equality", 3)]
    page = client.get(url).text
    assert "Do answers follow a scale?" in page
    assert "People mostly answered" in page
    assert "Of the 12 people who rated all of them, 12 (100%) did so." in page
    assert "Reasons given on both sides" in page
    assert "&lt;إلزامي&gt;" in page
    assert page.index("Reason index") > page.index("How we worked this out")
