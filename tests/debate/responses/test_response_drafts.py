"""The draft of a response: no tab overwrites another, and a new text has a draft of its own."""

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
from tests.kept.browser import form_of

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
    before = form_of(client.get(address).text, address)

    first = client.post(address, data=before | TYPED | {"do": "keep"})
    changed = {"text": "Who pays for it?", "language": "cy", "do": "keep"}
    second = client.post(address, data=before | TYPED | changed)

    assert first.status_code == 303
    assert second.status_code == 409
    assert _draft(session).typed["text"] == ["What leaves the timetable?"]
    assert "You saved this in another tab" in second.text
    assert "Your response" in second.text
    assert "Changed only here, so that stands:" in second.text  # the language
    both = form_of(second.text, address)["_both-text"]
    assert both == ["What leaves the timetable? Who pays for it?"]


def test_whoever_was_second_keeps_what_is_here_or_both(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    sign_in(client, make_member(session, position.thread.series))
    address = f"/positions/{position.public_id}/respond"
    before = form_of(client.get(address).text, address)
    client.post(address, data=before | TYPED | {"do": "keep"})

    asked = client.post(address, data=before | TYPED | {"text": "Who pays for it?", "do": "keep"})
    aside = form_of(asked.text, address) | {"keep": ["aside"]}
    assert client.post(address, data=aside).status_code == 303
    shown = client.get(address).text
    assert "Who pays for it?" in shown
    assert "Open the earlier one" in shown
    assert "What leaves the timetable?" in client.get(f"{address}?earlier=1").text

    asked = client.post(address, data=before | TYPED | {"text": "Who teaches it?", "do": "keep"})
    assert asked.status_code == 409
    client.post(address, data=form_of(asked.text, address) | {"keep": ["mine"]})
    assert "Who teaches it?" in client.get(address).text


def test_keeping_again_in_the_same_tab_is_no_conflict(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    sign_in(client, make_member(session, position.thread.series))
    address = f"/positions/{position.public_id}/respond"
    for words in ("One?", "Two?", "Three?"):
        opened = form_of(client.get(address).text, address)
        sent = client.post(address, data=opened | TYPED | {"text": words, "do": "keep"})
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
    client.post(new, data=TYPED | {"do": "keep"})

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
    client.post(address, data=TYPED | {"do": "keep"})

    asked = client.post(address, data=TYPED | {"do": "discard"})
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
