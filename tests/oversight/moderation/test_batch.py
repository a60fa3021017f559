"""Approving several at once: a visible minute in which nothing happens, then one by one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.db import transaction
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.operations.publishing import withdraw_position
from discussion.debate.threads.models import Thread
from discussion.decisions.drafts import Ruling
from discussion.decisions.models import Claim, Decision
from discussion.decisions.operations.claiming import take
from discussion.jobs.models import Job
from discussion.oversight.moderation.models import Batch, BatchItem
from discussion.oversight.moderation.operations import decide
from discussion.oversight.moderation.operations.batching import (
    AlreadyFinal,
    NothingToApprove,
    OneAtATime,
    Ticked,
    make_batch,
    undo_batch,
)
from discussion.oversight.moderation.tasks import TASKS
from discussion.oversight.reports.models import Report
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.factories import NOW, make_member, make_position, make_series, make_thread, viewer
from tests.journeys.together import together
from tests.oversight.moderation.waiting import make_waiting, make_waiting_response

MINUTE = timedelta(minutes=1)


@pytest.fixture
def series(session: Session) -> Series:
    return make_series(session)


@pytest.fixture
def thread(session: Session, series: Series) -> Thread:
    return make_thread(session, series)


@pytest.fixture
def moderator(session: Session, series: Series) -> Person:
    return make_member(session, series, role="moderator")


def tick(item: Position | Response) -> Ticked:
    if isinstance(item, Position):
        return Ticked("positions", item.public_id, item.revisions[-1].id)
    return Ticked("responses", item.public_id, item.texts[-1].id)


def typed(*items: Position | Response) -> dict[str, list[str]]:
    return {"item": [f"{one.kind}/{one.id}/{one.version_id}" for one in map(tick, items)]}


def work(session: Session, now: datetime) -> None:
    """What the worker does until nothing is due."""
    while jobs := session.scalars(
        select(Job).where(Job.done_at.is_(None)).where(Job.run_after <= now)
        .where(Job.name.in_(TASKS)).order_by(Job.id)
    ).all():  # fmt: skip
        for job in jobs:
            TASKS[job.name](session, job.payload, now)
            job.done_at = now
        session.flush()
    session.expire_all()


def count(session: Session, table: type[Any]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def outcomes(session: Session) -> dict[str, str]:
    rows = session.execute(select(BatchItem.subject_id, BatchItem.outcome))
    return dict(rows.all())


def test_for_a_minute_nothing_happens_and_undoing_leaves_nothing(
    session: Session, thread: Thread, moderator: Person, client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(clock, "now", lambda: NOW)
    position = make_waiting(session, thread)
    response = make_waiting_response(session, make_position(session, thread))
    other = make_waiting(session, thread, claim="This one stays.")
    sign_in(client, moderator)
    desk = client.get("/moderation").text
    for item in (position, response, other):
        assert f'value="{typed(item)["item"][0]}"' in desk
    made = client.post("/moderation/batch", data=typed(position, response))
    assert made.status_code == 303
    desk = client.get("/moderation").text
    assert "Two will be approved at 12:01:00 GMT." in desk
    assert position.public_id not in desk
    assert other.public_id in desk
    work(session, NOW + MINUTE - timedelta(seconds=1))
    assert (count(session, Decision), position.state, response.state) == (0, "draft", "draft")
    batch = session.scalars(select(Batch)).one()
    undone = client.post(f"/moderation/batch/{batch.public_id}/undo")
    assert undone.status_code == 303
    work(session, NOW + 2 * MINUTE)
    assert (count(session, Decision), count(session, Claim)) == (0, 0)
    assert [job.name for job in session.scalars(select(Job))] == ["moderation.close_batch"]
    desk = client.get("/moderation").text
    assert "Nothing was approved, and nobody was told." in desk
    assert position.public_id in desk


def test_after_the_minute_each_is_approved_in_the_version_that_was_seen(
    session: Session, thread: Thread, moderator: Person, client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(clock, "now", lambda: NOW + MINUTE)
    position = make_waiting(session, thread)
    response = make_waiting_response(session, make_position(session, thread))
    actor = viewer(session, moderator)
    batch = make_batch(session, actor, [tick(position), tick(response)], now=NOW)
    work(session, NOW + MINUTE)
    work(session, NOW + MINUTE)
    assert (position.state, response.state, count(session, Claim)) == ("published",) * 2 + (0,)
    rows = session.scalars(select(Decision)).all()
    assert {(row.action, row.decided_by_id, row.subject_kind) for row in rows} == {
        ("approve", moderator.id, "position"), ("approve", moderator.id, "response"),
    }  # fmt: skip
    letters = [job for job in session.scalars(select(Job)) if job.name == "mail.send"]
    assert len(letters) == 2
    with pytest.raises(AlreadyFinal):
        undo_batch(session, actor, batch, now=NOW + MINUTE)
    sign_in(client, moderator)
    assert "Two were approved." in client.get("/moderation").text


def test_what_happened_meanwhile_is_left_out_and_said(
    session: Session, thread: Thread, moderator: Person, client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(clock, "now", lambda: NOW + MINUTE)
    actor = viewer(session, moderator)
    fine, changed, decided, withdrawn, reported, taken = (
        make_waiting(session, thread) for _n in range(6)
    )
    items = [fine, changed, decided, withdrawn, reported, taken]
    make_batch(session, actor, [tick(item) for item in items], now=NOW)
    newer = make_waiting(session, thread).revisions[0]
    changed.revisions[0].status, newer.position = "superseded", changed
    decide(
        session,
        actor,
        decided,
        Ruling("decline", reason="unclear", version_id=decided.revisions[0].id),
        now=NOW,
    )
    author = session.get_one(Person, withdrawn.author_id)
    withdraw_position(session, viewer(session, author), withdrawn, now=NOW)
    session.add(Report(series_id=thread.series_id, subject_kind="position", reason="abuse",
                       subject_id=reported.public_id, received_at=NOW))  # fmt: skip
    claim = session.scalars(select(Claim).where(Claim.subject_id == taken.public_id)).one()
    claim.person_id = make_member(session, thread.series, role="moderator").id
    session.flush()
    work(session, NOW + MINUTE)
    said = [outcomes(session)[item.public_id] for item in items]
    assert said == ["approved", "changed", "decided", "withdrawn", "reported", "taken"]
    assert [item.state for item in items] == [
        "published", "draft", "declined", "discarded", "draft", "draft",
    ]  # fmt: skip
    sign_in(client, moderator)
    desk = client.get("/moderation").text
    assert "One was approved." in desk
    for words in ("Its author has changed it since", "It was decided in the meantime",
                  "took it back", "reported in the meantime",
                  "Another moderator has it"):  # fmt: skip
        assert words in desk


def test_a_moderator_who_lost_the_role_in_between_approves_nothing(
    session: Session, thread: Thread, moderator: Person
) -> None:
    position = make_waiting(session, thread)
    make_batch(session, viewer(session, moderator), [tick(position)], now=NOW)
    membership = session.scalars(
        select(Membership).where(Membership.person_id == moderator.id)
    ).one()
    membership.role = "contributor"
    session.flush()
    work(session, NOW + MINUTE)
    assert (position.state, outcomes(session)) == ("draft", {position.public_id: "forbidden"})


def test_what_cannot_be_approved_unread_is_left_out(
    session: Session, thread: Thread, moderator: Person, client: FlaskClient
) -> None:
    actor = viewer(session, moderator)
    own = make_waiting(session, thread, author=moderator)
    held = make_waiting(session, thread)
    held.revisions[0].held_for = ["flood 7"]
    reported, taken, foreign = make_waiting(session, thread), make_waiting(session, thread), (
        make_waiting(session, make_thread(session, make_series(session)))
    )  # fmt: skip
    session.add(Report(series_id=thread.series_id, subject_kind="position", reason="abuse",
                       subject_id=reported.public_id, received_at=NOW))  # fmt: skip
    take(session, viewer(session, make_member(session, thread.series, role="moderator")),
         "positions", taken.public_id, thread.series, now=clock.now())  # fmt: skip
    session.flush()
    items = [own, held, reported, taken, foreign]
    ticked = [tick(item) for item in items]
    with pytest.raises(NothingToApprove):
        make_batch(session, actor, [*ticked, Ticked("positions", "bcdfghjkmn", 1)],
                   now=clock.now())  # fmt: skip
    sign_in(client, moderator)
    assert 'form="batch"' not in client.get("/moderation").text
    refused = client.post("/moderation/batch", data=typed(*items) | {"action": "approve"})
    assert refused.status_code == 303
    assert "Tick at least one" in client.get("/moderation").text
    assert (count(session, Batch), count(session, Claim)) == (0, 1)


def test_undoing_is_the_makers_alone(
    session: Session, thread: Thread, moderator: Person, client: FlaskClient
) -> None:
    batch = make_batch(session, viewer(session, moderator), [tick(make_waiting(session, thread))],
                       now=NOW)  # fmt: skip
    sign_in(client, make_member(session, thread.series, role="convener"))
    assert client.post(f"/moderation/batch/{batch.public_id}/undo").status_code == 404
    assert "will be approved" not in client.get("/moderation").text


def acting(
    engine: Engine, person_id: int, act: Callable[[Session, Viewer], Any]
) -> Callable[[], Any]:
    def run() -> Any:
        with transaction(engine) as session:
            actor = viewer_of(session, session.get_one(Person, person_id), NOW)
            return act(session, actor)

    return run


def test_of_two_tabs_one_makes_a_batch(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        series = make_series(session)
        thread = make_thread(session, series)
        ticked = [tick(make_waiting(session, thread)) for _n in range(3)]
        moderator_id = make_member(session, series, role="moderator").id

    def make(session: Session, actor: Viewer) -> int:
        return len(make_batch(session, actor, ticked, now=NOW).items)

    ends = together([acting(own_engine, moderator_id, make)] * 4)
    assert sorted(type(end).__name__ for end in ends) == ["OneAtATime"] * 3 + ["int"], ends
    assert isinstance(next(end for end in ends if end != 3), OneAtATime)


def test_two_moderators_who_tick_the_same_never_both_get_one(own_engine: Engine) -> None:
    with transaction(own_engine) as session:
        series = make_series(session)
        thread = make_thread(session, series)
        ticked = [tick(make_waiting(session, thread)) for _n in range(4)]
        people = [make_member(session, series, role="moderator").id for _n in range(3)]

    def make(session: Session, actor: Viewer) -> int:
        return len(make_batch(session, actor, ticked, now=NOW).items)

    ends = together([acting(own_engine, person, make) for person in people])
    assert all(isinstance(end, int | NothingToApprove) for end in ends), ends
    with transaction(own_engine) as session:
        assert session.scalars(
            select(BatchItem.subject_id).order_by(BatchItem.subject_id)
        ).all() == (sorted(one.id for one in ticked))


def test_undoing_and_the_end_of_the_minute_at_once_leave_all_or_nothing(
    own_engine: Engine,
) -> None:
    for _round in range(4):
        with transaction(own_engine) as session:
            series = make_series(session)
            thread = make_thread(session, series)
            moderator = make_member(session, series, role="moderator")
            items = [make_waiting(session, thread) for _n in range(2)]
            batch_id = make_batch(session, viewer(session, moderator), [tick(i) for i in items],
                                  now=NOW).id  # fmt: skip
            position_ids, moderator_id = [item.id for item in items], moderator.id

        def undo(session: Session, actor: Viewer) -> str:
            undo_batch(session, actor, session.get_one(Batch, batch_id), now=NOW)  # noqa: B023
            return "undone"

        def close(session: Session, _actor: Viewer) -> None:
            TASKS["moderation.close_batch"](session, {"batch": batch_id}, NOW + MINUTE)  # noqa: B023

        ends = together([acting(own_engine, moderator_id, act) for act in (undo, close)])
        with transaction(own_engine) as session:
            work(session, NOW + MINUTE)
            states = {session.get_one(Position, one).state for one in position_ids}
        assert states == ({"draft"} if ends[0] == "undone" else {"published"}), ends
        assert ends[0] == "undone" or isinstance(ends[0], AlreadyFinal)


def test_a_killed_worker_goes_on_where_it_was(
    session: Session, thread: Thread, moderator: Person, app: Flask
) -> None:
    items = [make_waiting(session, thread) for _n in range(2)]
    make_batch(session, viewer(session, moderator), [tick(item) for item in items], now=NOW)
    close, approve = TASKS["moderation.close_batch"], TASKS["moderation.approve_item"]
    batch_id, ids = (
        session.scalars(select(Batch.id)).one(),
        session.scalars(select(BatchItem.id)).all(),
    )
    for _again in range(2):
        close(session, {"batch": batch_id}, NOW + MINUTE)
        approve(session, {"item": ids[0]}, NOW + MINUTE)
    assert count(session, Decision) == 1
    work(session, NOW + MINUTE)
    assert count(session, Decision) == 2
