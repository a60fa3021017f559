"""What a page weighs: bytes of HTML, bytes that travel, and that each symbol it uses is in it."""

import gzip
import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from bench.filling import POSITIONS, fill_thread
from discussion.web.shrinking import shrink_css, shrink_script
from discussion.web.site import site
from tests.factories import make_series

KB = 1024


def test_a_thread_of_twenty_positions_stays_light(client: FlaskClient, session: Session) -> None:
    thread = fill_thread(session, make_series(session))
    page = client.get(f"/threads/{thread.slug}")
    assert page.data.count(b"<article") == POSITIONS
    assert len(page.data) <= 86.5 * KB
    assert len(gzip.compress(page.data, 6)) <= 10.5 * KB


def test_a_first_visit_stays_light(app: Flask, client: FlaskClient, session: Session) -> None:
    """The page, the style sheet, the one script that a thread wakes, and both faces."""
    thread = fill_thread(session, make_series(session))
    addresses = site(app).assets
    packed = [
        client.get(path, headers={"Accept-Encoding": "gzip"})
        for path in (f"/threads/{thread.slug}", addresses["css_url"], addresses["js_url"])
    ]
    assert all(one.headers["Content-Encoding"] == "gzip" for one in packed)
    faces = list((Path(__file__).parents[2] / "static" / "fonts").glob("*.woff2"))
    assert len(faces) == 2
    weights = [len(one.data) for one in packed] + [path.stat().st_size for path in faces]
    assert sum(weights) < 92 * KB


def test_styles_are_the_same_rules_in_less_space() -> None:
    css = """/* Why. */
    .a > .b:is(.c, .d) { margin: calc(1px + var(--far)) ; content: "a  /* b */ > c"; }
    @media (min-width: 4rem) and (hover) { .a :not(.b) { --far: 2px; color: red; } }
    """
    assert shrink_css(css) == (
        '.a>.b:is(.c,.d){margin:calc(1px + var(--a));content:"a  /* b */ > c"}'
        "@media (min-width:4rem) and (hover){.a :not(.b){--a:2px;color:red}}"
    )


def test_scripts_keep_what_is_quoted_and_patterns() -> None:
    script = """const a = b + "c  =  d" ; // why
    // why not
    x.replace( /a = b/g , `e  ${f} = g`) ;
    """
    assert shrink_script(script) == 'const a=b+"c  =  d";x.replace(/a = b/g,`e  ${f} = g`);'


def test_what_is_folded_comes_when_asked_and_stands_whole_at_its_address(
    client: FlaskClient, session: Session
) -> None:
    thread = fill_thread(session, make_series(session))
    first = thread.positions[0]
    said = "What is offered after the last bell"
    folded = client.get(f"/threads/{thread.slug}").text
    [link] = re.findall(rf'href="(/positions/{first.public_id})#reasoning"', folded)
    assert said not in folded
    for level in (3, 4):
        part = client.get(f"{link}?level={level}", headers={"X-Fragment": "1"}).text
        assert said in part
        assert f"<h{level + 1}>" in part
        assert "<html" not in part
    alone = client.get(link).text
    assert said in alone
    assert 'id="reasoning"' in alone
    full = client.get(f"/threads/{thread.slug}?full=1").text
    assert full.count(said) == POSITIONS
    assert full.count('<tr><th scope="row">') >= POSITIONS  # and the map as a table


def test_each_symbol_that_a_page_draws_is_in_it(client: FlaskClient, session: Session) -> None:
    series = make_series(session)
    thread = fill_thread(session, series)
    paths = (
        f"/threads/{thread.slug}",
        f"/threads/{thread.slug}?full=1",
        f"/positions/{thread.positions[0].public_id}",
        f"/series/{series.slug}",
        f"/evidence/{series.slug}",
    )
    for path in paths:
        page = client.get(path).text
        drawn = set(re.findall(r'<use href="#([^"]+)"', page))
        assert len(drawn) >= 3, path
        assert not drawn - set(re.findall(r' id="([^"]+)"', page)), path
