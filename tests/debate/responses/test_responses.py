"""Responding: the form, what it keeps, the version answered, and how responses are shown."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.composing.models import KeptDraft
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.operations.publishing import go_live
from discussion.debate.positions.words import RESPONSE_TYPES
from discussion.debate.responses.operations.responding import go_live_response
from tests.conftest import json_of, sign_in
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_person,
    make_position,
    make_response,
    make_series,
    make_thread,
)

GOOD = {
    "type": "asks",
    "text": "What leaves the timetable to make room?",
    "attribution": "role",
    "nobody_identified": "yes",
    "seen": "1",
}


def test_a_response_waits_for_a_moderator_and_stands_in_my_contributions(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    sign_in(client, make_member(session, position.thread.series))

    sent = _post(client, position)

    assert sent.status_code == 303
    response = _only(session)
    assert (response.state, response.revision_id) == ("draft", position.live_revision_id)
    assert GOOD["text"] not in client.get(f"/positions/{position.public_id}").text
    assert "What leaves the timetable" in client.get("/positions/mine").text


def test_a_source_that_comes_in_with_a_new_text_is_not_shown_before_it_is_read(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    series = position.thread.series
    author = make_member(session, series)
    response = make_response(session, position, author)
    item = make_item(session, series, title="Unread so far", added_by_id=author.id,
                     is_listed=False)  # fmt: skip
    sign_in(client, author)
    page = f"/positions/{position.public_id}"
    brings = GOOD | {"type": "adds_evidence", "item_id": item.public_id}
    sent = client.post(f"{page}/responses/{response.public_id}/revise", data=brings)
    assert sent.status_code == 303
    assert response.item is item
    assert "Unread so far" in client.get(page).text
    for face in (page, f"{page}.json"):
        assert "Unread so far" not in client.application.test_client().get(face).text, face

    version = response.texts[-1]
    go_live_response(session, response, version, now=NOW)
    session.flush()
    assert "Unread so far" in client.application.test_client().get(page).text


def test_a_response_is_published_at_once_where_the_series_reads_afterwards(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session, moderation="post")
    sign_in(client, make_member(session, position.thread.series))

    sent = _post(client, position)

    assert sent.location.endswith(f"#r-{_only(session).public_id}")
    body = client.get(f"/positions/{position.public_id}").text
    assert GOOD["text"] in body
    assert "on version 1" in body


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"type": ""}, "Choose what kind of response this is."),
        ({"text": "  "}, "Write your response."),
        ({"text": "a" * 1501}, "Too long by 1: at most 1500 characters."),
        ({"item_id": "nothing"}, "This item is not in the library."),
        ({"value": "nothing"}, "This value is not in the series"),
        ({"attribution": "named"}, "as strictly as the thread asks"),
        ({"nobody_identified": ""}, "Confirm that nothing here identifies"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(
    client: FlaskClient, session: Session, changes: dict[str, str], sentence: str
) -> None:
    position = _position(session)
    sign_in(client, make_member(session, position.thread.series))

    sent = _post(client, position, **changes)

    assert sent.status_code == 422
    assert sentence in sent.text
    assert (changes.get("text") or GOOD["text"]).strip() in sent.text
    assert session.scalars(select(Response)).all() == []


def test_a_pattern_is_asked_about_once_and_never_refuses_by_itself(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    sign_in(client, make_member(session, position.thread.series))
    typed = {"text": "Write to jo@school.example about it."}

    asked = _post(client, position, **typed)
    digest = asked.text.split('name="looked_again" value="')[1].split('"')[0]
    sent = _post(client, position, **typed, looked_again=digest)

    assert asked.status_code == 422
    assert "jo@school.example" in asked.text
    assert sent.status_code == 303


def test_a_position_that_changed_meanwhile_is_shown_and_then_answered(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    sign_in(client, make_member(session, position.thread.series))
    _revise(session, position, "Every pupil may attend.")

    told = _post(client, position)
    again = _post(client, position, seen="2")

    assert told.status_code == 422
    assert "<del>should</del> <ins>may</ins>" in told.text
    assert 'name="seen" value="2"' in told.text
    assert GOOD["text"] in told.text
    assert again.status_code == 303
    assert _only(session).revision.version == 2


def test_what_a_visitor_wrote_survives_signing_in(client: FlaskClient, session: Session) -> None:
    position = _position(session)
    address = f"/positions/{position.public_id}/respond"

    sent = _post(client, position)
    asked = client.get(address).text
    kept = client.post(address, data={"do": "take-up"}, follow_redirects=True).text

    assert sent.status_code == 303
    assert "/accounts/sign-in" in sent.location
    assert "Was it you?" in asked
    assert GOOD["text"] not in asked
    assert GOOD["text"] in kept
    assert session.scalars(select(KeptDraft.kind)).all() == ["response"]


def test_a_newcomer_says_as_what_they_post_and_joins(client: FlaskClient, session: Session) -> None:
    position = _position(session)
    person = make_person(session)
    sign_in(client, person)

    asked = _post(client, position)
    sent = _post(client, position, posting_role="headteacher", posting_phase="secondary")

    assert asked.status_code == 422
    assert "Choose the role in which you post here." in asked.text
    assert sent.status_code == 303
    assert _only(session).author_id == person.id


def test_one_cannot_respond_to_oneself(client: FlaskClient, session: Session) -> None:
    position = _position(session)
    sign_in(client, position.author)

    assert client.get(f"/positions/{position.public_id}/respond").status_code == 303
    assert _post(client, position).status_code in (403, 422)
    assert session.scalars(select(Response)).all() == []


def test_finding_an_item_needs_no_script_and_changes_nothing(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    item = make_item(session, position.thread.series, title="Moths", title_folded="moths")
    sign_in(client, make_member(session, position.thread.series))

    found = _post(client, position, do="find", find="moth")
    sent = _post(client, position, type="adds_evidence", item=item.public_id)

    assert found.status_code == 200
    assert "Moths" in found.text
    assert GOOD["text"] in found.text
    assert sent.status_code == 303
    assert _only(session).item_id == item.id


def test_ones_own_response_can_be_changed_and_withdrawn_by_nobody_else(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session, moderation="post")
    response = make_response(session, position)
    base = f"/positions/{position.public_id}/responses/{response.public_id}"
    other = make_member(session, position.thread.series)

    sign_in(client, other)
    assert client.get(f"{base}/revise").status_code == 404
    assert client.post(f"{base}/withdraw").status_code == 404
    sign_in(client, response.author)
    assert "How would that work?" in client.get(f"{base}/revise").text
    changed = client.post(f"{base}/revise", data=GOOD | {"text": "How would it end?"})
    assert changed.status_code == 303
    assert "How would it end?" in client.get(f"/positions/{position.public_id}").text
    assert "Withdraw your response?" in client.get(f"{base}/withdraw").text
    assert client.post(f"{base}/withdraw").status_code == 303
    body = client.get(f"/positions/{position.public_id}").text
    assert "How would it end?" not in body
    assert "Its author withdrew this response." in body


@pytest.mark.parametrize("ended", ["closed", "removed"])
def test_ones_own_words_can_be_taken_back_whatever_became_of_the_thread_or_the_membership(
    client: FlaskClient, session: Session, ended: str
) -> None:
    thread = make_thread(session, make_series(session))
    author = make_member(session, thread.series, removed_at=NOW if ended == "removed" else None)
    row = make_response(session, make_position(session, thread), author)
    if ended == "closed":
        thread.stage = "closed"
    sign_in(client, author)
    address = f"/positions/{row.position.public_id}/responses/{row.public_id}/withdraw"
    assert client.get(address).status_code == 200
    assert address in client.get("/positions/mine").text
    assert client.post(address).status_code == 303
    assert row.state == "withdrawn"


def test_responses_stand_by_type_and_then_by_random_id_never_by_time(
    client: FlaskClient, session: Session
) -> None:
    position = _position(session)
    for number, slug in enumerate([*reversed(RESPONSE_TYPES)] * 3):
        make_response(session, position, type=slug, public_id=f"x{(number * 7) % 24:02}")
    waiting = make_response(session, position, state="draft", first_published_at=None)
    declined = make_response(session, position, state="declined")

    answers = json_of(client.get(f"/positions/{position.public_id}.json"))["answers"]

    order = list(RESPONSE_TYPES)
    keys = [(order.index(answer["type"]), answer["id"]) for answer in answers]
    assert keys == sorted(keys)
    assert len(keys) == 24
    assert not {waiting.public_id, declined.public_id} & {answer["id"] for answer in answers}


@pytest.mark.parametrize("state", ["withdrawn", "hidden", "removed"])
def test_a_response_that_is_gone_tells_neither_text_nor_author(
    client: FlaskClient, session: Session, state: str
) -> None:
    position = _position(session)
    author = make_member(session, position.thread.series, make_person(
        session, display_name="Zanzibar"))  # fmt: skip
    make_response(session, position, author, state=state, attribution="named")

    for suffix in ("", ".json"):
        shown = client.get(f"/positions/{position.public_id}{suffix}").text
        assert "How would that work?" not in shown
        assert "Zanzibar" not in shown


def _post(client: FlaskClient, position: Position, **changes: str):  # type: ignore[no-untyped-def]
    return client.post(f"/positions/{position.public_id}/respond", data=GOOD | changes)


def _only(session: Session) -> Response:
    session.expire_all()
    return session.scalars(select(Response)).one()


def _position(session: Session, moderation: str = "pre") -> Position:
    thread = make_thread(session, make_series(session, moderation=moderation))
    return make_position(session, thread, revision={"claim": "Every pupil should attend."})


def _revise(session: Session, position: Position, claim: str) -> None:
    from discussion.debate.positions.models import Revision

    before = position.live
    names = ("level", "placements", "confidence", "change_mind", "reasoning", "reasoning_html")
    kept = {name: getattr(before, name) for name in names}
    revision = Revision(
        position=position, claim=claim, change_reason="reworded", submitted_at=NOW, **kept
    )
    session.add(revision)
    session.flush()
    go_live(session, position, revision, now=NOW)
