"""How soon moderators mean to decide: counted in working days, set by conveners, said to people."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.decisions.targets import Target, due_at, in_words, target_of
from discussion.series.series.exchange import SeriesFileError, dump_series, load_series, read_series
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.factories import NOW, make_member, make_person, make_series

FILE = '[series]\nslug = "one"\ntitle = "One"\nquestion = "What for?"\n'
TIMES = {
    "contribution": "2", "contribution_unit": "working_days", "report": "1",
    "report_unit": "working_days", "urgent": "3", "appeal": "5", "appeal_unit": "working_days",
    "upkeep": "10", "upkeep_unit": "working_days",
}  # fmt: skip


def test_working_days_are_counted_as_a_calendar_counts_them() -> None:
    for start in range(14):
        since = day = datetime(2026, 11, 2 + start, 9, 30, tzinfo=UTC)
        for number in range(1, 23):
            day += timedelta(days=1)
            while day.weekday() > 4:
                day += timedelta(days=1)
            assert due_at(since, Target(number, "working_days")) == day
    assert due_at(NOW, Target(36, "hours")) - NOW == timedelta(hours=36)


def test_a_series_that_says_nothing_decides_on_contributions_within_its_hours() -> None:
    series = Series(targets={"report": [2, "working_days"]}, decides_within_hours=30)
    assert target_of(series, "contribution") == Target(30, "hours")
    assert in_words(target_of(series, "report")) == "within 2 working days"


@pytest.mark.parametrize(
    ("name", "number", "unit", "status"),
    [
        ("report", "720", "hours", 303), ("report", "721", "hours", 422),
        ("report", "60", "working_days", 303), ("report", "61", "working_days", 422),
        ("report", "1", "hours", 303), ("report", "0", "hours", 422),
        ("report", "soon", "hours", 422), ("report", "1", "weeks", 422),
        ("urgent", "48", "", 303), ("urgent", "49", "", 422),
    ],
)  # fmt: skip
def test_conveners_set_times_within_their_bounds(
    session: Session, client: FlaskClient, *, name: str, number: str, unit: str, status: int
) -> None:
    series = make_series(session)
    sign_in(client, make_member(session, series, role="convener"))
    given = {**TIMES, name: number} | ({f"{name}_unit": unit} if unit else {})
    answered = client.post(f"/series/{series.slug}/settings/targets", data=given)
    assert answered.status_code == status
    session.refresh(series)
    assert bool(series.targets) == (status == 303)
    if number == "721":
        assert "721" in answered.text


def test_what_conveners_set_is_what_people_read(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    sign_in(client, make_member(session, series, role="convener"))
    client.post(f"/series/{series.slug}/settings/targets", data=TIMES)
    rules = client.get(f"/series/{series.slug}/rules").text
    assert "Moderators decide within 2 working days" in rules
    assert "within 3 hours" in rules
    assert "within 2 working days" in client.get(f"/threads/propose/{series.slug}").text


def test_a_file_keeps_the_times(session: Session) -> None:
    person = make_person(session, is_administrator=True)
    series = load_series(session, person, FILE + '[targets]\nappeal = "9 working days"\n', NOW)
    assert series.targets == {"appeal": [9, "working_days"]}
    assert 'contribution = "48 hours"' in dump_series(session, series)
    load_series(session, person, FILE, NOW)
    assert series.targets == {"appeal": [9, "working_days"]}
    load_series(session, person, FILE + "decides_within_hours = 24\n", NOW)
    assert target_of(series, "contribution") == Target(24, "hours")


@pytest.mark.parametrize(
    "said", ['urgent = "2 working days"', 'report = "soon"', "report = 2", 'lunch = "1 hour"']
)
def test_a_file_with_an_impossible_time_is_refused_with_its_line(said: str) -> None:
    with pytest.raises(SeriesFileError, match="line 6"):
        read_series(FILE + f"[targets]\n{said}\n")
