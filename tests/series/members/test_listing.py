"""The list of members by pages: nobody is lost on the way, and nobody hidden is counted."""

import re

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import clock
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.factories import make_member, make_person, make_series

NAME = re.compile(r'<th scope="row"><bdi>([^<]+)</bdi>')


def _series_of(session: Session, many: int) -> Series:
    series = make_series(session)
    for n in range(many):
        make_member(session, series, make_person(session, display_name=f"Reader {n:03}"))
    return series


def _convener(session: Session, series: Series, client: FlaskClient) -> FlaskClient:
    person = make_person(session, display_name="Convener")
    return sign_in(client, make_member(session, series, person, role="convener"))


def test_the_pages_of_the_list_name_everybody_once(session: Session, client: FlaskClient) -> None:
    series = _series_of(session, 120)
    _convener(session, series, client)
    url, named = f"/series/{series.slug}/members", []
    while url:
        html = client.get(url).text
        named += NAME.findall(html)
        following = re.search(r'href="([^"]+)" rel="next"', html)
        url = following[1].replace("&amp;", "&") if following else ""
    assert named == ["Convener", *(f"Reader {n:03}" for n in range(120))]


def test_a_search_and_a_role_narrow_the_list_and_stay_after_an_act(
    session: Session, client: FlaskClient
) -> None:
    series = _series_of(session, 60)
    _convener(session, series, client)
    here = f"/series/{series.slug}/members?q=reader+05&role=contributor"
    html = client.get(here).text
    assert NAME.findall(html) == ["Reader 005", *(f"Reader 05{n}" for n in range(10))]
    assert "11 people in this list." in html
    action = re.search(r'action="([^"]+/role[^"]*)"', html)
    assert action
    answered = client.post(action[1].replace("&amp;", "&"), data={"role": "moderator"})
    assert answered.location == here
    assert NAME.findall(client.get(here).text) == [f"Reader 05{n}" for n in range(10)]


def test_who_walked_in_this_month_is_neither_listed_nor_counted(
    session: Session, client: FlaskClient
) -> None:
    series = _series_of(session, 60)
    newcomer = make_person(session, display_name="Reader 999")
    make_member(session, series, newcomer, admitted_how="wrote", joined_at=clock.now())
    _convener(session, series, client)
    html = client.get(f"/series/{series.slug}/members?q=reader").text
    assert "60 people in this list." in html
    assert "This series has 61 members." in html
    assert not NAME.findall(client.get(f"/series/{series.slug}/members?q=999").text)
