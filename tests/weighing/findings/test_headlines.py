"""What was found leads the thread's own page, and its line at its theme and in its series."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries import thread_page
from discussion.weighing.findings.queries.headline import find_headlines
from discussion.weighing.overview.queries.found import findings_list
from discussion.weighing.overview.queries.front import series_page
from discussion.weighing.overview.queries.theme import theme_page
from tests.factories import make_position
from tests.weighing.findings.worlds import Weighed, weighed

SAID = "they differ over an end: all 5 sixth-form teachers and none of the 5 school leaders"


@pytest.fixture
def world(session: Session) -> Weighed:
    made = weighed(session)
    made.compute()
    return made


def test_the_finding_leads_and_the_moderators_summary_follows(
    world: Weighed, client: FlaskClient
) -> None:
    world.thread.summary = "Most want a default."
    make_position(world.session, world.thread)
    page = client.get(f"/threads/{world.thread.slug}").text
    assert page.index(SAID, page.index("<main")) < page.index("Most want a default.")
    assert f'href="/findings/{world.thread.slug}"' in page


def test_a_thread_without_positions_still_says_what_was_found(
    world: Weighed, client: FlaskClient
) -> None:
    assert SAID in client.get(f"/threads/{world.thread.slug}").text.partition("<main")[2]


@pytest.mark.parametrize(("stage", "leads"), [("weighing", False), ("closed", True)])
def test_an_older_finding_does_not_lead_while_people_weigh_again_but_can_be_read(
    world: Weighed, stage: str, leads: bool
) -> None:
    world.thread.stage = stage
    world.session.flush()
    page = thread_page(world.session, None, world.thread.slug)
    assert page is not None
    assert (page.finding is not None) == leads
    assert page.findings_url == f"/findings/{world.thread.slug}"


def test_nothing_is_said_of_a_thread_that_has_no_closed_round(session: Session) -> None:
    world = weighed(session, state="open", closed_at=None)
    page = thread_page(session, None, world.thread.slug)
    assert page is not None
    assert (page.finding, page.findings_url) == (None, "")


def test_theme_and_list_say_it_and_lead_to_it_and_an_outcome_stands_first(world: Weighed) -> None:
    session, slug = world.session, world.series.slug
    found = find_headlines(session, [world.thread])[world.thread.id]
    theme = theme_page(session, None, slug, world.thread.themes[0].slug)
    assert theme is not None
    assert (theme.threads[0].said, theme.threads[0].said_url) == (found.text, found.url)
    world.thread.stage, world.thread.outcome = "closed", "A default place, reviewed in a year."
    session.flush()
    after = theme_page(session, None, slug, world.thread.themes[0].slug)
    listed = findings_list(session, None, slug)
    assert after is not None
    assert listed is not None
    assert (after.threads[0].said, after.threads[0].said_url) == (world.thread.outcome, "")
    (line,) = listed.told
    assert line.brief is not None
    assert (line.outcome, line.brief.url) == (world.thread.outcome, found.url)


def test_findings_and_words_that_changed_cost_the_pages_two_statements_more(world: Weighed) -> None:
    session = world.session
    count_statements(session, world.thread.id)  # what a snapshot says is read once
    with_them = count_statements(session, world.thread.id)
    session.get_one(Thread, world.thread.id).stage = "open"
    session.flush()
    assert with_them == [cost + 2 for cost in count_statements(session, world.thread.id)]


def count_statements(session: Session, thread_id: int) -> list[int]:
    """Statements of the thread's, the theme's and the series' page."""
    thread = session.get_one(Thread, thread_id)
    slug, series, theme = thread.slug, thread.series.slug, thread.themes[0].slug
    return [
        _count(session, lambda: thread_page(session, None, slug)),
        _count(session, lambda: theme_page(session, None, series, theme)),
        _count(session, lambda: series_page(session, None, series)),
    ]


def _count(session: Session, read: Callable[[], object]) -> int:
    session.flush()
    session.expunge_all()
    seen: list[str] = []

    def see(_c: object, _cursor: object, said: str, *_more: object) -> None:
        if not said.startswith(("SAVEPOINT", "RELEASE")):
            seen.append(said)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", see)
    assert read() is not None
    event.remove(connection, "before_cursor_execute", see)
    return len(seen)
