"""Consents: with their versions, taken back with one click, and asked again when they change."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.config import SettingsError
from discussion.debate.positions.models import Part, Position
from discussion.oversight.rights.views import UNASKED, UNASKED_ROOMS
from discussion.people.accounts.models import Consent, Person
from discussion.people.accounts.words import RULES_VERSION, TERMS_VERSION
from discussion.series.members.models import Membership
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_response,
    make_series,
    make_thread,
)

ANSWER = {"type": "asks", "text": "How would <that> work?", "attribution": "role",
          "nobody_identified": "y", "do": "publish"}  # fmt: skip


@pytest.fixture
def earlier(session: Session) -> Person:
    """Somebody who accepted the terms as they were, and the rules as they are."""
    person = make_person(session)
    for row in session.scalars(select(Consent).where(Consent.person_id == person.id)):
        row.version = "2025-01" if row.kind != "rules" else row.version
    session.flush()
    return person


def test_each_consent_is_listed_with_its_version_and_what_was_chosen_is_taken_back(
    client: FlaskClient, session: Session
) -> None:
    person = make_person(
        session, organisation="Hillside", shows_organisation=True, region="london",
        shows_region=True, interests="A tutoring firm",
    )  # fmt: skip
    position = make_position(session, make_thread(session, make_series(session)))
    make_member(session, position.thread.series, person)
    session.add(Part(position_id=position.id, person_id=person.id, stance="2", answered_at=NOW))
    session.flush()
    sign_in(client, person)
    page = client.get("/rights/consents").text
    assert (page.count(TERMS_VERSION), page.count("23 November 2026")) == (2, 3)
    assert all(said in page for said in ("Hillside", "London", "A tutoring firm", "in 1 series"))

    for what in ("organisation", "region", "interests", "warnings", "private"):
        assert client.post("/rights/consents", data={"what": what}).status_code == 303

    session.expire_all()
    assert (person.shows_organisation, person.shows_region, person.interests) == (False, False, "")
    assert person.organisation == "Hillside", "what is only not shown any more is kept"
    assert not session.scalars(select(Part)).all()
    wants = select(Membership.wants_warnings).where(Membership.person_id == person.id)
    assert session.scalars(wants).all() == [False]
    assert "not chosen" in client.get("/rights/consents").text


@pytest.mark.parametrize("what", ["adult", "terms", "rules", "", "everything"])
def test_what_an_account_needs_is_not_taken_back_without_leaving(
    client: FlaskClient, session: Session, what: str
) -> None:
    sign_in(client, make_person(session))
    client.post("/rights/consents", data={"what": what})
    page = client.get("/rights/consents").text
    assert "Choose what you want to take back." in page
    assert 'href="/rights/leave"' in page
    assert not session.scalars(select(Consent).where(Consent.withdrawn_at.is_not(None))).all()


@pytest.mark.parametrize("address", ["/about", "/rights/consents", "/rights/terms"])
def test_whoever_was_made_by_the_command_line_is_not_told_that_anything_has_changed(
    client: FlaskClient, session: Session, address: str
) -> None:
    person = make_person(session)
    session.execute(delete(Consent).where(Consent.person_id == person.id))
    said = sign_in(client, person).get(address).text
    assert "ccept the" in said
    assert "have changed" not in said
    assert "contribute again" not in said


def test_new_terms_are_asked_before_the_next_contribution_and_nothing_is_lost(
    client: FlaskClient, session: Session, earlier: Person
) -> None:
    position = make_position(session, make_thread(session, make_series(session, moderation="post")))
    make_member(session, position.thread.series, earlier)
    sign_in(client, earlier)
    address = f"/positions/{position.public_id}/respond"
    assert client.get(f"/positions/{position.public_id}").status_code == 200
    assert "The terms or the rules have changed." in client.get("/about").text

    asked = client.post(address, data=ANSWER)

    assert (asked.status_code, "You accepted version 2025-01." in asked.text) == (409, True)
    assert 'name="text" value="How would &lt;that&gt; work?"' in asked.text
    assert "18 or over" not in asked.text, "which was said once, for good"
    assert not _responses(session, position)

    sent = client.post(address, data={**ANSWER, "terms-accepted": "y"})

    assert sent.status_code == 303
    assert len(_responses(session, position)) == 1
    assert _living(session, earlier) == {
        ("adult", "2025-01"), ("terms", "2025-01"), ("terms", TERMS_VERSION),
        ("rules", RULES_VERSION),
    }  # fmt: skip
    assert "have changed" not in client.get("/about").text


def test_what_was_accepted_stays_accepted_though_the_form_had_something_to_mend(
    client: FlaskClient, session: Session, earlier: Person
) -> None:
    position = make_position(session, make_thread(session, make_series(session)))
    make_member(session, position.thread.series, earlier)
    sign_in(client, earlier)
    sent = client.post(f"/positions/{position.public_id}/respond",
                       data={**ANSWER, "text": "", "terms-accepted": "y"})  # fmt: skip
    assert sent.status_code == 422
    assert ("terms", TERMS_VERSION) in _living(session, earlier)


def test_an_account_that_the_host_made_is_asked_for_age_and_terms(
    client: FlaskClient, session: Session
) -> None:
    person = make_person(session)
    for row in session.scalars(select(Consent).where(Consent.person_id == person.id)).all():
        session.delete(row)
    session.flush()
    sign_in(client, person)
    assert "I am 18 or over" in client.get("/rights/terms").text
    assert client.post("/rights/terms", data={"terms-accepted": "y"}).status_code == 422
    both = {"terms-accepted": "y", "terms-adult": "y"}
    onward = client.post("/rights/terms?next=/about", data=both)
    assert onward.location == "/about"
    assert {kind for kind, _version in _living(session, person)} == {"adult", "terms", "rules"}


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/accounts/sign-out", {}),
        ("/rights/copies", {}),
        ("/about/theme", {"theme": "dark"}),
        ("/positions/{}/withdraw", {}),
        ("/positions/{}/responses/{}/withdraw", {}),
        ("/reports/position/{}", {"cause": "abuse", "text": "It names somebody."}),
    ],
)
def test_what_is_ones_own_to_keep_and_take_back_needs_no_new_consent(
    client: FlaskClient, session: Session, earlier: Person, path: str, data: dict[str, str]
) -> None:
    thread = make_thread(session, make_series(session))
    make_member(session, thread.series, earlier)
    own = make_position(session, thread, earlier)
    response = make_response(session, own, earlier)
    sign_in(client, earlier)
    assert client.post(path.format(own.public_id, response.public_id), data=data).status_code == 303


def test_what_nobody_is_asked_for_is_there(app: Flask) -> None:
    assert set(UNASKED) <= set(app.view_functions)
    assert set(UNASKED_ROOMS) <= set(app.blueprints)


def test_the_pages_about_the_site_name_its_contact_if_there_is_one(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    pages = ("/about/privacy", "/about/accessibility")
    assert all("mailto:" not in client.get(page).text for page in pages)
    site: Any = app.extensions["site"]
    site.settings = replace(site.settings, contact_address="host@example.org")
    assert all('href="mailto:host@example.org"' in client.get(page).text for page in pages)
    with pytest.raises(SettingsError, match="CONTACT_ADDRESS"):
        replace(site.settings, contact_address="javascript:alert(1)")


def _responses(session: Session, position: Position) -> list[Any]:
    session.expire_all()
    return list(position.responses)


def _living(session: Session, person: Person) -> set[tuple[str, str]]:
    rows = session.execute(
        select(Consent.kind, Consent.version)
        .where(Consent.person_id == person.id)
        .where(Consent.withdrawn_at.is_(None))
    )
    return {(kind, version) for kind, version in rows}
