"""Compressed where it helps, the same words after unpacking, and nothing secret squeezed."""

import gzip
import zlib

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.web.compression import Kept, gzipped
from discussion.web.fragments import Fragments
from discussion.web.pieces import THOROUGH, Pieces, deflated, joined
from tests.conftest import sign_in, without_tokens
from tests.factories import make_person, make_position, make_series, make_thread

GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def address(session: Session) -> str:
    thread = make_thread(session, make_series(session))
    make_position(session, thread)
    return f"/threads/{thread.slug}"


@pytest.mark.parametrize("face", ["", ".json"])
def test_a_compressed_page_says_the_same(client: FlaskClient, address: str, face: str) -> None:
    plain = client.get(address + face)
    packed = client.get(address + face, headers=GZIP)

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in plain.vary
    assert "Accept-Encoding" in packed.vary
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    assert int(packed.headers["Content-Length"]) == len(packed.data)


def test_a_compressed_page_is_not_sent_again(client: FlaskClient, address: str) -> None:
    tag = client.get(address, headers=GZIP).headers["ETag"]
    again = client.get(address, headers=GZIP | {"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_refusing_gzip_gets_the_page_as_it_is(client: FlaskClient, address: str) -> None:
    for said in ("identity", "br", "gzip;q=0"):
        answered = client.get(address, headers={"Accept-Encoding": said})
        assert "Content-Encoding" not in answered.headers, said


def test_styles_are_compressed(app: Flask, client: FlaskClient) -> None:
    css = app.extensions["site"].assets["css_url"]
    assert client.get(css, headers=GZIP).headers["Content-Encoding"] == "gzip"


def test_pages_that_hold_a_secret_are_not_compressed(client: FlaskClient) -> None:
    answered = client.get("/accounts/sign-in?next=/x", headers=GZIP)
    assert answered.status_code == 200
    assert "Content-Encoding" not in answered.headers


def test_the_length_of_a_page_for_somebody_signed_in_tells_nothing(
    client: FlaskClient, session: Session, address: str
) -> None:
    sign_in(client, make_person(session))
    answered = [client.get(address, headers=GZIP) for _ in range(12)]
    assert len({len(one.data) for one in answered}) > 1
    pages = {without_tokens(gzip.decompress(one.data).decode()) for one in answered}
    assert len(pages) == 1


def test_a_page_of_ones_own_is_never_kept() -> None:
    kept = Kept()
    assert gzip.decompress(kept.find("", b"mine")) == b"mine"
    assert (
        kept.find("tag", b"first")
        == kept.find("tag", b"not looked at")
        == gzipped(b"first", level=THOROUGH)
    )


def test_a_fragment_is_remembered_by_all_of_its_arguments(app: Flask) -> None:
    macro = app.jinja_env.from_string(
        "{% macro said(word, level=1) %}{{ word }}{{ level }}{% endmacro %}"
    ).module.said  # type: ignore[attr-defined]
    calls = []

    def counted(*given: object, **named: object) -> str:
        calls.append(given)
        return str(macro(*given, **named))

    counted.name = "said"  # type: ignore[attr-defined]
    fragments = Fragments()
    with app.test_request_context():
        assert fragments.remembered(counted, "<a>", level=2) == "&lt;a&gt;2"  # type: ignore[arg-type]
        assert fragments.remembered(counted, "<a>", level=3) == "&lt;a&gt;3"  # type: ignore[arg-type]
        assert fragments.remembered(counted, "<a>", level=2) == "&lt;a&gt;2"  # type: ignore[arg-type]
    assert len(calls) == 2


@pytest.mark.parametrize("padding", [0, 1, 100])
@pytest.mark.parametrize("middle", [b"", b"kept " * 20_000, "Ünïcödé".encode()])
def test_what_was_compressed_before_is_a_piece_of_one_whole(middle: bytes, padding: int) -> None:
    said = (b"<p>before</p>" * 50, middle, b"after")
    before, between, after = ((each, deflated(each, THOROUGH)) for each in said)
    pieces = Pieces(before, between, after, "a name")
    reading = zlib.decompressobj(16 + zlib.MAX_WBITS)  # one member, as browsers read it
    whole = reading.decompress(joined(pieces, padding=padding))
    assert whole == b"".join(said)
    assert (reading.eof, reading.unused_data) == (True, b"")


def test_a_kept_page_of_somebody_is_compressed_around_what_is_kept(
    app: Flask, client: FlaskClient, session: Session, address: str
) -> None:
    sign_in(client, make_person(session))
    packed = client.get(address, headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert without_tokens(gzip.decompress(packed.data).decode()) == without_tokens(
        client.get(address).text
    )
