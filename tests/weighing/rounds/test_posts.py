"""What members post as counts in a round as it was when the round opened."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.members.operations.members import add_member, choose_post, leave_series
from discussion.weighing.findings.queries.inputs import read_round
from discussion.weighing.rounds.models import Round, RoundPost
from discussion.weighing.rounds.operations.forgetting import forget_ratings
from discussion.weighing.rounds.operations.running import close_round, open_round
from discussion.weighing.rounds.queries.counting import list_admitted_keys
from tests.conftest import json_of
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_rating,
    make_round,
    make_statement,
)
from tests.factories.scenes import Scene
from tests.weighing.findings.worlds import KEY

WHY = "Everybody has answered whom we could reach."


class Opened(Scene):
    """A round that moderators have opened, with a member who was there and one who came later."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, thread={"stage": "weighing"})
        self.statement = make_statement(session, self.thread)
        self.early = make_member(session, self.series, posting_role="headteacher",
                                 posting_phase="primary")  # fmt: skip
        self.round = make_round(session, self.thread, self.statement, state="planned",
                                opened_at=None, closed_at=None, opens_at=NOW,
                                closes_at=NOW + timedelta(days=20))  # fmt: skip
        open_round(session, self.as_moderator, self.round, now=NOW)

    def join(self, person: Person | None = None, **posts: Any) -> Person:
        person = person or make_member(self.session, self.series, admitted_at=None, **posts)
        add_member(self.session, self.series, person, now=NOW + timedelta(days=1))
        return person

    def post_as(self, person: Person, role: str, phase: str) -> None:
        choose_post(self.session, self.as_(person), self.series, role, phase)

    def leave(self, person: Person) -> None:
        leave_series(self.session, self.as_(person), self.series, now=NOW)

    def rate(self, *people: Person) -> None:
        for person in people:
            make_rating(self.session, self.round, self.statement, person, 4, secret=KEY)

    def close(self) -> Round:
        close_round(self.session, self.as_moderator, self.round, why=WHY,
                    secret=KEY, now=NOW + timedelta(days=3))  # fmt: skip
        return self.round

    def counted_as(self) -> list[tuple[str, str]]:
        raters = read_round(self.session, self.round, KEY).raters.values()
        return sorted((each.role, each.phase) for each in raters)


@pytest.fixture
def opened(session: Session) -> Opened:
    return Opened(session)


def test_who_changes_role_while_a_round_is_open_counts_as_they_did(opened: Opened) -> None:
    late = opened.join(posting_role="sendco", posting_phase="secondary")
    opened.rate(opened.early, late)
    for person in (opened.early, late):
        opened.post_as(person, "classroom_teacher", "sixteen_nineteen")
    opened.close()
    assert opened.counted_as() == [("headteacher", "primary"), ("sendco", "secondary")]


def test_leaving_and_coming_back_is_no_way_into_another_group(opened: Opened) -> None:
    opened.rate(opened.early)
    opened.leave(opened.early)
    opened.join(opened.early)
    opened.post_as(opened.early, "classroom_teacher", "")
    opened.close()
    assert opened.counted_as() == [("headteacher", "primary")]


def test_need_is_counted_in_the_same_families(opened: Opened) -> None:
    before = list_admitted_keys(opened.session, opened.round, KEY)
    opened.post_as(opened.early, "classroom_teacher", "")
    assert list_admitted_keys(opened.session, opened.round, KEY) == before


def test_level_and_first_value_are_those_that_stood_at_the_opening(opened: Opened) -> None:
    position = make_position(opened.session, opened.thread, author=opened.early,
                             revision={"level": "school", "live_at": NOW})  # fmt: skip
    opened.rate(opened.early)
    live = position.live
    assert live is not None
    later = type(live)(
        position_id=position.id, version=2, status="live", claim="Another claim.", level="trust",
        confidence=2, submitted_at=NOW, live_at=NOW + timedelta(days=1),
    )  # fmt: skip
    opened.session.add(later)
    opened.session.flush()
    position.live_revision_id = later.id
    opened.session.flush()
    opened.session.expire_all()
    [rater] = read_round(opened.session, opened.round, KEY).raters.values()
    assert rater.level == "school"


def test_how_many_were_admitted_meanwhile_stands_under_how_it_was_got(
    client: FlaskClient, opened: Opened
) -> None:
    people = [opened.join(posting_role="headteacher") for _each in range(6)]
    opened.rate(*people)
    opened.close()
    from discussion.weighing.findings.operations import compute_findings

    compute_findings(opened.session, opened.thread.id, "round_closed", secret=KEY, now=NOW)
    page = json_of(client.get(f"/findings/{opened.thread.slug}.json"))
    said = {line["title"]: line["says"] for line in page["found"]["provenance"]["lines"]}
    assert said["Joined during the round"] == (
        "6 people joined the series while the round was open."
    )
    assert "when the round opened, or when they joined" in said["Groups"]


def test_every_member_has_a_post_and_who_leaves_for_good_takes_it_along(opened: Opened) -> None:
    """So the table tells nobody who rated."""
    session = opened.session
    members = set(session.scalars(select(Membership.person_id)))
    assert set(session.scalars(select(RoundPost.person_id))) == members
    forget_ratings(session, opened.early, KEY)
    assert set(session.scalars(select(RoundPost.person_id))) == members - {opened.early.id}
