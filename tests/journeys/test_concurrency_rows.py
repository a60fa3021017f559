"""Of several who change the same rows at once exactly one wins, and the others are told."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from discussion.db import transaction
from discussion.debate.positions.models import Part, Position
from discussion.debate.positions.operations.parting import answer_part
from discussion.debate.positions.operations.publishing import (
    AlreadyPosted,
    publish_position,
    withdraw_position,
)
from discussion.debate.responses.operations.responding import respond
from discussion.debate.threads.models import Thread, Voice
from discussion.decisions.drafts import Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.refusing import AlreadyDecided
from discussion.jobs.models import Job
from discussion.jobs.queue import enqueue
from discussion.oversight.moderation.operations import decide
from discussion.people.accounts.models import Person
from discussion.people.accounts.operations.attempts import count_attempt
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer
from discussion.problems import Refused
from discussion.series.members.models import Membership
from discussion.series.members.operations.members import change_role, leave_series
from discussion.series.series.models import Series
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_series,
    make_thread,
)
from tests.journeys.handed_in import DRAFT, RESPONSE
from tests.journeys.together import together

ROUNDS = 5
PENDING: dict[str, Any] = {"status": "pending", "version": None, "live_at": None}
UNPUBLISHED: dict[str, Any] = {"state": "draft", "number": None, "first_published_at": None}


def acting(
    engine: Engine, person_id: int, act: Callable[[Session, Viewer], Any]
) -> Callable[[], Any]:
    """An act by somebody in a transaction of its own."""

    def run() -> Any:
        with transaction(engine) as session:
            return act(session, viewer_of(session, session.get_one(Person, person_id), NOW))

    return run


def filled(engine: Engine, fill: Callable[[Session], Any]) -> Any:
    with transaction(engine) as session:
        return fill(session)


def test_three_hundred_and_twenty_increments_lose_none(own_engine: Engine) -> None:
    """Read, then write: eight at once, forty times each."""

    def fill(session: Session) -> int:
        job = enqueue(session, "nothing", {}, now=NOW)
        assert job is not None
        return job.id

    job_id = filled(own_engine, fill)

    def increment() -> None:
        for _ in range(40):
            with transaction(own_engine) as session:
                row = session.get_one(Job, job_id, with_for_update=True)
                row.attempts += 1

    assert together([increment] * 8) == [None] * 8
    with transaction(own_engine, writes=False) as session:
        assert session.get_one(Job, job_id).attempts == 320


def test_one_of_two_moderators_decides(own_engine: Engine) -> None:
    for _ in range(ROUNDS):

        def fill(session: Session) -> tuple[int, int, list[int]]:
            series = make_series(session)
            moderators = [make_member(session, series, role="moderator").id for _ in range(2)]
            position = make_position(
                session, make_thread(session, series), revision=PENDING, **UNPUBLISHED
            )
            return position.id, position.revisions[0].id, moderators

        position_id, version_id, moderators = filled(own_engine, fill)

        def approve(session: Session, actor: Viewer) -> str:
            item = session.get_one(Position, position_id)  # noqa: B023  # run before the next
            decide(session, actor, item, Ruling("approve", version_id=version_id), now=NOW)  # noqa: B023
            return "decided"

        ends = together([acting(own_engine, one, approve) for one in moderators])
        assert sorted(map(_name, ends)) == ["AlreadyDecided", "decided"], ends
        assert isinstance(next(e for e in ends if e != "decided"), AlreadyDecided)
    with transaction(own_engine, writes=False) as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == ROUNDS


def test_taking_back_and_approving_at_once_leaves_one_of_the_two_as_the_truth(
    own_engine: Engine,
) -> None:
    for _ in range(ROUNDS):

        def fill(session: Session) -> tuple[int, int, int, int]:
            series = make_series(session)
            moderator = make_member(session, series, role="moderator")
            position = make_position(
                session, make_thread(session, series), revision=PENDING, **UNPUBLISHED
            )
            return position.id, position.revisions[0].id, moderator.id, position.author_id

        position_id, version_id, moderator, author = filled(own_engine, fill)

        def approve(session: Session, actor: Viewer) -> str:
            item = session.get_one(Position, position_id)  # noqa: B023
            decide(session, actor, item, Ruling("approve", version_id=version_id), now=NOW)  # noqa: B023
            return "decided"

        def withdraw(session: Session, actor: Viewer) -> str:
            return withdraw_position(
                session,
                actor,
                session.get_one(Position, position_id),  # noqa: B023
                now=NOW,
            ).state

        decided, withdrawn = together(
            [acting(own_engine, moderator, approve), acting(own_engine, author, withdraw)]
        )
        with transaction(own_engine, writes=False) as session:
            row = session.get_one(Position, position_id)
            if decided == "decided":
                assert (withdrawn, row.state, row.number is None) == (
                    "withdrawn", "withdrawn", False,
                )  # fmt: skip
            else:
                assert isinstance(decided, AlreadyDecided)
                assert (row.state, row.number) == ("discarded", None)


@pytest.mark.parametrize("moderation", ["pre", "post"])
def test_two_clicks_publish_one_position(own_engine: Engine, moderation: str) -> None:
    for _ in range(ROUNDS):

        def fill(session: Session) -> tuple[int, int]:
            series = make_series(session, moderation=moderation)
            return make_thread(session, series).id, make_person(session).id

        thread_id, person_id = filled(own_engine, fill)

        def publish(session: Session, actor: Viewer) -> str:
            thread = session.get_one(Thread, thread_id)  # noqa: B023
            publish_position(session, actor, thread, DRAFT, now=NOW)
            return "published"

        ends = together([acting(own_engine, person_id, publish)] * 2)
        assert sorted(map(_name, ends)) == ["AlreadyPosted", "published"], ends
        told = next(end for end in ends if isinstance(end, AlreadyPosted))
        with transaction(own_engine, writes=False) as session:
            rows = session.scalars(select(Position).where(Position.thread_id == thread_id)).all()
            assert [row.id for row in rows] == [told.position.id]
            members = session.scalars(
                select(Membership.id).where(Membership.person_id == person_id)
            ).all()
            assert len(members) == 1


def test_eight_people_publish_in_one_thread_under_eight_numbers_and_letters(
    own_engine: Engine,
) -> None:
    def fill(session: Session) -> tuple[int, list[int]]:
        series = make_series(session, moderation="post")
        people = [make_member(session, series).id for _ in range(8)]
        return make_thread(session, series).id, people

    thread_id, people = filled(own_engine, fill)

    def publish(session: Session, actor: Viewer) -> int | None:
        thread = session.get_one(Thread, thread_id)
        short = replace(DRAFT, reasoning="")  # too short to be held as a copy
        return publish_position(session, actor, thread, short, now=NOW).number

    numbers = together([acting(own_engine, person, publish) for person in people])
    assert sorted(numbers) == list(range(1, 9))
    with transaction(own_engine, writes=False) as session:
        letters = session.scalars(select(Voice.letter).where(Voice.thread_id == thread_id)).all()
        assert len(set(letters)) == len(letters) == 8


def test_a_newcomer_who_responds_twice_at_once_joins_once(own_engine: Engine) -> None:
    def fill(session: Session) -> tuple[list[int], int]:
        thread = make_thread(session, make_series(session))
        return [make_position(session, thread).id for _ in range(4)], make_person(session).id

    positions, person_id = filled(own_engine, fill)

    def answer(position_id: int) -> Callable[[Session, Viewer], str]:
        def act(session: Session, actor: Viewer) -> str:
            respond(session, actor, session.get_one(Position, position_id), RESPONSE, now=NOW)
            return "responded"

        return act

    ends = together([acting(own_engine, person_id, answer(one)) for one in positions])
    assert ends == ["responded"] * 4
    with transaction(own_engine, writes=False) as session:
        own = select(Membership.id).where(Membership.person_id == person_id)
        assert len(session.scalars(own).all()) == 1


def test_of_several_private_answers_by_one_person_one_is_kept(own_engine: Engine) -> None:
    def fill(session: Session) -> tuple[int, int]:
        position = make_position(session, make_thread(session, make_series(session)))
        return position.id, make_person(session).id

    position_id, person_id = filled(own_engine, fill)

    def part(session: Session, actor: Viewer) -> str:
        position = session.get_one(Position, position_id)
        return answer_part(session, actor, position, stance="2", now=NOW).stance

    assert together([acting(own_engine, person_id, part)] * 6) == ["2"] * 6
    with transaction(own_engine, writes=False) as session:
        assert len(session.scalars(select(Part)).all()) == 1


@pytest.mark.parametrize("way", ["step down", "leave"])
def test_of_the_last_two_conveners_one_stays(own_engine: Engine, way: str) -> None:
    for _ in range(ROUNDS):

        def fill(session: Session) -> tuple[int, list[int]]:
            series = make_series(session)
            conveners = [make_member(session, series, role="convener").id for _ in range(2)]
            return series.id, conveners

        series_id, conveners = filled(own_engine, fill)

        def go(session: Session, actor: Viewer) -> str:
            series = session.get_one(Series, series_id)  # noqa: B023
            if way == "leave":
                leave_series(session, actor, series, now=NOW)
                return "gone"
            own = session.scalars(
                select(Membership)
                .where(Membership.series_id == series_id)  # noqa: B023
                .where(Membership.person_id == actor.person_id)
            ).one()
            change_role(session, actor, own, "contributor", is_sure=True, now=NOW)
            return "gone"

        ends = together([acting(own_engine, one, go) for one in conveners])
        assert sorted(map(_name, ends)) == ["Refused", "gone"], ends
        assert any(isinstance(end, Refused) for end in ends)


def test_attempts_are_counted_exactly_and_no_more_let_through_than_allowed(
    own_engine: Engine,
) -> None:
    def attempt() -> int:
        waits = []
        for _ in range(3):
            with transaction(own_engine) as session:
                waits.append(
                    count_attempt(
                        session, "sign_in", "a@example.org", "192.0.2.1", secret="s", now=NOW
                    )
                )
        return waits.count(0)

    assert sum(together([attempt] * 8)) == 10


def test_a_promise_made_once_is_one_row(own_engine: Engine) -> None:
    def promise() -> bool:
        with transaction(own_engine) as session:
            return enqueue(session, "mail.send", {}, now=NOW, once_key="only-one") is not None

    assert sorted(together([promise] * 6)) == [False] * 5 + [True]
    with transaction(own_engine) as session:
        assert len(session.scalars(select(Job)).all()) == 1
        session.execute(update(Job).values(done_at=NOW))


def _name(end: Any) -> str:
    return type(end).__name__ if isinstance(end, Exception) else str(end)
