"""The draft of a response: no tab overwrites another, and a new text has a draft of its own."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.composing.models import KeptDraft
from discussion.debate.positions.models import Position, Response
from tests.conftest import sign_in
from tests.factories import (
    make_member,
    make_position,
    make_response,
    make_series,
    make_thread,
)

TYPED = {
    "type": "asks",
    "text": "What leaves the timetable?",
    "attribution": "role",
    "nobody_identified": "yes",
    "seen": "1",
}


def test_a_second_tab_does_not_overwrite_the_draft_of_a_response(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    sign_in(client, make_member(session, position.thread.series))
    address = f"/positions/{position.public_id}/respond"

    first = client.post(address, data=TYPED | {"do": "keep", "draft_version": "0"})
    second = client.post(
        address,
        data=TYPED | {"text": "Who pays for it?", "do": "keep", "draft_version": "0"},
    )

    assert first.status_code == 303
    assert second.status_code == 409
    assert _draft(session).typed["text"] == ["What leaves the timetable?"]
    said = re.sub(r"</?(ins|del)>", "", second.text)
    assert "This draft was saved somewhere else since" in said
    assert said.count("Who pays for it?") >= 2  # in the field, and beside the other
    assert "What leaves the timetable?" in said


def test_whoever_was_second_keeps_what_is_here_or_both(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    sign_in(client, make_member(session, position.thread.series))
    address = f"/positions/{position.public_id}/respond"
    client.post(address, data=TYPED | {"do": "keep", "draft_version": "0"})

    second = TYPED | {"text": "Who pays for it?", "draft_version": "0"}
    assert client.post(address, data=second | {"do": "keep-both"}).status_code == 303
    shown = client.get(address).text
    assert "Who pays for it?" in shown
    assert "Open the earlier one" in shown
    assert "What leaves the timetable?" in client.get(f"{address}?earlier=1").text

    third = TYPED | {"text": "Who teaches it?", "draft_version": "0"}
    assert client.post(address, data=third | {"do": "keep-mine"}).status_code == 303
    assert "Who teaches it?" in client.get(address).text


def test_keeping_again_in_the_same_tab_is_no_conflict(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    sign_in(client, make_member(session, position.thread.series))
    address = f"/positions/{position.public_id}/respond"
    for words in ("One?", "Two?", "Three?"):
        version = re.search(r'name="draft_version" value="(\d+)"', client.get(address).text)
        assert version is not None
        sent = client.post(
            address, data=TYPED | {"text": words, "do": "keep", "draft_version": version[1]}
        )
        assert sent.status_code == 303
    assert _draft(session).typed["text"] == ["Three?"]


def test_adding_a_source_while_mending_a_response_loses_neither_text(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    author = make_member(session, position.thread.series)
    response = make_response(session, position, author)
    sign_in(client, author)
    new = f"/positions/{position.public_id}/respond"
    mend = f"/positions/{position.public_id}/responses/{response.public_id}/revise"
    client.post(new, data=TYPED | {"do": "keep", "draft_version": "0"})

    left = client.post(mend, data=TYPED | {"text": "Mended so far.", "do": "add-evidence"})

    assert left.status_code == 303
    assert "Mended so far." in client.get(mend).text
    assert "What leaves the timetable?" in client.get(new).text
    mine = client.get("/positions/mine").text
    assert "Mended so far." in mine
    assert mend in mine

    assert client.post(mend, data=TYPED | {"text": "Mended."}).status_code == 303
    assert session.scalars(select(KeptDraft.kind)).all() == ["response"]


def test_a_kept_response_is_thrown_away_only_after_it_was_asked(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    sign_in(client, make_member(session, position.thread.series))
    address = f"/positions/{position.public_id}/respond"
    client.post(address, data=TYPED | {"do": "keep", "draft_version": "0"})

    asked = client.post(address, data=TYPED | {"do": "discard", "draft_version": "1"})
    assert "Throw this draft away?" in asked.text
    assert _draft(session).typed["text"] == ["What leaves the timetable?"]
    assert client.post(address, data={"do": "discard-yes"}).status_code == 303
    assert session.scalars(select(KeptDraft)).all() == []
    assert session.scalars(select(Response)).all() == []


def _position(session: Session) -> Position:
    return make_position(session, make_thread(session, make_series(session)))


def _draft(session: Session) -> KeptDraft:
    session.expire_all()
    return session.scalars(select(KeptDraft).where(KeptDraft.kind == "response")).one()
