"""Hostile inputs through the real forms leave nothing active on any page that shows them."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.factories import make_item, make_member, make_position, make_series, make_thread

INPUTS = Path(__file__).parent.parent / "data" / "sanitiser"
POSTS = 24
URLS = ("/", "#", "https://", "http://", "mailto:", "?", "data:image/svg+xml")
TAGS_THAT_ACT = {
    "iframe",
    "object",
    "embed",
    "base",
    "applet",
    "frame",
    "frameset",
    "foreignobject",
}


class Acting(HTMLParser):
    """Everything on a page that could act and is not the site's own."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._is_data = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in TAGS_THAT_ACT or (tag == "meta" and "http-equiv" in given):
            self.found.append(f"<{tag}>")
        self._is_data = tag == "script" and given == {"type": "application/ld+json"}
        if tag == "script" and not (self._is_data or given.get("src", "").startswith("/static/")):
            self.found.append("<script>")
        for name, value in given.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.found.append(f"{name}={value}")
            if name in ("href", "src", "action", "formaction", "xlink:href"):
                self._address(tag, value)

    def handle_data(self, data: str) -> None:
        if self._is_data:  # a block of data acts only where it ends early, and then is no JSON
            self._is_data = False
            json.loads(data)

    def _address(self, tag: str, value: str) -> None:
        if not value.strip().lower().startswith(URLS) or value.startswith("//"):
            self.found.append(f"<{tag}> {value}")


def hostile() -> list[str]:
    """A few hundred of the inputs, drawn evenly from every file."""
    drawn: list[str] = []
    for path in sorted(INPUTS.glob("*.json")):
        texts = [text for text in _strings(json.loads(path.read_text())) if text.strip()]
        drawn += texts[:: max(1, len(texts) // 30)]
    return drawn


@pytest.fixture
def series(session: Session) -> Series:
    return make_series(session, moderation="post")


def test_there_are_a_few_hundred() -> None:
    assert len(hostile()) > 300


def test_hostile_words_in_every_field_of_a_position_stay_words(
    session: Session, series: Series, client: FlaskClient
) -> None:
    texts = iter(hostile() * 2)
    thread = make_thread(session, series)
    item = make_item(session, series)
    for _post in range(POSTS):
        posted = _position(texts, item)
        sign_in(client, _established(session, series))
        answer = client.post(f"/positions/write/{thread.slug}", data=posted)
        if answer.status_code == 422:  # what may identify somebody is to be looked at again
            _nothing_acts(answer.text)
            posted["looked_again"] = _digest(answer.text)
            answer = client.post(f"/positions/write/{thread.slug}", data=posted)
        assert answer.status_code == 303, answer.text[:400]
        _nothing_acts(client.get(answer.location).text)
        _nothing_acts(client.get("/positions/mine").text)
    client.delete_cookie("session")
    _nothing_acts(client.get(f"/threads/{thread.slug}").text)
    _nothing_acts(client.get(f"/threads/{thread.slug}?group=value").text)
    rows = session.scalars(select(Position).where(Position.thread_id == thread.id)).all()
    assert len(rows) == POSTS
    for row in rows:
        _nothing_acts(client.get(f"/positions/{row.public_id}").text)
        assert client.get(f"/positions/{row.public_id}.json").mimetype == "application/json"


def test_hostile_words_in_responses_and_items_stay_words(
    session: Session, series: Series, client: FlaskClient
) -> None:
    texts = hostile()
    position = make_position(session, make_thread(session, series))
    for text in texts[::8]:
        sign_in(client, _established(session, series))
        data = {"type": "asks", "text": f"{text[:1200]} .", "attribution": "role",
                "nobody_identified": "yes", "do": "publish", "seen": "1"}  # fmt: skip
        answer = client.post(f"/positions/{position.public_id}/respond", data=data)
        if answer.status_code == 422:
            _nothing_acts(answer.text)
            data["looked_again"] = _digest(answer.text)
            answer = client.post(f"/positions/{position.public_id}/respond", data=data)
        assert answer.status_code == 303, answer.text[:400]
    assert len(session.scalars(select(Response)).all()) > 20
    _nothing_acts(client.get(f"/positions/{position.public_id}").text)


def test_a_hostile_search_is_shown_as_words(
    session: Session, series: Series, client: FlaskClient
) -> None:
    make_item(session, series)
    assert len(hostile()) > 50
    for text in hostile()[::5]:
        page = client.get(f"/evidence/{series.slug}", query_string={"q": text[:200]})
        assert page.status_code in (200, 422)
        _nothing_acts(page.text)


def _established(session: Session, series: Series) -> Person:
    """A member of whom something stands in the series, so that their links are not counted."""
    person = make_member(session, series)
    make_position(session, make_thread(session, series), person)
    return person


def _position(texts: Iterator[str], item: EvidenceItem) -> dict[str, Any]:
    def some(longest: int) -> str:
        return f"{next(texts)[: longest - 4]} ."

    return {
        "claim": some(120),
        "reasoning": "\n\n".join(some(900) for _ in range(4)),
        "served-0-value": "equality",
        "served-0-gloss": some(90),
        "served-1-proposed": some(30),
        "outweighed-0-value": "stewardship",
        "outweighed-0-gloss": some(90),
        "links-0-item": item.public_id,
        "links-0-stance": "contradicts",
        "links-0-warrant": some(300),
        "links-0-rebuttal": some(300),
        "links-0-transfer": "similar",
        "links-0-transfer_note": some(140),
        "links-0-locator": some(60),
        "level": "school",
        "setting": some(90),
        "confidence": "2",
        "objection": some(300),
        "change_mind": ["evidence"],
        "change_mind_text": some(140),
        "interests": some(140),
        "attribution": "role",
        "nobody_identified": "yes",
        "do": "publish",
    }


def _digest(html: str) -> str:
    """The value of the tick by which one says that one has looked again."""
    match = re.search(r'id="looked_again"[^>]*value="([^"]*)"', html)
    return match[1] if match else ""


def _nothing_acts(html: str) -> None:
    assert not Acting(html).found, Acting(html).found[:5]


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)
