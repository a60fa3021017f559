"""A person's page: what they published by name, and nothing that they did not."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from tests.conftest import sign_in
from tests.factories import (
    make_member,
    make_person,
    make_position,
    make_response,
    make_series,
    make_thread,
)


def test_only_what_was_published_by_name_is_listed(client: FlaskClient, session: Session) -> None:
    series = make_series(session)
    person = make_member(session, series)
    for attribution in ("role", "chatham_house"):
        _says(session, series, person, f"Said under {attribution}.", attribution=attribution)
    _says(session, series, person, "Not yet said.", state="draft")
    _says(session, series, person, "Taken back.", state="withdrawn")
    _says(session, series, person, "Hidden for now.", state="hidden")
    _says(session, make_series(session, visibility="members"), person, "Among members.")
    hidden = make_thread(session, series, attribution="named", is_hidden=True)
    make_position(session, hidden, person, revision={"claim": "In a hidden thread."})
    named = _says(session, series, person, "Every pupil should try three things.")
    make_response(session, named, person, attribution="role")
    reply = make_response(session, make_position(session, named.thread), person)

    page = client.get(f"/accounts/people/{person.public_id}.json").json

    assert page is not None
    assert [claim["text"] for claim in page["claims"]] == ["Every pupil should try three things."]
    assert page["claims"][0]["url"] == f"/positions/{named.public_id}"
    assert page["claims"][0]["thread_url"] == f"/threads/{named.thread.slug}"
    assert [one["url"].partition("#")[2] for one in page["replies"]] == [f"r-{reply.public_id}"]
    html = client.get(f"/accounts/people/{person.public_id}").text
    assert "Every pupil should try three things." in html
    assert "Said under" not in html


def test_somebody_who_published_nothing_by_name_does_not_exist_for_others(
    client: FlaskClient, session: Session
) -> None:
    series = make_series(session)
    person = make_member(session, series)
    _says(session, series, person, "By role.", attribution="role")
    path = f"/accounts/people/{person.public_id}"

    assert client.get(path).status_code == 404
    assert client.get(path + ".json").status_code == 404
    sign_in(client, make_person(session, is_administrator=True))
    assert client.get(path).status_code == 404
    sign_in(client, person)
    assert client.get(path).status_code == 200


def test_an_unknown_person_looks_like_a_silent_one(client: FlaskClient, session: Session) -> None:
    silent = make_person(session)

    answers = [
        client.get(f"/accounts/people/{public_id}").status_code
        for public_id in (silent.public_id, "zzzzzzzzzz")
    ]

    assert answers == [404, 404]


def test_where_somebody_works_is_shown_only_if_they_say_so(
    client: FlaskClient, session: Session
) -> None:
    series = make_series(session)
    person = make_member(
        session,
        series,
        make_person(session, organisation="Hillside Academy", region="wales", interests="A trustee",
                    organisation_type="academy_in_trust", organisation_size="50_249"),
    )  # fmt: skip
    _says(session, series, person, "By name.")
    path = f"/accounts/people/{person.public_id}"
    quiet = client.get(path).text + client.get(path + ".json").text

    person.shows_organisation = person.shows_region = True
    session.flush()
    open_page = client.get(path).text

    for word in ("Hillside", "Wales", "wales", "academy_in_trust", "50_249", "A trustee"):
        assert word not in quiet
    assert "Hillside Academy" in open_page
    assert "Wales" in open_page
    assert (person.email or "") not in open_page


def test_an_unlisted_series_is_not_given_away_by_who_wrote_in_it(
    client: FlaskClient, session: Session
) -> None:
    series = make_series(session, visibility="unlisted")
    person = make_member(session, series)
    said = _says(session, series, person, "For those who have the link.")
    make_response(session, make_position(session, said.thread), person)
    address = f"/accounts/people/{person.public_id}"
    assert client.get(address).status_code == 404
    sign_in(client, make_member(session, series))
    assert "For those who have the link." in client.get(address).text


def test_members_see_more_of_a_members_series(client: FlaskClient, session: Session) -> None:
    closed = make_series(session, visibility="members")
    person, reader = make_member(session, closed), make_member(session, closed)
    _says(session, closed, person, "Among members.")
    path = f"/accounts/people/{person.public_id}"

    assert client.get(path).status_code == 404
    sign_in(client, reader)
    assert "Among members." in client.get(path).text


def test_somebody_who_left_has_no_page(client: FlaskClient, session: Session) -> None:
    series = make_series(session)
    person = make_member(session, series)
    position = _says(session, series, person, "By name.")
    person.left_at = position.created_at
    session.flush()

    assert client.get(f"/accounts/people/{person.public_id}").status_code == 404


def _says(session: Session, series, person: Person, claim: str, **changes):  # type: ignore[no-untyped-def]
    thread = make_thread(session, series, attribution="named")
    fields = {"attribution": "named"} | changes
    status = "pending" if changes.get("state") == "draft" else "live"
    return make_position(session, thread, person, revision={"claim": claim, "status": status},
                         **fields)  # fmt: skip


def test_a_reply_beneath_a_withdrawn_position_is_listed_only_for_those_who_read_it_there(
    client: FlaskClient, session: Session
) -> None:
    series = make_series(session)
    person = make_member(session, series)
    withdrawn = _says(session, series, make_member(session, series), "Gone.", state="withdrawn")
    make_response(session, withdrawn, person, attribution="named")
    path = f"/accounts/people/{person.public_id}"

    assert client.get(path).status_code == 404
    sign_in(client, make_member(session, series, role="moderator"))
    assert client.get(path).status_code == 200
