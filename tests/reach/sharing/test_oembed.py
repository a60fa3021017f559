"""oEmbed: which card stands for an address, in the words of oembed.com, and nothing else."""

import re
from dataclasses import replace
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import paths
from discussion.web.site import site
from tests.conftest import json_of
from tests.factories import make_position, make_series, make_thread

QUESTION = 'Who counts, & "how"?'


@pytest.fixture
def address(session: Session, client: FlaskClient) -> str:
    thread = make_thread(session, make_series(session), question=QUESTION)
    make_position(session, thread)
    session.flush()
    return site(client.application).settings.public_url + paths.thread(thread.slug)


def test_a_program_is_told_what_to_show_for_an_address(client: FlaskClient, address: str) -> None:
    told = json_of(client.get("/oembed", query_string={"url": address, "format": "json"}))
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", QUESTION)
    assert "author_name" not in told
    found = re.fullmatch(r'<iframe src="(.*?)" width="(\d+)" height="(\d+)" title="(.*?)" '
                         r'loading="lazy"></iframe>', told["html"])  # fmt: skip
    assert found is not None
    src, width, height, title = found.groups()
    assert unescape(title) == QUESTION
    assert (int(width), int(height)) == (told["width"], told["height"])
    base = site(client.application).settings.public_url
    assert client.get(src.removeprefix(base)).status_code == 200
    assert client.get(told["thumbnail_url"].removeprefix(base)).mimetype == "image/png"


def test_a_page_leads_to_its_card_and_offers_its_code(client: FlaskClient, address: str) -> None:
    page = client.get(address.partition(":8000")[2] or address).text
    base = site(client.application).settings.public_url
    (found,) = re.findall('type="application/json[+]oembed" href="(.*?)"', page)
    told = json_of(client.get(unescape(found).removeprefix(base)))
    assert told["title"] == QUESTION
    code = unescape(page.split('id="share-code"')[1].split(">", 1)[1].split("</textarea>")[0])
    assert code == told["html"]


@pytest.mark.parametrize("width", [1, 200, 279, 280, 600, 99_999])
def test_a_card_is_no_larger_than_there_is_room_for(
    client: FlaskClient, address: str, width: int
) -> None:
    limits = {"url": address, "maxwidth": width, "maxheight": 150}
    told = json_of(client.get("/oembed", query_string=limits))
    assert told["width"] <= width
    assert told["height"] <= 150
    assert "thumbnail_url" not in told


@pytest.mark.parametrize(
    ("asked", "code"),
    [({"format": "xml"}, 501), ({"format": "yaml"}, 501), ({"maxwidth": "wide"}, 400),
     ({"maxheight": "-1"}, 400), ({"maxwidth": "9" * 40}, 400), ({"url": ""}, 404),
     ({"url": "https://elsewhere.example/threads/x"}, 404), ({"url": "javascript:alert(1)"}, 404),
     ({"url": "http://[bad"}, 404), ({"url": "{base}/threads/none"}, 404),
     ({"url": "{base}/moderation"}, 404), ({"url": "{base}@elsewhere.example/"}, 404),
     ({"url": "{base}/"}, 404), ({"url": "{base}/oembed"}, 404)],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_as_the_standard_says(
    client: FlaskClient, address: str, asked: dict[str, str], code: int
) -> None:
    base = site(client.application).settings.public_url
    query = {"url": address} | {name: one.replace("{base}", base) for name, one in asked.items()}
    refused = client.get("/oembed", query_string=query)
    assert (refused.status_code, refused.mimetype) == (code, "application/problem+json")


def test_where_the_host_does_not_allow_it_nothing_may_be_embedded(
    client: FlaskClient, address: str
) -> None:
    place = site(client.application)
    path = address.removeprefix(place.settings.public_url)
    kept, place.settings = place.settings, replace(place.settings, embed=False)
    place.assets.pop("layouts", None)
    try:
        for asked in (f"/embed{path}", f"/oembed?url={address}"):
            refused = client.get(asked)
            assert refused.status_code == 404
            assert "frame-ancestors 'none'" in refused.headers["Content-Security-Policy"]
        page = client.get(path).text
        assert "oembed" not in page
        assert "iframe" not in page
    finally:
        place.settings = kept
        place.assets.pop("layouts", None)
