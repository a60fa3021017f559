"""A signed-in journey calls nothing that a newer Python than this one gives up.

Newer Pythons warn, and warnings are errors here; but a machine with an older one would not notice.
So every call of the journey is listened to, in our code and in what it calls.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import FrameType
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import make_member, make_position, make_response, make_series, make_thread
from tests.people.accounts.journeys import enter, make_account

# Where it is defined → the Python that began to warn of it, or took it away.
GIVEN_UP = {
    "datetime.utcnow": "3.12",
    "datetime.utcfromtimestamp": "3.12",
    "ast.Num.__new__": "3.12",
    "ast.Str.__new__": "3.12",
    "ast.NameConstant.__new__": "3.12",
    "asyncio.coroutines.iscoroutinefunction": "3.14",
    "asyncio.events.get_event_loop_policy": "3.14",
    "asyncio.events.set_event_loop_policy": "3.14",
    "codecs.open": "3.14",
    "locale.getdefaultlocale": "3.11",
    "locale.resetlocale": "3.11",
    "logging.warn": "3.13",
    "logging.Logger.warn": "3.13",
    "pathlib.PurePath.is_reserved": "3.13",
    "pkgutil.find_loader": "3.12",
    "pkgutil.get_loader": "3.12",
    "sqlite3.dbapi2.register_adapters_and_converters.<locals>.adapt_date": "3.12",
    "sqlite3.dbapi2.register_adapters_and_converters.<locals>.adapt_datetime": "3.12",
    "sqlite3.dbapi2.register_adapters_and_converters.<locals>.convert_date": "3.12",
    "sqlite3.dbapi2.register_adapters_and_converters.<locals>.convert_timestamp": "3.12",
    "threading.Thread.getName": "3.10",
    "threading.Thread.setDaemon": "3.10",
    "threading.currentThread": "3.10",
    "unittest.makeSuite": "3.11",
}
PAGES = (
    "/series/{slug}", "/series/{slug}.json", "/threads/{thread}", "/threads/{thread}.json",
    "/positions/{position}", "/positions/write/{thread}", "/evidence/{slug}", "/values/{slug}",
    "/accounts/profile", "/rights", "/rights/consents", "/moderation", "/moderation/statistics",
    "/transparency/{slug}", "/transparency/{slug}/log", "/transparency/{slug}/log.csv",
)  # fmt: skip


@contextmanager
def listening() -> Iterator[set[str]]:
    """What is called meanwhile of that table, and by whom."""
    heard: set[str] = set()

    def hear(frame: FrameType, event: str, given: Any) -> None:
        if event == "c_call":
            _note(heard, getattr(given, "__qualname__", ""), frame)
        elif event == "call":
            name = f"{frame.f_globals.get('__name__', '')}.{frame.f_code.co_qualname}"
            _note(heard, name, frame.f_back)

    sys.setprofile(hear)
    try:
        yield heard
    finally:
        sys.setprofile(None)


def _note(heard: set[str], name: str, caller: FrameType | None) -> None:
    if name in GIVEN_UP and caller is not None:
        where = f"{caller.f_code.co_filename}:{caller.f_lineno}"
        heard.add(f"{name}, given up since {GIVEN_UP[name]}, by {where}")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_listener_hears_what_is_given_up() -> None:
    with listening() as heard:
        datetime.utcnow()  # noqa: DTZ003
    assert len(heard) == 1
    assert "datetime.utcnow, given up since 3.12" in heard.pop()


def test_a_signed_in_journey_calls_nothing_that_newer_pythons_give_up(
    client: FlaskClient, session: Session
) -> None:
    series = make_series(session)
    thread = make_thread(session, series)
    position = make_position(session, thread)
    make_response(session, position)
    person = make_account(session)
    make_member(session, series, person, role="moderator")
    session.commit()
    names = {"slug": series.slug, "thread": thread.slug, "position": position.public_id}
    with listening() as heard:
        assert enter(client, person.email or "", remember="y").status_code == 303
        client.delete_cookie("session")  # the browser was closed: it is remembered
        found = {page: client.get(page.format(**names)).status_code for page in PAGES}
        client.post(f"/positions/write/{thread.slug}", data={"claim": "Half of it."})
        assert client.post("/accounts/sign-out").status_code == 303
    assert heard == set()
    assert {page: code for page, code in found.items() if code != 200} == {}
