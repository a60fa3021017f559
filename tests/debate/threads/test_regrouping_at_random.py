"""Whatever is merged, split, moved and undone, in whatever order: nothing is lost or goes round."""

from collections import Counter
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from discussion.audit.chain import find_breaks
from discussion.audit.queries import stream_links
from discussion.debate.positions.drafts import is_at_least_as_strict
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.operations.publishing import withdraw_position
from discussion.debate.positions.operations.seats import settle_seat
from discussion.debate.threads.models import OldAddress, Regrouping, Thread
from discussion.debate.threads.operations import (
    edit_thread,
    merge_threads,
    move_position,
    split_thread,
    undo_regrouping,
)
from discussion.debate.threads.queries import find_new_slug, history_page, thread_page
from discussion.debate.threads.queries.following import follow
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Refused
from tests.debate.threads.test_curating import edit_of
from tests.debate.threads.test_regrouping import split_of
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_response,
    make_thread,
    viewer,
)
from tests.factories.scenes import Scene

ACTS = ("merge", "merge", "split", "split", "move", "move", "undo", "undo", "post", "post",
        "answer", "withdraw", "rename")  # fmt: skip
MODES = ("named", "role", "chatham_house")
LIVE = ("draft", "published", "hidden")
_hours = count(1)


class Regrouped(Scene):
    """A series with a few people, and what was ever there."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, moderation="post")
        assert self.convener  # made now, and not in a step that may be undone
        self.authors = [make_member(session, self.series) for _ in range(4)]
        for mode in MODES:
            thread = make_thread(session, self.series, attribution=mode)
            make_position(session, thread, self.authors[0])
            make_position(session, thread)
        self.strictness: dict[int, str] = {}

    def rows(self, table: Any) -> list[Any]:
        return list(self.session.scalars(select(table).order_by(table.id)))

    def do(self, act: str, one: int, other: int) -> None:
        threads, positions = self.rows(Thread), self.rows(Position)
        thread, second = threads[one % len(threads)], threads[other % len(threads)]
        position = positions[one % len(positions)]
        now = NOW + timedelta(hours=next(_hours))
        who: Viewer = self.as_convener
        regrouped = self.rows(Regrouping)
        if act == "merge":
            merge_threads(self.session, who, thread, second, why="So.", now=now)
        elif act == "split":
            chosen = [row.public_id for row in positions if row.thread_id == thread.id][: other % 3]
            split_thread(self.session, who, thread, split_of(thread), chosen=chosen, why="So.",
                         now=now)  # fmt: skip
        elif act == "move":
            move_position(self.session, who, position, second, why="So.", now=now)
        elif act == "undo" and regrouped:
            row = regrouped[-1 - other % min(3, len(regrouped))]
            undo_regrouping(self.session, who, row, why="No.", now=now)
        elif act == "post" and thread.merged_into_id is None:
            author = self.authors[other % len(self.authors)]
            made = make_position(self.session, thread, author, number=None, is_second=True)
            made.number = 100 + made.id
            settle_seat(self.session, made)
        elif act == "answer" and position.state == "published":
            make_response(self.session, position, self.authors[other % len(self.authors)])
        elif act == "withdraw" and position.state in ("draft", "published"):
            writer = viewer(self.session, position.author)
            withdraw_position(self.session, writer, position, now=now)
        elif act == "rename" and thread.merged_into_id is None:
            draft = edit_of(thread, question=f"Is it now {one}?", has_new_address=True)
            edit_thread(self.session, who, thread, draft, now=now)

    def check(self) -> None:
        self.session.flush()
        threads = {thread.id: thread for thread in self.rows(Thread)}
        for thread in threads.values():
            seen, at = set[int](), thread
            while at.merged_into_id is not None:
                assert at.id not in seen, "a circle"
                seen.add(at.id)
                at = threads[at.merged_into_id]
            assert follow(self.session, thread).id == at.id
        self.check_positions(threads)

    def check_addresses(self) -> None:
        """In a session of its own, as pages are read: what they load, acts must not lean on."""
        threads = self.rows(Thread)
        former = [(old.slug, self.session.get_one(Thread, old.thread_id))
                  for old in self.session.scalars(select(OldAddress))]  # fmt: skip
        leads = {slug: follow(self.session, at).slug for slug, at in former}
        leads |= {one.slug: follow(self.session, one).slug for one in threads}
        with Session(self.session.connection(), join_transaction_mode="create_savepoint") as reads:
            for slug, last in leads.items():
                if slug == last:
                    assert thread_page(reads, None, slug) is not None
                    assert history_page(reads, None, slug) is not None
                else:
                    assert find_new_slug(reads, None, slug) == last

    def check_positions(self, threads: dict[int, Thread]) -> None:
        rows = self.rows(Position)
        firsts = Counter(
            (row.thread_id, row.author_id)
            for row in rows
            if row.state in LIVE and not row.is_second
        )
        assert set(firsts.values()) <= {1}
        for row in rows:
            thread = threads[row.thread_id]
            assert thread.merged_into_id is None, "left in a thread that nobody reads"
            assert row.number is not None
            assert row.state not in LIVE or (row.thread_id, row.author_id) in firsts
        for item in (*rows, *self.rows(Response)):
            key = item.id if isinstance(item, Position) else -item.id
            thread_id = item.thread_id if key > 0 else item.position.thread_id
            assert is_at_least_as_strict(item.attribution, self.strictness.get(key, "named"))
            assert is_at_least_as_strict(item.attribution, threads[thread_id].attribution)
            self.strictness[key] = item.attribution


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(ACTS), st.integers(0, 30), st.integers(0, 30)), max_size=14
    )
)
@example(steps=[("merge", 0, 0), ("merge", 0, 0)])
def test_every_position_stands_in_one_thread_and_every_address_leads_somewhere_true(
    connection: Connection, steps: list[tuple[str, int, int]]
) -> None:
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        scene = Regrouped(session)
        for act, one, other in steps:
            there = {row.id for table in (Position, Response) for row in scene.rows(table)}
            try:
                with session.begin_nested():
                    scene.do(act, one, other)
            except (Refused, Invalid, Forbidden):
                session.expire_all()
            scene.check()
            assert there <= {row.id for table in (Position, Response) for row in scene.rows(table)}
        scene.check_addresses()
        assert not list(find_breaks(stream_links(session)))
