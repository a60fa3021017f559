"""What a page weighs: bytes of HTML, bytes that travel, and that each symbol it uses is in it."""

import gzip
import re
from collections.abc import Iterable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from bench.filling import POSITIONS, fill_thread
from discussion.db import ID_ALPHABET, ID_LENGTH
from discussion.web.assets import sheets
from discussion.web.shrinking import shrink_css, shrink_script
from discussion.web.site import site
from tests.factories import make_series

KB = 1024
DRAWS = r'{%-? *(?:from|import|include|extends) +"([^"]+)"'
ROOT = Path(__file__).parents[2]
STATIC, TEMPLATES = ROOT / "static", ROOT / "templates"
ID = re.compile(rb"\b[%b]{%d}\b" % (ID_ALPHABET.encode(), ID_LENGTH))
ONE_SHEET = "{% block more_css %}{% endblock %}"


def test_a_thread_of_twenty_positions_stays_light(client: FlaskClient, session: Session) -> None:
    thread = fill_thread(session, make_series(session))
    page = client.get(f"/threads/{thread.slug}")
    assert page.data.count(b"<article") == POSITIONS
    assert len(page.data) <= 86 * KB
    # Ids are drawn by lot and cannot be packed: they take some 750 bytes, now more, now fewer.
    assert len(gzip.compress(ID.sub(b"bcdfghjkmn", page.data), 6)) <= 10.2 * KB


def test_a_first_visit_stays_light(app: Flask, client: FlaskClient, session: Session) -> None:
    """The page, the style sheet, the one script that a thread wakes, and both faces."""
    thread = fill_thread(session, make_series(session))
    addresses = site(app).assets
    packed = [
        client.get(path, headers={"Accept-Encoding": "gzip"})
        for path in (f"/threads/{thread.slug}", addresses["css_url"], addresses["js_url"])
    ]
    assert all(one.headers["Content-Encoding"] == "gzip" for one in packed)
    faces = list((STATIC / "fonts").glob("*.woff2"))
    assert len(faces) == 2
    weights = [len(one.data) for one in packed] + [path.stat().st_size for path in faces]
    assert len(packed[1].data) <= 20_000
    assert sum(weights) < 84 * KB


def test_styles_are_the_same_rules_in_less_space() -> None:
    css = """/* Why. */
    .a > .b:is(.c, .d) { margin: calc(1px + var(--far)) ; content: "a  /* b */ > c"; }
    @media (min-width: 4rem) and (hover) { .a :not(.b) { --far: 2px; color: red; } }
    """
    assert shrink_css(css, ".c { color: var(--far) }") == [
        '.a>.b:is(.c,.d){margin:calc(1px + var(--a));content:"a  /* b */ > c"}'
        "@media (min-width:4rem) and (hover){.a :not(.b){--a:2px;color:red}}",
        ".c{color:var(--a)}",
    ]


def test_a_page_that_has_one_sheet_draws_nothing_of_the_other() -> None:
    first, second = sheets(STATIC / "css")
    elsewhere = _classes(second) - _classes(first)
    light = [path for path in sorted(TEMPLATES.rglob("*.html")) if ONE_SHEET in path.read_text()]
    assert len(light) >= 11
    assert len(elsewhere) > 200
    for page in light:
        for path in _drawn_by(page):
            strays = _named(path.read_text()) & elsewhere
            assert not strays, f"{page.name} draws {strays} of {path.name}: see web/assets.py"


def _classes(sheet: Iterable[Path]) -> set[str]:
    said = (re.sub(r"/\*.*?\*/|:\s[^;{}]*;", "", path.read_text(), flags=re.S) for path in sheet)
    return {name for css in said for name in re.findall(r"\.([A-Za-z][\w-]*)", css)}


def _drawn_by(template: Path) -> set[Path]:
    """The template and whatever it extends, includes and imports."""
    found, ahead = set(), [template]
    while ahead:
        path = ahead.pop()
        if path not in found:
            found.add(path)
            names = re.findall(
                r'{%-? *(?:from|import|include|extends) +"([^"]+)"', path.read_text()
            )
            ahead += [TEMPLATES / name for name in names]
    return found


def _named(template: str) -> set[str]:
    """The classes that a template gives, those among them that it chooses from."""
    found: set[str] = set()
    for given in re.findall(r'class="((?:[^"{]|{{.*?}}|{%.*?%})*)"', template):
        for begins, choice in re.findall(r"([\w-]*){[{%](.*?)[%}]}", given):
            found.update(begins + one for one in re.findall(r'"([\w-]+)"', choice))
        found.update(re.findall(r"[A-Za-z][\w-]*", re.sub(r"{[{%].*?[%}]}", " ", given)))
    return found


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
