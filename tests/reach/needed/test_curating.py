"""What moderators do with questions, and what everybody reads of it afterwards."""

import csv
from io import StringIO
from typing import Any

import feedparser
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.audit.models import AuditEvent
from discussion.reach.needed.drafts import month_of
from discussion.reach.needed.models import Looking, Question
from tests.conftest import json_of, sign_in
from tests.factories import make_item, make_response
from tests.reach.needed.scene import ASKED, HOW, MIND, TEAM, Asking


@pytest.fixture
def scene(session: Session) -> Asking:
    return Asking(session)


def texts(client: FlaskClient, scene: Asking) -> list[str]:
    return [one["text"] for one in json_of(client.get(f"{scene.page}.json"))["questions"]]


def test_a_moderator_makes_a_question_of_what_was_gathered(
    app: Flask, session: Session, scene: Asking
) -> None:
    moderator, visitor = sign_in(app.test_client(), scene.moderator), app.test_client()
    source = scene.source
    session.flush()
    for typed, field in (
        ({"text": "It is so."}, "text"),
        ({"text": ASKED}, "origins"),
        ({"text": ASKED, "origins": "mind/bcdfghjkmn"}, "origins"),
        ({"text": ASKED, "level": "nowhere", "origins": f"mind/{source.public_id}"}, "level"),
        ({"text": ASKED, "quote": MIND}, "quote_from"),
        ({"text": ASKED, "quote": "Nobody.", "quote_from": paths.position(source.public_id)},
         "quote"),
    ):  # fmt: skip
        answered = moderator.post(scene.curate, data={"kind": "question"} | typed)
        assert answered.status_code == 422, typed
        assert f'<a href="#{field}">' in answered.text, typed
    good = {"kind": "question", "text": ASKED, "origins": f"mind/{source.public_id}"}
    assert moderator.post(scene.curate, data=good).status_code == 303
    assert texts(visitor, scene) == [ASKED]
    page = json_of(visitor.get(f"{scene.page}.json"))
    assert page["asked"] == []  # what a question was made of is gathered no more
    assert page["questions"][0]["origins"][0]["words"] == MIND
    event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "make_question")).one()
    assert event.details["origins"] == [f"mind/{source.public_id}"]


def test_a_quotation_stands_as_long_as_it_stands_where_it_was_found(
    app: Flask, session: Session, scene: Asking
) -> None:
    moderator, visitor = sign_in(app.test_client(), scene.moderator), app.test_client()
    answer = make_response(session, scene.source)
    assert answer.live is not None
    answer.live.source = "We stopped. *Nobody* minded. We would again."
    session.flush()
    place = paths.response(scene.source.public_id, answer.public_id)
    typed = {"kind": "barrier", "text": "There is no time.", "quote_from": place,
             "quote": "Nobody minded. We would again."}  # fmt: skip
    assert moderator.post(scene.curate, data=typed).status_code == 303
    assert "Nobody minded. We would again." in visitor.get(scene.page).text
    answer.live.source = "We stopped. We would again."
    session.flush()
    assert "There is no time." not in visitor.get(scene.page).text


def test_questions_are_worded_ordered_answered_and_opened_again(
    app: Flask, session: Session, scene: Asking
) -> None:
    moderator, visitor = sign_in(app.test_client(), scene.moderator), app.test_client()
    first = scene.question
    second = scene.ask("Is it so elsewhere?", scene.minded("Somewhere else."))
    item = make_item(session, scene.series, title="What was counted")
    session.flush()
    place = f"{paths.edit_needed(scene.series.slug, second.public_id)}/place"
    moderator.post(place, data={"do": "up"})
    assert texts(visitor, scene) == [second.text, first.text]
    edit, acts = scene.edit, f"{scene.edit}/acts"
    worded = {"kind": "question", "text": "Do they come to regret it?", "why": "Plainer.",
              "origins": f"mind/{scene.source.public_id}"}  # fmt: skip
    assert moderator.post(edit, data=worded).status_code == 303
    for typed in (
        {"do": "answer", "item": "", "answer": "In four wards."},
        {"do": "answer", "item": item.public_id, "answer": ""},
        {"do": "reopen", "reopen_why": "x" * 301},
        {"do": "remove", "remove_why": " "},
        {"do": "merge", "merge_into": second.public_id, "merge_why": ""},
    ):
        assert moderator.post(acts, data=typed).status_code == 422, typed
    answer = {"do": "answer", "item": item.public_id, "answer": "In four wards."}
    assert moderator.post(acts, data=answer).status_code == 303
    shown = json_of(visitor.get(f"{scene.own_page}.json"))["asking"]
    assert (shown["status"], shown["answer"]["says"]) == ("answered", "In four wards.")
    item.is_hidden = True
    session.flush()
    shown = json_of(visitor.get(f"{scene.own_page}.json"))["asking"]
    assert shown["answer"]["title"] == shown["answer"]["url"] == ""
    moderator.post(acts, data={"do": "reopen", "reopen_why": "Four are few."})
    page = json_of(visitor.get(f"{scene.own_page}.json"))
    assert page["asking"]["status"] == "open"
    assert [(one["kind"], one["reason"]) for one in page["history"]] == [
        ("reopened", "Four are few."), ("answered", "In four wards."), ("worded", "Plainer."),
        ("asked", ""),
    ]  # fmt: skip


