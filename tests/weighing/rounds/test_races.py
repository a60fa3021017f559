"""Two tabs keep one row; and whoever rates while a round closes is kept, or told."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from discussion.db import transaction
from discussion.people.accounts.models import Person
from discussion.permissions.rules import Forbidden
from discussion.weighing.rounds.models import Rating, Round
from discussion.weighing.rounds.operations.rating import RoundClosed, take_rating_back
from discussion.weighing.rounds.operations.running import move_due_rounds
from tests.factories import NOW, viewer
from tests.journeys.together import together
from tests.weighing.rounds.planned import KEY, Planned, answer

TIMES = 3


def filled(engine: Engine) -> tuple[int, list[int]]:
    with transaction(engine) as session:
        scene = Planned(session)
        people = scene.join(6)
        return scene.open().id, [person.id for person in people]


def rating(engine: Engine, round_id: int, person_id: int, value: str) -> Callable[[], Any]:
    def run() -> None:
        with transaction(engine) as session:
            round, person = session.get_one(Round, round_id), session.get_one(Person, person_id)
            answer(session, round, person, "E1", value)

    return run


def taking_back(engine: Engine, round_id: int, person_id: int) -> Callable[[], Any]:
    def run() -> None:
        with transaction(engine) as session:
            round, person = session.get_one(Round, round_id), session.get_one(Person, person_id)
            take_rating_back(session, viewer(session, person), round, "E1", secret=KEY, now=NOW)

    return run


def kept(session: Session, round_id: int) -> list[Rating]:
    return list(session.scalars(select(Rating).where(Rating.round_id == round_id)))


def test_two_tabs_and_a_double_click_keep_one_row(own_engine: Engine) -> None:
    for _ in range(TIMES):
        round_id, people = filled(own_engine)
        values = ("1", "2", "3", "3")
        done = together([rating(own_engine, round_id, people[0], value) for value in values])
        assert done == [None] * 4
        with transaction(own_engine) as session:
            (row,) = kept(session, round_id)
            assert row.value in values


def test_whoever_rates_while_it_closes_is_counted_or_told(own_engine: Engine) -> None:
    for _ in range(TIMES):
        round_id, people = filled(own_engine)

        def close(id: int = round_id) -> None:
            with transaction(own_engine) as session:
                move_due_rounds(session, KEY, session.get_one(Round, id).closes_at)

        rates = [rating(own_engine, round_id, person, "4") for person in people]
        *came, closed = together([*rates, close])
        assert closed is None
        assert all(one is None or isinstance(one, RoundClosed | Forbidden) for one in came), came
        with transaction(own_engine) as session:
            round = session.get_one(Round, round_id)
            assert round.state == "closed"
            assert len(kept(session, round_id)) == came.count(None) == round.counted["raters"]


def test_one_tab_takes_back_what_another_changes(own_engine: Engine) -> None:
    for _ in range(TIMES):
        round_id, people = filled(own_engine)
        rating(own_engine, round_id, people[0], "1")()
        changes = [rating(own_engine, round_id, people[0], value) for value in ("2", "3")]
        back = taking_back(own_engine, round_id, people[0])
        assert together([back, *changes, back]) == [None] * 4
        with transaction(own_engine) as session:
            assert len(kept(session, round_id)) <= 1
