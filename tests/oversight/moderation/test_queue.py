"""What waits: everything, nothing else, in the order in which it is due."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.decisions.operations.claiming import take
from discussion.decisions.shapes import Filters
from discussion.oversight.moderation.queries import frame, tally_waiting
from discussion.oversight.moderation.queries.frame import PAGE
from discussion.oversight.reports.models import Report
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.series.series.models import Series
from discussion.series.values.models import ValueProposal
from tests.conftest import json_of, sign_in
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_series,
    make_theme,
    make_thread,
    viewer,
)
from tests.oversight.moderation.waiting import make_waiting, make_waiting_response


@pytest.fixture
def series(session: Session) -> Series:
    """A series with a position that waits in another one, and one here that does not."""
    other = make_series(session)
    make_waiting(session, make_thread(session, other), hours=500)
    series = make_series(session)
    make_position(session, make_thread(session, series))
    return series


@pytest.fixture
def thread(session: Session, series: Series) -> Thread:
    return make_thread(session, series)


@pytest.fixture
def person(session: Session, series: Series) -> Person:
    return make_member(session, series, role="moderator")


@pytest.fixture
def moderator(session: Session, person: Person) -> Viewer:
    return viewer(session, person)


def ids(session: Session, moderator: Viewer, **filters: object) -> list[str]:
    shown = frame(session, moderator, filters=Filters(**filters), now=NOW)  # type: ignore[arg-type]
    return [line.id for line in (*shown.urgent, *shown.queue)]


def test_what_is_due_first_stands_first_whatever_its_kind(
    session: Session, series: Series, thread: Thread, moderator: Viewer
) -> None:
    late = make_waiting(session, thread, hours=60)
    new = make_waiting(session, thread, hours=1)
    answer = make_waiting_response(session, make_position(session, thread), hours=30)
    proposal = make_thread(session, series, stage="proposed",
                           created_at=NOW - timedelta(hours=40))  # fmt: skip
    value = ValueProposal(series_id=series.id, label="Patience", created_at=NOW,
                          proposed_by_id=make_member(session, series).id)  # fmt: skip
    session.add(value)
    session.flush()
    wanted: list[Any] = [late, proposal, answer, new, value]
    assert ids(session, moderator) == [row.public_id for row in wanted]
    assert tally_waiting(session, moderator, NOW) == (5, NOW - timedelta(hours=60))


def test_an_urgent_report_stands_ahead_of_what_is_late(
    session: Session, series: Series, thread: Thread, moderator: Viewer
) -> None:
    make_waiting(session, thread, hours=90)
    reported = make_position(session, thread)
    report = Report(series_id=series.id, subject_kind="position", subject_id=reported.public_id,
                    reason="safeguarding", is_urgent=True, received_at=NOW)  # fmt: skip
    session.add(report)
    session.flush()
    shown = frame(session, moderator, now=NOW)
    assert [line.id for line in shown.urgent] == [report.public_id]
    assert shown.sentence == "Two items wait. One is urgent."
    assert shown.summary == ((1, "now"), (1, "past its time"))


def test_filters_show_a_kind_a_theme_a_series_or_what_is_mine(
    session: Session, series: Series, thread: Thread, person: Person, moderator: Viewer
) -> None:
    position = make_waiting(session, thread, hours=3)
    answer = make_waiting_response(session, make_position(session, thread), hours=2)
    theme = make_theme(session, series)
    elsewhere = make_waiting(session, make_thread(session, series, themes=[theme]), hours=4)
    second = make_series(session)
    make_member(session, second, person, role="convener")
    far = make_waiting(session, make_thread(session, second), hours=5)
    both = viewer(session, person)
    take(session, both, "responses", answer.public_id, series, now=NOW)
    assert ids(session, both, kind="responses") == [answer.public_id]
    assert ids(session, both, series=second.slug) == [far.public_id]
    assert ids(session, both, series=series.slug, theme=theme.slug) == [elsewhere.public_id]
    assert ids(session, both, is_mine=True) == [answer.public_id]
    assert ids(session, both) == [
        row.public_id for row in (far, elsewhere, position, answer)
    ]  # fmt: skip


def test_a_filter_keeps_while_walking_and_can_be_left(
    session: Session, series: Series, thread: Thread, person: Person, client: FlaskClient
) -> None:
    first, second = (make_waiting(session, thread, hours=hours) for hours in (3, 2))
    make_waiting_response(session, make_position(session, thread), hours=9)
    sign_in(client, person)
    page = client.get("/moderation?kind=positions").text
    assert f'href="/moderation/positions/{first.public_id}?kind=positions"' in page
    assert 'href="/moderation"' in page
    assert "/moderation/responses/" not in page
    gone_on = client.post("/moderation/next?kind=positions",
                          data={"next": f"positions/{second.public_id}"})  # fmt: skip
    assert gone_on.location == f"/moderation/positions/{second.public_id}?kind=positions"


def test_nonsense_in_the_address_shows_the_whole_queue_or_none(
    session: Session, thread: Thread, person: Person, client: FlaskClient
) -> None:
    make_waiting(session, thread)
    sign_in(client, person)
    for query in ("page=0", "page=-4", "page=99999999999", "page=x", "theme=nothing", "mine=2"):
        assert len(json_of(client.get(f"/moderation.json?{query}"))["frame"]["queue"]) == 1
    for query in ("page=7", "kind=nothing", "series=nothing"):
        assert json_of(client.get(f"/moderation.json?{query}"))["frame"]["queue"] == []


def test_fifty_lines_stand_on_a_page_and_the_next_page_goes_on(
    session: Session, series: Series, thread: Thread, moderator: Viewer
) -> None:
    made = [make_waiting(session, thread, hours=500 - n).public_id for n in range(PAGE + 3)]
    assert ids(session, moderator) == made[:PAGE]
    assert ids(session, moderator, page=2) == made[PAGE:]
    shown = frame(session, moderator, now=NOW)
    assert (shown.later_url, shown.earlier_url) == ("/moderation?page=2", "")


def test_the_number_of_statements_does_not_depend_on_what_waits(
    session: Session, thread: Thread, moderator: Viewer
) -> None:
    def count() -> int:
        asked: list[str] = []
        listen = lambda *given: asked.append(given[2])  # noqa: E731
        event.listen(session.connection(), "before_cursor_execute", listen)
        frame(session, moderator, now=NOW)
        event.remove(session.connection(), "before_cursor_execute", listen)
        return len(asked)

    for hours in (1, 2):
        make_waiting(session, thread, hours=hours)
        make_waiting_response(session, make_position(session, thread))
    few = count()
    for hours in range(3, 20):
        make_waiting(session, thread, hours=hours)
        make_waiting_response(session, make_position(session, thread), hours=hours)
    assert count() == few


def test_ones_own_is_shown_and_left_to_another_moderator(
    session: Session, thread: Thread, person: Person, moderator: Viewer
) -> None:
    own = make_waiting(session, thread, hours=9, author=person)
    free = make_waiting(session, thread, hours=2)
    shown = frame(session, moderator, now=NOW)
    assert [(line.id, line.is_own) for line in shown.queue] == [
        (own.public_id, True), (free.public_id, False),
    ]  # fmt: skip
    assert shown.own == "One is your own, so another moderator decides."
    assert shown.next_key == f"positions/{free.public_id}"


def test_under_the_chatham_house_rule_nobodys_hour_is_told(
    session: Session, series: Series, person: Person, client: FlaskClient
) -> None:
    strict = make_thread(session, series, attribution="chatham_house")
    waiting = make_waiting(session, strict, hours=29.7)
    sign_in(client, person)
    for path in ("/moderation", f"/moderation/positions/{waiting.public_id}"):
        (line,) = frame(session, viewer(session, person), now=NOW).queue
        assert (line.waited, line.due_words, line.due_full) == (
            "1 day", "tomorrow", "due tomorrow",
        )  # fmt: skip
        for suffix in ("", ".json"):
            said = client.get(path + suffix).text
            since = NOW - timedelta(hours=29.7)
            assert f"{since:%H:%M}" not in said
            assert not re.search(r"29 hours|\bin \d+ hours", said)


def test_every_page_tells_a_moderator_what_waits_and_for_how_long(
    session: Session, thread: Thread, person: Person, client: FlaskClient
) -> None:
    make_waiting(session, thread, hours=24 * 4000)
    make_waiting(session, thread)
    assert "oldest" not in client.get("/").text
    sign_in(client, person)
    page = client.get("/").text
    assert re.search(r'class="due">2<.*oldest \d{4} days', page, re.DOTALL)