def test_nobody_but_moderators_curates(app: Flask, session: Session, scene: Asking) -> None:
    item = scene.item
    asked = [one for one in scene.readers(app) if one[0] not in ("moderator", "convener")]
    met = 0
    for who, client in asked:
        for path, typed in (
            (scene.curate, {"text": "Is it?"}),
            (scene.edit, {"text": "Is it?"}),
            (f"{scene.edit}/place", {"do": "up"}),
            (f"{scene.edit}/acts", {"do": "answer", "item": item.public_id, "answer": "Yes."}),
        ):
            code = client.post(path, data=typed).status_code
            assert code in (303, 401, 403), (who, path)
            met += 1
    assert met == 20
    session.expire_all()
    assert [row.text for row in session.scalars(select(Question))] == [ASKED]
    assert not scene.question.is_answered


def test_a_member_says_that_they_look_into_it_and_takes_it_back(
    app: Flask, session: Session, scene: Asking
) -> None:
    member, moderator = (sign_in(app.test_client(), one) for one in (scene.member, scene.moderator))
    stranger = dict(scene.readers(app))["stranger"]
    send = f"{scene.own_page}/looking"
    session.flush()
    assert stranger.post(send, data={"who": TEAM}).status_code == 403
    for typed, field in (
        ({"who": " "}, "who"),
        ({"who": TEAM, "url": "javascript:alert(1)"}, "url"),
        ({"who": TEAM, "until": "soon"}, "until"),
    ):
        answered = member.post(send, data={"how": HOW} | typed)
        assert answered.status_code == 422
        assert f'<a href="#{field}">' in answered.text
        assert HOW in answered.text  # nothing typed is lost
    typed = {"who": TEAM, "how": HOW, "until": "May 2027"}
    assert member.post(send, data=typed).status_code == 303
    looking = session.scalars(select(Looking)).one()
    decide = f"{scene.edit}/lookings/{looking.public_id}"
    assert moderator.post(decide, data={"do": "decline"}).status_code == 422
    assert moderator.post(decide, data={"do": "show"}).status_code == 303
    assert moderator.post(decide, data={"do": "show"}).status_code == 422  # once
    visitor = app.test_client()
    shown = json_of(visitor.get(f"{scene.own_page}.json"))["asking"]
    assert (shown["status"], shown["lookers"][0]["until"]) == ("looked_into", "2027-05")
    assert moderator.post(f"{send}/end/{looking.public_id}").status_code == 404
    assert member.post(f"{send}/end/{looking.public_id}").status_code == 303
    session.expire_all()
    assert (looking.who, looking.how, looking.state) == ("", "", "ended")
    assert json_of(visitor.get(f"{scene.own_page}.json"))["asking"]["status"] == "open"


def test_the_feeds_tell_what_was_done_and_on_which_day(app: Flask, scene: Asking) -> None:
    scene.name()
    other = scene.ask("Is it so elsewhere?", scene.minded("Somewhere else."))
    client, slug = app.test_client(), scene.series.slug
    whole = feedparser.parse(client.get(paths.needed_feed(slug)).data)
    assert not whole.bozo
    assert {one.title for one in whole.entries} == {ASKED, other.text}
    own = feedparser.parse(
        client.get(paths.needed_question_feed(slug, scene.question.public_id)).data
    )
    assert len(own.entries) == 2
    assert {one.updated[10:19] for one in own.entries} == {"T00:00:00"}
    assert len({one.id for one in (*own.entries, *whole.entries)}) == len(whole.entries) == 3
    for page in (scene.page, scene.own_page):
        assert 'type="application/atom+xml"' in client.get(page).text


def test_the_table_opens_without_running_anything(app: Flask, scene: Asking) -> None:
    hostile = scene.minded("=HYPERLINK(0)")
    scene.ask("=1+1 or what?", hostile)
    answered = app.test_client().get(paths.needed_csv(scene.series.slug))
    rows = list(csv.DictReader(StringIO(answered.text.lstrip("\ufeff"))))
    assert [row["text"] for row in rows] == ["'=1+1 or what?"]
    assert rows[0]["origin_words"] == "'=HYPERLINK(0)"


MONTHS: dict[str, Any] = {"2027-05": 5, "2027-5-14": 5, "May 2027": 5, "14 May 2027": 5,
                          "dec 2027": 12, "2027": None, "2027-13": None, "Mayo 2027": None,
                          "May 20277": None, "": None}  # fmt: skip


def test_a_month_is_read_as_people_write_it(app: Flask) -> None:
    with app.test_request_context():
        assert {typed: (found := month_of(typed)) and found.month for typed in MONTHS} == MONTHS
