"""Where one parts: private, counted once the thread has moved on, and never pointing at anybody."""

from datetime import datetime, timedelta
from itertools import combinations, product

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Part, PartCounts, Position
from discussion.debate.positions.operations.parting import freeze_part_counts
from discussion.debate.positions.queries.parts import _latest_safe, parts_of, shown_parts
from discussion.debate.threads.operations import move_position
from tests.conftest import json_of, sign_in, without_tokens
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_series,
    make_thread,
    viewer,
)

LEAST = 5


def test_one_sees_ones_own_answer_and_nobody_elses(client: FlaskClient, session: Session) -> None:
    position = _position(session)
    address = f"/positions/{position.public_id}"
    one, other = (make_member(session, position.thread.series) for _ in range(2))

    sign_in(client, other)
    client.post(f"{address}/part", data={"stance": "1"})
    sign_in(client, one)
    sent = client.post(
        f"{address}/part",
        data={"stance": "2", "over": ["values", "weight"], "reasonable": "yes"},
    )

    assert sent.status_code == 303
    assert json_of(client.get(f"{address}.json"))["parts"] == {
        "stance": "2",
        "over": ["values", "weight"],
        "reasonable": "yes",
    }
    assert 'value="2" checked' in client.get(address).text


def test_the_latest_answer_counts_and_can_be_taken_back(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    address = f"/positions/{position.public_id}/part"
    sign_in(client, make_member(session, position.thread.series))

    client.post(address, data={"stance": "1", "over": "values", "reasonable": "no"})
    client.post(address, data={"stance": "5", "over": "values", "reasonable": "no"})
    session.expire_all()
    part = session.scalars(select(Part)).one()
    assert (part.stance, part.over, part.reasonable) == ("5", [], "")

    client.post(address, data={"do": "take-back"})
    session.expire_all()
    assert session.scalars(select(Part)).all() == []


@pytest.mark.parametrize("data", [{}, {"stance": "6"}, {"stance": "1", "over": "karma"},
                                  {"stance": "1", "reasonable": "perhaps"}])  # fmt: skip
def test_an_answer_that_is_not_on_the_form_is_refused_with_a_sentence(
    client: FlaskClient, session: Session, data: dict[str, str]
) -> None:
    position = _position(session)
    sign_in(client, make_member(session, position.thread.series))

    sent = client.post(f"/positions/{position.public_id}/part", data=data)

    assert sent.status_code == 422
    assert "Error:" in sent.text
    assert session.scalars(select(Part)).all() == []


def test_a_visitor_signs_in_and_comes_back(client: FlaskClient, session: Session) -> None:
    position = _position(session)

    sent = client.post(f"/positions/{position.public_id}/part", data={"stance": "1"})

    assert sent.status_code == 303
    assert f"%2Fpositions%2F{position.public_id}%23part" in sent.location
    assert session.scalars(select(Part)).all() == []


def test_while_a_thread_is_open_no_surface_tells_how_many_answered(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    readers = [None, make_member(session, position.thread.series),
               make_member(session, position.thread.series, role="convener"),
               position.author]  # fmt: skip
    address = f"/positions/{position.public_id}"
    headers = [{}, {"X-Fragment": "1"}]

    def everything() -> list[str]:
        said = []
        for person in readers:
            client.delete_cookie("session")
            if person is not None:
                sign_in(client, person)
            for path, header in product((address, f"{address}.json"), headers):
                said.append(without_tokens(client.get(path, headers=header).text))
        return said

    before = everything()
    _answers(session, position, {"5": 7, "1": 6})
    session.add(
        PartCounts(
            position_id=position.id,
            thread_id=position.thread_id,
            cycle=1,
            people=13,
            counts={"stance": {"5": 7, "1": 6}},
            frozen_at=NOW,
        )
    )
    session.flush()

    assert everything() == before


def test_once_it_has_moved_on_frozen_counts_are_shown_in_a_sentence_and_a_table(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    _answers(session, position, {"5": 4, "4": 3, "3": 5, "1": 6})
    _move_on(session, position)
    _answers(session, position, {"1": 9})

    body = client.get(f"/positions/{position.public_id}").text
    counts = json_of(client.get(f"/positions/{position.public_id}.json"))["part_counts"]

    assert "18 people answered; 7 of them agree." in body
    assert [one["count"] for one in counts["stances"]] == [7, 5, 6, 0]
    assert "<caption>Where they stand</caption>" in body


def test_too_few_answers_say_so(client: FlaskClient, session: Session) -> None:
    position = _position(session)
    _answers(session, position, {"5": 4})
    for _ in range(9):  # answers of people who are not admitted do not count
        session.add(Part(position_id=position.id, person_id=make_person(session).id,
                         stance="5", answered_at=NOW))  # fmt: skip
    _move_on(session, position)

    body = client.get(f"/positions/{position.public_id}").text

    assert "Not enough people said how far they agree" in body
    assert json_of(client.get(f"/positions/{position.public_id}.json"))["part_counts"] is None


def test_no_number_shown_and_no_difference_of_two_is_between_one_and_four(app: Flask) -> None:
    with app.test_request_context():
        for a, b, c, d in product((0, 1, 4, 5, 9), repeat=4):
            stances = {"5": a, "3": b, "1": c, "dont_know": d}
            if sum(stances.values()) >= LEAST:
                _check_shown(stances)


def _check_shown(stances: dict[str, int]) -> None:
    counts = {"stance": stances, "over": {"values": 2, "weight": 5}, "reasonable": {"yes": 5}}
    shown = parts_of(counts, LEAST)
    cells = [one.count for one in shown.stances]
    if cells:
        assert sum(cells) == shown.people
    for mask in product((0, 1), repeat=len(cells)):
        part = sum(n for n, is_in in zip(cells, mask, strict=True) if is_in)
        assert part == 0 or part >= LEAST, stances
    parting = stances["3"] + stances["1"]
    for one in shown.over:
        assert one.count >= LEAST, stances
        assert parting - one.count == 0 or parting - one.count >= LEAST, stances


def test_a_later_count_that_would_tell_single_answers_apart_is_not_shown(
    session: Session, app: Flask
) -> None:
    position = _position(session)
    reader = viewer(session, make_member(session, position.thread.series))
    _answers(session, position, {"5": 6, "1": 6})
    _move_on(session, position)

    def people_after(more: dict[str, int]) -> int:
        position.thread.cycle += 1
        _answers(session, position, more)
        freeze_part_counts(session, position.thread, NOW)
        session.expire_all()
        with app.test_request_context():
            shown = shown_parts(session, reader, position)
        assert shown is not None
        return shown.people

    assert people_after({"1": 1}) == 12
    assert people_after({"1": 4}) == 17


def test_no_two_counts_that_were_ever_shown_differ_by_one_to_four(app: Flask) -> None:
    """Back and forth, each step by enough: the third would differ from the first by one."""
    kinds = ("5", "4", "3", "1")
    for steps in product(((6, 0, 6, 6), (6, 6, 6, 6), (11, 0, 6, 6), (5, 6, 6, 6), (12, 1, 6, 6)),
                         repeat=3):  # fmt: skip
        counted = [
            {"stance": dict(zip(kinds, step, strict=True)), "over": {"values": step[2]},
             "reasonable": {"yes": step[3]}}
            for step in steps
        ]  # fmt: skip
        seen = [parts_of(_latest_safe(counted[:last], LEAST), LEAST) for last in (1, 2, 3)]
        for before, after in combinations(seen, 2):
            numbers = [{one.label: one.count for one in (*shown.stances, *shown.over)}
                       | {"people": shown.people} for shown in (before, after)]  # fmt: skip
            for name in numbers[0].keys() & numbers[1].keys():
                apart = abs(numbers[0][name] - numbers[1][name])
                assert apart == 0 or apart >= LEAST, (name, steps)


def test_what_was_counted_before_a_move_and_after_it_cannot_be_subtracted(
    session: Session, app: Flask
) -> None:
    position = _position(session)
    source, series = position.thread, position.thread.series
    reader = viewer(session, make_member(session, series))
    moderator = viewer(session, make_member(session, series, role="moderator"))

    def people() -> int:
        session.flush()
        session.expire_all()
        with app.test_request_context():
            shown = shown_parts(session, reader, position)
        return shown.people if shown else 0

    def count_again(more: dict[str, int], now: datetime) -> int:
        _answers(session, position, more)
        position.thread.stage = "weighing"
        freeze_part_counts(session, position.thread, now)
        seen = people()
        position.thread.stage = "open"
        assert people() == 0
        return seen

    assert count_again({"5": 6, "1": 6}, NOW) == 12
    for later, (more, seen) in enumerate((({"1": 1}, 12), ({"1": 4}, 17), ({"5": 3}, 17))):
        target = make_thread(session, series)
        move_position(session, moderator, position, target, why="It fits.", now=NOW)
        assert count_again(more, NOW + timedelta(days=later + 1)) == seen
    rows = session.scalars(select(PartCounts.thread_id).where(PartCounts.cycle == 1)).all()
    assert len(set(rows)) == 4
    assert source.id in rows


def test_a_series_may_ask_for_more_than_five(session: Session, app: Flask) -> None:
    position = _position(session, min_group=8)
    _answers(session, position, {"5": 7})
    _move_on(session, position)

    with app.test_request_context():
        assert shown_parts(session, None, position) is None


def _position(session: Session, min_group: int = 5) -> Position:
    return make_position(session, make_thread(session, make_series(session, min_group=min_group)))


def _answers(session: Session, position: Position, stances: dict[str, int]) -> None:
    for stance, number in stances.items():
        for _ in range(number):
            person = make_member(session, position.thread.series)
            over = ["values"] if stance in "123" else []
            session.add(Part(position_id=position.id, person_id=person.id, stance=stance,
                             over=over, answered_at=NOW))  # fmt: skip
    session.flush()


def _move_on(session: Session, position: Position) -> None:
    position.thread.stage = "weighing"
    freeze_part_counts(session, position.thread, NOW)
    session.flush()


def test_why_an_answer_would_not_be_counted_is_said_before_it_is_asked_for(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    address = f"/positions/{position.public_id}"
    newcomer = make_member(session, position.thread.series, admitted_at=None)
    member = make_member(session, position.thread.series)
    ask = "How far do you agree?"

    sign_in(client, newcomer)
    before, asked, _after = client.get(address).text.partition(f'id="part-h">{ask}')
    assert asked
    assert "you are not a member yet" in before
    sign_in(client, member)
    assert 'class="uncounted"' not in client.get(address).text
    _move_on(session, position)
    before, asked, _after = client.get(address).text.partition(f'id="part-h">{ask}')
    assert asked
    assert "An answer is not counted any more" in before
