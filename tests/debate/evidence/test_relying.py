"""Who relies on an item, by pages: every position once, and nobody who is out of sight."""

import re

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import make_item, make_position, make_response, make_series, make_thread

ONE = re.compile(r'class="citing-claim"[^>]*><a href="(/positions/[^"]+)"')
ADDED = re.compile(r'<a href="(/positions/[^"]+)">To position')


def test_the_pages_of_a_stance_hold_every_position_once(
    session: Session, client: FlaskClient
) -> None:
    series = make_series(session)
    item = make_item(session, series)
    made = [make_position(session, make_thread(session, series), item=item) for _n in range(45)]
    hidden = make_position(session, make_thread(session, series), item=item, state="hidden")
    url, read = f"/evidence/{series.slug}/{item.public_id}", []
    while url:
        html = client.get(url).text
        assert "45 positions cite it" in html
        read += ONE.findall(html)
        following = re.search(r'href="([^"]+)" rel="next"', html)
        url = following[1] if following else ""
    assert sorted(read) == sorted(f"/positions/{one.public_id}" for one in made)
    assert f"/positions/{hidden.public_id}" not in read


def test_the_pages_of_responses_hold_every_one_once(session: Session, client: FlaskClient) -> None:
    series = make_series(session)
    item = make_item(session, series)
    position = make_position(session, make_thread(session, series))
    for _n in range(25):
        make_response(session, position, type="adds_evidence", item=item)
    here = f"/evidence/{series.slug}/{item.public_id}"
    first = client.get(here).text
    following = re.search(r'href="([^"]+responses=[^"]+)" rel="next"', first)
    assert following
    read = ADDED.findall(first) + ADDED.findall(client.get(following[1]).text)
    assert len(read) == len(set(read)) == 25
