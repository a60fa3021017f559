"""A thread's summary: its versions, positions at their strongest, and what their authors say."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.drafts_arranging import SummaryDraft
from discussion.debate.threads.models import Thread, ThreadSummary
from discussion.debate.threads.operations import (
    Rewritten,
    answer_steelman,
    take_summary_away,
    write_summary,
)
from discussion.debate.threads.queries import thread_page
from discussion.debate.threads.queries.shapes import Summary
from discussion.debate.threads.queries.summarising import find_steelman
from discussion.debate.threads.tasks import MAILS
from discussion.decisions.models import Decision
from discussion.jobs.models import Job
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid, Refused
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

TEXT = "They **agree** on time."
PUT = "Time in school is the only time that all pupils have."


@pytest.fixture
def thread(session: Session) -> Thread:
    return make_thread(session, make_series(session))


@pytest.fixture
def moderator(session: Session, thread: Thread) -> Viewer:
    return viewer(session, make_member(session, thread.series, role="moderator"))


@pytest.fixture
def position(session: Session, thread: Thread) -> Position:
    return make_position(session, thread)


def write(
    session: Session, actor: Viewer, thread: Thread, seen: int = 0, text: str = TEXT,
    **steelmen: str,
) -> ThreadSummary:  # fmt: skip
    draft = SummaryDraft(text, {name.removeprefix("p_"): put for name, put in steelmen.items()})
    return write_summary(session, actor, thread, draft, seen=seen, now=NOW)


def put(position: Position, said: str = PUT) -> dict[str, Any]:
    return {f"p_{position.public_id}": said}


def read(session: Session, thread: Thread) -> Summary:
    page = thread_page(session, None, thread.slug)
    assert page is not None
    assert page.summary is not None
    return page.summary


def answer(session: Session, position: Position, given: str, said: str = "") -> None:
    row = find_steelman(session, position)
    assert row is not None
    actor = viewer(session, position.author)
    answer_steelman(session, actor, position, seen=row.public_id, answer=given, said=said, now=NOW)


def letters(session: Session) -> list[Job]:
    jobs = session.scalars(select(Job).where(Job.name == "mail.send").order_by(Job.id))
    return [job for job in jobs if job.payload["template"] == "threads/steelman"]


def test_a_summary_stands_on_the_thread_with_what_it_rests_on(
    session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    make_position(session, thread)
    write(session, moderator, thread, **put(position))
    summary = read(session, thread)
    assert "<strong>agree</strong>" in summary.html
    assert (summary.version, summary.written_on) == (1, NOW.date())
    [one] = summary.puts
    assert (one.position_id, one.number) == (position.public_id, position.number)
    assert (one.text, one.answer, one.gap) == (PUT, "unanswered", "")
    decision = session.scalars(select(Decision)).one()
    assert (decision.action, decision.subject_id) == ("summarise", thread.public_id)


@pytest.mark.parametrize(
    ("text", "said", "field"),
    [("", PUT, "text"), ("a" * 6_001, PUT, "text"), (TEXT, "", "steelmen"), (TEXT, "a" * 401, "")],
)
def test_what_is_wrong_is_said_beside_its_field(
    session: Session, thread: Thread, moderator: Viewer, position: Position, text: str, said: str,
    field: str,
) -> None:  # fmt: skip
    with pytest.raises(Invalid) as error:
        write(session, moderator, thread, text=text, **put(position, said))
    [problem] = error.value.problems
    assert problem.field == (field or f"steelman-{position.public_id}")


def test_as_much_as_may_be_written_is_kept_to_the_last_character(
    session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    write(session, moderator, thread, text="a" * 6_000, **put(position, "b" * 400))
    answer(session, position, "no", "c" * 400)
    row = find_steelman(session, position)
    assert row is not None
    assert (len(row.summary.text), row.text, row.said) == (6_000, "b" * 400, "c" * 400)


def test_an_answer_shows_beside_the_position_and_its_words_to_moderators_alone(
    client: FlaskClient, session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    other = make_position(session, thread)
    write(session, moderator, thread, **put(position), **put(other, "Choice itself teaches."))
    answer(session, position, "yes", "Not kept with a yes.")
    answer(session, other, "no", "I said some choice.")
    given = {one.position_id: one.answer for one in read(session, thread).puts}
    assert given == {position.public_id: "yes", other.public_id: "no"}
    for path in (f"/threads/{thread.slug}", f"/threads/{thread.slug}.json"):
        body = client.get(path).text
        assert "I said some choice." not in body
        assert "answered_at" not in body
    page = client.get(f"/threads/{thread.slug}").text
    assert "Confirmed by its author" in page
    assert "Its author would describe it differently" in page
    sign_in(client, make_member(session, thread.series, role="moderator"))
    written = client.get(f"/threads/{thread.slug}/summary").text
    assert "I said some choice." in written
    assert "Not kept with a yes." not in written


def test_a_new_version_keeps_the_answers_to_what_it_leaves_as_it_was(
    session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    changed, dropped = make_position(session, thread), make_position(session, thread)
    first = write(session, moderator, thread, **put(position), **put(changed), **put(dropped))
    for each in (position, changed, dropped):
        answer(session, each, "yes")
    write(session, moderator, thread, seen=first.version, **put(position), **put(changed, "Anew."))
    summary = read(session, thread)
    assert summary.version == 2
    assert {one.position_id: one.answer for one in summary.puts} == {
        position.public_id: "yes", changed.public_id: "unanswered",
    }  # fmt: skip
    assert len(letters(session)) == 4  # three at first, one about what is new


def test_of_two_who_write_at_once_the_second_is_told(
    client: FlaskClient, session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    write(session, moderator, thread, **put(position))
    with pytest.raises(Rewritten):
        write(session, moderator, thread, seen=0, **put(position))
    sign_in(client, make_member(session, thread.series, role="moderator"))
    typed = {"version": "0", "text": "Mine instead.", f"steelman-{position.public_id}": "Mine too."}
    told = client.post(f"/threads/{thread.slug}/summary", data=typed)
    assert told.status_code == 422
    for words in ("Somebody else has saved a version", "Mine instead.", "Mine too.", "agree"):
        assert words in told.text
    assert 'name="version" value="1"' in told.text  # saving again follows theirs
    saved = client.post(f"/threads/{thread.slug}/summary", data=typed | {"version": "1"})
    assert saved.status_code == 303
    assert read(session, thread).version == 2


def test_nobody_puts_their_own_position(
    client: FlaskClient, session: Session, thread: Thread, moderator: Viewer
) -> None:
    author = make_member(session, thread.series, role="moderator")
    own, other = make_position(session, thread, author), make_position(session, thread)
    actor = viewer(session, author)
    with pytest.raises(Forbidden):
        write(session, actor, thread, **put(own), **put(other))
    write(session, moderator, thread, **put(own), **put(other))
    sign_in(client, author)
    page = client.get(f"/threads/{thread.slug}/summary").text
    assert f'name="steelman-{own.public_id}"' not in page
    write(session, actor, thread, seen=1, **put(other, "Otherwise."))
    assert {one.text for one in read(session, thread).puts} == {PUT, "Otherwise."}


@pytest.mark.parametrize("state", ["hidden", "withdrawn", "removed"])
def test_what_was_said_of_a_position_that_is_not_shown_is_shown_nowhere(
    client: FlaskClient, session: Session, thread: Thread, moderator: Viewer, position: Position,
    state: str,
) -> None:  # fmt: skip
    write(session, moderator, thread, **put(position))
    answer(session, position, "no", "I would say less.")
    position.state = state
    session.flush()
    [one] = read(session, thread).puts
    assert (one.text, one.answer, one.gap) == ("", "", state)
    readers: list[Person | None] = [
        None, position.author, make_member(session, thread.series, role="moderator"),
    ]  # fmt: skip
    for who in readers:
        reader = client.application.test_client()
        if who is not None:
            sign_in(reader, who)
        own = f"/summary/{position.public_id}"
        for path in ("", ".json", "/summary", "/summary.json", "/curate", own, f"{own}.json"):
            body = reader.get(f"/threads/{thread.slug}{path}").text
            assert PUT not in body, (who, path)
            assert "I would say less." not in body, (who, path)
    with pytest.raises(Forbidden):
        answer_steelman(session, viewer(session, position.author), position, seen="", answer="yes",
                        said="", now=NOW)  # fmt: skip
    other = make_position(session, thread)
    write(session, moderator, thread, seen=1, **put(other))
    position.state = "published"
    session.flush()
    assert {one.text for one in read(session, thread).puts} == {PUT}
    assert len(read(session, thread).puts) == 2  # kept unseen, and back with the position


def test_a_position_that_stands_elsewhere_now_leaves_a_gap(
    session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    write(session, moderator, thread, **put(position))
    position.thread = make_thread(session, thread.series)
    session.flush()
    [one] = read(session, thread).puts
    assert (one.gap, one.text, one.url) == ("moved", "", f"/positions/{position.public_id}")
    assert find_steelman(session, position) is None


def test_a_summary_that_was_taken_away_is_not_shown_and_its_versions_are_kept(
    session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    write(session, moderator, thread, **put(position))
    with pytest.raises(Invalid):
        take_summary_away(session, moderator, thread, why=" ", now=NOW)
    take_summary_away(session, moderator, thread, why="Too early.", now=NOW)
    page = thread_page(session, None, thread.slug)
    assert page is not None
    assert page.summary is None
    with pytest.raises(Refused):
        take_summary_away(session, moderator, thread, why="Again.", now=NOW)
    assert write(session, moderator, thread, seen=0, **put(position)).version == 2


def test_the_author_alone_is_asked_and_answers_where_they_look(
    app: Flask, client: FlaskClient, session: Session, thread: Thread, moderator: Viewer,
    position: Position,
) -> None:  # fmt: skip
    write(session, moderator, thread, **put(position))
    url = f"/threads/{thread.slug}/summary/{position.public_id}"
    [job] = letters(session)
    with app.test_request_context(base_url="https://example.org"):
        letter = MAILS["threads/steelman"](session, job.payload)
    assert letter is not None
    assert letter.to == position.author.email
    assert PUT in letter.body
    assert f"https://example.org{url}" in letter.body
    assert "\n\n\n" not in letter.body
    assert client.get(url).status_code == 303  # asked to sign in
    stranger = sign_in(app.test_client(), make_member(session, thread.series, role="moderator"))
    assert stranger.get(url).status_code == 404
    sign_in(client, position.author)
    for path in (f"/positions/{position.public_id}", "/positions/mine"):
        assert url in client.get(path).text
        assert url not in stranger.get(path).text
    row = find_steelman(session, position)
    assert row is not None
    typed = {"seen": row.public_id, "answer": "no", "said": " "}
    refused = client.post(url, data=typed)
    assert (refused.status_code, "Say how you would describe it" in refused.text) == (422, True)
    assert stranger.post(url, data=typed | {"answer": "yes"}).status_code == 404
    assert client.post(url, data=typed | {"said": "Shorter."}).status_code == 303
    session.expire_all()
    assert (row.answer, row.said) == ("no", "Shorter.")
    assert "Shorter." in client.get(url).text
    with app.test_request_context(base_url="https://example.org"):
        assert MAILS["threads/steelman"](session, job.payload) is None  # answered meanwhile


def test_an_answer_to_what_was_put_otherwise_meanwhile_is_not_taken(
    session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    write(session, moderator, thread, **put(position))
    old = find_steelman(session, position)
    assert old is not None
    actor = viewer(session, position.author)
    write(session, moderator, thread, seen=1, text="Another text.", **put(position))
    answer_steelman(session, actor, position, seen=old.public_id, answer="yes", said="", now=NOW)
    write(session, moderator, thread, seen=2, **put(position, "Otherwise."))
    with pytest.raises(Refused):
        answer_steelman(session, actor, position, seen=old.public_id, answer="no", said="No.",
                        now=NOW)  # fmt: skip


def test_the_json_of_the_thread_has_its_summary(
    client: FlaskClient, session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    write(session, moderator, thread, **put(position))
    [one] = json_of(client.get(f"/threads/{thread.slug}.json"))["summary"]["puts"]
    assert (one["text"], one["answer"]) == (PUT, "unanswered")


def test_a_fair_restatement_can_be_taken_over_and_its_author_is_not_asked_again(
    client: FlaskClient, session: Session, thread: Thread, moderator: Viewer, position: Position
) -> None:
    restated = make_response(session, position, type="restates")
    assert restated.live is not None
    restated.live.source, restated.live.fair = PUT, "yes"
    unfair = make_response(session, position, type="restates")
    assert unfair.live is not None
    unfair.live.source, unfair.live.fair = "They dislike freedom.", "no"
    session.flush()
    sign_in(client, make_member(session, thread.series, role="moderator"))
    page = client.get(f"/threads/{thread.slug}/summary").text
    assert PUT in page
    assert "They dislike freedom." not in page
    write(session, moderator, thread, **put(position))
    [one] = read(session, thread).puts
    assert (one.text, one.answer) == (PUT, "yes")
    assert not letters(session)
    write(session, moderator, thread, seen=1, **put(position, "They dislike freedom."))
    [one] = read(session, thread).puts
    assert one.answer == "unanswered"
    assert len(letters(session)) == 1
