"""The rows of a long thread are put in order page by page, and nothing is lost between pages."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.queries.arranging import ROWS
from discussion.debate.threads.queries.sequence import READING_ORDER
from tests.conftest import sign_in
from tests.factories.crowd import Crowd, fill_crowd

LONG = 2 * ROWS + 5
ROW = re.compile(r'<li id="row-([^"]+)"')
SEEN = re.compile(r'name="seen" value="([^"]+)"')
PLACE = re.compile(r'name="place-([^"]+)" form="order-form"[^>]* value="(\d+)"')


@pytest.fixture
def crowd(session: Session) -> Crowd:
    return fill_crowd(session, LONG, longest=LONG)


def _order(session: Session, crowd: Crowd) -> list[str]:
    session.expire_all()
    asked = select(Position.public_id).where(Position.thread_id == crowd.thread.id)
    return list(session.scalars(asked.order_by(*READING_ORDER)))


def test_the_pages_hold_every_row_once(crowd: Crowd, client: FlaskClient) -> None:
    sign_in(client, crowd.moderator)
    url = f"/threads/{crowd.thread.slug}/curate"
    rows = [id for n in (1, 2, 3) for id in ROW.findall(client.get(f"{url}?rows={n}").text)]
    assert len(rows) == len(set(rows)) == LONG


def test_saving_the_second_page_moves_its_rows_alone(
    session: Session, crowd: Crowd, client: FlaskClient
) -> None:
    sign_in(client, crowd.moderator)
    url = f"/threads/{crowd.thread.slug}/curate"
    before = _order(session, crowd)
    html = client.get(f"{url}?rows=2").text
    seen = SEEN.search(html)
    places = PLACE.findall(html)
    assert seen
    assert [int(place) for _id, place in places] == list(range(ROWS + 1, 2 * ROWS + 1))
    swapped = dict(places) | {places[0][0]: str(ROWS + 2), places[1][0]: str(ROWS + 1)}
    typed = {f"place-{id}": place for id, place in swapped.items()} | {"seen": seen[1]}
    answered = client.post(f"{url}/order?rows=2", data=typed)
    assert answered.location.endswith("?rows=2#positions")
    after = [*before[:ROWS], before[ROWS + 1], before[ROWS], *before[ROWS + 2 :]]
    assert _order(session, crowd) == after


def test_a_row_goes_to_another_page_by_its_number(
    session: Session, crowd: Crowd, client: FlaskClient
) -> None:
    sign_in(client, crowd.moderator)
    url = f"/threads/{crowd.thread.slug}/curate"
    before = _order(session, crowd)
    html = client.get(f"{url}?rows=2").text
    seen = SEEN.search(html)
    assert seen
    typed = dict(PLACE.findall(html)) | {before[ROWS + 5]: "3"}
    data = {f"place-{id}": place for id, place in typed.items()} | {"seen": seen[1]}
    assert client.post(f"{url}/order?rows=2", data=data).status_code == 303
    moved = [id for id in before if id != before[ROWS + 5]]
    assert _order(session, crowd) == [*moved[:2], before[ROWS + 5], *moved[2:]]
