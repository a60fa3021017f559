"""Regrouping while others write, answer, decide and withdraw: nothing is lost, and nobody waits."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from discussion.db import transaction
from discussion.debate.positions.models import Part, Position, Response
from discussion.debate.positions.operations.holding import Merged
from discussion.debate.positions.operations.parting import answer_part
from discussion.debate.positions.operations.publishing import (
    AlreadyPosted,
    publish_position,
    withdraw_position,
)
from discussion.debate.responses.operations.responding import respond
from discussion.debate.threads.models import Regrouping, Thread, Voice
from discussion.debate.threads.operations import (
    merge_threads,
    move_position,
    split_thread,
    undo_regrouping,
)
from discussion.debate.threads.queries.following import follow
from discussion.decisions.drafts import Ruling
from discussion.oversight.moderation.operations import decide
from discussion.permissions.facts import Viewer
from discussion.problems import Refused
from tests.debate.threads.test_regrouping import split_of
from tests.factories import NOW, make_member, make_position, make_series, make_thread
from tests.journeys.handed_in import DRAFT, RESPONSE
from tests.journeys.test_concurrency_rows import PENDING, UNPUBLISHED, acting, filled
from tests.journeys.together import together

ROUNDS = 2
WHY = "They ask the same."
Act = Callable[[Session, Viewer], Any]


def post_in(thread_id: int) -> Act:
    """As the writing page does it: where the thread went meanwhile, in the other one."""

    def act(session: Session, actor: Viewer) -> str:
        thread = follow(session, session.get_one(Thread, thread_id))
        try:
            publish_position(session, actor, thread, DRAFT, now=NOW)
        except Merged as merged:
            after = follow(session, merged.thread)
            publish_position(session, actor, after, DRAFT, now=NOW)
        return "posted"

    return act


def answer(position_id: int) -> Act:
    def act(session: Session, actor: Viewer) -> str:
        respond(session, actor, session.get_one(Position, position_id), RESPONSE, now=NOW)
        return "answered"

    return act


def part(position_id: int) -> Act:
    def act(session: Session, actor: Viewer) -> str:
        answer_part(session, actor, session.get_one(Position, position_id), stance="2", now=NOW)
        return "parted"

    return act


def approve(position_id: int, version_id: int) -> Act:
    def act(session: Session, actor: Viewer) -> str:
        row = session.get_one(Position, position_id)
        decide(session, actor, row, Ruling("approve", version_id=version_id), now=NOW)
        return "decided"

    return act


def withdraw(position_id: int) -> Act:
    def act(session: Session, actor: Viewer) -> str:
        withdraw_position(session, actor, session.get_one(Position, position_id), now=NOW)
        return "withdrawn"

    return act


def merge(source_id: int, target_id: int) -> Act:
    def act(session: Session, actor: Viewer) -> str:
        source, target = (session.get_one(Thread, one) for one in (source_id, target_id))
        merge_threads(session, actor, source, target, why=WHY, now=NOW)
        return "merged"

    return act


def split(source_id: int, chosen: str) -> Act:
    def act(session: Session, actor: Viewer) -> str:
        source = session.get_one(Thread, source_id)
        split_thread(session, actor, source, split_of(source), chosen=[chosen], why=WHY, now=NOW)
        return "split"

    return act


def move(position_id: int, target_id: int) -> Act:
    def act(session: Session, actor: Viewer) -> str:
        row, target = session.get_one(Position, position_id), session.get_one(Thread, target_id)
        move_position(session, actor, row, target, why=WHY, now=NOW)
        return "moved"

    return act


def undo_last(session: Session, actor: Viewer) -> str:
    row = session.scalars(select(Regrouping).order_by(Regrouping.id.desc()).limit(1)).one()
    undo_regrouping(session, actor, row, why="No.", now=NOW)
    return "undone"


@pytest.mark.parametrize("what", ["merge", "split", "move"])
def test_nothing_is_lost_while_others_write(own_engine: Engine, what: str) -> None:
    def fill(session: Session) -> dict[str, Any]:
        series = make_series(session, moderation="post")
        source, target = (make_thread(session, series) for _ in range(2))
        going, staying = (make_position(session, source) for _ in range(2))
        waiting = make_position(session, source, revision=PENDING, **UNPUBLISHED)
        return {
            "source": source.id, "target": target.id, "going": going.id, "code": going.public_id,
            "staying": staying.id, "waiting": (waiting.id, waiting.revisions[0].id),
            "people": [make_member(session, series).id for _ in range(6)],
            "moderators": [make_member(session, series, role="moderator").id for _ in range(2)],
        }  # fmt: skip

    for _ in range(ROUNDS):
        ids = filled(own_engine, fill)
        before = _counts(own_engine)
        regroup = {
            "merge": merge(ids["source"], ids["target"]),
            "split": split(ids["source"], ids["code"]),
            "move": move(ids["going"], ids["target"]),
        }[what]
        people = iter(ids["people"])
        acts = [acting(own_engine, ids["moderators"][0], regroup)]
        acts += [acting(own_engine, next(people), post_in(ids["source"])) for _ in range(2)]
        for one in ("going", "staying"):
            acts.append(acting(own_engine, next(people), answer(ids[one])))
            acts.append(acting(own_engine, next(people), part(ids[one])))
        acts.append(acting(own_engine, ids["moderators"][1], approve(*ids["waiting"])))
        ends = together(acts)
        done = {"merge": "merged", "split": "split", "move": "moved"}[what]
        assert Counter(map(str, ends)) == {
            done: 1, "posted": 2, "answered": 2, "parted": 2, "decided": 1,
        }  # fmt: skip
        assert _counts(own_engine) == [n + m for n, m in zip(before, (2, 2, 2), strict=True)]
        _check(own_engine)
        with transaction(own_engine) as session:
            if what == "merge":
                assert not session.scalars(
                    select(Position.id).where(Position.thread_id == ids["source"])
                ).all()
        assert acting(own_engine, ids["moderators"][0], undo_last)() == "undone"
        assert _counts(own_engine) == [n + m for n, m in zip(before, (2, 2, 2), strict=True)]
        _check(own_engine)


def test_of_two_merges_in_a_circle_one_is_refused(own_engine: Engine) -> None:
    def fill(session: Session) -> tuple[list[int], list[int]]:
        series = make_series(session)
        threads = [make_thread(session, series) for _ in range(2)]
        for thread in threads:
            make_position(session, thread)
        moderators = [make_member(session, series, role="moderator").id for _ in range(2)]
        return [thread.id for thread in threads], moderators

    for _ in range(ROUNDS):
        (one, other), moderators = filled(own_engine, fill)
        ends = together([
            acting(own_engine, moderators[0], merge(one, other)),
            acting(own_engine, moderators[1], merge(other, one)),
        ])  # fmt: skip
        assert sorted(type(end).__name__ for end in ends) == ["Refused", "str"], ends
        assert any(isinstance(end, Refused) for end in ends)
        _check(own_engine)


@pytest.mark.parametrize("what", ["posts", "withdraws"])
def test_an_author_with_one_in_each_thread_has_one_first_whatever_they_do_meanwhile(
    own_engine: Engine, what: str
) -> None:
    def fill(session: Session) -> dict[str, Any]:
        series = make_series(session, moderation="post")
        source, target = (make_thread(session, series) for _ in range(2))
        author = make_member(session, series)
        make_position(session, source, author)
        first = make_position(session, target, author).id if what == "withdraws" else 0
        return {
            "source": source.id, "target": target.id, "author": author.id, "first": first,
            "moderator": make_member(session, series, role="moderator").id,
        }  # fmt: skip

    for _ in range(ROUNDS):
        ids = filled(own_engine, fill)
        act = post_in(ids["target"]) if what == "posts" else withdraw(ids["first"])
        ends = together([
            acting(own_engine, ids["moderator"], merge(ids["source"], ids["target"])),
            acting(own_engine, ids["author"], act),
        ])  # fmt: skip
        assert ends[0] == "merged", ends
        assert ends[1] in ("posted", "withdrawn") or isinstance(ends[1], AlreadyPosted), ends
        _check(own_engine)


def _counts(engine: Engine) -> list[int]:
    with transaction(engine, writes=False) as session:
        return [
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Position, Response, Part)
        ]


def _check(engine: Engine) -> None:
    """One first a person and thread; whatever is shown has a number, and a letter where needed."""
    with transaction(engine, writes=False) as session:
        merged = select(Thread.id).where(Thread.merged_into_id.is_not(None))
        assert not session.scalars(
            select(Position.id).where(Position.thread_id.in_(merged))
        ).all(), "left behind"
        rows = session.scalars(
            select(Position).where(Position.state.in_(("draft", "published", "hidden")))
        ).all()
        firsts = Counter((row.thread_id, row.author_id) for row in rows if not row.is_second)
        assert set(firsts.values()) <= {1}
        assert {(row.thread_id, row.author_id) for row in rows} == set(firsts)
        voices = {
            (thread_id, person_id, attribution)
            for thread_id, person_id, attribution in session.execute(
                select(Voice.thread_id, Voice.person_id, Voice.attribution)
            )
        }
        fresh = [row for row in rows if row.state == "published" and row.changed_at == NOW]
        assert all(row.number for row in fresh)
        answers = session.scalars(select(Response).join(Response.position)).all()
        assert all((one.position.thread_id, one.author_id, one.attribution) in voices
                   for one in answers)  # fmt: skip
