"""What a decision says besides its outcome: marks, a twin, facts, and the letter before it goes."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.models import AuditEvent
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.sent_back import find_edit_request
from discussion.debate.threads.models import Thread
from discussion.decisions.drafts import Ruling
from discussion.decisions.models import Claim, Decision
from discussion.decisions.operations.refusing import NeedsEdit, NeedsTwin, TooLong
from discussion.decisions.words import MARKS
from discussion.oversight.moderation.letter_words import Told, letter_lines
from discussion.oversight.moderation.operations import decide
from discussion.oversight.moderation.queries.twins import list_twins
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Reason, Series
from discussion.series.values.models import Value, ValueProposal
from discussion.vocabulary.education import EDUCATION
from tests.conftest import json_of, sign_in
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_response,
    make_series,
    make_thread,
    viewer,
)
from tests.oversight.moderation.waiting import make_waiting

CLAIM = "Attendance at enrichment should be compulsory in year 8."
TWIN = "Attendance at enrichment should be compulsory in years 7 and 8."
NEGATED = "Attendance at enrichment should not be compulsory in year 8."


@pytest.fixture
def series(session: Session) -> Series:
    series = make_series(session)
    session.add(Reason(series=series, slug="names", label="A school could be identified",
                       explanation="“Our school” does the same work.", order=2))  # fmt: skip
    session.flush()
    session.refresh(series)
    return series


@pytest.fixture
def thread(session: Session, series: Series) -> Thread:
    return make_thread(session, series)


@pytest.fixture
def person(session: Session, series: Series) -> Person:
    return make_member(session, series, role="moderator")


@pytest.fixture
def moderator(session: Session, person: Person) -> Viewer:
    return viewer(session, person)


@pytest.fixture
def waiting(session: Session, thread: Thread) -> Position:
    return make_waiting(session, thread, claim=CLAIM)


def say(session: Session, actor: Viewer, item: Any, action: str, **more: Any) -> Decision:
    version = item.revisions[-1].id if action in ("approve", "send_back", "decline") else None
    given: dict[str, Any] = {"reason": "unclear"} | more
    return decide(session, actor, item, Ruling(action, version_id=version, **given), now=NOW)


def test_marks_and_facts_go_with_what_is_sent_back(
    session: Session, moderator: Viewer, waiting: Position
) -> None:
    row = say(session, moderator, waiting, "send_back", marks=["unclear", "two_claims", "nonsense"],
              facts="The study is of adults.")  # fmt: skip
    assert (row.marks, row.facts) == (["two_claims", "unclear"], "The study is of adults.")
    request = find_edit_request(session, waiting)
    assert request is not None
    assert [mark.label for mark in request.marks] == ["Two claims in one", "Unclear"]


@pytest.mark.parametrize("action", ["approve", "decline"])
def test_marks_go_with_no_other_decision(
    session: Session, moderator: Viewer, waiting: Position, action: str
) -> None:
    with pytest.raises(NeedsEdit):
        say(session, moderator, waiting, action, marks=["unclear"])
    assert waiting.state == "draft"


def test_already_said_names_another_position_of_the_series(
    session: Session, thread: Thread, moderator: Viewer, waiting: Position
) -> None:
    elsewhere = make_position(session, make_thread(session, make_series(session)))
    gone = make_position(session, thread, state="removed")
    for id in ("", "bcdfghjkmn", waiting.public_id, elsewhere.public_id, gone.public_id):
        with pytest.raises(NeedsTwin):
            say(session, moderator, waiting, "send_back", marks=["already_said"], twin=id)
    twin = make_position(session, thread, revision={"claim": TWIN})
    say(session, moderator, waiting, "send_back", marks=["already_said"], twin=twin.public_id)
    request = find_edit_request(session, waiting)
    assert request is not None
    assert (request.marks[0].twin, request.marks[0].twin_url) == (
        TWIN, f"/positions/{twin.public_id}",
    )  # fmt: skip


def test_a_twin_that_is_not_published_is_not_shown_to_the_author(
    session: Session, thread: Thread, moderator: Viewer, waiting: Position
) -> None:
    twin = make_waiting(session, thread, claim=TWIN)
    say(session, moderator, waiting, "send_back", marks=["already_said"], twin=twin.public_id)
    request = find_edit_request(session, waiting)
    assert request is not None
    assert (request.marks[0].twin, request.marks[0].twin_url) == ("", "")


def test_who_is_asked_to_edit_stays_published_and_is_asked_until_they_do(
    session: Session, thread: Thread, moderator: Viewer, client: FlaskClient
) -> None:
    author = make_member(session, thread.series)
    position = make_position(session, thread, author)
    say(session, moderator, position, "ask_edit", marks=["value_without_why"])
    assert position.state == "published"
    sign_in(client, author)
    mine = client.get("/positions/mine").text
    assert "you are asked to edit it" in mine
    assert "A value without a reason" in mine
    revise = client.get(f"/positions/{position.public_id}/revise").text
    assert "A value without a reason" in revise
    position.revisions[-1].submitted_at = NOW + timedelta(hours=1)
    session.flush()
    assert find_edit_request(session, position) is None
    assert "you are asked to edit it" not in client.get("/positions/mine").text


def test_what_is_too_long_is_refused(
    session: Session, moderator: Viewer, waiting: Position
) -> None:
    for more in ({"why": "x" * 601}, {"facts": "x" * 1001}):
        with pytest.raises(TooLong):
            say(session, moderator, waiting, "decline", **more)


def test_twins_are_suggested_from_what_stands_or_waits_in_the_series(
    session: Session, series: Series, thread: Thread, waiting: Position
) -> None:
    make_position(session, make_thread(session, make_series(session)), revision={"claim": TWIN})
    for state in ("removed", "withdrawn", "hidden"):
        make_position(session, thread, revision={"claim": TWIN}, state=state)
    make_position(session, thread, revision={"claim": "Pay teaching assistants for clubs."})
    twin = make_waiting(session, thread, claim=TWIN)
    negated = make_position(session, make_thread(session, series), revision={"claim": NEGATED})
    found = list_twins(session, waiting, CLAIM)
    assert [(one.id, one.is_waiting, bool(one.elsewhere)) for one in found] == [
        (negated.public_id, False, True), (twin.public_id, True, False),
    ]  # fmt: skip


def test_at_most_three_twins_are_suggested(
    session: Session, thread: Thread, waiting: Position
) -> None:
    for _n in range(5):
        make_waiting(session, thread, claim=TWIN)
    assert len(list_twins(session, waiting, CLAIM)) == 3


def test_the_letter_says_the_rule_the_facts_the_marks_and_how_to_appeal() -> None:
    told = Told(EDUCATION, "position", "send_back",
                reason="It is unclear", explanation="Say it once.",
                facts="Page 4.", marks=("two_claims", "already_said"), twin=TWIN, twin_url="/p",
                why="Which year?", within="within 48 hours", on="3 May")  # fmt: skip
    lines = letter_lines(told)
    said = " ".join(f"{line.lead} {line.text}" for line in lines)
    for words in ("It is unclear. Say it once.", "Page 4.", "Two claims in one", TWIN,
                  "Which year?", "within 48 hours", "moderator of the series",
                  "somebody else looks again"):  # fmt: skip
        assert words in said
    assert [line.url for line in lines if line.url] == ["/p"]
    assert "looks again" not in " ".join(
        line.text for line in letter_lines(Told(EDUCATION, "position", "approve"))
    )


def test_a_preview_shows_the_letter_keeps_what_was_typed_and_decides_nothing(
    session: Session, person: Person, waiting: Position, client: FlaskClient
) -> None:
    sign_in(client, person)
    url = f"/moderation/positions/{waiting.public_id}/decide"
    typed = {"action": "send_back", "reason": "names", "why": "Leave out <the name>.",
             "facts": "Page 4.", "marks": ["two_claims"], "do": "preview",
             "version_id": waiting.revisions[0].id}  # fmt: skip
    page = client.post(url, data=typed)
    assert page.status_code == 200
    for words in ("Your position was sent back, and nothing is lost", "does the same work",
                  "Leave out &lt;the name&gt;.", "Two claims in one"):  # fmt: skip
        assert words in page.text
    assert re.search(r'value="send_back"[^>]*checked', page.text)
    assert re.search(r'value="two_claims" checked', page.text)
    part = client.post(url, data=typed, headers={"X-Fragment": "1"})
    assert "<main" not in part.text
    assert "Your position was sent back" in part.text
    assert session.scalars(select(Decision)).all() == []
    assert client.post(url, data={"do": "preview"}).status_code == 200


def test_a_moderator_goes_through_the_desk_with_plain_forms(
    session: Session, thread: Thread, person: Person, waiting: Position, client: FlaskClient
) -> None:
    """Approve one, send one back as said already, skip one, and leave one's own."""
    twin = make_position(session, thread, revision={"claim": TWIN})
    own = make_waiting(session, thread, hours=90, author=person)
    second, third = (make_waiting(session, thread, hours=hours) for hours in (0.9, 0.8))
    sign_in(client, person)
    first = f"/moderation/positions/{waiting.public_id}"
    hidden = hidden_fields(client, first)
    assert hidden["next"] == f"positions/{second.public_id}"
    by_address = {"marks": "already_said", "twin": "elsewhere",
                  "twin_address": f"http://localhost/positions/{twin.public_id}"}  # fmt: skip
    sent = {**hidden, **by_address, "action": "send_back", "reason": "unclear"}
    wrong = client.post(f"{first}/decide", data=sent | {"twin_address": "that one"})
    assert (wrong.status_code, "Choose the position that says it already" in wrong.text) == (
        422, True,
    )  # fmt: skip
    done = client.post(f"{first}/decide", data=sent)
    assert done.location == f"/moderation/positions/{second.public_id}"
    assert session.scalars(select(Decision)).one().twin_id == twin.public_id
    ways = {"next": f"positions/{third.public_id}", "left": f"positions/{second.public_id}"}
    skipped = client.post("/moderation/next", data=ways)
    assert skipped.location == f"/moderation/positions/{third.public_id}"
    assert session.scalars(select(Claim.subject_id)).all() == [third.public_id]
    for row, then in ((third, second), (second, None)):
        here = f"/moderation/positions/{row.public_id}"
        done = client.post(f"{here}/decide",
                           data={**hidden_fields(client, here), "action": "approve"})  # fmt: skip
        url = f"/moderation/positions/{then.public_id}" if then else "/moderation"
        assert done.location == url
    left = client.get("/moderation").text
    assert f"/moderation/positions/{own.public_id}" in left
    assert "another moderator decides" in left


