"""Looking a DOI up at a real small server of Crossref's shape."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import pytest

from discussion.config import Settings
from discussion.debate.evidence import crossref
from discussion.debate.evidence.crossref import LookupProblem, draft_of, look_up
from discussion.debate.evidence.drafts import ItemDraft

WORK = {
    "DOI": "10.1007/s10964-007-9207-1",
    "type": "journal-article",
    "title": ["Mandated <i>community</i> service &amp; engagement"],
    "subtitle": ["A randomised controlled trial"],
    "author": [{"family": "Henderson", "given": "A."}, {"name": "A Consortium"}, {"given": "x"}],
    "issued": {"date-parts": [[2007, 8]]},
    "container-title": ["Journal of Youth"],
    "volume": "36",
    "issue": "7",
    "page": "849-860",
    "language": "en",
    "resource": {"primary": {"URL": "https://link.example.org/article/?utm_source=x"}},
    "URL": "https://doi.org/10.1007/s10964-007-9207-1",
}


class Handler(BaseHTTPRequestHandler):
    seen: list[tuple[str, str]] = []  # noqa: RUF012  # one server a test

    def do_GET(self) -> None:
        Handler.seen.append((unquote(self.path), self.headers["User-Agent"]))
        kind = self.path.rpartition("%2F")[2]
        getattr(self, f"_{kind.replace('-', '_')}", self._work)()

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _work(self) -> None:
        self._send(json.dumps({"status": "ok", "message": WORK}).encode())

    def _missing(self) -> None:
        self._send(b"Resource not found.", 404)

    def _broken(self) -> None:
        self._send(b"oops", 500)

    def _garbage(self) -> None:
        self._send(b"<html>not json")

    def _list(self) -> None:
        self._send(b"[1, 2]")

    def _deep(self) -> None:
        self._send(b"[" * 100_000)

    def _empty(self) -> None:
        self._send(b'{"message": {}}')

    def _odd(self) -> None:
        odd = {"title": ["t"], "author": "x", "issued": [], "resource": 3}
        self._send(json.dumps({"message": odd}).encode())

    def _huge(self) -> None:
        self._send(b'{"message": "' + b"a" * 1_500_000 + b'"}')

    def _elsewhere(self) -> None:
        self._send(b"", 302, Location="http://169.254.169.254/latest")

    def _moved(self) -> None:
        self._send(b"", 301, Location="/works/10.1000%2Fwork")

    def _round(self) -> None:
        self._send(b"", 302, Location=self.path)

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(40):
            self.wfile.write(b" ")
            time.sleep(0.1)

    def log_message(self, *_given: Any) -> None:
        pass


@pytest.fixture
def asking(tmp_path: Any) -> Iterator[Settings]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Handler.seen = []
    yield Settings(
        environment="test",
        data_dir=tmp_path,
        crossref_url=f"http://127.0.0.1:{server.server_port}/",
        crossref_mailto="library@example.org",
    )
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_work_becomes_a_draft(asking: Settings) -> None:
    draft = look_up(asking, "10.1007/s10964-007-9207-1")
    assert isinstance(draft, ItemDraft)
    assert draft.title == "Mandated community service & engagement: A randomised controlled trial"
    assert draft.authors == ("Henderson, A.", "A Consortium")
    assert (draft.year, draft.publisher) == (2007, "Journal of Youth 36(7), 849–860")
    assert (draft.doi, draft.url) == (
        "10.1007/s10964-007-9207-1",
        "https://link.example.org/article/",
    )
    assert (draft.kind, draft.question_type, draft.status) == ("rct", "", "current")


def test_the_server_is_told_who_asks_and_where_to_write(asking: Settings) -> None:
    look_up(asking, "10.1000/a?b#c")
    ((path, agent),) = Handler.seen
    assert path == "/works/10.1000/a?b#c"
    assert "mailto:library@example.org" in agent


def test_an_unknown_doi_is_said_to_be_unknown(asking: Settings) -> None:
    found = look_up(asking, "10.1000/missing")
    assert isinstance(found, LookupProblem)
    assert found.kind == "not_found"


@pytest.mark.parametrize(
    "kind", ["broken", "garbage", "list", "deep", "empty", "odd", "huge", "elsewhere", "round"]
)
def test_a_bad_answer_is_a_sentence_and_never_an_error(asking: Settings, kind: str) -> None:
    found = look_up(asking, f"10.1000/{kind}")
    assert isinstance(found, LookupProblem)
    assert found.kind == "unreachable"


def test_a_redirect_on_the_same_host_is_followed(asking: Settings) -> None:
    assert isinstance(look_up(asking, "10.1000/moved"), ItemDraft)


def test_a_slow_drip_ends_with_the_time(asking: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crossref, "TIMEOUT", 0.5)
    began = time.monotonic()
    assert isinstance(look_up(asking, "10.1000/drip"), LookupProblem)
    assert time.monotonic() - began < 3


def test_nobody_there_is_a_sentence(asking: Settings) -> None:
    offline = replace(asking, crossref_url="http://127.0.0.1:9")
    found = look_up(offline, "10.1000/x")
    assert isinstance(found, LookupProblem)
    assert "Type it in" in found.sentence


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"updated-by": [{"type": "retraction", "DOI": "10.1/r"}]}, "retracted"),
        ({"update-to": [{"type": "retraction", "DOI": "10.1/r"}]}, "retracted"),
        ({"updated-by": [{"type": "erratum", "DOI": "10.1/r"}]}, "corrected"),
        ({"updated-by": [{"type": "erratum"}, {"type": "retraction"}]}, "retracted"),
        ({"title": ["RETRACTED: A study"]}, "retracted"),
        ({"updated-by": "retraction"}, "current"),
    ],
)
def test_a_notice_suggests_the_status(more: dict[str, Any], status: str) -> None:
    assert draft_of(WORK | more, "10.1000/x").status == status
