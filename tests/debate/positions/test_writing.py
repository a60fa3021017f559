"""Writing without a script: nothing typed is lost, and everything wrong is said at once."""

from html.parser import HTMLParser
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.composing.forms import act, as_typed, read_kept
from discussion.debate.composing.models import KeptDraft
from discussion.debate.positions import words
from discussion.debate.positions.forms import SHAPE
from discussion.debate.positions.models import Position
from discussion.people.accounts.models import Consent, Person
from discussion.series.members.models import Membership
from tests.conftest import json_of, sign_in
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_person,
    make_position,
)
from tests.factories.scenes import Scene

LIMITS = {
    "claim": words.MAX_CLAIM,
    "reasoning": words.MAX_REASONING,
    "served-0-gloss": words.MAX_GLOSS,
    "outweighed-0-gloss": words.MAX_GLOSS,
    "served-1-proposed": words.MAX_PROPOSED_VALUE,
    "links-0-warrant": words.MAX_WARRANT,
    "links-0-transfer_note": words.MAX_TRANSFER_NOTE,
    "links-0-locator": words.MAX_LOCATOR,
    "links-0-rebuttal": words.MAX_REBUTTAL,
    "setting": words.MAX_SETTING,
    "objection": words.MAX_OBJECTION,
    "change_mind_text": words.MAX_CHANGE_MIND,
    "interests": words.MAX_INTERESTS,
}


class Writing(Scene):
    """A thread in an open series, an item of its library, and a member who writes there."""

    @property
    def url(self) -> str:
        return f"/positions/write/{self.thread.slug}"

    def typed(self, **changes: Any) -> dict[str, Any]:
        complete = {
            "claim": "Every pupil tries three things.",
            "reasoning": "Choice needs knowledge.",
            "served-0-value": "equality",
            "served-1-value": "adequacy",
            "outweighed-0-value": "stewardship",
            "links-0-item": self.item.public_id,
            "links-0-stance": "supports",
            "links-0-warrant": "It shows the gap.",
            "links-0-transfer": "similar",
            "level": "school",
            "confidence": "2",
            "change_mind": ["evidence"],
            "attribution": "role",
            "nobody_identified": "yes",
            "do": "publish",
        }
        return {name: value for name, value in (complete | changes).items() if value is not None}


@pytest.fixture
def stage(session: Session) -> Writing:
    return Writing(session)


