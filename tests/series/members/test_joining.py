"""Joining is offered wherever one may join, with one press; where one may not, pages say why."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.composing.models import KeptDraft
from discussion.people.accounts.models import Person
from discussion.series.members.models import Invitation, Membership
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_series,
)
from tests.factories.scenes import Scene

LISTED = "school.example"
BUTTON = ">Join the series</button>"
PAGES = ("series", "thread", "rules", "choose", "write", "respond")


@dataclass(frozen=True)
class Place:
    series: Series
    pages: dict[str, str]


def place(session: Session, **changes: Any) -> Place:
    """A series with a thread and a position; its pages by name."""
    given: dict[str, Any] = {"who_may_post": "domain", "domains": [LISTED]} | changes
    scene = Scene(session, **given)
    series, thread, position = scene.series, scene.thread, scene.position
    return Place(series, {
        "series": f"/series/{series.slug}",
        "thread": f"/threads/{thread.slug}",
        "choose": f"/series/{series.slug}/write",
        "rules": f"/series/{series.slug}/rules",
        "write": f"/positions/write/{thread.slug}",
        "respond": f"/positions/{position.public_id}/respond",
    })  # fmt: skip


def colleague(session: Session, client: FlaskClient, **changes: object) -> Person:
    given = {"email": f"colleague@{LISTED}", "roles": ["headteacher"], "phases": ["primary"]}
    person = make_person(session, **given | changes)
    sign_in(client, person)
    return person


def own(session: Session, series: Series, person: Person) -> Membership | None:
    session.expire_all()
    return session.scalar(
        select(Membership)
        .where(Membership.series_id == series.id)
        .where(Membership.person_id == person.id)
        .where(Membership.removed_at.is_(None))
    )


def invite(session: Session, series: Series, email: str, role: str = "contributor") -> Invitation:
    convener = make_member(session, series, role="convener")
    row = Invitation(series_id=series.id, role=role, email=email, secret_hash=f"{role}{series.id}",
                     made_by_id=convener.id, created_at=NOW,
                     expires_at=NOW.replace(year=NOW.year + 9))  # fmt: skip
    session.add(row)
    session.flush()
    return row


@pytest.mark.parametrize("page", PAGES)
def test_who_signed_up_before_the_domain_was_listed_joins_with_one_press_and_comes_back(
    client: FlaskClient, session: Session, page: str
) -> None:
    there = place(session, domains=["elsewhere.example"])
    person = colleague(session, client)
    assert BUTTON not in client.get(there.pages[page]).text
    there.series.domains = [LISTED]
    session.flush()

    shown = client.get(there.pages[page]).text
    assert BUTTON in shown
    assert shown.count("Join the series") == 1, "it is said once"
    assert LISTED not in shown.replace(person.email or "", "")
    if page in ("write", "respond"):
        answer = client.post(there.pages[page], data={"do": "join"})
    else:
        form = shown.partition('id="join"')[2].partition("</form>")[0]
        sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        action = re.findall(r'action="([^"]*)"', form)[0]
        answer = client.post(action, data=sent)
    assert answer.status_code == 303
    assert (answer.location or "").partition("?")[0] == there.pages[page]
    made = own(session, there.series, person)
    assert made is not None
    assert (made.admitted_how, made.posting_role) == ("domain", "headteacher")
    assert BUTTON not in client.get(there.pages[page]).text


def test_what_is_written_before_joining_is_kept_by_the_same_press(
    client: FlaskClient, session: Session
) -> None:
    there = place(session)
    colleague(session, client)
    client.post(there.pages["write"], data={"do": "join", "claim": "Clubs come first."})

    assert "Clubs come first." in client.get(there.pages["write"]).text
    assert session.scalars(select(KeptDraft)).one().typed["claim"] == ["Clubs come first."]


def test_a_visitor_who_reads_that_they_have_to_join_keeps_what_they_wrote(
    client: FlaskClient, session: Session
) -> None:
    there = place(session)
    for page, field in (("write", "claim"), ("respond", "text")):
        assert 'name="do" value="join"' in client.get(there.pages[page]).text
        answer = client.post(there.pages[page], data={"do": "join", field: "Clubs come first."})
        assert (answer.location or "").startswith("/accounts/sign-in?next=")
    kept = session.scalars(select(KeptDraft)).all()
    assert ["Clubs come first." in str(one.typed) for one in kept] == [True, True]


@pytest.mark.parametrize("who_may_post", ["open", "invited", "domain"])
def test_visitors_are_told_how_people_join_and_never_which_domains_are_listed(
    client: FlaskClient, session: Session, who_may_post: str
) -> None:
    there = place(session, who_may_post=who_may_post)
    says = {"open": "Anybody in the sector may take part", "invited": "People join by invitation.",
            "domain": "an organisation that the series lists"}[who_may_post]  # fmt: skip
    assert len(there.pages) > 3
    for name, path in there.pages.items():
        text = client.get(path).text
        if (who_may_post, name) not in (("open", "write"), ("open", "respond")):
            assert says in text, name
        assert BUTTON not in text
        assert LISTED not in text


@pytest.mark.parametrize("page", PAGES)
def test_who_may_not_join_reads_why_and_no_press_lets_them_in(
    client: FlaskClient, session: Session, page: str
) -> None:
    there = place(session)
    invited_only = place(session, who_may_post="invited", domains=[])
    stranger = colleague(session, client, email="stranger@other.example")

    text = client.get(there.pages[page]).text
    assert "which yours is not" in text
    assert LISTED not in text
    assert "you need an invitation" in client.get(invited_only.pages[page]).text
    for one in (there, invited_only):
        assert client.post(f"/series/{one.series.slug}/join").status_code == 403
        assert own(session, one.series, stranger) is None


def test_an_address_that_is_not_confirmed_lets_nobody_in_and_is_told_nothing_of_its_domain(
    client: FlaskClient, session: Session
) -> None:
    there = place(session)
    person = colleague(session, client, email_confirmed_at=None)
    text = client.get(there.pages["series"]).text
    assert "Confirm your address first" in text
    assert BUTTON not in text
    assert client.post(f"/series/{there.series.slug}/join").status_code == 403
    assert own(session, there.series, person) is None


def test_who_was_removed_is_told_so_and_stays_out(client: FlaskClient, session: Session) -> None:
    there = place(session)
    person = colleague(session, client)
    make_member(session, there.series, person)
    row = session.scalars(select(Membership).where(Membership.person_id == person.id)).one()
    row.removed_at, row.removed_how = NOW, "removed"
    session.flush()

    text = client.get(there.pages["series"]).text
    assert "You were removed from this series" in text
    assert BUTTON not in text
    assert client.post(f"/series/{there.series.slug}/join").status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_who_is_invited_sees_it_and_takes_it_up_with_one_press(
    client: FlaskClient, session: Session, page: str
) -> None:
    there = place(session, who_may_post="invited")
    person = colleague(session, client)
    invitation = invite(session, there.series, person.email or "", "moderator")

    assert (
        "You are invited to join this series as a moderator." in client.get(there.pages[page]).text
    )
    path = f"/series/{there.series.slug}/join"
    assert client.post(path, data={"next": "//evil.example"}).location == there.pages["series"]
    assert client.post(path).status_code == 303, "pressed twice"
    made = own(session, there.series, person)
    assert made is not None
    assert (made.role, made.admitted_how) == ("moderator", "invited")
    session.refresh(invitation)
    assert invitation.uses == 1
    assert "You are invited" not in client.get(there.pages[page]).text


@pytest.mark.parametrize("hidden", [{"visibility": "members"}, {"status": "draft"}])
def test_what_nobody_else_may_read_is_offered_to_whom_it_lets_in_and_to_nobody_else(
    client: FlaskClient, session: Session, hidden: dict[str, str]
) -> None:
    there = place(session, title="Behind the door", **hidden)
    person = colleague(session, client)
    if hidden.get("status"):
        invite(session, there.series, person.email or "")
    other = client.application.test_client()
    colleague(session, other, email="stranger@other.example")
    path = f"/series/{there.series.slug}/join"

    make_series(session)  # alone it would be the front page
    for page in ("/accounts/profile", "/"):
        assert "Behind the door" in client.get(page).text
        assert "Behind the door" not in other.get(page).text
    assert other.post(path).status_code == 404
    assert client.post(path).status_code == 303
    assert client.get(there.pages["series"]).status_code == 200


def test_another_persons_invitation_is_nobodys_else(client: FlaskClient, session: Session) -> None:
    there = place(session, who_may_post="invited")
    invite(session, there.series, "somebody.else@other.example", "convener")
    person = colleague(session, client)
    text = client.get(there.pages["series"]).text
    assert "You are invited" not in text
    assert "somebody.else" not in text
    assert client.post(f"/series/{there.series.slug}/join").status_code == 403
    assert own(session, there.series, person) is None


def test_members_read_nothing_of_joining(client: FlaskClient, session: Session) -> None:
    there = place(session)
    make_member(session, there.series, colleague(session, client))
    assert len(there.pages) > 3
    for path in there.pages.values():
        assert 'id="join"' not in client.get(path).text
