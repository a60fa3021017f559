"""The stage track and the lines around it speak of what has passed as past."""

from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.debate.threads.operations.stages import enter_stage
from discussion.debate.threads.queries.page import stops_of
from tests.conftest import sign_in
from tests.factories import NOW, make_member, make_position, make_series, make_thread

DAY = timedelta(days=1)
TODAY = NOW.date()


def test_a_stage_that_was_passed_over_looks_skipped(client: FlaskClient, session: Session) -> None:
    thread = make_thread(session, make_series(session), open_on=TODAY - 9 * DAY)
    enter_stage(session, thread, "closed", None, "", NOW)
    assert [stop.state for stop in stops_of(thread)] == ["past", "skipped", "skipped", "now"]
    page = client.get(f"/threads/{thread.slug}").text
    assert page.count('class="is-skipped"') == 2
    assert page.count("<span>skipped</span>") == 2


@pytest.mark.parametrize("status", ["open", "closed"])
def test_a_day_that_has_passed_is_nowhere_spoken_of_as_ahead(
    client: FlaskClient, session: Session, status: str
) -> None:
    """On series, theme, thread, position and writing pages, and where threads are curated."""
    series = make_series(session, status=status)
    gone, day = TODAY + 3 * DAY, "26 November 2026"
    thread = make_thread(session, series, weighing_on=gone, making_sense_on=gone + 5 * DAY)
    position = make_position(session, thread)
    moderator = make_member(session, series, role="moderator")
    paths = [
        f"/series/{series.slug}",
        f"/threads/{thread.slug}",
        f"/positions/{position.public_id}",
        f"/positions/write/{thread.slug}",
        f"/threads/{thread.slug}/curate",
    ]
    with time_machine.travel(NOW + 9 * DAY):
        sign_in(client, moderator)
        for path in paths:
            page = client.get(path, follow_redirects=True)
            assert page.status_code == 200, path
            for words in (f"from {day}", f"From {day}", f"until {day}", f"on {day}.",
                          "until 25 November 2026"):  # fmt: skip
                at = page.text.find(words)
                was = page.text[max(0, at - 90) : at]
                assert at < 0 or "was to" in was, (path, words, was)
    if status == "open":
        with time_machine.travel(NOW):
            sign_in(client, moderator)
            assert f"Rating starts on {day}." in client.get(f"/series/{series.slug}").text
            assert f"From {day} only counts are shown" in client.get(paths[2]).text