def hidden_fields(client: FlaskClient, url: str) -> dict[str, str]:
    """What the form for deciding carries along."""
    page = client.get(url).text
    form = page[page.index("data-desk-form") :].split("</form>")[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_the_page_shows_the_rules_and_what_was_decided_on_similar_things(
    session: Session, thread: Thread, person: Person, moderator: Viewer, waiting: Position,
    client: FlaskClient,
) -> None:  # fmt: skip
    other = make_waiting(session, thread)
    say(session, moderator, other, "send_back", reason="names", why="Leave out the school.")
    sign_in(client, person)
    page = client.get(f"/moderation/positions/{waiting.public_id}").text
    assert "“Our school” does the same work." in page
    assert "Leave out the school." in page
    same = client.post(f"/moderation/positions/{waiting.public_id}/decide",
                       data={"do": "preview", "reason": "unclear"})  # fmt: skip
    assert "Leave out the school." not in same.text
    assert "Nothing was decided for this reason yet." in same.text


def test_a_voices_history_tells_nothing_of_its_authors_other_voices(
    session: Session, series: Series, thread: Thread, person: Person, moderator: Viewer,
    client: FlaskClient,
) -> None:  # fmt: skip
    """What was marked on a named position would name the author of a Chatham House one."""
    author = make_member(session, series, make_person(session, display_name="Zebedee Quince"))
    elsewhere = make_thread(session, series, attribution="named")
    named = make_position(session, elsewhere, author)
    decide(
        session,
        moderator,
        named,
        Ruling("ask_edit", reason="unclear", marks=["unclear"], why="Which year do you mean?"),
        now=NOW,
    )
    answered = make_position(session, thread)
    here = [make_response(session, answered, author) for _each in range(2)]
    for one, action in zip(here, ("ask_edit", "hide"), strict=True):
        decide(session, moderator, one, Ruling(action, reason="unclear", why="Say where."), now=NOW)
    for_others = make_response(session, answered, author, attribution="chatham_house")
    waiting = make_waiting(session, thread, author=author)
    sign_in(client, person)
    told = {one: json_of(client.get(f"/moderation/{one}.json"))["item"]["history"] for one in (
        f"positions/{waiting.public_id}", f"responses/{for_others.public_id}",
        f"positions/{named.public_id}", f"responses/{here[0].public_id}",
    )}  # fmt: skip
    same_voice, other_voice, by_name, beside = told.values()
    assert dict(same_voice["counts"]) == {"ask_edit": 1, "hide": 1}
    assert dict(beside["counts"]) == {"hide": 1}
    assert not other_voice["counts"]
    assert not by_name["counts"]
    assert {one["why"] for one in same_voice["recent"]} == {""}
    page = client.get(f"/moderation/positions/{waiting.public_id}").text
    history = page[page.index("What else this author wrote in this thread") :]
    assert "Asked to edit 1" in history
    assert "Which year do you mean?" not in history
    assert "Zebedee" not in page


def test_a_look_that_is_refused_is_kept_in_the_chain(
    session: Session, thread: Thread, person: Person, client: FlaskClient
) -> None:
    own = make_waiting(session, thread, author=person)
    sign_in(client, person)
    url = f"/moderation/positions/{own.public_id}/author"
    assert client.post(url, data={"why": "Who was that?"}).status_code == 403
    row = session.scalars(select(AuditEvent)).one()
    assert (row.verb, row.subject_id, row.why, row.actor_id) == (
        "refused_look", own.public_id, "Who was that?", person.id,
    )  # fmt: skip


def test_a_response_is_asked_to_be_edited_too(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    response = make_response(session, make_position(session, thread))
    decide(
        session,
        moderator,
        response,
        Ruling("ask_edit", reason="unclear", marks=["unclear"]),
        now=NOW,
    )
    request = find_edit_request(session, response)
    assert response.state == "published"
    assert request is not None
    assert not request.is_sent_back


def test_every_mark_has_a_suggestion_for_the_author() -> None:
    for mark in MARKS:
        lines = letter_lines(Told(EDUCATION, "position", "send_back", marks=(mark,)))
        assert any(line.lead == str(MARKS[mark]) and line.text for line in lines)


@pytest.mark.parametrize(
    ("typed", "state", "status"),
    [
        ({"action": "same", "into": "equality"}, "accepted", 303),
        ({"action": "new", "label": "Patience", "definition": "Time to grow", "family": "purpose"},
         "accepted", 303),
        ({"action": "decline", "why": "It is a mood."}, "declined", 303),
        ({"action": "decline"}, "waiting", 422),
        ({"action": "new", "label": "Patience"}, "waiting", 422),
        ({"action": "same", "into": "nothing"}, "waiting", 422),
        ({"action": "nonsense"}, "waiting", 422),
    ],
)  # fmt: skip
def test_a_proposed_value_is_answered_on_the_desk(
    session: Session, series: Series, thread: Thread, person: Person, waiting: Position,
    client: FlaskClient, typed: dict[str, str], state: str, status: int,
) -> None:  # fmt: skip
    row = ValueProposal(series_id=series.id, label="Patience", created_at=NOW,
                        proposed_by_id=make_member(session, series).id)  # fmt: skip
    session.add(row)
    session.flush()
    url = f"/moderation/values/{row.public_id}"
    assert client.get(url).status_code == 404
    sign_in(client, make_member(session, series))
    assert client.get(url).status_code == 404
    assert client.post(f"{url}/decide", data=typed).status_code == 404
    sign_in(client, person)
    assert "“Patience”" in client.get(url).text
    assert client.post(f"{url}/decide", data=typed).status_code == status
    session.refresh(row)
    assert row.state == state
    if typed.get("into") == "equality":
        assert session.get_one(Value, row.value_id).slug == "equality"
