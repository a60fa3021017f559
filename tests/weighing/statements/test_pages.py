"""Statements in the browser: who sees drafts, who is asked, and what everybody reads in the end."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.jobs.models import Job
from discussion.people.accounts.models import Person
from discussion.weighing.statements.models import Confirmation, Statement
from discussion.weighing.statements.tasks import MAILS
from tests.conftest import json_of, sign_in
from tests.factories import (
    make_member,
    make_position,
    make_round,
    make_series,
    make_thread,
)

TEXT = "Every pupil should have a hundred hours of enrichment a year."
MENDED = "Say who counts the hours."
SOON = (clock.now() + timedelta(days=7)).date().isoformat()


@pytest.fixture
def thread(session: Session) -> Thread:
    return make_thread(session, make_series(session))


@pytest.fixture
def moderator(session: Session, thread: Thread) -> Person:
    return make_member(session, thread.series, role="moderator")


@pytest.fixture
def position(session: Session, thread: Thread) -> Position:
    return make_position(session, thread, revision={"claim": "A hundred hours for every pupil."})


def send(client: FlaskClient, thread: Thread, *positions: Position, **changes: Any) -> Any:
    typed = {"text": TEXT, "kind": "end", "answer_by": SOON,
             "sources": [row.public_id for row in positions]}  # fmt: skip
    return client.post(f"/rounds/{thread.slug}/statements/draft", data=typed | changes)


def newest(session: Session) -> Statement:
    session.expire_all()
    return session.scalars(select(Statement).order_by(Statement.id.desc()).limit(1)).one()


def letters(session: Session) -> list[Job]:
    jobs = session.scalars(select(Job).where(Job.name == "mail.send").order_by(Job.id))
    return [job for job in jobs if job.payload["template"] == "rounds/fair"]


def test_drafting_begins_from_positions_and_shows_which_are_not_drawn_on(
    client: FlaskClient, session: Session, thread: Thread, moderator: Person, position: Position
) -> None:
    other = make_position(session, thread)
    own = make_position(session, thread, moderator)
    sign_in(client, moderator)
    url = f"/rounds/{thread.slug}/statements/draft"
    page = client.get(url).text
    assert "No statement draws yet on 3 of 3 positions." in page
    assert f'value="{own.public_id}"' not in page
    begun = client.get(f"{url}?from={position.public_id}").text
    assert f'value="{position.public_id}" checked' in begun
    assert ">\nA hundred hours for every pupil.</textarea>" in begun.replace("\r", "")
    assert send(client, thread, position).status_code == 303
    assert "No statement draws yet on 2 of 3 positions." in client.get(url).text
    sections = json_of(client.get(f"{url}.json"))["sections"]
    groups = [group for section in sections for group in section["groups"]]
    fresh = {one["id"] for group in groups for one in group["lines"]}
    assert fresh == {other.public_id, own.public_id}
    assert [one["id"] for group in groups for one in group["drawn"]] == [position.public_id]
    assert url in client.get(f"/threads/{thread.slug}/curate").text


def test_what_was_typed_comes_back_with_hints_that_block_nothing(
    client: FlaskClient, session: Session, thread: Thread, moderator: Person, position: Position
) -> None:
    sign_in(client, moderator)
    loaded = "Schools should obviously not pay."
    looked = send(client, thread, position, text=loaded, do="look")
    assert looked.status_code == 200
    for words in (
        "Loaded wording",
        "obviously",
        "A negation",
        f'value="{position.public_id}" checked',
    ):
        assert words in looked.text
    assert session.scalar(select(Statement.id)) is None
    wrong = send(client, thread, position, text="b" * 201, answer_by="2020-01-01")
    assert wrong.status_code == 422
    for words in ("Too long by 1", "Choose a day in the future", "b" * 201):
        assert words in wrong.text
    assert send(client, thread, position, text="c", answer_by="tomorrow").status_code == 422
    assert send(client, thread, position, text=loaded).status_code == 303
    assert "Loaded wording" in client.get(f"/rounds/{thread.slug}/statements/draft").text


def test_a_reworded_statement_says_what_is_lost_and_keeps_what_a_second_moderator_typed(
    client: FlaskClient, session: Session, thread: Thread, moderator: Person, position: Position
) -> None:
    sign_in(client, moderator)
    send(client, thread, position)
    url = f"/rounds/{thread.slug}/statements/{newest(session).public_id}"
    page = client.get(url).text
    assert "Otherwise authors are asked again" in page
    typed = {"reword-text": "Theirs.", "reword-seen": "1", "reword-answer_by": SOON}
    assert client.post(f"{url}/reword", data=typed).status_code == 303
    late = client.post(f"{url}/reword", data=typed | {"reword-text": "Mine instead."})
    assert (late.status_code, "Somebody else has reworded it" in late.text) == (422, True)
    assert "Mine instead." in late.text
    assert 'name="reword-seen" type="hidden" value="2"' in late.text
    bad = {"reword-text": "d" * 300, "reword-seen": "2", "reword-is_editorial": "y"}
    again = client.post(f"{url}/reword", data=bad)
    assert again.status_code == 422
    assert "d" * 300 in again.text
    assert "Say why it means the same" in again.text
    assert client.post(f"{url}/unknown").status_code == 404


def test_drafts_are_for_moderators_and_for_who_is_asked(
    app: Flask, client: FlaskClient, session: Session, thread: Thread, moderator: Person,
    position: Position,
) -> None:  # fmt: skip
    send(sign_in(client, moderator), thread, position)
    row = newest(session)
    make_round(session, thread, row, state="planned")
    read, base = f"/rounds/{thread.slug}/statements", f"/rounds/{thread.slug}/statements"
    stranger = sign_in(app.test_client(), make_member(session, thread.series))
    visitor = app.test_client()
    author = sign_in(app.test_client(), position.author)
    for who in (stranger, visitor, author):
        for path in (read, f"{base}/draft", f"{base}/{row.public_id}",
                     f"/positions/{position.public_id}", f"/threads/{thread.slug}"):  # fmt: skip
            for face in ("", ".json"):
                assert TEXT not in who.get(path + face).text, path
    fair = f"{base}/{row.public_id}/fair"
    assert TEXT in author.get(fair).text
    assert fair in author.get("/positions/mine").text
    for who in (stranger, client):
        assert who.get(fair).status_code == 404
        assert who.post(fair, data={"answer": "fair"}).status_code == 404
    assert visitor.get(fair).status_code == 303


def test_an_author_answers_and_moderators_read_it_by_number_alone(
    app: Flask, client: FlaskClient, session: Session, thread: Thread, moderator: Person
) -> None:
    person = make_member(session, thread.series)
    person.display_name = "Zebedee Quux"
    position = make_position(session, thread, person, attribution="named")
    send(sign_in(client, moderator), thread, position)
    row = newest(session)
    send(client, thread, position, text="Another statement.")
    fair = f"/rounds/{thread.slug}/statements/{row.public_id}/fair"
    author = sign_in(app.test_client(), person)
    seen = json_of(author.get(f"{fair}.json"))["id"]
    typed = {"seen": seen, "answer": "mend", "said": " "}
    refused = author.post(fair, data=typed)
    assert (refused.status_code, "Say what should be changed" in refused.text) == (422, True)
    sent = author.post(fair, data=typed | {"said": MENDED})
    assert (sent.status_code, sent.location) == (
        303, f"/rounds/{thread.slug}/statements/{newest(session).public_id}/fair",
    )  # fmt: skip
    assert MENDED in author.get(fair).text
    for path in ("draft", row.public_id):
        for face in ("", ".json"):
            told = client.get(f"/rounds/{thread.slug}/statements/{path}{face}").text
            assert MENDED in told
            for hidden in ("Zebedee", person.public_id, "answered_at"):
                assert hidden not in told, (path, hidden)


def test_readers_see_statements_once_their_round_has_opened(
    client: FlaskClient, session: Session, thread: Thread, moderator: Person, position: Position
) -> None:
    hidden = make_position(session, thread)
    send(sign_in(client, moderator), thread, position, hidden)
    row = newest(session)
    one = session.scalars(select(Confirmation).where(Confirmation.position_id == position.id)).one()
    one.answer, two = "fair", row.versions[0].confirmations[1]
    two.answer, two.said = "mend", MENDED
    hidden.state = "hidden"
    make_round(session, thread, row, state="open")
    visitor = client.application.test_client()
    url = f"/rounds/{thread.slug}/statements"
    page = visitor.get(url).text
    for words in (TEXT, "E1", f"/positions/{position.public_id}", "hidden by the moderators",
                  "1 of 2 authors found it fair; one asked for a change."):  # fmt: skip
        assert words in page, words
    assert f'href="/positions/{hidden.public_id}"' not in page
    for face in ("", ".json"):
        assert MENDED not in visitor.get(f"{url}{face}").text
    side = visitor.get(f"/positions/{position.public_id}").text
    assert f"{url}#s-{row.public_id}" in side
    [statement] = json_of(visitor.get(f"{url}.json"))["groups"][0]["statements"]
    assert (statement["code"], statement["text"]) == ("E1", TEXT)
    client.post(f"{url}/{row.public_id}/reword", data={
        "reword-text": "Reworded, and not rated.", "reword-seen": "1", "reword-answer_by": SOON,
    })  # fmt: skip
    assert newest(session).versions[-1].version == 2
    assert "Reworded, and not rated." not in visitor.get(url).text
    assert TEXT in visitor.get(url).text


def test_one_letter_an_hour_says_what_waits_and_none_goes_out_for_nothing(
    app: Flask, client: FlaskClient, session: Session, thread: Thread, moderator: Person,
    position: Position,
) -> None:  # fmt: skip
    sign_in(client, moderator)
    send(client, thread, position)
    first = newest(session)
    send(client, thread, position, text="Another statement.")
    jobs = letters(session)
    assert 1 <= len({job.run_after for job in jobs}) == len(jobs) <= 2  # the hour may have turned
    job = jobs[0]
    assert job.run_after >= clock.now() + timedelta(minutes=19)
    with app.test_request_context(base_url="https://example.org"):
        letter = MAILS["rounds/fair"](session, job.payload)
    assert letter is not None
    assert (letter.to, letter.subject) == (position.author.email, "Are these 2 statements fair?")
    for words in (TEXT, "Another statement.", f"https://example.org/rounds/{thread.slug}"):
        assert words in letter.body
    assert "\n\n\n" not in letter.body
    for confirmation in session.scalars(select(Confirmation)):
        confirmation.answer = "fair"
    session.flush()
    with app.test_request_context(base_url="https://example.org"):
        assert MAILS["rounds/fair"](session, job.payload) is None
    assert first.public_id in letter.body


def test_a_statement_is_found_at_the_address_of_the_thread_it_was_merged_into(
    client: FlaskClient, session: Session, thread: Thread, moderator: Person, position: Position
) -> None:
    send(sign_in(client, moderator), thread, position)
    row = newest(session)
    target = make_thread(session, thread.series)
    client.post(f"/threads/{thread.slug}/regroup/merge", data={"into": target.slug, "why": "One."})
    asked = sign_in(client.application.test_client(), position.author)
    old = f"/rounds/{thread.slug}/statements"
    assert asked.get(f"{old}/{row.public_id}/fair").location == (
        f"/rounds/{target.slug}/statements/{row.public_id}/fair"
    )
    assert client.get(f"{old}/draft").location == f"/rounds/{target.slug}/statements/draft"
    assert client.get(old).status_code == 301


def test_a_wording_that_is_refused_is_still_in_the_form(
    client: FlaskClient, session: Session, thread: Thread, moderator: Person, position: Position
) -> None:
    sign_in(client, moderator)
    send(client, thread, position)
    made = newest(session)
    page = f"/rounds/{thread.slug}/statements/{made.public_id}"
    thread.stage = "closed"  # by somebody else, while these were typed
    session.commit()
    refused = send(client, thread, position, text="Nobody should go without enrichment.")
    assert refused.status_code == 422
    assert "Nobody should go without enrichment." in refused.text
    assert "Statements are drafted while a thread is open" in refused.text
    typed = {"reword-text": "Another wording of it.", "reword-why": "Shorter.", "reword-seen": "1",
             "reword-answer_by": SOON}  # fmt: skip
    refused = client.post(f"{page}/reword", data=typed)
    assert refused.status_code == 422
    assert "Another wording of it." in refused.text
    assert "Statements are drafted while a thread is open" in refused.text
