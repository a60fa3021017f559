"""What a link shows where it is sent: what the page leads with, drawn as a visitor reads it."""

import re
import struct
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import paths
from discussion.reach.pictures.drawing import as_png
from discussion.reach.pictures.queries import finding
from discussion.reach.pictures.queries.shapes import Bars, Chip, Mark, Picture
from discussion.series.series.models import Series
from tests.conftest import json_of, sign_in
from tests.factories import make_item, make_member, make_position, make_series, make_thread
from tests.weighing.findings.worlds import WORKED, weighed

FAMILIES = ("purpose", "shares", "counts", "run", "other")
LONG = "w" * 280
AWKWARD = {
    "one long word": Picture("position", "W" * 34, "A position", LONG, "en", 117, "shares"),
    "nothing drawn": Picture("series", "", "", "Why?", "en"),
    "right to left": Picture("position", "S", "L", "كل تلميذ يجب أن يتعلم", "ar", 3, "counts"),
    "no font": Picture("thread", "S", "L", "学校应该以什么为目标？", "zh"),
    "as markup": Picture("thread", "#eval", '"', '#panic("x") $x$ @a <b> \\ \x0b', "not-a-tag"),
    "sixty": Picture("thread", "S", "L", "Why? " * 40, "en",
                     marks=tuple(Mark(FAMILIES[n % 5], n, n / 59) for n in range(60))),
    "chips": Picture("position", "S", "L", "Why?", "en", 1, "",
                     chips=(Chip("W" * 40, "run"), Chip("", ""))),
    "nobody": Picture("finding", "S", "L", "Why?", "",
                      bars=Bars("A" * 30, "B", (0.0,) * 7, (0.0,) * 7)),
}  # fmt: skip


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.fixture
def series(session: Session) -> Series:
    return make_series(session, attribution="named", question="What should it be for?")


@pytest.mark.parametrize("what", AWKWARD)
def test_whatever_is_written_can_be_drawn(app: Any, what: str) -> None:
    with app.test_request_context():
        assert size_of(as_png(AWKWARD[what])) == (1200, 630)


def test_pages_lead_to_their_pictures_and_those_are_drawn(
    session: Session, client: FlaskClient, series: Series
) -> None:
    thread = make_thread(session, series)
    position = make_position(session, thread, revision={"claim": "Say “why”, & <how>."})
    world = weighed(session, {code: WORKED[code] for code in WORKED})
    world.compute()
    session.flush()
    leads = {
        paths.series(series.slug): paths.picture_of_series(series.slug),
        paths.thread(thread.slug): paths.picture_of_thread(thread.slug),
        paths.position(position.public_id): paths.picture_of_position(position.public_id),
        paths.findings(world.thread.slug): paths.picture_of_finding(world.thread.slug),
    }
    base = client.application.extensions["site"].settings.public_url
    for page, picture in leads.items():
        said = dict(re.findall('<meta property="(og:.*?)" content="(.*?)">', client.get(page).text))
        assert said["og:image"] == base + picture, page
        assert said["og:url"] == base + page
        assert said["og:title"]
        drawn = client.get(picture)
        assert (drawn.status_code, drawn.mimetype) == (200, "image/png"), picture
        assert size_of(drawn.data) == (1200, 630)
        assert drawn.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(leads) == 4


def test_every_page_of_a_visitor_has_a_picture_that_is_drawn(
    session: Session, client: FlaskClient, series: Series
) -> None:
    """Its own, its thread's, its series', or the site's."""
    make_thread(session, series)
    item = make_item(session, series)
    session.flush()
    at, slug = paths.picture_of_series(series.slug), series.slug
    leads = {
        "/": paths.picture_of_site(), paths.about(): paths.picture_of_site(),
        paths.duties(): paths.picture_of_site(), paths.feeds(): paths.picture_of_site(),
        paths.library(slug): at, paths.item(slug, item.public_id): at, paths.values(slug): at,
        paths.rules(slug): at, paths.log(slug): at, paths.publications(slug): at,
        paths.series_findings(slug): at, paths.feeds_of(slug): at,
    }  # fmt: skip
    base = client.application.extensions["site"].settings.public_url
    for page, picture in leads.items():
        told = client.get(page, follow_redirects=True).text
        said = dict(re.findall('<meta (?:property|name)="(.*?)" content="(.*?)">', told))
        expected = (
            paths.picture_of_series(slug) if page == "/" and slug in said["og:url"] else picture
        )
        assert said["og:image"] == base + expected, page
        assert said["og:title"], page
        assert said["og:description"], page
        assert said["twitter:card"] == "summary_large_image", page
    drawn = client.get(paths.picture_of_site())
    assert size_of(drawn.data) == (1200, 630)


def test_a_picture_of_a_thread_shows_where_its_positions_stand(
    session: Session, series: Series
) -> None:
    thread = make_thread(session, series, question="Who decides?")
    for at in (0.75, 0.25):
        make_position(session, thread, revision={"placements": {"requirement": at}})
    make_position(session, thread, state="hidden", revision={"placements": {"requirement": 0.5}})
    make_position(session, thread, revision={"placements": {}})
    session.flush()
    drawn = finding.of_thread(session, thread.slug)
    assert drawn is not None
    assert drawn.words == "Who decides?"
    assert [mark.at for mark in drawn.marks] == [0.25, 0.75]


def test_a_picture_says_nothing_of_who_wrote(session: Session, series: Series) -> None:
    position = make_position(session, make_thread(session, series, attribution="named"))
    session.flush()
    drawn = finding.of_position(session, position.public_id)
    assert drawn is not None
    assert position.author.display_name not in repr(drawn)
    assert (drawn.number, drawn.chips[0].label) == (position.number, "Equality")


@pytest.mark.parametrize("state", ["hidden", "withdrawn", "removed", "draft"])
def test_of_what_cannot_be_read_there_is_no_picture(
    session: Session, client: FlaskClient, series: Series, state: str
) -> None:
    thread = make_thread(session, series)
    position = make_position(session, thread, state=state)
    moderator = make_member(session, series, role="moderator")
    session.flush()
    for asking in (client, sign_in(client.application.test_client(), moderator)):
        gone = (
            paths.picture_of_position(position.public_id),
            paths.picture_of_finding(thread.slug),  # before any round has closed
        )
        assert {asking.get(path).status_code for path in gone} == {404}


def test_a_series_for_members_has_no_pictures(session: Session, client: FlaskClient) -> None:
    """Members are not led to them either, and a picture has no reader."""
    series = make_series(session, visibility="members")
    thread = make_thread(session, series)
    position = make_position(session, thread)
    member = make_member(session, series)
    session.flush()
    asking = sign_in(client.application.test_client(), member)
    page = asking.get(paths.thread(thread.slug))
    assert page.status_code == 200
    assert "og:image" not in page.text
    for path in (
        paths.picture_of_series(series.slug),
        paths.picture_of_thread(thread.slug),
        paths.picture_of_position(position.public_id),
    ):
        assert {one.get(path).status_code for one in (client, asking)} == {404}


def test_a_telephone_is_given_the_mark_of_the_site(client: FlaskClient) -> None:
    told = json_of(client.get("/manifest.webmanifest"))
    assert told["name"] == client.application.extensions["site"].settings.site_name
    for icon in told["icons"]:
        side = int(icon["sizes"].partition("x")[0])
        assert size_of(client.get(icon["src"]).data) == (side, side)
    assert len(told["icons"]) == 3
    assert client.get("/pictures/icon-4096.png").status_code == 404
