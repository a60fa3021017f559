"""The pages of regrouping, addresses that lead on, and what people read where things moved."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.composing.models import KeptDraft
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import OldAddress, Regrouping, Thread
from discussion.debate.threads.operations import merge_threads, move_position
from discussion.people.accounts.models import Person
from tests.conftest import json_of, sign_in
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_series,
    make_thread,
    viewer,
)

WHY = "Both ask the same thing."
POSITION = {
    "do": "publish", "claim": "Every pupil should be offered a club.", "reasoning": "It is fair.",
    "served-0-value": "equality", "is_without_study": "y", "level": "school", "confidence": "3",
    "change_mind": "evidence", "change_mind_text": "A trial.", "attribution": "role",
    "nobody_identified": "y", "posting_role": "headteacher", "posting_phase": "secondary",
}  # fmt: skip


@pytest.fixture
def threads(session: Session) -> tuple[Thread, Thread]:
    series = make_series(session)
    return (
        make_thread(session, series, question="Should clubs be required?"),
        make_thread(session, series, question="Should clubs be free?"),
    )


@pytest.fixture
def moderator(session: Session, threads: tuple[Thread, Thread]) -> Person:
    return make_member(session, threads[0].series, role="moderator")


def merged(session: Session, threads: tuple[Thread, Thread], moderator: Person) -> Regrouping:
    made = merge_threads(session, viewer(session, moderator), *threads, why=WHY, now=NOW)
    session.flush()
    return made


def test_a_merge_is_looked_at_then_done_then_undone(
    client: FlaskClient, session: Session, threads: tuple[Thread, Thread], moderator: Person
) -> None:
    source, target = threads
    position = make_position(session, source)
    sign_in(client, moderator)
    path = f"/threads/{source.slug}/regroup"
    assert f'action="{path}/merge"' in client.get(path).text
    looked = client.get(f"{path}/merge?into={target.slug}").text
    assert "one position" in looked
    refused = client.post(f"{path}/merge", data={"into": target.slug, "why": ""})
    assert (refused.status_code, "Say why." in refused.text) == (422, True)
    assert client.post(f"{path}/merge", data={"into": "nowhere", "why": WHY}).status_code == 422
    done = client.post(f"{path}/merge", data={"into": target.slug, "why": WHY})
    assert (done.status_code, done.location) == (303, f"/threads/{target.slug}/regroup")
    session.expire_all()
    assert position.thread_id == target.id
    row = session.scalars(select(Regrouping)).one()
    undo = f"/threads/{target.slug}/regroup/undo/{row.public_id}"
    page = client.get(f"/threads/{target.slug}/regroup").text
    assert f'action="{undo}"' in page
    again = client.post(undo, data={"why": " "})
    assert (again.status_code, "Say why." in again.text) == (422, True)
    back = client.post(undo, data={"why": "They differ."})
    assert (back.status_code, back.location) == (303, path)
    assert client.get(f"/threads/{source.slug}").status_code == 200


def test_a_split_and_a_move_keep_what_was_typed_until_they_are_sound(
    client: FlaskClient, session: Session, threads: tuple[Thread, Thread], moderator: Person
) -> None:
    source, target = threads
    going, staying = (make_position(session, source) for _ in range(2))
    own = make_position(session, source, moderator)
    sign_in(client, moderator)
    path = f"/threads/{source.slug}/regroup"
    form = client.get(f"{path}/split").text
    assert f'value="{going.public_id}"' in form
    assert f'value="{own.public_id}"' not in form
    typed = {
        "positions": [going.public_id], "question": "Who should pay for clubs", "context": "Kept.",
        "themes": source.themes[0].slug, "levels": "school", "attribution": "role", "why": WHY,
        "weighing_on": "soon",
    }  # fmt: skip
    wrong = client.post(f"{path}/split", data=typed)
    assert wrong.status_code == 422
    assert "Write the day as" in wrong.text
    wrong = client.post(f"{path}/split", data=typed | {"weighing_on": ""})
    assert wrong.status_code == 422
    assert "End the question with a question mark." in wrong.text
    assert f'value="{going.public_id}" checked' in wrong.text
    assert "Kept." in wrong.text
    sound = typed | {"weighing_on": "", "question": "Who should pay for clubs?"}
    done = client.post(f"{path}/split", data=sound)
    assert done.location == "/threads/who-should-pay-for-clubs/regroup"
    move = f"{path}/move/{staying.public_id}"
    assert client.get(move).status_code == 200
    assert client.get(f"{path}/move/{own.public_id}").status_code == 403
    assert client.post(move, data={"into": target.slug, "why": ""}).status_code == 422
    assert client.post(move, data={"into": target.slug, "why": WHY}).status_code == 303
    session.expire_all()
    assert (staying.thread_id, own.thread_id) == (target.id, source.id)


def test_contributors_find_no_such_page(
    client: FlaskClient, session: Session, threads: tuple[Thread, Thread]
) -> None:
    sign_in(client, make_member(session, threads[0].series))
    for page in ("", "/merge", "/split"):
        assert client.get(f"/threads/{threads[0].slug}/regroup{page}").status_code == 403


@pytest.mark.parametrize("page", ["", "/history", "/curate", "/regroup", "/regroup/split"])
@pytest.mark.parametrize("suffix", ["", ".json"])
def test_every_page_of_a_merged_thread_leads_to_the_same_page_of_the_other(
    client: FlaskClient, session: Session, threads: tuple[Thread, Thread], moderator: Person,
    page: str, suffix: str,
) -> None:  # fmt: skip
    source, target = threads
    third = make_thread(session, source.series)
    session.add(OldAddress(slug="as-it-was", thread_id=source.id))
    merged(session, threads, moderator)
    merge_threads(session, viewer(session, moderator), target, third, why=WHY, now=NOW)
    sign_in(client, moderator)
    for slug in ("as-it-was", source.slug, target.slug):
        led = client.get(f"/threads/{slug}{page}{suffix}?group=value")
        assert (led.status_code, led.location) == (
            301, f"/threads/{third.slug}{page}{suffix}?group=value",
        )  # fmt: skip
        assert "no-store" in led.headers["Cache-Control"]  # it may be undone


def test_an_act_on_a_merged_thread_changes_nothing_and_leads_on(
    client: FlaskClient, session: Session, threads: tuple[Thread, Thread], moderator: Person
) -> None:
    source, target = threads
    merged(session, threads, moderator)
    sign_in(client, moderator)
    sent = client.post(f"/threads/{source.slug}/curate/hide", data={"hide-why": "No."})
    assert (sent.status_code, sent.location) == (303, f"/threads/{target.slug}/curate")
    assert "nothing was changed" in client.get(sent.location).text
    session.expire_all()
    assert not source.is_hidden
    assert not target.is_hidden


def test_writing_in_a_merged_thread_leads_on_with_what_was_asked(
    client: FlaskClient, session: Session, threads: tuple[Thread, Thread], moderator: Person
) -> None:
    source, target = threads
    merged(session, threads, moderator)
    led = client.get(f"/positions/write/{source.slug}?draft=abc")
    assert (led.status_code, led.location) == (301, f"/positions/write/{target.slug}?draft=abc")


def test_a_post_that_arrives_too_late_is_published_where_the_thread_went(
    client: FlaskClient, session: Session, threads: tuple[Thread, Thread], moderator: Person
) -> None:
    source, target = threads
    merged(session, threads, moderator)
    sign_in(client, make_member(session, source.series))
    sent = client.post(f"/positions/write/{source.slug}", data=POSITION)
    assert sent.status_code == 303
    assert session.scalars(select(Position.thread_id)).all() == [target.id]
    told = client.get(sent.location).text
    assert source.question in told
    assert target.question in told


def test_a_post_that_arrives_too_late_for_a_stricter_thread_is_kept_and_asked_about(
    client: FlaskClient, session: Session, threads: tuple[Thread, Thread], moderator: Person
) -> None:
    source, target = threads
    source.attribution, target.attribution = "named", "chatham_house"
    session.flush()
    merged(session, threads, moderator)
    sign_in(client, make_member(session, source.series))
    sent = client.post(f"/positions/write/{source.slug}", data=POSITION)
    assert sent.status_code == 422
    assert POSITION["claim"] in sent.text
    assert source.question in sent.text
    assert f'action="/positions/write/{target.slug}"' in sent.text
    assert session.scalars(select(Position)).all() == []


def test_a_draft_saved_by_an_old_tab_is_kept_in_the_thread_it_went_into(
    client: FlaskClient, session: Session, threads: tuple[Thread, Thread], moderator: Person
) -> None:
    source, target = threads
    merged(session, threads, moderator)
    writer = sign_in(client, make_person(session))
    saved = writer.post(f"/positions/write/{source.slug}/draft",
                        data={"claim": "Begun."})  # fmt: skip
    assert saved.status_code == 200
    assert session.scalars(select(KeptDraft.subject_id)).all() == [target.public_id]
    assert "Begun." in writer.get(f"/positions/write/{target.slug}").text
    [draft] = json_of(writer.get("/positions/mine.json"))["drafts"]
    assert draft["thread_question"] == target.question


def test_a_merged_thread_stands_in_no_list(
    client: FlaskClient, session: Session, threads: tuple[Thread, Thread], moderator: Person
) -> None:
    source, target = threads
    make_position(session, source)
    make_position(session, target)
    merged(session, threads, moderator)
    series = source.series
    for path in (
        f"/series/{series.slug}", f"/series/{series.slug}/themes/{series.themes[0].slug}",
        f"/values/{series.slug}", f"/values/{series.slug}/equality", f"/evidence/{series.slug}",
    ):  # fmt: skip
        for suffix in ("", ".json"):
            shown = client.get(path + suffix).text
            assert source.question not in shown, path
            assert source.slug not in shown, path
    theme = json_of(client.get(f"/series/{series.slug}/themes/{series.themes[0].slug}.json"))
    assert [one["line"]["position_count"] for one in theme["threads"]] == [2]


def test_author_and_proposer_read_where_theirs_went(
    client: FlaskClient, session: Session, threads: tuple[Thread, Thread], moderator: Person
) -> None:
    source, target = threads
    author = make_member(session, source.series)
    source.proposed_by = author
    position, _other = (make_position(session, one, author) for one in threads)
    made = merged(session, threads, moderator)
    sign_in(client, author)
    statement = client.get(f"/appeals/{made.decision.public_id}").text
    assert "The thread you proposed was merged into another" in statement
    assert WHY in statement
    mine = client.get("/positions/mine").text
    assert "Merged into another thread" in mine
    assert "You have two positions in this thread" in mine
    assert WHY in mine
    page = client.get(f"/positions/{position.public_id}").text
    assert source.question in page
    assert "You have two positions in this thread" in page
    client.delete_cookie("session")
    for address in (f"/positions/{position.public_id}", f"/threads/{target.slug}"):
        assert "You have two positions" not in client.get(address).text


@pytest.mark.parametrize(
    ("attribution", "on"), [("named", "2026-11-23"), ("role", "2026-11-23"),
                            ("chatham_house", "2026-11")]
)  # fmt: skip
def test_when_a_position_moved_is_told_as_its_attribution_allows(
    client: FlaskClient, session: Session, threads: tuple[Thread, Thread], moderator: Person,
    attribution: str, on: str,
) -> None:  # fmt: skip
    source, target = threads
    source.attribution = target.attribution = "named"
    position = make_position(session, source, attribution=attribution)
    move_position(session, viewer(session, moderator), position, target, why=WHY, now=NOW)
    session.flush()
    moved = json_of(client.get(f"/positions/{position.public_id}.json"))["moved"]
    assert moved == {
        "question": source.question, "url": f"/threads/{source.slug}", "on": on, "why": WHY,
    }  # fmt: skip
    source.is_hidden = True
    session.flush()
    moved = json_of(client.get(f"/positions/{position.public_id}.json"))["moved"]
    assert (moved["question"], moved["url"]) == ("", "")
