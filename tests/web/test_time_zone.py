"""The site's days begin and end in its own zone, summer and winter, and its times say which."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from discussion import clock
from discussion.config import Settings, SettingsError
from discussion.debate.positions.queries.naming import coarse_date, coarse_day
from discussion.debate.threads.operations import move_due_threads, open_lapsed_threads
from discussion.debate.threads.operations.record import record
from discussion.decisions.targets import Target, due_at
from discussion.language import in_words, zone_in_words
from discussion.oversight.transparency.queries.log import log_page
from discussion.weighing.rounds.drafts_planning import RoundDraft
from discussion.weighing.rounds.keys import rater_secret
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.planning import plan_round
from discussion.weighing.rounds.operations.running import move_due_rounds
from tests.conftest import SECRET
from tests.factories import (
    make_member,
    make_series,
    make_statement,
    make_thread,
    viewer,
)

SHORT, LONG = date(2026, 3, 29), date(2026, 10, 25)  # clocks go forward, and back
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@pytest.fixture
def elsewhere() -> Iterator[None]:
    clock.keep_time_in("America/New_York")
    yield
    clock.keep_time_in(clock.USUAL)


@pytest.mark.parametrize(
    ("day", "begins", "ends"),
    [
        (SHORT, "2026-03-29T00:00", "2026-03-29T22:59"),
        (LONG, "2026-10-24T23:00", "2026-10-25T23:59"),
        (date(2026, 6, 3), "2026-06-02T23:00", "2026-06-03T22:59"),
        (date(2026, 12, 3), "2026-12-03T00:00", "2026-12-03T23:59"),
    ],
)
def test_a_round_lasts_from_midnight_to_midnight_of_the_site(
    session: Session, day: date, begins: str, ends: str
) -> None:
    series = make_series(session)
    moderator = viewer(session, make_member(session, series, role="moderator"))
    secret = rater_secret("", SECRET)

    def planned(opens_on: date) -> Round:
        thread = make_thread(session, series)
        statement = make_statement(session, thread)
        draft = RoundDraft(
            statements=(statement.public_id,), opens_on=opens_on, closes_on=opens_on + DAY
        )
        return plan_round(session, moderator, thread, draft, seed=1, now=at(begins) - 2 * DAY)

    closes, opens = planned(day - DAY), planned(day)
    move_due_rounds(session, secret, at(begins) - SECOND)
    assert (closes.state, opens.state) == ("open", "planned")
    move_due_rounds(session, secret, at(begins))
    assert (closes.state, opens.state) == ("open", "open")
    move_due_rounds(session, secret, at(ends) - SECOND)
    assert closes.state == "open"
    move_due_rounds(session, secret, at(ends))
    assert (closes.state, opens.state, clock.day(closes.closes_at)) == ("closed", "open", day)


@pytest.mark.parametrize("day", [SHORT, LONG, SHORT + DAY, LONG + DAY, date(2026, 6, 3)])
def test_a_thread_moves_and_opens_its_doors_at_midnight_of_the_site(
    session: Session, day: date
) -> None:
    series = make_series(session)
    thread = make_thread(session, series, stage="weighing", making_sense_on=day)
    shut = make_thread(session, series, closed_to="everybody", closed_until=day)
    before = clock.morning(day) - SECOND
    assert (move_due_threads(session, before), open_lapsed_threads(session, before)) == (0, 0)
    after = clock.morning(day)
    assert (move_due_threads(session, after), open_lapsed_threads(session, after)) == (1, 1)
    assert (thread.making_sense_on, shut.closed_to) == (day, "")


def test_a_time_says_its_zone_and_a_byline_keeps_to_the_sites_days(app: Flask) -> None:
    late = at("2026-05-31T23:30:00")
    with app.test_request_context():
        assert in_words(late, "d MMMM y, HH:mm") == "1 June 2026, 00:30 BST"
        assert in_words(late) == "1 June 2026"
        assert in_words(at("2026-12-01T09:05:00"), "HH:mm") == "09:05 GMT"
        assert zone_in_words() == "London time"
    assert coarse_date(late, "named") == "2026-05-31T23:30+00:00"
    assert coarse_day(late, "named") == "2026-06-01"
    assert (coarse_date(late, "role"), coarse_date(late, "chatham_house")) == (
        "2026-06-01", "2026-06",
    )  # fmt: skip


def test_a_working_day_is_one_of_the_site_and_keeps_its_hour() -> None:
    """Friday 23:30 in London is a Friday, and a day before clocks change ends at the same hour."""
    friday = at("2026-05-29T22:30:00")
    assert due_at(friday, Target(1, "working_days")) == at("2026-06-01T22:30:00")
    assert due_at(at("2026-03-27T12:00:00"), Target(1, "working_days")) == at("2026-03-30T11:00:00")


def test_the_log_is_cut_where_the_sites_months_begin(session: Session) -> None:
    series = make_series(session)
    thread = make_thread(session, series)
    moderator = viewer(session, make_member(session, series, role="moderator"))
    for moment in ("2026-05-31T22:30:00", "2026-05-31T23:30:00"):
        record(session, moderator, thread, "edit", why="Clearer.", now=at(moment))
    page = log_page(session, None, series.slug, month="", only="", page=1)
    assert page is not None
    assert [(one.name, one.count) for one in page.months] == [("2026-06", 1), ("2026-05", 1)]
    assert [day.on for day in page.days] == ["1 June 2026"]


def test_another_zone_has_other_days(elsewhere: None, app: Flask) -> None:
    clock.keep_time_in("America/New_York")  # making the application said otherwise
    assert clock.day(at("2026-06-03T03:59:00")) == date(2026, 6, 2)
    assert clock.morning(date(2026, 6, 3)) == at("2026-06-03T04:00:00")
    assert clock.shifts(at("2026-03-01T00:00:00"), at("2026-04-01T00:00:00")) == [
        (int(datetime(2026, 3, 1, tzinfo=UTC).timestamp()), -5 * 3600),
        (int(datetime(2026, 3, 8, 7, tzinfo=UTC).timestamp()), -4 * 3600),
    ]
    with app.test_request_context():
        assert zone_in_words() == "New York time"


def test_a_zone_that_is_none_is_refused_at_the_start() -> None:
    with pytest.raises(SettingsError, match="DISCUSSION_TIME_ZONE"):
        Settings(environment="test", time_zone="Europe/Londres")
