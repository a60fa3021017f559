"""Of many who ask at once for a page that is not kept, one makes it; no failure holds anybody."""

from collections import Counter
from collections.abc import Callable
from threading import Event, Thread

import pytest
from flask import Flask

from discussion.web import flights
from discussion.web.caching import PageCache
from discussion.web.flights import Flight, Flights
from discussion.web.site import site

READERS = 8


def each_in_a_thread(ask: Callable[[], object]) -> list[object]:
    """What each of the readers got, all of whom asked at once."""
    got: list[object] = []
    threads = [Thread(target=lambda: got.append(ask())) for _ in range(READERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert len(got) == READERS, "nobody is held"
    return got


class Watched(PageCache):
    """Pages whose making waits until everybody has asked for the state."""

    asked = 0
    all_asked = Event()

    def state(self) -> str:
        found = super().state()
        self.asked += 1
        if self.asked > READERS:  # each once, and whoever makes it once more
            self.all_asked.set()
        return found


@pytest.fixture
def made(own_app: Flask) -> Counter[str]:
    """How often each address was made, which takes until all have asked; /broken fails then."""
    site(own_app).assets["pages"] = pages = Watched(site(own_app).engine)
    count: Counter[str] = Counter()

    def slow() -> str:
        count["slow"] += 1
        assert pages.all_asked.wait(20)
        return f"<p>{count['slow']}</p>"

    def broken() -> tuple[str, int]:
        count["broken"] += 1
        assert pages.all_asked.wait(20)
        return "<p>Broken.</p>", 500

    own_app.add_url_rule("/slow", "slow", slow)
    own_app.add_url_rule("/broken", "broken", broken)
    return count


def test_one_makes_it_for_all(own_app: Flask, made: Counter[str]) -> None:
    got = each_in_a_thread(lambda: own_app.test_client().get("/slow").text)
    assert (made["slow"], set(got)) == (1, {"<p>1</p>"})


def test_a_maker_that_fails_holds_nobody(own_app: Flask, made: Counter[str]) -> None:
    got = each_in_a_thread(lambda: own_app.test_client().get("/broken").status_code)
    assert (made["broken"], set(got)) == (READERS, {500})


def test_who_came_after_a_change_is_not_given_what_was_begun_before_it() -> None:
    sharing: Flights[str, str] = Flights()
    first = sharing.share("page", bool)
    assert isinstance(first, Flight)
    got: list[object] = []
    waits = Thread(target=lambda: got.append(sharing.share("page", lambda made: made == "after")))
    waits.start()
    sharing.land("page", first, "before")
    waits.join(20)
    assert isinstance(got[0], Flight), "it makes its own"


def test_a_maker_that_never_ends_is_waited_for_once() -> None:
    sharing: Flights[str, str] = Flights(patience=0.01)
    sharing.share("page", bool)
    assert isinstance(sharing.share("page", bool), Flight)
    mine = sharing.share("page", bool)
    assert isinstance(mine, Flight)
    sharing.land("page", mine, "made")
    assert not sharing._flights


def test_however_many_addresses_are_asked_for_at_once_the_table_is_bounded() -> None:
    sharing: Flights[int, str] = Flights()
    for n in range(2 * flights.MOST):
        assert isinstance(sharing.share(n, bool), Flight)
    assert len(sharing._flights) == flights.MOST
