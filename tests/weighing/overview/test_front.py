"""The front page of a series and of a site: one finding, a round to rate, each thread once."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations.proposing import keep_order
from discussion.series.series.models import Series
from discussion.weighing.findings.operations import compute_findings
from discussion.weighing.overview.queries.front import series_page
from discussion.weighing.overview.queries.home import home_page
from discussion.weighing.overview.queries.shapes import SeriesLine, SeriesPage
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_round,
    make_series,
    make_statement,
    make_theme,
    make_thread,
    viewer,
)
from tests.weighing.findings.worlds import KEY, WORKED, leader, teacher, weighed


def page_of(session: Session, series: Series, person: object = None) -> SeriesPage:
    page = series_page(session, viewer(session, person) if person else None, series.slug)  # type: ignore[arg-type]
    assert page is not None
    return page


def test_each_thread_stands_once_at_the_first_theme_chosen_for_it(session: Session) -> None:
    series = make_series(session)
    second, third = make_theme(session, series), make_theme(session, series)
    thread = make_thread(session, series, themes=[second, series.themes[0]])
    keep_order(session, thread)
    make_thread(session, series, themes=[third], stage="closed")
    first, led, over = page_of(session, series).stations
    assert [len(one.threads) for one in (first, led, over)] == [0, 1, 1]
    assert [ref.number for ref in first.taken_up_under] == [2]
    assert [(one.is_live, one.is_over) for one in (first, led, over)] == [
        (False, False), (True, False), (False, True),
    ]  # fmt: skip


def test_a_thread_moves_to_its_next_theme_when_the_first_is_retired_and_is_never_lost(
    session: Session,
) -> None:
    series = make_series(session)
    other = make_theme(session, series)
    thread = make_thread(session, series, themes=[series.themes[0], other])
    keep_order(session, thread)
    series.themes[0].retired_at = NOW
    session.flush()
    assert [len(one.threads) for one in page_of(session, series).stations] == [1]
    other.retired_at = NOW
    session.flush()
    page = page_of(session, series)
    assert (page.stations, [line.slug for line in page.strays]) == ((), [thread.slug])


def test_live_and_closed_are_told_apart_in_words(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    make_thread(session, series, weighing_on=NOW.date() + timedelta(days=10))
    make_thread(session, series, stage="closed", themes=[make_theme(session, series)])
    found = client.get(f"/series/{series.slug}").text
    assert "<b>Open</b> until 2 December 2026" in found
    assert 'class="is-closed"' in found
    assert "<b>Closed</b>" in found


def test_it_offers_the_open_round_that_closes_first_with_what_can_be_answered(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    later, sooner = (make_thread(session, series, stage="weighing") for _each in range(2))
    for thread, days in ((later, 9), (sooner, 3)):
        statements = [make_statement(session, thread) for _each in range(6)]
        make_round(session, thread, *statements, state="open", closes_at=NOW + timedelta(days=days))
    statements[0].versions[0].withheld_at = NOW
    session.flush()
    rating = page_of(session, series).rating
    assert rating is not None
    assert (rating.statements, rating.minutes) == (5, 2)
    assert rating.url.startswith(f"/rounds/{sooner.slug}/")
    assert "Rate five statements" in client.get(f"/series/{series.slug}").text
    member = page_of(session, series, make_member(session, series)).rating
    assert member is not None
    assert member.url == f"{rating.url}/rate"


def test_who_may_not_rate_is_not_told_that_they_can(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    thread = make_thread(session, series, stage="weighing")
    make_round(session, thread, make_statement(session, thread), state="open")
    sign_in(client, make_person(session))
    assert "See what is being rated" in client.get(f"/series/{series.slug}").text


def test_while_nothing_can_be_rated_it_says_so_and_offers_what_can_be_done(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    thread = make_thread(session, series, weighing_on=NOW.date() + timedelta(days=10))
    make_round(session, thread, make_statement(session, thread), state="planned")
    page = page_of(session, series)
    assert (page.rating, page.next_weighing) == (None, thread.weighing_on)
    shown = client.get(f"/series/{series.slug}").text
    assert "Nothing can be rated now. Rating starts on 3 December 2026." in shown
    assert f'href="/series/{series.slug}/write">Say what you think until then' in shown


def test_the_one_finding_has_its_groups_their_counts_and_a_picture(
    session: Session, client: FlaskClient
) -> None:
    world = weighed(session)
    world.compute()
    shown = client.get(f"/series/{world.series.slug}").text
    for said in (
        "Among 5 school leaders and 5 sixth-form teachers: they differ over an end: all 5",
        "5 school leaders", "5 sixth-form teachers", f'href="/findings/{world.thread.slug}"',
        WORKED["E2"][1], "0 of 5 and 5 of 5 agree",
    ):  # fmt: skip
        assert said in shown
    assert shown.count('class="shore"') == 1  # of the statement that the sentence names


def test_a_finding_that_cannot_be_told_and_none_at_all_are_said(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    make_thread(session, series)
    assert "No finding yet" in client.get(f"/series/{series.slug}").text
    few = weighed(session, {"M1": ("means", "It should be.", "5", "1")})
    few.compute()
    shown = client.get(f"/series/{few.series.slug}").text
    assert "Cannot tell yet" in shown
    assert "Fewer than five answered." in shown
    assert 'class="shore"' not in shown


def test_a_finding_that_tells_something_leads_before_a_newer_one_that_cannot(
    session: Session,
) -> None:
    world = weighed(session)
    world.compute()
    other = make_thread(session, world.series, stage="making_sense")
    make_round(session, other, make_statement(session, other, kind="means"))
    later = NOW + timedelta(hours=1)
    assert compute_findings(session, other.id, "round_closed", secret=KEY, now=later)
    found = page_of(session, world.series).found
    assert found is not None
    assert (found.state, found.thread_slug) == ("found", world.thread.slug)


@pytest.mark.parametrize("changes", [
    {"stage": "weighing"}, {"stage": "open", "cycle": 2}, {"is_hidden": True},
])  # fmt: skip
def test_a_finding_leads_only_while_its_thread_shows_what_this_cycle_found(
    session: Session, changes: dict[str, object]
) -> None:
    world = weighed(session)
    world.compute()
    for name, value in changes.items():
        setattr(world.thread, name, value)
    session.flush()
    assert page_of(session, world.series).found is None


def test_a_front_page_of_several_series_tells_of_each_its_state_counts_and_one_finding(
    session: Session, client: FlaskClient
) -> None:
    world = weighed(session)
    world.compute()
    make_position(session, world.thread)
    make_thread(session, world.series)
    over = make_series(session, status="closed", title="A series that ended")
    draft = make_series(session, status="draft")
    lines = {line.slug: line for line in home_page(session, None).series}
    assert set(lines) == {world.series.slug, over.slug}
    line: SeriesLine = lines[world.series.slug]
    assert (line.threads, line.open_threads, line.positions) == (2, 1, 1)
    assert line.found is not None
    assert line.found.sentence.startswith("Among 5 school leaders and 5 sixth-form teachers: ")
    shown = client.get("/").text
    assert "they differ over an end" in shown
    assert "A series that ended" in shown
    member = make_member(session, draft)
    sign_in(client, member)
    assert "Not open yet" in client.get("/").text


def test_the_front_page_of_a_site_costs_the_same_however_many_series_and_threads(
    session: Session,
) -> None:
    def fill() -> None:
        world = weighed(session)
        world.compute()
        make_thread(session, world.series, stage="weighing")

    def cost() -> int:
        session.flush()
        session.expunge_all()
        seen: list[str] = []

        def see(_c: object, _cursor: object, said: str, *_more: object) -> None:
            if not said.startswith(("SAVEPOINT", "RELEASE")):
                seen.append(said)

        connection = session.connection()
        event.listen(connection, "before_cursor_execute", see)
        home_page(session, None)
        event.remove(connection, "before_cursor_execute", see)
        return len(seen)

    fill()
    fill()
    twice = cost()
    fill()
    assert cost() == twice
    assert twice < 10


def test_a_series_that_is_over_offers_its_findings_and_nothing_to_write(
    session: Session, client: FlaskClient
) -> None:
    world = weighed(session)
    world.compute()
    world.series.status = "closed"
    session.flush()
    shown = client.get(f"/series/{world.series.slug}").text
    assert "Everything stays readable" in shown
    assert f'class="button" href="/series/{world.series.slug}/findings"' in shown
    assert "Write a position" not in shown
    assert "Choose a question" not in shown
    for thread in session.scalars(select(Thread)):
        thread.stage = "closed"
    session.flush()
    assert "A filled dot" not in client.get(f"/series/{world.series.slug}").text


def test_nothing_on_it_tells_of_an_open_round_more_than_that_it_is_open(
    session: Session, client: FlaskClient
) -> None:
    world = weighed(session, state="open", closed_at=None)
    world.thread.stage = "weighing"
    session.flush()
    before = client.get(f"/series/{world.series.slug}").text
    for make in (leader, teacher):
        world.rate("M1", make(session, world.series), 5)
    assert client.get(f"/series/{world.series.slug}").text == before


def test_words_that_are_withheld_stand_on_no_front_page_and_no_list(
    session: Session, client: FlaskClient
) -> None:
    world = weighed(session)
    world.compute()
    make_series(session)
    paths = ("/", f"/series/{world.series.slug}", f"/series/{world.series.slug}/findings")
    words = WORKED["E2"][1]
    assert words in client.get(paths[1]).text
    world.statements["E2"].versions[0].withheld_at = NOW
    session.commit()
    for path in paths:
        for suffix in ("", ".json"):
            assert (
                words not in client.get((path if path != "/" or not suffix else "/") + suffix).text
            ), path