class Fields(HTMLParser):
    """Every field of a page with what stands in it, as a browser reads it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.checked: set[tuple[str, str]] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given.get("href", ""))
        name = given.get("name", "")
        if tag == "textarea":
            self._open, self.texts[name] = name, ""
        elif tag == "input" and given.get("type") in ("radio", "checkbox"):
            if "checked" in given:
                self.checked.add((name, given["value"]))
        elif tag == "input":
            self.texts[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.texts[self._open] = self.texts[self._open].removeprefix("\n")
            self._open = ""


def test_a_complete_position_is_handed_in_with_its_values_and_evidence(
    client: FlaskClient, stage: Writing
) -> None:
    answer = sign_in(client, stage.member).post(stage.url, data=stage.typed())
    assert answer.status_code == 303
    position = stage.session.scalars(select(Position)).one()
    assert answer.location == f"/positions/{position.public_id}/sent"
    revision = position.revisions[0]
    assert [tag.value.slug for tag in revision.tags if tag.value] == [
        "equality", "adequacy", "stewardship",
    ]  # fmt: skip
    assert revision.links[0].transfer == "similar"
    told = client.get(answer.location).text
    assert "A moderator reads it" in told
    assert "My contributions" in told


@pytest.mark.parametrize(("name", "longest"), LIMITS.items())
def test_every_field_takes_its_limit_and_not_one_character_more(
    client: FlaskClient, stage: Writing, name: str, longest: int
) -> None:
    sign_in(client, stage.member)
    extra = {"served-1-value": None} if name == "served-1-proposed" else {}
    over = "é" * (longest + 1)
    refused = client.post(stage.url, data=stage.typed(**extra | {name: over}))
    assert refused.status_code == 422
    assert f"Too long by 1: at most {longest} characters." in refused.text
    fields = Fields(refused.text)
    assert fields.texts[name] == over
    assert f"#{name}" in fields.links
    assert client.post(stage.url, data=stage.typed(**extra | {name: over[1:]})).status_code == 303


def test_an_empty_page_says_everything_that_is_missing_beside_each_field(
    client: FlaskClient, stage: Writing
) -> None:
    answer = sign_in(client, stage.member).post(stage.url, data={"do": "publish"})
    assert answer.status_code == 422
    fields = Fields(answer.text)
    named = ("claim", "served", "links", "level", "confidence", "change_mind", "attribution",
             "nobody_identified")  # fmt: skip
    for name in named:
        assert f"#{name}" in fields.links
        assert fields.ids.count(name) == 1
        assert f"e-{name}" in fields.ids
    assert stage.session.scalars(select(Position)).all() == []


def test_every_link_of_the_summary_leads_to_something_on_the_page(
    client: FlaskClient, stage: Writing
) -> None:
    hostile = {
        "claim": "", "served-0-value": "nope", "served-1-value": "nope", "level": "galaxy",
        "served-2-gloss": "only this", "phases": ["nope"], "place-requirement": "0.3",
        "place-nope": "9", "confidence": "99", "change_mind": ["nothing", "evidence"],
        "attribution": "named", "links-7-item": "nope", "links-7-stance": "hates",
        "links-7-transfer": "moon", "change_reason": "x", "is_without_study": "yes",
    }  # fmt: skip
    answer = sign_in(client, stage.member).post(stage.url, data=stage.typed(**hostile))
    assert answer.status_code == 422
    fields = Fields(answer.text)
    inside = [link[1:] for link in fields.links if link.startswith("#")]
    assert len(inside) > 10
    assert set(inside) <= set(fields.ids)
    assert len(fields.ids) == len(set(fields.ids))


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=90)


@settings(max_examples=12, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.data())
def test_whatever_is_typed_stands_in_the_page_that_refuses_it(
    client: FlaskClient, stage: Writing, data: st.DataObject
) -> None:
    sign_in(client, stage.member)
    typed = {name: data.draw(ANY_TEXT, label=name) for name in LIMITS}
    rows = {f"links-{n}-{part}": data.draw(ANY_TEXT)
            for n in range(1, 12) for part in ("item", "warrant", "rebuttal")}  # fmt: skip
    posted = {**typed, "served-1-value": None, "find": data.draw(ANY_TEXT), "level": ""}
    answer = client.post(stage.url, data=stage.typed(**{**rows, **posted}))
    assert answer.status_code == 422
    shown = " ".join(Fields(answer.text).texts.values())
    for value in (*typed.values(), *rows.values()):
        assert value in shown


@pytest.mark.parametrize(
    ("do", "order"),
    [
        ("served-up-1", ["adequacy", "equality"]),
        ("served-down-0", ["adequacy", "equality"]),
        ("served-up-0", ["equality", "adequacy"]),
        ("served-down-1", ["equality", "adequacy"]),
        ("served-remove-0", ["adequacy"]),
        ("served-remove-9", ["equality", "adequacy"]),
        ("served-explode-0", ["equality", "adequacy"]),
        ("nothing-up-0", ["equality", "adequacy"]),
    ],
)
def test_values_are_ranked_by_buttons_and_nothing_else_changes(
    client: FlaskClient, stage: Writing, do: str, order: list[str]
) -> None:
    typed = stage.typed(do=do, **{"served-0-gloss": "a first gloss"})
    answer = sign_in(client, stage.member).post(stage.url, data=typed)
    assert answer.status_code == 200
    texts = Fields(answer.text).texts
    shown = [texts[f"served-{n}-value"] for n in range(3) if texts.get(f"served-{n}-value")]
    assert shown == order
    if "equality" in order:
        assert texts[f"served-{order.index('equality')}-gloss"] == "a first gloss"
    assert texts["claim"] == typed["claim"]


def test_evidence_is_found_linked_and_taken_away_without_a_script(
    client: FlaskClient, stage: Writing
) -> None:
    wanted = make_item(stage.session, stage.series, title="Extended day",
                       title_folded="extended day parentkind")  # fmt: skip
    sign_in(client, stage.member)
    typed = stage.typed(do="find", find="parentkind")
    found = client.post(stage.url, data=typed).text
    assert f'value="links-add-{wanted.public_id}"' in found
    linked = client.post(stage.url, data=stage.typed(do=f"links-add-{wanted.public_id}")).text
    assert Fields(linked).texts["links-1-item"] == wanted.public_id
    away = client.post(stage.url, data=stage.typed(do="links-remove-0")).text
    assert "links-0-item" not in Fields(away).texts


def test_an_item_that_was_just_added_comes_back_linked(client: FlaskClient, stage: Writing) -> None:
    sign_in(client, stage.member)
    left = client.post(stage.url, data=stage.typed(do="add-evidence", **{"links-0-item": None}))
    assert left.status_code == 303
    assert left.location.startswith(f"/evidence/{stage.series.slug}/add?next=%2Fpositions%2Fwrite")
    back = client.get(f"{stage.url}?item={stage.item.public_id}").text
    texts = Fields(back).texts
    assert texts["claim"] == "Every pupil tries three things."
    assert stage.item.public_id in (texts["links-0-item"], texts.get("links-1-item"))


def test_words_that_may_identify_are_asked_about_once_and_do_not_block(
    client: FlaskClient, stage: Writing
) -> None:
    sign_in(client, stage.member)
    typed = stage.typed(reasoning="Ask Mrs Arkwright, she knows.")
    asked = client.post(stage.url, data=typed)
    assert asked.status_code == 422
    assert "Mrs Arkwright" in asked.text
    digest = asked.text.split('name="looked_again" value="')[1].split('"')[0]
    other = stage.typed(reasoning="Ask Mr Bell.", looked_again=digest)
    assert client.post(stage.url, data=other).status_code == 422
    confirmed = client.post(stage.url, data=typed | {"looked_again": digest})
    assert confirmed.status_code == 303


def test_who_is_new_to_an_open_series_says_as_what_they_post(
    client: FlaskClient, stage: Writing
) -> None:
    person = make_person(stage.session)
    sign_in(client, person)
    refused = client.post(stage.url, data=stage.typed())
    assert refused.status_code == 422
    assert "#posting_role" in Fields(refused.text).links
    assert stage.session.scalars(select(Position)).all() == []
    chosen = stage.typed(posting_role="sendco", posting_phase="primary")
    assert client.post(stage.url, data=chosen).status_code == 303
    own = stage.session.scalars(select(Membership).where(Membership.person_id == person.id)).one()
    assert (own.posting_role, own.posting_phase, own.admitted_at) == ("sendco", "primary", None)


def test_who_has_a_position_here_is_led_to_revising_it(client: FlaskClient, stage: Writing) -> None:
    make_position(stage.session, stage.thread)
    own = make_position(stage.session, stage.thread, stage.member)
    sign_in(client, stage.member)
    answer = client.get(stage.url)
    assert answer.location == f"/positions/{own.public_id}/revise"
    late = client.post(stage.url, data=stage.typed(claim="Typed in another tab."))
    assert late.location == f"/positions/{own.public_id}/revise"
    assert Fields(client.get(late.location).text).texts["claim"] == "Typed in another tab."


def test_a_new_version_needs_its_reason(client: FlaskClient, stage: Writing) -> None:
    own = make_position(stage.session, stage.thread, stage.member, item=stage.item)
    sign_in(client, stage.member)
    url = f"/positions/{own.public_id}/revise"
    page = client.get(url).text
    assert Fields(page).texts["links-0-warrant"] == "It shows the gap."
    refused = client.post(url, data=stage.typed())
    assert refused.status_code == 422
    assert "#change_reason" in Fields(refused.text).links
    done = client.post(url, data=stage.typed(change_reason="heard_argument"))
    assert done.status_code == 303
    stage.session.expire_all()
    assert [each.status for each in own.revisions] == ["live", "pending"]


def test_somebody_elses_position_cannot_be_revised_or_withdrawn(
    client: FlaskClient, stage: Writing
) -> None:
    other = make_position(stage.session, stage.thread)
    sign_in(client, stage.member)
    for path in ("revise", "withdraw", "sent", "revise/draft", "revise/preview"):
        for method in (client.get, client.post):
            assert method(f"/positions/{other.public_id}/{path}").status_code in (404, 405)


def test_withdrawing_asks_first_and_leaves_a_tombstone(client: FlaskClient, stage: Writing) -> None:
    own = make_position(stage.session, stage.thread, stage.member)
    sign_in(client, stage.member)
    asked = client.get(f"/positions/{own.public_id}/withdraw").text
    assert "says that its author withdrew it" in asked or "author withdrew it" in asked
    assert client.post(f"/positions/{own.public_id}/withdraw").status_code == 303
    stage.session.expire_all()
    assert own.state == "withdrawn"


def test_only_a_convener_enters_for_somebody_and_only_with_their_consent(
    client: FlaskClient, stage: Writing
) -> None:
    url = f"{stage.url}?for=round-table"
    assert sign_in(client, stage.member).get(url).status_code == 403
    sign_in(client, make_member(stage.session, stage.series, role="convener"))
    assert client.get(url).status_code == 200
    refused = client.post(url, data=stage.typed(attribution="role"))
    assert refused.status_code == 422
    noted = stage.typed(attribution="role", consent_note="Agreed aloud on 3 November.")
    assert client.post(url, data=noted).status_code == 303
    position = stage.session.scalars(select(Position)).one()
    assert position.attribution == "chatham_house"
    guest = stage.session.get_one(Person, position.author_id)
    assert guest.is_guest
    consent = stage.session.scalars(select(Consent).where(Consent.person_id == guest.id)).one()
    assert consent.note == "Agreed aloud on 3 November."


def test_somebody_unconfirmed_can_write_and_is_told_what_is_missing(
    client: FlaskClient, stage: Writing
) -> None:
    sign_in(client, make_person(stage.session, email_confirmed_at=None))
    assert "Confirm your e-mail address" in client.get(stage.url).text
    answer = client.post(stage.url, data=stage.typed())
    assert answer.status_code == 422
    assert Fields(answer.text).texts["claim"] == "Every pupil tries three things."
    assert client.post(stage.url, data=stage.typed(do="keep")).status_code == 303


def test_a_thread_that_has_moved_on_keeps_what_was_typed(
    client: FlaskClient, stage: Writing
) -> None:
    sign_in(client, stage.member)
    stage.thread.stage = "weighing"
    stage.session.flush()
    answer = client.post(stage.url, data=stage.typed())
    assert answer.status_code == 422
    assert "does not take new positions" in answer.text
    assert Fields(answer.text).texts["claim"] == "Every pupil tries three things."


def test_the_label_is_shown_only_where_five_share_it(client: FlaskClient, stage: Writing) -> None:
    sign_in(client, stage.member)
    assert "Fewer than five members share your role" in client.get(stage.url).text
    for _each in range(4):
        make_member(stage.session, stage.series)
    assert "For example, Headteacher, secondary · Z. At least five" in client.get(stage.url).text


def test_hostile_words_stay_words(client: FlaskClient, stage: Writing) -> None:
    nasty = "</textarea><script>alert(1)</script>"
    sign_in(client, stage.member)
    typed = stage.typed(do="preview", claim=nasty, **{"served-2-proposed": nasty, "find": nasty})
    for url in (stage.url, f"{stage.url}/preview"):
        answer = client.post(url, data=typed)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_a_draft_stands_on_what_was_typed_and_can_be_read_back(stage: Writing) -> None:
    typed = {name: value if isinstance(value, list) else [value]
             for name, value in stage.typed(do=None).items()}  # fmt: skip
    written = read_kept(typed, SHAPE)
    assert as_typed(written) == typed
    assert as_typed(act(act(written, "served-up-1"), "served-down-0")) == typed


def test_the_page_as_json_is_the_same_page(client: FlaskClient, stage: Writing) -> None:
    page = client.get(f"{stage.url}.json")
    assert json_of(page)["thread_question"] == stage.thread.question
    assert page.headers["Cache-Control"] == "private, no-store"


def test_the_page_of_a_visitor_says_that_signing_in_keeps_everything(
    client: FlaskClient, stage: Writing
) -> None:
    make_position(stage.session, stage.thread, first_published_at=NOW)
    page = client.get(stage.url)
    assert page.status_code == 200
    assert "kept for seven days" in page.text
    assert stage.session.scalars(select(KeptDraft)).all() == []
