"""Restating a position one opposes, and whether its author finds that fair."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response
from discussion.debate.responses.operations.fairness import answer_restatement
from discussion.people.accounts.models import Person
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Refused
from discussion.reach.notices.operations.gathering import gather
from discussion.reach.notices.queries.lines import draw
from tests.conftest import json_of, sign_in
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_response,
    make_series,
    make_thread,
    viewer,
)

MARK = "Fairly restated by somebody who disagrees"
TYPED = {
    "type": "restates",
    "text": "They hold that midwives must be free to choose.",
    "attribution": "role",
    "nobody_identified": "yes",
    "seen": "1",
}


@pytest.fixture
def position(session: Session) -> Position:
    return make_position(session, make_thread(session, make_series(session, moderation="post")))


@pytest.fixture
def restated(session: Session, position: Position) -> Response:
    return make_response(session, position, type="restates")


def say(session: Session, row: Response, answer: str, said: str = "", **changes: Any) -> None:
    actor = viewer(session, changes.pop("by", row.position.author))
    answer_restatement(
        session, actor, row, seen=changes.pop("seen", "1"), answer=answer, said=said, now=NOW
    )


def test_an_author_is_asked_and_a_fair_restatement_marks_card_page_and_json(
    client: FlaskClient, session: Session, position: Position
) -> None:
    page = f"/positions/{position.public_id}"
    sign_in(client, make_member(session, position.thread.series))
    assert client.post(f"{page}/respond", data=TYPED).status_code == 303
    assert MARK not in client.get(page).text
    [row] = position.responses
    fair = f"{page}/responses/{row.public_id}/fair"
    assert client.get(fair).status_code == 404

    sign_in(client, position.author)
    assert "Is it fair?" in client.get(page).text
    assert "Is it fair?" in client.get("/positions/mine").text
    assert TYPED["text"] in client.get(fair).text
    assert client.post(fair, data={"answer": "yes", "seen": "1"}).status_code == 303

    visitor = client.application.test_client()
    assert MARK in visitor.get(page).text
    assert MARK in visitor.get(f"/threads/{position.thread.slug}").text
    told = json_of(visitor.get(f"{page}.json"))
    assert (told["card"]["fair_count"], told["answers"][0]["fairness"]) == (1, "yes")
    assert "Is it fair?" not in client.get(page).text


def test_a_restatement_is_begun_only_before_the_thread_is_weighed(
    client: FlaskClient, session: Session, position: Position
) -> None:
    position.thread.stage = "weighing"
    sign_in(client, make_member(session, position.thread.series))
    page = f"/positions/{position.public_id}/respond"
    assert 'value="restates"' not in client.get(page).text
    refused = client.post(page, data=TYPED)
    assert refused.status_code == 422
    assert "restated before their thread is weighed" in refused.text
    assert TYPED["text"] in refused.text
    assert not position.responses


def test_nobody_restates_a_position_twice(
    client: FlaskClient, session: Session, position: Position
) -> None:
    sign_in(client, make_member(session, position.thread.series))
    page = f"/positions/{position.public_id}/respond"
    assert client.post(page, data=TYPED).status_code == 303
    again = client.post(
        page, data=TYPED | {"text": "Said once more.", "attribution": "chatham_house"}
    )
    assert again.status_code == 422
    assert "You have restated this position before" in again.text


def test_how_the_author_would_say_it_is_read_by_both_and_moderators_alone(
    client: FlaskClient, session: Session, position: Position, restated: Response
) -> None:
    words = "I said that most should choose, not all."
    say(session, restated, "no", words)
    page = f"/positions/{position.public_id}"
    series = position.thread.series
    readers = {
        "restater": (restated.author, True),
        "author": (position.author, True),
        "moderator": (make_member(session, series, role="moderator"), True),
        "member": (make_member(session, series), False),
        "visitor": (None, False),
    }
    for who, (person, reads) in readers.items():
        reader = client.application.test_client()
        if person is not None:
            sign_in(reader, person)
        for face in (page, f"{page}.json"):
            assert (words in reader.get(face).text) is reads, (who, face)
        assert "would say it differently" in reader.get(page).text, who
    public = client.application.test_client()
    for path in (
        f"/search?q=most+should+choose&series={series.slug}",
        f"/threads/{position.thread.slug}.json",
    ):
        assert words not in public.get(path).text, path


def test_a_new_text_is_asked_about_anew_and_an_answer_to_the_old_one_is_refused(
    client: FlaskClient, session: Session, position: Position, restated: Response
) -> None:
    say(session, restated, "yes")
    sign_in(client, restated.author)
    page = f"/positions/{position.public_id}"
    revise = f"{page}/responses/{restated.public_id}/revise"
    assert (
        client.post(revise, data=TYPED | {"attribution": restated.attribution}).status_code == 303
    )
    assert MARK not in client.get(page).text
    with pytest.raises(Refused):
        say(session, restated, "yes", seen="1")
    say(session, restated, "yes", seen="2")
    assert MARK in client.get(page).text


@pytest.mark.parametrize("change", ["hidden", "withdrawn", "another type", "another claim"])
def test_the_mark_goes_with_what_it_rests_on(
    client: FlaskClient, session: Session, position: Position, restated: Response, change: str
) -> None:
    say(session, restated, "yes")
    page = f"/positions/{position.public_id}"
    assert MARK in client.get(page).text
    if change == "another type":
        restated.type = "asks"
    elif change == "another claim":
        other = make_position(session, position.thread).live
        assert other is not None
        restated.revision = other
    else:
        restated.state = change
    session.flush()
    for path in (page, f"/threads/{position.thread.slug}"):
        assert MARK not in client.application.test_client().get(path).text


def test_two_restatements_of_one_person_under_two_names_count_as_two(
    client: FlaskClient, session: Session, position: Position, restated: Response
) -> None:
    other = make_response(
        session, position, restated.author, type="restates", attribution="chatham_house"
    )
    for row in (restated, other):
        say(session, row, "yes")
    assert json_of(client.get(f"/positions/{position.public_id}.json"))["card"]["fair_count"] == 2


def test_only_its_author_answers_and_only_a_restatement_that_is_shown(
    session: Session, position: Position, restated: Response
) -> None:
    series = position.thread.series
    others: list[Person] = [
        restated.author,
        make_member(session, series),
        make_member(session, series, role="moderator"),
    ]
    for person in others:
        with pytest.raises(Forbidden):
            say(session, restated, "yes", by=person)
    with pytest.raises(Forbidden):
        say(session, make_response(session, position), "yes")
    for state in ("hidden", "withdrawn", "removed", "draft"):
        restated.state = state
        with pytest.raises(Forbidden):
            say(session, restated, "yes")


@pytest.mark.parametrize(
    ("answer", "said"),
    [("", ""), ("no", ""), ("no", "a" * 401), ("no", "Write to me at me@example.org.")],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: FlaskClient, position: Position, restated: Response, answer: str, said: str
) -> None:
    sign_in(client, position.author)
    page = f"/positions/{position.public_id}/responses/{restated.public_id}/fair"
    refused = client.post(page, data={"answer": answer, "said": said, "seen": "1"})
    assert refused.status_code == 422
    assert said in refused.text
    assert restated.live is not None
    assert restated.live.fair == ""


def test_both_sides_are_told_by_no_more_than_a_reader_sees(
    session: Session, position: Position, restated: Response
) -> None:
    position.attribution = restated.attribution = "chatham_house"
    position.author.display_name = restated.author.display_name = "Nobody May Know"
    assert restated.live is not None
    assert gather(session, "response.live", restated.live.id, NOW, NOW) == 1
    asked = draw(session, viewer(session, position.author), "answered", {"response": restated.id})
    assert asked is not None
    assert asked.url.endswith("/fair")
    say(session, restated, "no", "Not all of them.")
    assert gather(session, "restatement.answered", restated.live.id, NOW, NOW) == 1
    ids = {"text": restated.live.id}
    told = draw(session, viewer(session, restated.author), "restated", ids)
    assert told is not None
    assert told.quote == "Not all of them."
    assert "Nobody May Know" not in f"{asked}{told}"
    assert draw(session, viewer(session, position.author), "restated", ids) is None


def test_a_restatement_says_at_most_400_characters(
    session: Session, client: FlaskClient, position: Position
) -> None:
    sign_in(client, make_member(session, position.thread.series))
    page = f"/positions/{position.public_id}/respond"
    assert client.post(page, data=TYPED | {"text": "a" * 401}).status_code == 422
    assert client.post(page, data=TYPED | {"text": "a" * 400}).status_code == 303


def test_refusal_is_invalid(session: Session, restated: Response) -> None:
    with pytest.raises(Invalid):
        say(session, restated, "perhaps")
