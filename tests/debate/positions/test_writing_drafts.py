"""Kept drafts: told apart between tabs, claimed after signing in, and forgotten in time."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.composing.models import KeptDraft
from discussion.debate.composing.operations import (
    EARLIER,
    SavedElsewhere,
    claim_drafts,
    find_by_token,
    find_draft,
    keep_draft,
    keep_signed_out,
)
from discussion.debate.positions.models import Position
from discussion.debate.positions.tasks import PERIODIC, TASKS
from discussion.people.accounts.operations.attempts import LIMITS
from discussion.people.accounts.operations.passwords import hash_password
from discussion.permissions.rules import Forbidden
from tests.conftest import json_of, sign_in
from tests.debate.positions.test_writing import Fields, Writing
from tests.factories import NOW, make_person, make_position, make_series, make_thread, viewer
from tests.kept.browser import form_of

PASSWORD = "a correct horse battery"
SAID = {"claim": ["What I hold"], "served-0-value": ["equality"]}
OTHER = {"claim": ["Something else"]}


@pytest.fixture
def stage(session: Session) -> Writing:
    made = Writing(session)
    other = make_thread(session, made.series)
    noise = viewer(session, make_person(session))
    keep_draft(session, noise, "position", made.thread, OTHER, version=0, now=NOW)
    keep_draft(session, noise, "position", other, OTHER, version=0, now=NOW)
    return made


def test_a_second_tab_is_told_and_overwrites_nothing(session: Session, stage: Writing) -> None:
    actor = viewer(session, stage.member)
    first = keep_draft(session, actor, "position", stage.thread, SAID, version=0, now=NOW)
    keep_draft(session, actor, "position", stage.thread, SAID, version=first.version, now=NOW)
    with pytest.raises(SavedElsewhere) as told:
        keep_draft(session, actor, "position", stage.thread, OTHER, version=1, now=NOW)
    assert told.value.kept.version == 2
    kept = find_draft(session, actor, "position", stage.thread)
    assert kept is not None
    assert kept.typed == SAID
    mine = keep_draft(session, actor, "position", stage.thread, OTHER, version=None, now=NOW)
    assert (mine.typed, mine.version) == (OTHER, 3)


def test_autosave_answers_what_the_form_is_opened_with_and_tells_a_second_tab(
    client: FlaskClient, stage: Writing
) -> None:
    sign_in(client, stage.member)
    url = f"{stage.url}/draft"
    before = form_of(client.get(stage.url).text, stage.url)["opened"][0]
    first = client.post(url, data={"claim": "One", "opened": before})
    again = client.post(url, data={"claim": "One of it", "opened": json_of(first)["opened"]})
    assert (first.status_code, again.status_code) == (200, 200)
    second = client.post(url, data={"claim": "Two", "opened": before})
    assert second.status_code == 409
    assert "Another tab changed “Claim” too" in json_of(second)["says"]
    assert Fields(client.get(stage.url).text).texts["claim"] == "One of it"
    page = client.post(stage.url, data={"claim": "Two", "opened": before, "do": "keep"})
    assert page.status_code == 409
    kept = client.post(stage.url, data=form_of(page.text, stage.url) | {"keep": ["mine"]})
    assert kept.status_code == 303
    assert Fields(client.get(stage.url).text).texts["claim"] == "Two"


def test_two_tabs_that_save_by_themselves_in_turns_keep_what_each_writes(
    client: FlaskClient, stage: Writing
) -> None:
    sign_in(client, stage.member)
    url = f"{stage.url}/draft"
    opened = dict.fromkeys("ab", form_of(client.get(stage.url).text, stage.url)["opened"][0])
    for turn in range(3):
        for tab, field in (("a", "claim"), ("b", "reasoning")):
            saved = client.post(url, data={field: f"Turn {turn}", "opened": opened[tab]})
            assert saved.status_code == 200
            opened[tab] = json_of(saved)["opened"]
            is_first = tab + str(turn) == "a0"
            assert ("changed in another tab too" in json_of(saved)["says"]) != is_first
    texts = Fields(client.get(stage.url).text).texts
    assert (texts["claim"], texts["reasoning"]) == ("Turn 2", "Turn 2")


def test_nothing_is_published_that_its_writer_has_not_seen(
    client: FlaskClient, stage: Writing
) -> None:
    sign_in(client, stage.member)
    before = form_of(client.get(stage.url).text, stage.url)
    client.post(f"{stage.url}/draft", data=before | {"objection": "It costs much."})
    asked = client.post(stage.url, data=before | stage.typed())
    assert asked.status_code == 409
    assert "Here is everything together" in asked.text
    assert Fields(asked.text).texts["objection"] == "It costs much."
    sent = client.post(stage.url, data=form_of(asked.text, stage.url) | {"do": ["publish"]})
    assert sent.status_code == 303
    row = stage.session.scalars(select(Position)).one()
    assert row.revisions[-1].objection == "It costs much."


def test_a_tab_that_changed_the_same_publishes_only_what_was_chosen(
    client: FlaskClient, stage: Writing
) -> None:
    sign_in(client, stage.member)
    before = form_of(client.get(stage.url).text, stage.url)
    client.post(f"{stage.url}/draft", data=before | {"claim": "One"})
    asked = client.post(stage.url, data=before | stage.typed(claim="Two"))
    assert asked.status_code == 409
    assert stage.session.scalars(select(Position)).all() == []
    both = form_of(asked.text, stage.url) | {"keep": ["both"], "_both-claim": ["One and two"]}
    assert client.post(stage.url, data=both).status_code == 303
    page = client.get(stage.url).text
    assert Fields(page).texts["claim"] == "One and two"
    assert Fields(page).texts["reasoning"] == stage.typed()["reasoning"]


def test_rows_that_both_changed_are_compared_in_words_and_kept_as_chosen(
    client: FlaskClient, stage: Writing
) -> None:
    sign_in(client, stage.member)
    before = form_of(client.get(stage.url).text, stage.url)["opened"][0]
    one, two = ({"served-0-value": slug, "opened": before} for slug in ("equality", "adequacy"))
    client.post(f"{stage.url}/draft", data=one)
    asked = client.post(stage.url, data={**two, "do": "keep"})
    assert asked.status_code == 409
    labels = {value.slug: value.label for value in stage.series.values}
    assert "Values served" in asked.text
    assert all(labels[slug] in asked.text for slug in ("equality", "adequacy"))
    client.post(stage.url, data=form_of(asked.text, stage.url) | {"keep": ["mine"]})
    assert form_of(client.get(stage.url).text, stage.url)["served-0-value"] == ["adequacy"]


def test_what_a_visitor_wrote_is_compared_with_the_draft_they_had_already(
    client: FlaskClient, stage: Writing
) -> None:
    session, actor = stage.session, viewer(stage.session, stage.member)
    had = {"claim": ["Had already"], "objection": ["It costs much."]}
    client.post(stage.url, data=stage.typed(claim="Of a visitor", do="keep"))
    page = client.post(stage.url, data={"do": "take-up"}, follow_redirects=True).text
    of_visitor = form_of(page, stage.url)
    keep_draft(session, actor, "position", stage.thread, had, version=0, now=NOW)
    session.commit()
    sign_in(client, stage.member)  # in another tab
    asked = client.post(stage.url, data=of_visitor | {"do": "keep"})
    assert asked.status_code == 409
    assert "“Claim”, twice" in asked.text
    kept = client.post(stage.url, data=form_of(asked.text, stage.url) | {"keep": ["theirs"]},
                       follow_redirects=True).text  # fmt: skip
    assert "What the other tab saved stands" in kept
    texts = Fields(kept).texts
    assert (texts["claim"], texts["objection"]) == ("Had already", "It costs much.")
    assert texts["reasoning"] == stage.typed()["reasoning"]


@pytest.mark.parametrize("junk", ["[[1]]", "{", "7", '[{"value": {"a": 1}}]', "[" * 5_000])
def test_what_no_page_of_ours_sends_as_rows_is_no_accident(
    client: FlaskClient, stage: Writing, junk: str
) -> None:
    sign_in(client, stage.member)
    sent = {"claim": "One", "keep": "mine", "_mine-served": junk, "opened": junk}
    assert client.post(stage.url, data=sent).status_code == 303


def test_a_stale_tab_does_not_undo_what_was_handed_in_from_another(
    client: FlaskClient, stage: Writing
) -> None:
    own = make_position(stage.session, stage.thread, stage.member)
    stage.session.commit()
    sign_in(client, stage.member)
    url = f"/positions/{own.public_id}/revise"
    stale = form_of(client.get(url).text, url)
    claim = stale["claim"][0]
    stale.pop("is_without_study")
    changed = stage.typed(reasoning="Reasoned anew.", claim=claim, change_reason="reworded")
    assert client.post(url, data=stale | changed).status_code == 303
    asked = client.post(url, data=stale | {"claim": ["Claimed anew."], "do": ["keep"]})
    assert asked.status_code == 303
    texts = Fields(client.get(url).text).texts
    assert (texts["claim"], texts["reasoning"]) == ("Claimed anew.", "Reasoned anew.")


def test_signed_out_nothing_is_saved_by_itself(client: FlaskClient, stage: Writing) -> None:
    answer = client.post(f"{stage.url}/draft", data={"claim": "One"})
    assert answer.status_code == 401
    assert len(stage.session.scalars(select(KeptDraft)).all()) == 2


def test_what_a_visitor_posts_waits_under_a_token_and_is_claimed(
    client: FlaskClient, stage: Writing
) -> None:
    answer = client.post(stage.url, data=stage.typed(claim="Typed signed out"))
    assert answer.status_code == 303
    assert answer.location.startswith("/accounts/sign-in?next=%2Fpositions%2Fwrite")
    with client.session_transaction() as cookie:
        token = cookie["draft_token"]
    assert token in answer.location
    asked = client.get(stage.url)
    assert "Was it you?" in asked.text
    assert "Typed signed out" not in asked.text
    pressed = client.post(stage.url, data={"do": "take-up"}, follow_redirects=True)
    assert Fields(pressed.text).texts["claim"] == "Typed signed out"
    kept = stage.session.scalars(select(KeptDraft).where(KeptDraft.person_id.is_(None))).one()
    assert token not in str(kept.token_hash)
    actor = viewer(stage.session, stage.member)
    claim_drafts(stage.session, actor, token, now=kept.saved_at)
    assert claim_drafts(stage.session, actor, token, now=kept.saved_at) == []
    sign_in(client, stage.member)
    assert Fields(client.get(stage.url).text).texts["claim"] == "Typed signed out"


def test_going_on_signed_out_keeps_one_draft_and_beginning_anew_overwrites_nobodys(
    client: FlaskClient, stage: Writing
) -> None:
    unknown = select(KeptDraft).where(KeptDraft.person_id.is_(None))
    first = client.post(stage.url, data=stage.typed(claim="One", do="keep"))
    client.post(stage.url, data=stage.typed(claim="One", do="keep"))
    named = parse_qs(urlsplit(parse_qs(urlsplit(first.location).query)["next"][0]).query)
    page = client.get(stage.url, query_string=named).text
    assert f'name="draft" value="{named["draft"][0]}"' in page
    client.post(stage.url, data=stage.typed(claim="Two", do="keep") | {"draft": named["draft"]})
    assert stage.session.scalars(unknown).one().typed["claim"] == ["Two"]
    client.post(stage.url, data=stage.typed(claim="Of the next one here", do="keep"))
    kept = stage.session.scalars(unknown.order_by(KeptDraft.id)).all()
    assert [one.typed["claim"] for one in kept] == [["Two"], ["Of the next one here"]]


def test_who_signs_in_after_somebody_else_gets_nothing_of_theirs(
    client: FlaskClient, stage: Writing
) -> None:
    session = stage.session
    other = make_person(session, email="b@example.org",
                        password_hash=hash_password(PASSWORD, fast=True))  # fmt: skip
    session.commit()
    asked = client.post(stage.url, data=stage.typed(claim="Of whoever sat here", do="keep"))
    sign_in_form = {"email": "b@example.org", "password": PASSWORD, "side": "known"}
    client.post("/accounts/sign-in", data=sign_in_form | {"next": "/"})
    kept = session.scalars(select(KeptDraft).where(KeptDraft.token_hash.is_not(None))).one()
    assert kept.person_id is None
    page = client.get(stage.url).text
    assert "Was it you?" in page
    assert "Of whoever sat here" not in page
    client.post("/accounts/sign-out")
    assert "Of whoever sat here" not in client.get(stage.url).text
    door = client.get(asked.location).text
    assert "Of whoever sat here" not in door
    then = parse_qs(urlsplit(asked.location).query)["next"][0]
    client.post("/accounts/sign-in", data=sign_in_form | {"next": then})
    session.expire_all()
    assert session.get_one(KeptDraft, kept.id).person_id == other.id


def test_a_strangers_address_makes_no_text_ones_own(app: Flask, stage: Writing) -> None:
    session = stage.session
    make_person(session, email="b@example.org", password_hash=hash_password(PASSWORD, fast=True))
    session.commit()
    stranger, client = app.test_client(), app.test_client()
    ready = stranger.post(stage.url, data=stage.typed(claim="In another's name"))
    then = parse_qs(urlsplit(ready.location).query)["next"][0]
    client.post(
        "/accounts/sign-in",
        data={"email": "b@example.org", "password": PASSWORD, "side": "known", "next": then},
    )
    session.expire_all()
    assert session.scalars(select(Position)).all() == []
    kept = session.scalars(select(KeptDraft).where(KeptDraft.token_hash.is_not(None))).one()
    assert kept.person_id is None


def test_the_door_asks_whether_what_else_was_begun_here_is_theirs(
    client: FlaskClient, stage: Writing
) -> None:
    other = make_thread(stage.session, stage.series, question="And what of the other?")
    client.post(f"/positions/write/{other.slug}", data=stage.typed(claim="First", do="keep"))
    with client.session_transaction() as cookie:
        first = cookie["draft_token"]
    asked = client.post(stage.url, data=stage.typed(claim="Second", do="keep"))
    door = client.get(asked.location).text
    assert "I also wrote what was begun here" in door
    assert f'name="draft_token" value="{first}"' in door
    assert "First" not in door


def test_claiming_sets_an_earlier_draft_aside_and_the_page_offers_it(
    client: FlaskClient, stage: Writing
) -> None:
    session, actor = stage.session, viewer(stage.session, stage.member)
    keep_draft(session, actor, "position", stage.thread, OTHER, version=0, now=NOW)
    token = keep_signed_out(session, "position", stage.thread, SAID, token="", now=NOW)
    claim_drafts(session, actor, token, now=NOW)
    kept = find_draft(session, actor, "position", stage.thread)
    earlier = find_draft(session, actor, "position" + EARLIER, stage.thread)
    assert kept is not None
    assert earlier is not None
    assert (kept.typed, earlier.typed) == (SAID, OTHER)
    sign_in(client, stage.member)
    assert "An earlier draft of yours is kept too" in client.get(stage.url).text
    shown = Fields(client.get(f"{stage.url}?earlier=1").text).texts["claim"]
    assert shown == "Something else"


def test_a_draft_ends_when_it_is_published_or_thrown_away(
    client: FlaskClient, stage: Writing
) -> None:
    session, actor = stage.session, viewer(stage.session, stage.member)
    sign_in(client, stage.member)
    client.post(stage.url, data=stage.typed(do="keep"))
    asked = client.post(stage.url, data=stage.typed(do="discard"))
    assert "Throw this draft away?" in asked.text
    assert find_draft(session, actor, "position", stage.thread) is not None
    client.post(stage.url, data={"do": "discard-yes"})
    assert find_draft(session, actor, "position", stage.thread) is None
    client.post(stage.url, data=stage.typed(do="keep"))
    client.post(stage.url, data=stage.typed())
    session.expire_all()
    assert find_draft(session, actor, "position", stage.thread) is None
    assert len(session.scalars(select(KeptDraft)).all()) == 2


def test_the_clock_forgets_what_nobody_claimed_in_seven_days(
    session: Session, stage: Writing
) -> None:
    token = keep_signed_out(session, "position", stage.thread, SAID, token="", now=NOW)
    name = "positions.forget_drafts"
    assert name in PERIODIC
    TASKS[name](session, {}, NOW + timedelta(days=6, hours=23))
    assert find_by_token(session, token, now=NOW) is not None
    assert find_by_token(session, token, now=NOW + timedelta(days=7)) is None
    TASKS[name](session, {}, NOW + timedelta(days=7))
    assert find_by_token(session, token, now=NOW) is None
    assert len(session.scalars(select(KeptDraft)).all()) == 2


def test_nobody_keeps_a_draft_about_what_they_may_not_read(
    session: Session, stage: Writing
) -> None:
    hidden = make_thread(session, make_series(session, visibility="members"))
    stranger = viewer(session, make_person(session))
    with pytest.raises(Forbidden):
        keep_draft(session, stranger, "position", hidden, SAID, version=0, now=NOW)
    with pytest.raises(Forbidden):
        keep_signed_out(session, "position", hidden, SAID, token="", now=NOW)


def test_a_draft_of_a_new_version_is_kept_apart(client: FlaskClient, stage: Writing) -> None:
    own = make_position(stage.session, stage.thread, stage.member)
    sign_in(client, stage.member)
    url = f"/positions/{own.public_id}/revise"
    kept = client.post(f"{url}/draft", data={"claim": "Reworded"})
    assert kept.status_code == 200
    assert Fields(client.get(url).text).texts["claim"] == "Reworded"
    assert client.post(f"{url}/preview", data={"claim": "Reworded"}).status_code == 200


def test_what_is_too_much_of_one_network_or_one_text_is_not_said_to_be_kept(
    client: FlaskClient, stage: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = tuple(type(one)(one.by, 2, one.window) for one in LIMITS["visitors_draft"])
    monkeypatch.setitem(LIMITS, "visitors_draft", few)
    unknown = select(KeptDraft).where(KeptDraft.person_id.is_(None))
    big = client.post(stage.url, data=stage.typed(reasoning="word " * 30_000, do="keep"))
    assert (big.status_code, "We could not keep this" in big.text) == (422, True)
    answers = []
    for n in range(3):
        client.delete_cookie("session")
        where = {"REMOTE_ADDR": f"2001:db8::{n}"}
        answers.append(client.post(stage.url, data=stage.typed(do="keep"), environ_base=where))
    assert [one.status_code for one in answers] == [303, 303, 422]
    assert "Every pupil tries three things." in answers[-1].text
    assert len(stage.session.scalars(unknown).all()) == 2
