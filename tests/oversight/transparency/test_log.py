"""The log and the report: what everybody may read of moderation, and nothing more."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.operations.recording import write_decision
from discussion.decisions.words import ACTIONS
from discussion.oversight.reports.models import Report
from discussion.oversight.transparency.words import FILTERS
from discussion.people.accounts.models import Person
from discussion.series.series.models import Reason, Series
from tests.conftest import json_of, sign_in
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_series,
    make_thread,
    viewer,
)

HOSTILE = '=HYPERLINK("https://example.org","x")'


@pytest.fixture
def series(session: Session) -> Series:
    make_series(session)  # another, whose decisions are not told here
    return make_series(session)


def decide_on(session: Session, series: Series, *, attribution: str = "role", action: str = "hide",
              why: str = "", days: int = 0) -> str:  # fmt: skip
    """A decision on a new position; gives the position's public id."""
    thread = make_thread(session, series, attribution=attribution)
    position = make_position(session, thread, _named(session, series, "contributor"))
    moderator = _named(session, series, "moderator")
    reason = session.query(Reason).filter_by(series_id=series.id).first()
    write_decision(
        session,
        viewer(session, moderator),
        Case("position", position.public_id, series, addressed_to_id=position.author_id),
        Ruling(action, reason=reason.slug if reason else "", why=why),
        now=NOW - timedelta(days=days),
    )
    return position.public_id


def _named(session: Session, series: Series, role: str) -> Person:
    person = make_person(session, display_name=f"Quillon the {role}")
    return make_member(session, series, person, role=role)


def test_a_visitor_reads_what_was_decided_for_which_reason_by_which_role(
    session: Session, client: FlaskClient, series: Series
) -> None:
    decide_on(session, series, why="Only the author reads this note.")
    shown = client.get(f"/transparency/{series.slug}/log").text
    assert "Hidden" in shown
    assert series.reasons[0].label in shown
    assert "moderator" in shown
    assert "23 November 2026" in shown
    assert "Only the author" not in shown


def test_under_the_chatham_house_rule_only_the_month_is_told_and_so_about_members(
    session: Session, client: FlaskClient, series: Series
) -> None:
    decide_on(session, series, attribution="chatham_house")
    member, by = make_member(session, series), make_member(session, series, role="moderator")
    write_decision(
        session,
        viewer(session, by),
        Case("person", member.public_id, series),
        Ruling("pause"),
        now=NOW,
    )
    days = json_of(client.get(f"/transparency/{series.slug}/log.json"))["days"]
    assert [len(day["lines"]) for day in days] == [2]
    assert {line["on"] for line in days[0]["lines"]} == {"2026-11"}


def test_no_name_no_id_and_no_reporter_is_on_any_face_of_it(
    session: Session, client: FlaskClient, series: Series
) -> None:
    position_id = decide_on(session, series)
    reporter = make_person(session, display_name="Quillon Reporter", email="q@wexcombe.example")
    session.add(
        Report(series_id=series.id, subject_kind="position", subject_id=position_id,
               reporter_id=reporter.id, reason="abuse", text="Quillon says so.", received_at=NOW)
    )  # fmt: skip
    session.flush()
    for end in ("", ".json", "/log", "/log.json", "/log.csv", "/report.csv"):
        for who in (None, make_member(session, series, role="convener")):
            if who is not None:
                sign_in(client, who)
            answered = client.get(f"/transparency/{series.slug}{end}")
            assert answered.status_code == 200, end
            for hidden in ("Quillon", "wexcombe", position_id):
                assert hidden not in answered.text, (end, hidden)


def test_the_question_of_a_thread_that_not_everybody_reads_is_not_told(
    session: Session, client: FlaskClient, series: Series
) -> None:
    decide_on(session, series)
    hidden = make_thread(session, series, question="Should the hidden be told?", is_hidden=True)
    by = make_member(session, series, role="moderator")
    write_decision(
        session,
        viewer(session, by),
        Case("thread", hidden.public_id, series),
        Ruling("hide"),
        now=NOW,
    )
    for end in ("/log", "/log.json", "/log.csv"):
        assert "the hidden be told" not in client.get(f"/transparency/{series.slug}{end}").text


