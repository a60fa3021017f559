"""What takes long to draw is made once, one at a time, and holds few of those who ask."""

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event, Lock
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.exceptions import ServiceUnavailable

from discussion.web.drawn import _WAITING, COME_BACK, MOST_WAITING, Drawn
from tests.factories import make_series

SOON = 5.0  # seconds; nothing here waits longer


class Slow:
    """Makes a thing once it may, and knows how many it made, and how many at once."""

    def __init__(self) -> None:
        self.may, self.begun = Event(), Event()
        self.made: list[str] = []
        self.at_once = self.most = 0
        self._lock = Lock()

    def make(self, name: str) -> bytes:
        with self._lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        self.begun.set()
        self.may.wait(SOON)
        with self._lock:
            self.at_once -= 1
            self.made.append(name)
        return name.encode()


def _ask(pool: ThreadPoolExecutor, drawn: Drawn[str], slow: Slow, name: str) -> Future[bytes]:
    return pool.submit(drawn.of, name, lambda: slow.make(name))


def test_who_asks_for_the_same_takes_what_the_first_makes() -> None:
    drawn, slow = Drawn[str](), Slow()
    with ThreadPoolExecutor(6) as pool:
        first = _ask(pool, drawn, slow, "a")
        assert slow.begun.wait(SOON)
        others = [_ask(pool, drawn, slow, "a") for _ in range(5)]
        slow.may.set()
        assert {one.result(SOON) for one in (first, *others)} == {b"a"}
    assert slow.made == ["a"]
    assert drawn.of("a", lambda: b"another") == b"a"


def test_a_crawler_waits_for_its_turn_or_is_told_to_come_back() -> None:
    drawn, slow = Drawn[str](), Slow()
    with ThreadPoolExecutor(3 * MOST_WAITING) as pool:
        asked = [_ask(pool, drawn, slow, f"{number}") for number in range(3 * MOST_WAITING)]
        refused = _first_refusal(asked)
        slow.may.set()
        done = [one for one in asked if one.exception(SOON) is None]
    assert refused.retry_after == COME_BACK
    assert (len(done), slow.most) == (MOST_WAITING, 1)
    assert drawn.of("last", lambda: b"last") == b"last"


def _first_refusal(asked: list[Future[bytes]]) -> ServiceUnavailable:
    for one in reversed(asked):
        try:
            error = one.exception(SOON)
        except TimeoutError:
            continue
        assert isinstance(error, ServiceUnavailable)
        return error
    raise AssertionError("nobody was refused")


def test_what_fails_is_not_kept_and_holds_nobody() -> None:
    drawn = Drawn[str]()

    def fail() -> bytes:
        raise ValueError("no face has this letter")

    for _turn in range(MOST_WAITING + 1):
        with pytest.raises(ValueError, match="no face"):
            drawn.of("a", fail)
    assert drawn.of("a", lambda: b"a") == b"a"


def test_the_longest_unasked_goes_once_there_is_too_much() -> None:
    drawn = Drawn[str](most_bytes=2)
    for name in "aba":
        drawn.of(name, name.encode)
    drawn.of("c", lambda: b"c")
    assert [drawn.of(name, lambda: b"-") for name in "ac"] == [b"a", b"c"]
    assert drawn.of("b", lambda: b"-") == b"-"


def test_a_picture_that_has_to_wait_too_long_is_refused_and_drawn_later(
    app: Flask, session: Session
) -> None:
    never_drawn = f"Which wards do we visit when all are busy? {uuid4()}"
    series = make_series(session, question=never_drawn)
    client, where = app.test_client(), f"/pictures/series/{series.slug}.png"
    with ExitStack() as others:
        for _one in range(MOST_WAITING):
            _WAITING.acquire()
            others.callback(_WAITING.release)
        refused = client.get(where)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, str(COME_BACK))
    assert client.get(where).status_code == 200
