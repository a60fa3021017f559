"""Long lists of a series fold and turn: every thread can be reached, and none is listed twice."""

import re

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.series.series.models import Series
from tests.factories import make_series, make_thread

MANY = 45
THREAD = re.compile(r'<h[23][^>]*><a href="(/threads/[^"]+)"')
ANY_THREAD = re.compile(r'href="(/threads/[^"#/]+)"')


def _series_of(session: Session, **changes: object) -> tuple[Series, list[str]]:
    series = make_series(session)
    made = [make_thread(session, series, **changes) for _n in range(MANY)]
    return series, [f"/threads/{one.slug}" for one in made]


def _turned(client: FlaskClient, url: str) -> list[str]:
    """The threads of all pages of a list, in order."""
    read: list[str] = []
    while url:
        html = client.get(url).text
        read += THREAD.findall(html)
        following = re.search(r'href="([^"]+)" rel="next"', html)
        url = following[1].replace("&amp;", "&") if following else ""
    return read


def test_a_theme_lists_all_its_threads_by_pages(session: Session, client: FlaskClient) -> None:
    series, threads = _series_of(session)
    url = f"/series/{series.slug}/themes/{series.themes[0].slug}"
    assert f"{MANY} questions under this theme" in client.get(url).text
    assert _turned(client, url) == threads


def test_a_station_shows_its_first_threads_and_leads_to_the_others(
    session: Session, client: FlaskClient
) -> None:
    series, threads = _series_of(session)
    make_thread(session, series, is_hidden=True)
    html = client.get(f"/series/{series.slug}").text
    assert list(dict.fromkeys(ANY_THREAD.findall(html))) == threads[:6]
    assert "39 more questions" in html
    assert f'href="/series/{series.slug}/themes/{series.themes[0].slug}#threads-h"' in html


def test_the_list_of_findings_tells_of_every_outcome_once(
    session: Session, client: FlaskClient
) -> None:
    series, threads = _series_of(session, stage="closed", outcome="What came of it.")
    assert sorted(_turned(client, f"/series/{series.slug}/findings")) == sorted(threads)


def test_threads_without_a_finding_are_listed_by_pages(
    session: Session, client: FlaskClient
) -> None:
    series, threads = _series_of(session)
    assert sorted(_turned(client, f"/series/{series.slug}/findings")) == sorted(threads)


def test_where_to_write_says_how_many_more_take_positions(
    session: Session, client: FlaskClient
) -> None:
    series, _threads = _series_of(session)
    make_thread(session, series, closed_to="everybody")
    html = client.get(f"/series/{series.slug}/write").text
    assert html.count('href="/positions/write/') == 12
    assert "33 more questions" in html
    assert "One question takes no new positions" in html or "1 question takes no new" in html
