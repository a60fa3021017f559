"""What readers see of series and themes, and what does not exist for them."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from discussion.debate.positions.models import EditorsNote
from discussion.weighing.overview.queries.front import series_page
from discussion.weighing.overview.queries.home import home_page
from discussion.weighing.overview.queries.news import list_news
from discussion.weighing.overview.queries.theme import theme_page
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_response,
    make_round,
    make_series,
    make_theme,
    make_thread,
    viewer,
)

PAGES = ("", "/rules", "/themes/{theme}", "/findings", "/write")


@pytest.mark.parametrize("changes", [{"status": "draft"}, {"visibility": "members"}])
@pytest.mark.parametrize("suffix", ["", ".json"])
def test_a_draft_or_a_series_for_members_does_not_exist_for_others(
    session: Session, client: FlaskClient, changes: dict[str, str], suffix: str
) -> None:
    series = make_series(session, **changes)
    theme, member = series.themes[0].slug, make_member(session, series)
    outsider = make_person(session)
    urls = [f"/series/{series.slug}{page.format(theme=theme)}{suffix}" for page in PAGES]
    urls += [f"/values/{series.slug}{suffix}", f"/values/{series.slug}/equality{suffix}"]
    for status, person in ((404, None), (404, outsider), (200, member)):
        if person is not None:
            sign_in(client, person)
        assert [client.get(url).status_code for url in urls] == [status] * len(urls)


def test_an_unlisted_series_is_readable_but_listed_for_its_members_only(session: Session) -> None:
    make_series(session), make_series(session)
    series = make_series(session, visibility="unlisted")
    member = viewer(session, make_member(session, series))
    assert series_page(session, None, series.slug)
    assert series.slug not in [one.slug for one in home_page(session, None).series]
    assert series.slug in [one.slug for one in home_page(session, member).series]


def test_the_front_page_leads_on_when_there_is_exactly_one_series(
    session: Session, client: FlaskClient
) -> None:
    make_series(session, status="draft")
    assert b"No series is open" in client.get("/").data
    only = make_series(session)
    found = client.get("/")
    assert (found.status_code, found.location) == (302, f"/series/{only.slug}")
    assert client.get("/.json").location == f"/series/{only.slug}.json"
    make_series(session)
    assert client.get("/").status_code == 200


def test_a_station_shows_its_visible_threads_their_counts_and_next_move(session: Session) -> None:
    series = make_series(session)
    other = make_theme(session, series)
    make_thread(session, series, stage="proposed")
    make_thread(session, series, is_hidden=True)
    day = NOW.date() + timedelta(days=9)
    thread = make_thread(session, series, making_sense_on=day, themes=[*series.themes[:1], other])
    make_position(session, thread)
    make_position(session, thread, state="hidden")
    make_position(session, thread, state="draft", number=None, revision={"status": "pending"})
    page = series_page(session, None, series.slug)
    assert page
    (line,) = page.stations[0].threads
    assert (line.slug, line.position_count, line.next_stage, line.next_on) == (
        thread.slug, 1, "making_sense", day,
    )  # fmt: skip
    assert line.is_also_elsewhere
    assert page.stations[0].is_live


def test_news_are_dated_as_coarsely_as_the_attribution_asks_and_tell_no_order(
    session: Session,
) -> None:
    series = make_series(session)
    modes = ("named", "role", "chatham_house", "chatham_house", "chatham_house")
    for hours, mode in enumerate(modes):
        thread = make_thread(session, series, attribution=mode)
        at = NOW.replace(day=4) + timedelta(hours=hours)
        make_position(session, thread, first_published_at=at, public_id=f"z{9 - hours}")
    news = list_news(session, None, series.id)
    assert [line.on for line in news] == ["2026-11-04"] * 2 + ["2026-11"] * 3
    assert [line.url[-2:] for line in news] == ["z8", "z9", "z5", "z6", "z7"]


def test_news_hold_nothing_that_cannot_be_read(session: Session) -> None:
    series = make_series(session)
    hidden = make_position(session, make_thread(session, series, is_hidden=True))
    withdrawn = make_position(session, make_thread(session, series), state="withdrawn")
    for position in (hidden, withdrawn):
        make_response(session, position)
        session.add(EditorsNote(position_id=position.id, text="N", written_on=NOW.date(),
                                written_by_id=position.author_id))  # fmt: skip
    shown = make_position(session, make_thread(session, series))
    make_response(session, shown, state="hidden")
    make_response(session, shown)
    session.flush()
    assert len(list_news(session, None, series.id)) == 2


def test_a_theme_shows_what_its_threads_serve_most_through_merges(session: Session) -> None:
    series = make_series(session)
    by_slug = {value.slug: value for value in series.values}
    by_slug["adequacy"].replaced_by_id = by_slug["equality"].id
    by_slug["adequacy"].retired_at = NOW
    thread = make_thread(session, series)
    make_position(session, thread, served=("adequacy",), outweighed=("priority",))
    make_position(session, thread, served=("equality", "fulfilment"))
    make_position(session, thread, state="removed", served=("fulfilment",))
    page = theme_page(session, None, series.slug, series.themes[0].slug)
    assert page
    assert [(one.label, one.count) for one in page.threads[0].values] == [
        ("Equality", 2), ("Personal fulfilment", 1),
    ]  # fmt: skip


def test_a_retired_theme_stays_readable_and_leaves_the_route(session: Session) -> None:
    series = make_series(session)
    retired = make_theme(session, series, retired_at=NOW)
    page = theme_page(session, None, series.slug, retired.slug)
    assert page
    assert page.is_retired
    shown = series_page(session, None, series.slug)
    assert shown
    assert retired.slug not in [one.slug for one in shown.stations]


@pytest.mark.parametrize("path", ["", "/themes/{theme}", "/rules", "/findings", "/write"])
def test_a_page_costs_the_same_number_of_statements_however_many_threads(
    session: Session, engine: Engine, client: FlaskClient, path: str
) -> None:
    series = make_series(session)
    url = f"/series/{series.slug}" + path.format(theme=series.themes[0].slug)

    def fill() -> None:
        thread = make_thread(session, series, summary="So far.")
        make_response(session, make_position(session, thread))

    def cost() -> int:
        count = 0

        def counted(*_given: object) -> None:
            nonlocal count
            count += 1

        session.flush()
        event.listen(engine, "before_cursor_execute", counted)
        assert client.get(f"{url}.json").status_code == 200
        event.remove(engine, "before_cursor_execute", counted)
        return count

    fill()
    make_theme(session, series)  # whether threads cross is asked of several themes alone
    fill()
    once = cost()
    for _each in range(6):
        make_theme(session, series)
        fill()
    assert cost() == once
    assert once < 15  # three of them read counts that are kept, instead of counting


def test_a_line_leads_to_the_round_that_is_open_and_to_no_other(session: Session) -> None:
    series = make_series(session)
    weighed, planned = (make_thread(session, series, stage="weighing") for _each in range(2))
    round = make_round(session, weighed, state="open")
    make_round(session, planned, state="planned")
    page = theme_page(session, None, series.slug, series.themes[0].slug)
    assert page
    lines = {one.line.slug: (one.line.round_url, one.line.rated_until) for one in page.threads}
    assert lines == {
        weighed.slug: (f"/rounds/{weighed.slug}/{round.number}", round.closes_at.date()),
        planned.slug: ("", None),
    }
