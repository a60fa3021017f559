"""Somebody who writes: opens a form, sends it, and follows where that leads, as a browser does."""

import gzip
import time
from http.client import HTTPConnection
from itertools import cycle, islice
from urllib.parse import urlencode

from tests.kept.browser import form_of

WORDS = "What would leave the timetable to make room for this, and who would say so ({n})?"
AS_BROWSERS = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}
TYPED = {
    "type": "asks",
    "attribution": "role",
    "nobody_identified": "yes",
    "seen": "1",
    "do": "publish",
}


class Writer:
    """Responds to one position after another; keeps how long opening and sending took."""

    _number = 0

    def __init__(self, port: int, cookie: str, positions: list[str]) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {
            "Cookie": cookie,
            "Accept-Encoding": "gzip",
            "Sec-Fetch-Site": "same-origin",
        }
        Writer._number += 1
        self._me = Writer._number
        self._positions = islice(cycle(positions), self._me, None)
        self.opened: list[float] = []
        self.sent: list[float] = []
        self.failed = ""

    def write(self) -> None:
        """One response; `failed` says what was wrong with an answer."""
        path = f"/positions/{next(self._positions)}/respond"
        status, page, took = self._ask("GET", path)
        if status != 200:
            self.failed = f"{path} answered {status}: {page[:2000]}"
            return
        self.opened.append(took)
        text = WORDS.format(n=f"{self._me}.{len(self.sent)}")
        form = form_of(page, path) | {name: [value] for name, value in TYPED.items()}
        body = urlencode(form | {"text": [text]}, doseq=True)
        status, page, took = self._ask("POST", path, body)
        if status != 303:
            self.failed = f"sending to {path} answered {status}: {page[:2000]}"
            return
        self.sent.append(took)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, float]:
        headers = self._headers
        if body is not None:
            headers = headers | {"Content-Type": "application/x-www-form-urlencoded"}
        began = time.perf_counter()
        try:
            self._connection.request(method, path, body, headers)
            answered = self._connection.getresponse()
            said = answered.read()
        except OSError as error:
            return 0, repr(error), time.perf_counter() - began
        took = time.perf_counter() - began
        if answered.headers.get("Content-Encoding") == "gzip":
            said = gzip.decompress(said)
        return answered.status, said.decode(), took
