"""A version that one answered has changed, and the answer still stands."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import paths
from tests.conftest import sign_in
from tests.factories import make_response
from tests.reach.notices.test_leaks import THEN, Told
from tests.reach.notices.world import a_postbox, work

SAYS = "on version 1; its author says it still holds for version 2"


def test_one_press_on_the_notice_says_that_it_stands(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    told = Told(session)
    work(app, THEN)
    page = paths.position(told.other.public_id)
    sign_in(client, told.reader)
    assert "My answer still stands" in client.get("/notices").text
    assert "My answer still stands" in client.get(page).text
    assert SAYS not in app.test_client().get(page).text
    address = paths.response_stands(told.other.public_id, told.reply.public_id)
    assert client.post(address, data={"next": "/notices"}).location == "/notices"
    assert SAYS in app.test_client().get(page).text
    assert "still stands" not in client.get(page).text.partition("<main")[2]
    kinds = {line.kind for line in told.lines(told.reader, THEN)}
    assert kinds == {"answered", "moved"}
    with a_postbox(app) as box:
        work(app, THEN + timedelta(days=14))
        said = "\n".join(str(one) for one in box.take())
    assert "new version" not in said


def test_each_answer_of_a_person_stands_by_itself(session: Session, app: Flask) -> None:
    told = Told(session)
    other = make_response(session, told.other, told.reader, type="adds_evidence")
    other.revision_id = told.reply.revision_id
    session.commit()
    work(app, THEN)
    [line] = [one for one in told.lines(told.reader, THEN) if one.kind == "changed"]
    assert len({act.url for act in line.acts}) == 2
    assert all(act.words.startswith("Still stands:") for act in line.acts)


def test_nobody_else_says_that_it_stands(app: Flask, client: FlaskClient, session: Session) -> None:
    told = Told(session)
    session.commit()
    sign_in(client, told.member)
    address = paths.response_stands(told.other.public_id, told.reply.public_id)
    assert client.post(address).status_code in (403, 404)
    session.refresh(told.reply)
    assert told.reply.stands_for_id is None
