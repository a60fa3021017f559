"""Letters that rooms write themselves: each is a notice too, and goes as its receiver chose."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.decisions.models import Decision
from discussion.decisions.operations.notifications import tell
from discussion.mail.kinds import AT_ONCE, DAILY, NEVER, WEEKLY
from discussion.reach.notices.drafts import HearDraft
from discussion.reach.notices.operations.choosing import choose
from tests.conftest import sign_in
from tests.factories import make_position
from tests.reach.notices.world import Hearing, a_postbox, html, links, plain, work

THEN = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)  # a Tuesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Desk(Hearing):
    """A series in which moderators decide."""

    def decide(self, position: Position, at: datetime, action: str = "hide") -> Decision:
        row = Decision(
            series_id=self.series.id, subject_kind="position", subject_id=position.public_id,
            action=action, why="It names a ward.", addressed_to_id=position.author_id,
            decided_by_id=self.moderator.id, decided_by_role="moderator", at=at,
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        tell(self.session, row, at)
        self.session.commit()
        return row

    def choose(self, at: datetime, **rhythms: str) -> None:
        choose(self.session, self.as_(self.member, at), HearDraft(rhythms), now=at)
        self.session.commit()


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


@pytest.fixture
def position(desk: Desk) -> Position:
    return make_position(desk.session, desk.thread, desk.member, attribution="named")


def test_a_decision_is_told_at_once_with_its_reason_and_in_no_digest(
    app: Flask, desk: Desk, position: Position
) -> None:
    decision = desk.decide(position, THEN)
    with a_postbox(app) as box:
        work(app, THEN)
        (letter,) = box.take()
        work(app, THEN + 8 * DAY)
        assert box.take() == []
    for said in (plain(letter), html(letter)):
        assert "It names a ward." in said
        assert f"/appeals/{decision.public_id}" in said
        assert "/notices/stop/" in said
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (line,) = desk.lines(desk.member, THEN)
    assert line.url.endswith(decision.public_id)


@pytest.mark.parametrize(
    ("rhythm", "due"),
    [
        (DAILY, datetime(2026, 11, 25, 7, tzinfo=UTC)),
        (WEEKLY, datetime(2026, 11, 30, 7, tzinfo=UTC)),
    ],
)
def test_what_is_wanted_later_comes_in_the_next_letter_of_its_rhythm_alone(
    app: Flask, desk: Desk, position: Position, rhythm: str, due: datetime
) -> None:
    desk.choose(THEN, decided=rhythm)
    decision = desk.decide(position, THEN)
    with a_postbox(app) as box:
        work(app, THEN)
        work(app, due - timedelta(minutes=10))
        assert box.take() == []
        work(app, due)
        (letter,) = box.take()
        work(app, due + HOUR)
        work(app, due + 8 * DAY)
        assert box.take() == []
    assert any(decision.public_id in link for link in links(letter))
    assert "It names a ward." not in letter["Subject"]


def test_a_changed_mind_loses_nothing_and_tells_nothing_twice(
    app: Flask, desk: Desk, position: Position
) -> None:
    desk.choose(THEN, decided=WEEKLY)
    desk.decide(position, THEN)
    with a_postbox(app) as box:
        work(app, THEN)
        desk.choose(THEN + HOUR, decided=AT_ONCE)
        work(app, THEN + HOUR)
        assert len(box.take()) == 1
        desk.choose(THEN + 2 * HOUR, decided=DAILY)
        work(app, THEN + 2 * DAY)
        assert box.take() == []


def test_never_is_never_and_the_site_still_says_it(
    app: Flask, desk: Desk, position: Position
) -> None:
    desk.choose(THEN, decided=NEVER)
    desk.decide(position, THEN)
    with a_postbox(app) as box:
        for day in range(10):
            work(app, THEN + day * DAY)
        assert box.take() == []
    assert len(desk.lines(desk.member, THEN)) == 1


def test_of_ones_own_under_the_chatham_house_rule_a_letter_says_that_something_waits(
    app: Flask, desk: Desk, position: Position
) -> None:
    position.attribution = "chatham_house"
    decision = desk.decide(position, THEN)
    with a_postbox(app) as box:
        work(app, THEN)
        assert box.take() == []
        work(app, datetime(2026, 11, 25, 7, tzinfo=UTC))
        (letter,) = box.take()
    said = f"{letter['Subject']}\n{letter['From']}\n{plain(letter)}\n{html(letter)}"
    assert "Something waits in My contributions." in plain(letter)
    for word in (decision.public_id, position.public_id, "ward", desk.thread.question,
                 desk.series.title, desk.series.slug):  # fmt: skip
        assert word not in said
    assert len(desk.lines(desk.member, THEN)) == 1  # its owner reads it on the site


def test_how_one_hears_is_chosen_on_a_page(
    app: Flask, client: FlaskClient, desk: Desk, position: Position
) -> None:
    sign_in(client, desk.member)
    page = client.get("/notices/hear").text
    assert '<input type="radio" name="answered" value="at_once" checked>' in page
    assert '<input type="radio" name="round" value="weekly" checked>' in page
    client.post("/notices/hear", data={"answered": "never", "round": "daily", "moved": "hourly"})
    page = client.get("/notices/hear").text
    assert '<input type="radio" name="answered" value="never" checked>' in page
    assert '<input type="radio" name="round" value="daily" checked>' in page
    assert '<input type="radio" name="moved" value="weekly" checked>' in page
