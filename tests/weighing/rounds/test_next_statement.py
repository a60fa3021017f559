"""Which statement comes next: by need, drawn by a seed, and telling nothing of others' answers."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy.orm import Session

from discussion.weighing.rounds.keys import rater_key
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.running import count_round
from discussion.weighing.rounds.queries.choosing import all_codes, next_code
from tests.weighing.rounds.planned import CODES, KEY, LEADING, TEACHING, Planned, answer


def drawn(round: Round, many: int = 400, answered: tuple[str, ...] = ()) -> Counter[str | None]:
    """What so many raters who never met are asked first."""
    return Counter(next_code(round, f"rater {at}", answered, ()) for at in range(many))


@pytest.fixture
def scene(session: Session) -> Planned:
    return Planned(session)


def test_the_same_rater_at_the_same_place_is_asked_the_same(
    session: Session, scene: Planned
) -> None:
    round = scene.open()
    first = next_code(round, "a", (), ())
    assert [next_code(round, "a", (), ()) for _again in range(5)] == [first] * 5
    walked: list[str] = []
    while code := next_code(round, "a", (), walked):
        walked.append(code)
    assert sorted(walked) == sorted(CODES)
    assert len({next_code(round, f"rater {at}", (), ()) for at in range(50)}) == 5


def test_nothing_is_asked_again_in_one_sitting_or_once_answered(
    session: Session, scene: Planned
) -> None:
    round = scene.open()
    assert next_code(round, "a", CODES, ()) is None
    assert next_code(round, "a", CODES[:2], CODES[2:]) is None
    assert next_code(round, "a", CODES[:4], ()) == CODES[4]


def test_a_fixed_order_is_the_moderators(session: Session, scene: Planned) -> None:
    round = scene.open(order_rule="fixed")
    assert [next_code(round, "a", CODES[:at], ()) for at in range(5)] == CODES
    assert all_codes(round, "a") == CODES


def test_what_few_have_answered_is_asked_more_often(session: Session, scene: Planned) -> None:
    round = scene.open()
    plain = drawn(round)
    for person in scene.join(20):
        for code in CODES[:-1]:
            answer(session, round, person, code, "3")
    count_round(session, round, KEY)
    assert max(plain.values()) < 110
    assert drawn(round)[CODES[-1]] > 180


def test_what_a_family_has_not_answered_is_asked_more_often(
    session: Session, scene: Planned
) -> None:
    round = scene.open()
    teachers, leaders = scene.join(10, TEACHING), scene.join(5, LEADING)
    for person in teachers:
        for code in CODES:
            answer(session, round, person, code, "3")
    for person in leaders:
        for code in CODES[1:]:
            answer(session, round, person, code, "3")
    for person in scene.join(5, ""):
        answer(session, round, person, CODES[0], "3")
    count_round(session, round, KEY)
    needs = {row.code: round.counted["needs"][str(row.version_id)] for row in round.statements}
    assert needs["E1"] == {"answers": 15, "gap": 0.5}
    assert needs["F1"] == {"answers": 15, "gap": 0.0}
    drawn_now = drawn(round)
    assert drawn_now["E1"] > max(drawn_now[code] for code in CODES[1:])


def test_dissent_is_not_buried_for_what_was_answered_plays_no_part(session: Session) -> None:
    """Two rooms that differ in every answer, and in who says that they do not know."""
    counted = []
    for values in (("5", "4"), ("dont_know", "1")):
        scene = Planned(session)
        round = scene.open()
        for person in scene.join(6):
            for code, value in zip(CODES, (*values, *values, values[0]), strict=True):
                answer(session, round, person, code, value)
        count_round(session, round, KEY)
        counted.append([round.counted["needs"][str(row.version_id)] for row in round.statements])
    assert counted[0] == counted[1]


@pytest.mark.parametrize("already", [0, 3, 5, 8])
def test_one_persons_answers_are_seen_by_nobody_who_polls_before_and_after(
    session: Session, scene: Planned, already: int
) -> None:
    """Between two counts nothing changes at all; a count moves in steps of five."""
    round = scene.open()
    people = scene.join(already + 1)
    for person in people[:already]:
        for code in CODES:
            answer(session, round, person, code, "2")
    count_round(session, round, KEY)
    before: dict[str, Any] = dict(round.counted)
    asked = drawn(round)
    answer(session, round, people[-1], "M1", "5")
    assert (round.counted, drawn(round)) == (before, asked)
    count_round(session, round, KEY)
    assert (round.counted, drawn(round)) == (before, asked)


def test_people_who_are_not_admitted_steer_nothing(session: Session, scene: Planned) -> None:
    from tests.factories import make_member

    round = scene.open()
    count_round(session, round, KEY)
    before = dict(round.counted)
    for _each in range(10):
        stranger = make_member(session, scene.thread.series, admitted_at=None)
        answer(session, round, stranger, "E1", "1")
    count_round(session, round, KEY)
    assert round.counted == before


def test_all_on_a_page_come_shuffled_for_each_rater_and_stay_so(
    session: Session, scene: Planned
) -> None:
    round = scene.open()
    (person,) = scene.join(1)
    key = rater_key(KEY, round.public_id, person.public_id)
    order = all_codes(round, key)
    answer(session, round, person, "E1", "3")
    count_round(session, round, KEY)
    assert all_codes(round, key) == order
    assert sorted(order) == sorted(CODES)
    assert len({tuple(all_codes(round, f"rater {at}")) for at in range(20)}) > 10
