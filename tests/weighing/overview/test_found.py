"""The list of a series' findings: the newest first, each in its state."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.weighing.overview.queries.found import findings_list
from discussion.weighing.overview.queries.shapes import FindingsList
from tests.factories import NOW, make_round, make_series, make_statement, make_thread
from tests.weighing.findings.worlds import Weighed, weighed


def listed(session: Session, slug: str) -> FindingsList:
    page = findings_list(session, None, slug)
    assert page is not None
    return page


def test_threads_are_told_newest_first_and_those_without_a_finding_say_what_they_wait_for(
    session: Session,
) -> None:
    world = weighed(session)
    world.compute()
    series = world.series
    outcome = make_thread(session, series, stage="closed", outcome="**All** agreed.",
                          closed_on=NOW.date() + timedelta(days=1))  # fmt: skip
    rated = make_thread(session, series, stage="weighing")
    make_round(session, rated, make_statement(session, rated), state="open")
    computing = make_thread(session, series, stage="making_sense")
    make_round(session, computing, make_statement(session, computing))
    waiting = make_thread(session, series, weighing_on=NOW.date() + timedelta(days=10))
    make_thread(session, series, stage="proposed", summary="Seen by nobody.")
    page = listed(session, series.slug)
    assert [line.thread_url for line in page.told] == [
        f"/threads/{outcome.slug}", f"/threads/{world.thread.slug}",
    ]  # fmt: skip
    assert (page.told[0].outcome, page.told[1].state) == ("All agreed.", "found")
    assert [(line.state, line.thread_url) for line in page.waiting] == [
        ("rating", f"/threads/{rated.slug}"),
        ("computing", f"/threads/{computing.slug}"),
        ("none", f"/threads/{waiting.slug}"),
    ]  # fmt: skip
    assert page.waiting[2].weighing_on == waiting.weighing_on


def test_what_cannot_be_told_is_said_beside_how_many_answered(
    session: Session, client: FlaskClient
) -> None:
    few = weighed(session, {"M1": ("means", "It should be.", "5", "1")})
    few.compute()
    assert [line.state for line in listed(session, few.series.slug).told] == ["cannot_tell"]
    shown = client.get(f"/series/{few.series.slug}/findings").text
    assert "Cannot tell yet" in shown
    assert "Fewer than five answered." in shown


def test_what_an_earlier_cycle_found_is_told_as_such(session: Session, client: FlaskClient) -> None:
    world = weighed(session)
    world.compute()
    world.thread.stage, world.thread.cycle = "open", 2
    session.flush()
    (line,) = listed(session, world.series.slug).told
    assert line.is_of_earlier_cycle
    shown = client.get(f"/series/{world.series.slug}/findings").text
    assert "has been opened again since" in shown


@pytest.mark.parametrize("makes_thread", [True, False])
def test_an_empty_list_says_what_a_finding_is(
    session: Session, client: FlaskClient, makes_thread: bool
) -> None:
    series = make_series(session)
    if makes_thread:
        make_thread(session, series)
    shown = client.get(f"/series/{series.slug}/findings").text
    assert "No finding" in shown
    assert shown.count("<h1") == 1


def test_findings_are_in_the_navigation_of_every_page_of_a_series_that_has_one(
    session: Session, client: FlaskClient
) -> None:
    world: Weighed = weighed(session)
    path = f'href="/series/{world.series.slug}/findings"'
    pages = (
        f"/series/{world.series.slug}",
        f"/threads/{world.thread.slug}",
        f"/evidence/{world.series.slug}",
    )

    def has_it(page: str) -> bool:
        return path in client.get(page).text.partition("<main")[0]

    assert [has_it(page) for page in pages] == [False, False, False]
    world.compute()
    assert [has_it(page) for page in pages] == [True, True, True]
