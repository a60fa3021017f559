"""Whoever asks for JSON gets it, or an error that a program understands; nobody else does."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import paths
from discussion.web.caching import PageCache
from discussion.web.faces import prefers_json
from tests.conftest import json_of, sign_in
from tests.factories import make_person, make_position, make_series, make_thread

JSON = {"Accept": "application/json"}
PROBLEM = "application/problem+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
HEADERS = {  # what a client says → whether it would rather have JSON
    "": False,
    "*/*": False,
    BROWSER: False,
    "application/json": True,
    "application/json, text/plain, */*": True,
    "application/json;q=0.9, text/html": False,
    "text/html;q=0.5, application/json;q=0.6": True,
    "text/html, application/json": False,
    "application/json;q=0": False,
    "application/ld+json": False,
    "json": False,
    "application/json;q=x, \x00;;,": False,
}


@pytest.mark.parametrize("accept", HEADERS)
def test_who_would_rather_have_data_is_heard(accept: str) -> None:
    assert prefers_json(accept) is HEADERS[accept]


def test_a_kept_page_is_sent_in_the_face_that_is_asked_for(
    session: Session, client: FlaskClient
) -> None:
    site = client.application.extensions["site"]
    site.assets["pages"] = PageCache(site.engine)  # the tests' own keeps nothing
    series = make_series(session)
    session.commit()
    path = paths.series(series.slug)
    for _again in range(2):
        page, data = client.get(path, headers={"Accept": BROWSER}), client.get(path, headers=JSON)
        assert (page.mimetype, data.mimetype) == ("text/html", "application/json")
        assert data.data == client.get(f"{path}.json").data
        assert page.headers["ETag"] != data.headers["ETag"]
        for one in (page, data):
            assert "Accept" in one.headers["Vary"].split(", ")
    etag = {"If-None-Match": page.headers["ETag"]}
    assert client.get(path, headers=etag).status_code == 304
    assert client.get(path, headers=etag | JSON).status_code == 200
    assert len(site.assets["pages"]._pages) >= 2


def test_a_page_says_where_its_data_is(session: Session, client: FlaskClient) -> None:
    thread = make_thread(session, make_series(session))
    make_position(session, thread)
    session.flush()
    for path in (paths.thread(thread.slug), paths.thread(thread.slug) + "?order=random", "/"):
        face = '<link rel="alternate" type="application/json" href="'
        found = client.get(path, follow_redirects=True).text.split(face)[1].split('"')[0]
        assert client.get(found, follow_redirects=True).mimetype == "application/json"
    assert "application/json" not in client.get("/nowhere").text


@pytest.mark.parametrize(
    ("path", "code"),
    [("/nowhere", 404), ("/nowhere.json", 404), ("/threads/none", 404), ("/accounts/profile", 401),
     ("/positions/bcdfghjkmn", 404), ("/sitemap.xml.json", 404), ("/%00", 404)],
)  # fmt: skip
def test_an_error_says_what_happened_as_problem_details(
    client: FlaskClient, path: str, code: int
) -> None:
    refused = client.get(path, headers=JSON)
    assert (refused.status_code, refused.mimetype) == (code, PROBLEM)
    told = json_of(refused)
    assert (told["type"], told["status"]) == ("about:blank", code)
    assert told["title"]
    assert told["detail"].endswith(".")
    assert told["request_id"] == refused.headers["X-Request-Id"]
    assert "Accept" in refused.headers["Vary"]


def test_what_is_no_page_is_sent_as_it_is(client: FlaskClient) -> None:
    assert client.get("/sitemap.xml", headers=JSON).mimetype == "application/xml"
    assert client.get("/feeds/atom", headers=JSON).mimetype == "application/json"
    assert client.post("/nowhere", headers=JSON).mimetype == PROBLEM


def test_a_form_that_cannot_be_taken_says_which_fields_are_wrong(client: FlaskClient) -> None:
    refused = client.post("/accounts/sign-up", data={"email": "nobody"}, headers=JSON)
    assert (refused.status_code, refused.mimetype) == (422, PROBLEM)
    wrong = json_of(refused)["errors"]
    assert "email" in {one["field"].rpartition("-")[2] for one in wrong}
    assert all(one["detail"] for one in wrong)


def test_an_act_by_a_program_is_answered_as_that_of_a_browser(
    session: Session, client: FlaskClient
) -> None:
    """And what is refused changes nothing."""
    series = make_series(session)
    position = make_position(session, make_thread(session, series))
    stranger = make_person(session)
    session.flush()
    path = f"/positions/{position.public_id}/withdraw"
    for asking, code in ((client, 404), (sign_in(client.application.test_client(), stranger), 404)):
        refused = asking.post(path, headers=JSON)
        assert (refused.status_code, refused.mimetype) == (code, PROBLEM)
    session.expire_all()
    assert position.state == "published"
    author = sign_in(client.application.test_client(), position.author)
    done = author.post(path, headers=JSON)
    assert (done.status_code, done.location.partition("?")[0]) == (
        303, paths.position(position.public_id),
    )  # fmt: skip
