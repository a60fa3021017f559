"""Where one person moderates: a warning, a letter, and an administrator who may decide."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.cli.doctor_alone import find_alone
from discussion.decisions.drafts import Ruling
from discussion.decisions.models import Decision
from discussion.jobs.models import Job
from discussion.oversight.appeals.queries.left import list_left
from discussion.oversight.moderation.operations import decide, decide_left
from discussion.oversight.rights.operations.emptying import end_memberships
from discussion.people.accounts.models import Person
from discussion.permissions.rules import Forbidden
from discussion.problems import Refused
from discussion.series.members.models import Membership
from discussion.series.members.operations.members import change_role, end_for_a_while, leave_series
from discussion.series.members.tasks import MAILS
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_series,
    make_thread,
    viewer,
)
from tests.oversight.moderation.waiting import make_waiting, make_waiting_response

LATE = 24 * 30  # hours


@pytest.fixture
def series(session: Session) -> Series:
    return make_series(session)


@pytest.fixture
def convener(session: Session, series: Series) -> Person:
    return make_member(session, series, role="convener")


@pytest.fixture
def administrator(session: Session) -> Person:
    return make_person(session, is_administrator=True)


def membership_of(session: Session, series: Series, person: Person) -> Membership:
    return session.scalars(
        select(Membership)
        .where(Membership.series_id == series.id)
        .where(Membership.person_id == person.id)
    ).one()


def letters(session: Session) -> list[dict[str, Any]]:
    return [job.payload for job in session.scalars(select(Job).order_by(Job.id))
            if job.payload.get("template") == "series/one_moderator"]  # fmt: skip


def demote(session: Session, series: Series, convener: Person, other: Person) -> None:
    row = membership_of(session, series, other)
    change_role(session, viewer(session, convener), row, "contributor", is_sure=True, now=NOW)


def leave(session: Session, series: Series, _convener: Person, other: Person) -> None:
    leave_series(session, viewer(session, other), series, now=NOW)


def remove(session: Session, series: Series, _convener: Person, other: Person) -> None:
    end_for_a_while(session, membership_of(session, series, other), NOW)


def leave_the_site(session: Session, _series: Series, _convener: Person, other: Person) -> None:
    end_memberships(session, other, NOW)


@pytest.mark.parametrize("lay_down", [demote, leave, remove, leave_the_site])
def test_an_administrator_is_told_when_one_person_is_left(
    session: Session, series: Series, convener: Person, administrator: Person, lay_down: Any
) -> None:
    other, third = (make_member(session, series, role="moderator") for _n in range(2))
    lay_down(session, series, convener, other)
    assert letters(session) == []  # two are left
    lay_down(session, series, convener, third)
    (told,) = letters(session)
    assert told["person_id"] == administrator.id


def test_the_letter_names_the_series_and_is_not_sent_once_two_moderate_again(
    client: FlaskClient, session: Session, series: Series, convener: Person, administrator: Person
) -> None:
    payload = {"person_id": administrator.id, "ids": {"series": series.id}}
    with client.application.test_request_context():
        letter = MAILS["series/one_moderator"](session, payload)
        assert letter is not None
        for words in (series.title, f"/series/{series.slug}/members", "/appeals/desk"):
            assert words in letter.body, words
        make_member(session, series, role="moderator")
        assert MAILS["series/one_moderator"](session, payload) is None


def test_demoting_the_second_last_warns_first(
    client: FlaskClient, session: Session, series: Series, convener: Person, administrator: Person
) -> None:
    other = make_member(session, series, role="moderator")
    row = membership_of(session, series, other)
    with pytest.raises(Refused, match="one person is left to moderate"):
        change_role(session, viewer(session, convener), row, "contributor", now=NOW)
    sign_in(client, convener)
    assert client.get(f"/series/{series.slug}/members").text.count('name="sure"') == 2
    address = f"/series/{series.slug}/members/{other.public_id}/role"
    warned = client.post(address, data={"role": "contributor"})
    assert warned.status_code == 422
    assert "one person is left to moderate" in warned.text
    assert client.post(address, data={"role": "contributor", "sure": "y"}).status_code == 303
    session.expire_all()
    assert row.role == "contributor"
    assert 'name="sure"' not in client.get(f"/series/{series.slug}/members").text


def test_the_administrator_decides_what_waits_past_its_time_whoever_wrote_it(
    client: FlaskClient, session: Session, series: Series, convener: Person,
    administrator: Person, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(clock, "now", lambda: NOW)
    thread = make_thread(session, series)
    own = make_waiting(session, thread, author=convener, hours=LATE)
    others = make_waiting(session, thread, hours=LATE)
    fresh = make_waiting(session, make_thread(session, series), author=convener, hours=1)
    response = make_waiting_response(session, make_position(session, thread), hours=LATE)
    sign_in(client, administrator)
    shown = client.get("/appeals/desk").text
    late = [f"/moderation/positions/{own.public_id}", f"/moderation/positions/{others.public_id}",
            f"/moderation/responses/{response.public_id}"]  # fmt: skip
    for address in late:
        assert address in shown
    assert fresh.public_id not in shown
    page = client.get(late[0])
    assert page.status_code == 200
    assert convener.display_name not in page.text
    assert 'action="/moderation/positions/' in page.text
    assert f"{late[0]}/author" not in page.text
    assert client.post(f"{late[0]}/author", data={"why": "To know."}).status_code == 403
    decided = client.post(f"{late[0]}/decide", data={
        "action": "approve", "version_id": str(own.revisions[0].id)})  # fmt: skip
    assert (decided.status_code, decided.location) == (303, "/appeals/desk")
    session.expire_all()
    decision = session.scalars(select(Decision)).one()
    assert (own.state, decision.decided_by_role) == ("published", "administrator")
    assert own.public_id not in client.get("/appeals/desk").text


def test_nothing_is_left_where_two_moderate_nor_what_the_administrator_wrote(
    client: FlaskClient, session: Session, series: Series, convener: Person, administrator: Person
) -> None:
    thread = make_thread(session, series)
    theirs = make_waiting(session, thread, author=administrator, hours=LATE)
    own = make_waiting(session, thread, author=convener, hours=LATE)
    actor = viewer(session, administrator)
    assert [bare.id for bare in list_left(session, actor, NOW)] == [own.public_id]
    approve = Ruling("approve", version_id=own.revisions[0].id)
    alone = viewer(session, convener)
    for decides, who, item in ((decide_left, actor, theirs), (decide_left, alone, own),
                               (decide, alone, own)):  # fmt: skip
        with pytest.raises(Forbidden):
            decides(session, who, item, approve, now=NOW)
    make_member(session, series, role="moderator")
    assert list_left(session, actor, NOW) == []
    with pytest.raises(Forbidden):
        decide_left(session, actor, own, approve, now=NOW)
    sign_in(client, administrator)
    assert client.get(f"/moderation/positions/{own.public_id}").status_code == 404


def test_the_doctor_says_where_something_waits_that_nobody_else_may_decide(
    session: Session, series: Series, convener: Person
) -> None:
    assert list(find_alone(session, NOW)) == []
    make_waiting(session, make_thread(session, series), author=convener, hours=LATE)
    (said,) = find_alone(session, NOW + timedelta(hours=1))
    assert series.title in said
    assert "/appeals/desk" in said