def test_a_month_can_be_named_and_what_was_decided_narrowed(
    session: Session, client: FlaskClient, series: Series
) -> None:
    decide_on(session, series, action="approve")
    decide_on(session, series, action="remove", days=40)
    base = f"/transparency/{series.slug}/log"
    newest = json_of(client.get(f"{base}.json"))
    assert (newest["month"]["name"], newest["count"]) == ("2026-11", 1)
    assert [month["name"] for month in newest["months"]] == ["2026-11", "2026-10"]
    october = json_of(client.get(f"{base}.json?month=2026-10"))
    assert [line["action"] for line in october["days"][0]["lines"]] == ["Removed"]
    assert json_of(client.get(f"{base}.json?only=reading"))["count"] == 1
    assert json_of(client.get(f"{base}.json?only=sight"))["months"][0]["name"] == "2026-10"
    none = json_of(client.get(f"{base}.json?month=2026-10&only=reading"))
    assert (none["month"]["name"], none["count"], none["days"]) == ("2026-10", 0, [])
    assert client.get(f"{base}?month=2026-10&only=reading").status_code == 200
    assert client.get(f"{base}?month=2026-09").status_code == 404
    assert client.get(f"{base}?month=x&page=9999999").status_code == 404


def test_a_filter_that_finds_nothing_in_a_month_is_an_empty_page(
    session: Session, client: FlaskClient, series: Series
) -> None:
    decide_on(session, series, action="approve")
    decide_on(session, series, action="remove", days=40)
    for month, only in (("2026-10", "reading"), ("2026-11", "sight")):
        answered = client.get(f"/transparency/{series.slug}/log?month={month}&only={only}")
        assert answered.status_code == 200
        assert "Nothing of this kind in this month" in answered.text
        assert f"month={month}" in answered.text  # the way back to all of the month


def test_a_cell_that_is_a_formula_stays_words(
    session: Session, client: FlaskClient, series: Series
) -> None:
    series.reasons[0].label = HOSTILE
    decide_on(session, series)
    answered = client.get(f"/transparency/{series.slug}/log.csv")
    rows = list(csv.DictReader(StringIO(answered.text.lstrip("\ufeff"))))
    assert [row["reason"] for row in rows] == [f"'{HOSTILE}"]
    assert f"moderation-log-{series.slug}.csv" in answered.headers["Content-Disposition"]


def test_the_report_counts_a_month_and_lists_nothing_that_did_not_happen(
    session: Session, client: FlaskClient, series: Series
) -> None:
    position_id = decide_on(session, series, action="remove")
    for signed_in in (True, False):
        session.add(
            Report(series_id=series.id, subject_kind="position", subject_id=position_id,
                   reporter_id=make_person(session).id if signed_in else None, reason="abuse",
                   has_hidden=False, received_at=NOW)
        )  # fmt: skip
    session.flush()
    month = json_of(client.get(f"/transparency/{series.slug}.json"))["month"]
    assert month["sentence"] == "One decision and two reports."
    counts = {one["label"]: one["number"] for each in month["sections"] for one in each["counts"]}
    assert counts["Removed"] == 1
    assert counts["Of these, by visitors who were not signed in"] == 1
    assert "Hidden" not in counts
    rows = csv.reader(StringIO(client.get(f"/transparency/{series.slug}/report.csv").text))
    assert ["2026-11", "Taken out of sight, changed, or kept", "Removed", "1"] in list(rows)


def test_the_report_counts_every_decision_that_its_sentence_counts(
    session: Session, client: FlaskClient, series: Series
) -> None:
    for action in ACTIONS:
        decide_on(session, series, action=action)
    month = json_of(client.get(f"/transparency/{series.slug}.json"))["month"]
    assert month["sentence"].startswith(f"{len(ACTIONS)} decisions")
    words = {str(label) for label in ACTIONS.values()}
    counted = [one["number"] for each in month["sections"] for one in each["counts"]
               if one["label"] in words]  # fmt: skip
    assert sum(counted) == len(ACTIONS)
    narrowed = [json_of(client.get(f"/transparency/{series.slug}/log.json?only={name}"))["count"]
                for name in FILTERS]  # fmt: skip
    assert sum(narrowed) == len(ACTIONS)


def test_within_a_date_the_order_tells_nothing(
    session: Session, client: FlaskClient, series: Series
) -> None:
    for _each in range(12):
        decide_on(session, series, attribution="chatham_house")
    thread_ids = [
        line["thread_url"]
        for line in json_of(client.get(f"/transparency/{series.slug}/log.json"))["days"][0]["lines"]
    ]
    assert len(thread_ids) == 12
    assert thread_ids != sorted(thread_ids, key=lambda url: int(url.rpartition("-")[2]))
