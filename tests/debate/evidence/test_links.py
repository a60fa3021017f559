"""Looking at links in the background: in turn, outside transactions, and what is made of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.cli.doctor import find_links as links_found
from discussion.config import Settings
from discussion.debate.evidence.drafts_links import Finding
from discussion.debate.evidence.models import EvidenceItem, LinkCheck
from discussion.debate.evidence.operations import edit_item, verify_item
from discussion.debate.evidence.operations.looking import plan_checks, record_check
from discussion.debate.evidence.queries import link_in_words
from discussion.debate.evidence.queries.links import address_of
from discussion.debate.evidence.queue import CHECK, PLAN, promise_check
from discussion.debate.evidence.tasks import ASKER
from discussion.decisions.drafts import Ruling
from discussion.jobs.models import Job
from discussion.jobs.worker import Worker
from discussion.oversight.moderation.operations import decide
from discussion.web.site import site
from tests.conftest import SECRET
from tests.debate.evidence.elsewhere import Server, asker_for, look_up, serving
from tests.debate.evidence.test_adding import STUDY
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_position,
    make_series,
    make_thread,
    viewer,
)

OK, DEAD = Finding("ok", 200), Finding("dead", 404)
FAULT, NO_NAME = (Finding("unreachable", problem=why) for why in ("server", "no_host"))
MOVED = Finding("moved", 200, "https://example.org/new")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, check_links=True)


@pytest.fixture
def public() -> Iterator[Server]:
    with serving() as server:
        yield server


def record(session: Session, item: EvidenceItem, found: Finding, now: datetime = NOW) -> None:
    record_check(session, item.id, address_of(item), found, now=now)


def turns(session: Session) -> list[tuple[int, datetime]]:
    """Which items are promised a check, and when."""
    rows = session.scalars(select(Job).where(Job.name == CHECK).order_by(Job.run_after, Job.id))
    return [(row.payload["item"], row.run_after) for row in rows]


def test_the_worker_asks_outside_any_transaction_and_keeps_what_it_found(
    session: Session, app: Flask, public: Server
) -> None:
    series = make_series(session)
    make_item(session, series)
    item = make_item(session, series, url=f"http://public.test:{public.server_port}/404")
    opened: list[Session] = []
    open_session = site(app).open_session
    held: list[bool] = []

    def opening(writes: bool) -> Session:
        opened.append(open_session(writes))
        return opened[-1]

    def looking_up(host: str, port: int) -> Sequence[str]:
        held.append(any(one.in_transaction() for one in opened))
        return look_up(host, port)

    site(app).open_session = opening
    app.extensions[ASKER] = asker_for(public, look_up=looking_up)
    promise_check(session, item, NOW, NOW)
    session.commit()
    Worker(app).sweep()
    check = session.scalars(select(LinkCheck)).one()
    assert (check.item_id, check.state, check.status_code) == (item.id, "dead", 404)
    assert (item.link_state, held) == ("dead", [False, False])  # HEAD, and GET to be sure
    assert session.scalars(select(Job.done_at)).one() is not None


def test_nobody_is_asked_unless_the_settings_say_so(
    session: Session, app: Flask, public: Server
) -> None:
    item = make_item(session, make_series(session),
                     url=f"http://public.test:{public.server_port}/200")  # fmt: skip
    site(app).settings = replace(site(app).settings, check_links=False)
    app.extensions[ASKER] = asker_for(public)
    promise_check(session, item, NOW, NOW)
    session.commit()
    worker = Worker(app)
    worker.tick()
    worker.sweep()
    assert (public.seen, item.link_state, len(turns(session))) == ([], "", 1)


@pytest.mark.parametrize(
    ("environment", "said", "asks"),
    [("production", None, True), ("demonstration", None, False), ("test", None, False),
     ("test", True, True), ("production", False, False)],
)  # fmt: skip
def test_strangers_are_asked_in_production_unless_somebody_says_otherwise(
    environment: str, said: bool | None, asks: bool
) -> None:
    given: dict[str, Any] = {} if said is None else {"check_links": said}
    made = Settings(environment=environment, secret_key=SECRET,
                    base_url="https://talk.example.org", **given)  # fmt: skip
    assert made.check_links is asks


def test_what_changed_or_was_asked_a_moment_ago_is_not_asked_again(
    session: Session, app: Flask, public: Server
) -> None:
    series = make_series(session)
    base = f"http://public.test:{public.server_port}"
    unlisted = make_item(session, series, url=f"{base}/1", is_listed=False)
    hidden = make_item(session, series, url=f"{base}/2", is_hidden=True)
    offline = make_item(session, series, url=None, citation="A book")
    item = make_item(session, series, url=f"{base}/200")
    app.extensions[ASKER] = asker_for(public)
    for each in (unlisted, hidden, offline, item, item):
        promise_check(session, each, NOW, NOW)
    session.commit()
    Worker(app).sweep()
    assert public.paths == ["HEAD /200"]


def test_a_server_that_was_just_asked_is_left_in_peace_for_a_minute(
    session: Session, app: Flask, public: Server
) -> None:
    series = make_series(session)
    for number in (200, 204):
        url = f"http://public.test:{public.server_port}/{number}"
        promise_check(session, make_item(session, series, url=url), NOW, NOW)
    app.extensions[ASKER] = asker_for(public)
    session.commit()
    Worker(app).sweep()
    assert public.paths == ["HEAD /200"]
    waiting = session.scalars(select(Job).where(Job.done_at.is_(None))).one()
    assert (waiting.run_after - waiting.created_at).total_seconds() == 60


def test_links_are_put_in_turn_a_minute_apart_for_each_server(session: Session) -> None:
    series = make_series(session)
    for noise in ({"is_listed": False}, {"is_hidden": True}, {"url": None}):
        make_item(session, series, **noise)
    make_item(session, series, link_state="ok", link_checked_at=NOW - 29 * DAY)
    old = make_item(session, series, link_state="ok", link_checked_at=NOW - 31 * DAY,
                    url="https://old.example/a")  # fmt: skip
    new = [make_item(session, series, doi=f"10.1000/{number}") for number in range(3)]
    elsewhere = make_item(session, series, url="https://other.example/a")
    promised = make_item(session, series, doi="10.1000/promised")
    promise_check(session, promised, NOW + HOUR, NOW)

    assert plan_checks(session, now=NOW) == 5
    at = {item_id: (when - NOW).total_seconds() for item_id, when in turns(session)}
    assert [at[item.id] for item in new] == [3660, 3720, 3780]  # after the one of the same server
    assert (at[elsewhere.id], at[old.id]) == (60, 80)
    assert plan_checks(session, now=NOW) == 0


def test_an_item_is_looked_at_soon_after_it_is_listed_or_has_another_address(
    session: Session,
) -> None:
    series = make_series(session)
    moderator = viewer(session, make_member(session, series, role="moderator"))
    other = viewer(session, make_member(session, series, role="moderator"))
    item = make_item(session, series, is_listed=False)
    position = make_position(session, make_thread(session, series), item=item, state="draft",
                             number=None, first_published_at=None,
                             revision={"status": "pending", "version": None})  # fmt: skip
    version = position.revisions[0]
    from discussion.oversight.moderation.queries.versions import fingerprint_sources

    decide(
        session,
        moderator,
        position,
        Ruling(
            "approve",
            version_id=version.id,
            sources=fingerprint_sources(session, position, version),
        ),
        now=NOW,
    )
    assert item.is_listed
    plan = session.scalars(select(Job).where(Job.name == PLAN)).one()
    assert (plan.run_after - NOW).total_seconds() == 10

    record(session, item, FAULT)
    item.archive_url = "https://example.org/copy"
    edit_item(session, other, item, replace(STUDY, url="https://example.org/b"),
              now=NOW + HOUR)  # fmt: skip
    assert (item.link_state, item.link_checked_at, item.archive_url) == ("", None, "")
    assert plan_checks(session, now=NOW + HOUR) == 1  # not put off by tries at the old address
    assert len(session.scalars(select(Job).where(Job.name == PLAN)).all()) == 2


def test_a_finding_about_another_address_than_the_item_has_is_dropped(session: Session) -> None:
    item = make_item(session, make_series(session))
    record_check(session, item.id, "https://example.org/before", DEAD, now=NOW)
    assert item.link_state == ""
    assert not session.scalars(select(LinkCheck)).all()


def test_one_answer_tells_and_silence_only_when_it_lasts(session: Session) -> None:
    item = make_item(session, make_series(session))
    record(session, item, OK)
    seen = []
    for after in (HOUR, 2 * HOUR, DAY):
        record(session, item, FAULT, NOW + after)
        assert item.link_checked_at is not None
        seen.append((item.link_state, item.link_checked_at - NOW))
    assert seen == [("ok", timedelta(0)), ("ok", timedelta(0)), ("unreachable", DAY)]
    pauses = [when - NOW for _item, when in turns(session)]
    assert pauses == [2 * HOUR, 2 * HOUR + DAY, 3 * DAY]
    record(session, item, OK, NOW + 2 * DAY)
    assert item.link_state == "ok"


def test_a_name_is_gone_after_three_tries_over_three_days_and_not_before(session: Session) -> None:
    item = make_item(session, make_series(session))
    states = []
    for after in (timedelta(0), HOUR, DAY, 3 * DAY):
        record(session, item, NO_NAME, NOW + after)
        states.append(item.link_state)
    assert states == ["", "", "unreachable", "dead"]

    other = make_item(session, make_series(session))
    for after, found in ((timedelta(0), NO_NAME), (DAY, FAULT), (3 * DAY, NO_NAME)):
        record(session, other, found, NOW + after)
    assert other.link_state == "unreachable"  # somebody was there in between


def test_what_was_settled_waits_again_only_when_it_is_news(session: Session) -> None:
    item = make_item(session, make_series(session))
    cases: tuple[tuple[Finding, bool], ...] = (
        (DEAD, True), (DEAD, False), (MOVED, True), (MOVED, False),
        (replace(MOVED, leads_to="https://example.org/newer"), True), (OK, False), (DEAD, True),
    )  # fmt: skip
    for days, (found, waits) in enumerate(cases):
        item.link_settled_at = NOW
        record(session, item, found, NOW + days * DAY)
        assert (item.link_settled_at is None) == waits, (days, found)


def test_no_more_than_ten_checks_of_an_item_are_kept(session: Session) -> None:
    item, other = (make_item(session, make_series(session)) for _ in range(2))
    record(session, other, OK)
    for days in range(12):
        record(session, item, OK, NOW + days * DAY)
    kept = session.scalars(select(LinkCheck.at).where(LinkCheck.item_id == item.id)).all()
    assert (len(kept), min(kept)) == (10, NOW + 2 * DAY)
    assert len(session.scalars(select(LinkCheck)).all()) == 11


WORDS: dict[str, tuple[Callable[[Session, EvidenceItem], None], str]] = {
    "nobody looked": (lambda _s, _i: None, "Link not yet checked"),
    "ok": (lambda s, i: record(s, i, OK), "Link checked 23 November 2026: leads there"),
    "dead": (lambda s, i: record(s, i, DEAD), "Link checked 23 November 2026: no longer there"),
    "moved": (lambda s, i: record(s, i, MOVED), "Link checked 23 November 2026: moved"),
    "refused": (
        lambda s, i: record(s, i, Finding("unreachable", 403, problem="refused")),
        "Link tried 23 November 2026: its server refuses automatic checks",
    ),
}


@pytest.mark.parametrize(("found", "words"), WORDS.values(), ids=WORDS.keys())
def test_the_item_and_the_positions_that_cite_it_say_what_is_known_of_the_link(
    session: Session,
    client: FlaskClient,
    found: Callable[[Session, EvidenceItem], None],
    words: str,
) -> None:
    series = make_series(session)
    item = make_item(session, series, created_at=NOW - 60 * DAY)
    position = make_position(session, make_thread(session, series), item=item)
    found(session, item)
    session.commit()
    page = client.get(f"/evidence/{series.slug}/{item.public_id}").text
    assert words in page
    assert ("https://example.org/new" in page) == (item.link_state == "moved")
    short = words if ": " not in words else words.partition(": ")[0]
    library = client.get(f"/evidence/{series.slug}").text
    is_said_once = item.link_state in ("", "ok")
    assert (short in library) != is_said_once  # only what is out of the usual stands on its line
    assert short in client.get(f"/positions/{position.public_id}").text


def test_the_day_on_which_something_new_came_in_is_not_told(session: Session) -> None:
    """A position under the Chatham House Rule that brought it is dated by its month."""
    item = make_item(session, make_series(session), created_at=NOW - DAY)
    record(session, item, OK)
    assert link_in_words(item) == "Link checked November 2026: leads there"
    record(session, item, OK, NOW + 31 * DAY)
    assert link_in_words(item) == "Link checked 24 December 2026: leads there"


def test_what_is_not_on_the_web_says_nothing_of_a_link(session: Session) -> None:
    item = make_item(session, make_series(session), url=None, citation="A book")
    assert link_in_words(item) == ""


def test_a_moderator_who_followed_the_link_has_checked_it(session: Session) -> None:
    series = make_series(session)
    moderator = viewer(session, make_member(session, series, role="moderator"))
    item = make_item(session, series)
    record(session, item, DEAD, NOW - DAY)
    verify_item(session, moderator, item, ("metadata",), now=NOW)
    assert item.link_state == "dead"
    verify_item(session, moderator, item, ("metadata", "link_resolves"), now=NOW)
    assert (item.link_state, item.link_checked_at, item.link_settled_at) == ("ok", NOW, NOW)


def test_the_library_is_narrowed_to_what_is_known_of_links(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    dead, unchecked = make_item(session, series), make_item(session, series)
    make_item(session, series, url=None, citation="A book")
    record(session, dead, DEAD)
    session.commit()
    led = client.get(f"/evidence/{series.slug}/unchecked")
    assert (led.status_code, led.location) == (303, f"/evidence/{series.slug}?link=unchecked")
    shown = client.get(led.location).text
    assert (unchecked.title in shown, dead.title in shown) == (True, False)
    shown = client.get(f"/evidence/{series.slug}?link=dead").text
    assert (unchecked.title in shown, dead.title in shown) == (False, True)


def test_doctor_counts_links_that_nobody_checked_and_those_that_lead_nowhere(
    session: Session, connection: Connection
) -> None:
    series, long_ago = make_series(session), clock.now() - 3 * DAY
    for created_at in (long_ago, long_ago, clock.now()):
        make_item(session, series, created_at=created_at)
    dead, settled, hidden = (make_item(session, series) for _ in range(3))
    for item in (dead, settled, hidden):
        record(session, item, DEAD)
    settled.link_settled_at, hidden.is_hidden = NOW, True
    session.flush()
    said = list(links_found(_Engine(connection)))  # type: ignore[arg-type]
    assert [sentence.partition(" links")[0] for sentence in said] == ["2", "1"]


class _Engine:
    """The connection of this test, as the engine that doctor opens."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        yield self._connection
