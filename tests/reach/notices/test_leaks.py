"""What a notice says: nothing to anybody else, nothing that its receiver may not read now.

Each way in which something goes out of sight is tried on every place where a notice is told: the
page, the count on the name, what is new where one follows, and a letter put together before.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.debate.mutes.models import Mute
from discussion.debate.positions.models import Position, Response, Revision
from discussion.debate.threads.models import StageMove
from discussion.mail.kinds import KINDS
from discussion.people.accounts.models import Person
from discussion.reach.notices.models import Visit
from discussion.reach.notices.operations.following import follow
from discussion.reach.notices.queries.followed import find_followed, list_follows
from discussion.reach.notices.queries.lines import LINES, draw
from discussion.subjects.happenings import happened
from tests.conftest import sign_in
from tests.factories import make_member, make_person, make_position, make_response
from tests.reach.notices.world import Hearing, a_postbox, work

THEN = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
DAY = timedelta(days=1)


class Told(Hearing):
    """One person who is told of an answer, of a new version, and of a thread that moved on."""

    def __init__(self, session: Session, **changes: str) -> None:
        super().__init__(session, thread={"attribution": "named", "stage": "open"}, **changes)
        self.reader: Person = make_member(session, self.series)
        self.own: Position = make_position(session, self.thread, self.reader)
        self.other: Position = make_position(session, self.thread)
        self.reply: Response = make_response(session, self.other, self.reader)
        self.answered: Response = self.answer(self.own, THEN)
        self._revise()
        self._reopen()
        work_in = self.as_(self.reader, THEN)
        follow(session, work_in, "thread", self.thread.slug, is_muted=False, now=THEN - DAY)
        session.commit()

    def _revise(self) -> None:
        before = self.other.live
        assert before is not None
        before.status = "superseded"
        self.live = Revision(
            position=self.other, version=2, status="live", claim="Another claim.", level="school",
            confidence=2, change_mind=["nothing"], is_without_study=True, submitted_at=THEN,
            live_at=THEN,
        )  # fmt: skip
        self.session.add(self.live)
        self.session.flush()
        self.other.live = self.live
        self.session.flush()
        happened(self.session, "position.live", self.live.id, now=THEN)

    def _reopen(self) -> None:
        move = StageMove(
            thread_id=self.thread.id,
            cycle=self.thread.cycle,
            before="closed",
            after="open",
            at=THEN,
        )
        self.session.add(move)
        self.session.flush()
        happened(self.session, "thread.moved_on", move.id, now=THEN)


def _state(name: str) -> Callable[[Told], None]:
    def change(world: Told) -> None:
        world.answered.state = name
        world.other.state = name
        world.thread.is_hidden = name == "hidden"

    return change


def _hide_thread(world: Told) -> None:
    world.thread.is_hidden = True


def _members_only(world: Told) -> None:
    """The series is for its members, and the reader is none any more."""
    world.series.visibility = "members"
    membership = world.membership_of(world.reader)
    membership.removed_at = THEN
    membership.removed_how = "removed"


def _muted(world: Told) -> None:
    for item in (world.answered, world.other):
        world.session.add(
            Mute(person_id=world.reader.id, muted_id=item.author_id, attribution=item.attribution,
                 thread_id=None, at=THEN)
        )  # fmt: skip
    world.thread.is_hidden = True


GONE: dict[str, Callable[[Told], None]] = {
    "hidden": _state("hidden"),
    "withdrawn": _state("withdrawn"),
    "removed": _state("removed"),
    "pending": _state("draft"),
    "thread": _hide_thread,
    "members only": _members_only,
    "muted": _muted,
}
OF_THREAD = ("moved_on",)  # told of a thread, whatever becomes of what others wrote in it


@pytest.fixture
def told(session: Session, app: Flask) -> Told:
    return Told(session)


@pytest.mark.parametrize("how", GONE)
def test_what_goes_out_of_sight_is_told_nowhere(
    app: Flask, client: FlaskClient, told: Told, how: str
) -> None:
    with a_postbox(app) as box:
        work(app, THEN)
        assert [one["Subject"] for one in box.take()] == ["Somebody answered your position"]
        assert {line.kind for line in told.lines(told.reader, THEN)} == {
            "answered", "changed", "moved"
        }  # fmt: skip
        assert told.count(told.reader, THEN) == 3
        GONE[how](told)
        told.session.commit()
        left = {line.kind for line in told.lines(told.reader, THEN)}
        assert left <= {"moved"}
        assert (left == {"moved"}) is (how in ("withdrawn", "removed", "pending"))
        assert told.count(told.reader, THEN) == len(left)
        work(app, THEN + 14 * DAY)
        said = "\n".join(str(one) for one in box.take())
    assert "new version" not in said
    assert "Another claim" not in said
    rows = list_follows(told.session, told.as_(told.reader, THEN), THEN + DAY)
    news = " ".join(words for row in rows for words in row.news)
    assert "position" not in news
    assert "response" not in news


def test_nobody_else_is_told(app: Flask, client: FlaskClient, told: Told) -> None:
    work(app, THEN)
    others = [
        make_person(told.session), told.member, told.moderator, told.convener, told.administrator
    ]  # fmt: skip
    told.session.commit()
    for person in others:
        seen = [line for line in told.lines(person, THEN) if line.kind != "moved"]
        assert seen == []
        viewer = told.as_(person, THEN)
        for row in told.notices(told.reader):
            if row.what not in OF_THREAD:
                assert draw(told.session, viewer, row.what, row.ids) is None, row.what
    assert len(others) == 5
    assert client.get("/notices").status_code in (302, 303, 401, 403)


def test_a_position_under_the_chatham_house_rule_cannot_be_followed(told: Told) -> None:
    viewer = told.as_(told.reader, THEN)
    assert find_followed(told.session, viewer, "position", told.other.public_id) is not None
    told.other.attribution = "chatham_house"
    told.session.commit()
    assert find_followed(told.session, viewer, "position", told.other.public_id) is None


@pytest.mark.parametrize("what", ["series", "thread", "position"])
def test_what_may_not_be_read_cannot_be_followed(
    app: Flask, client: FlaskClient, told: Told, what: str
) -> None:
    told.series.visibility = "members"
    stranger = make_person(told.session)
    told.session.commit()
    subject = {
        "series": told.series.slug, "thread": told.thread.slug, "position": told.other.public_id
    }[what]  # fmt: skip
    sign_in(client, stranger)
    asked = {"what": what, "subject": subject}
    assert client.get("/notices/follow", query_string=asked).status_code == 404
    assert client.post("/notices/follow", data=asked | {"act": "follow"}).status_code == 404


def test_every_kind_that_is_written_can_be_drawn() -> None:
    templates = {name for kind in KINDS for name in kind.templates if kind.waits}
    assert templates <= set(LINES)


def test_a_visit_says_what_is_new_and_nothing_is_kept_of_a_visitor(
    app: Flask, client: FlaskClient, told: Told
) -> None:
    address = f"/threads/{told.thread.slug}"
    assert "Follow this thread" not in client.get(address).text
    assert told.session.scalar(select(func.count()).select_from(Visit)) == 0
    sign_in(client, told.reader)
    first = client.get(address).text
    assert "Follow this thread" in first
    assert "New since you were here" not in first
    row = told.session.scalars(select(Visit)).one()
    row.at = THEN - DAY
    told.session.commit()
    second = client.get(address).text
    assert "New since you were here on 23 November 2026:" in second
    assert "A new response." in second
