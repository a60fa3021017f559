"""The calendar of a series, and what search engines are told."""

import re
from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy.orm import Session

from discussion import paths
from discussion.reach.feeds.queries import site_map
from tests.factories import (
    NOW,
    make_item,
    make_position,
    make_round,
    make_series,
    make_statement,
    make_thread,
)
from tests.reach.needed.scene import Asking


def test_the_dates_of_a_series_stand_in_a_calendar(session: Session, client: FlaskClient) -> None:
    series = make_series(session, starts_on=date(2026, 9, 7), ends_on=None)
    planned = {"open_on": date(2026, 10, 1), "weighing_on": date(2026, 11, 1)}
    thread = make_thread(session, series, stage="weighing", question="Whose, then?", **planned)
    hidden = make_thread(session, series, is_hidden=True, **planned)
    statement = make_statement(session, thread)
    opened = make_round(
        session, thread, statement, state="open", closed_at=None, closes_at=NOW + timedelta(days=3)
    )
    later = make_round(session, thread, statement, number=2, state="planned")
    session.flush()
    answered = client.get(paths.calendar(series.slug))
    assert answered.mimetype == "text/calendar"
    events = {
        str(one["uid"]).partition("@")[0]: one
        for one in Calendar.from_ical(answered.data).walk("VEVENT")
    }
    assert set(events) == {
        f"series-{series.public_id}-starts",
        f"thread-{thread.public_id}-1-open",
        f"thread-{thread.public_id}-1-weighing",
        f"round-{opened.public_id}",
    }
    assert hidden.public_id not in answered.text
    assert later.public_id not in answered.text
    weighing = events[f"thread-{thread.public_id}-1-weighing"]
    assert weighing.decoded("dtstart") == date(2026, 11, 1)
    assert str(weighing["summary"]) == "Weighing: Whose, then?"
    ends = events[f"round-{opened.public_id}"].decoded("dtend")
    assert isinstance(ends, datetime)
    assert ends == (NOW + timedelta(days=3)).replace(microsecond=0)
    assert client.get(paths.calendar(series.slug)).data == answered.data


def test_every_address_of_the_map_can_be_read(
    session: Session, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_map, "ADDRESSES", 7)
    series = make_series(session)
    thread = make_thread(session, series)
    item = make_item(session, series)
    position = make_position(session, thread, item=item, first_published_at=NOW - timedelta(days=3))
    session.flush()
    maps = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").text)
    assert len(maps) > 2
    found: list[str] = []
    for number, address in enumerate(maps, start=1):
        assert address.endswith(paths.site_map(number))
        part = re.findall("<loc>(.*?)</loc>", client.get(paths.site_map(number)).text)
        assert len(part) == 7 or number == len(maps)
        found += [one.partition("//")[2].partition("/")[2] for one in part]
    assert len(found) == len(set(found))
    assert {client.get(f"/{one}").status_code for one in found} == {200}
    for path in (paths.position(position.public_id), paths.item(series.slug, item.public_id),
                 paths.thread(thread.slug), paths.value(series.slug, "equality")):  # fmt: skip
        assert path[1:] in found
    assert client.get(paths.site_map(len(maps) + 1)).status_code == 404
    assert client.get(paths.site_map(0)).status_code == 404


def test_a_question_is_mapped_while_visitors_read_it(session: Session, client: FlaskClient) -> None:
    scene = Asking(session)
    scene.thread.attribution = "chatham_house"
    open_one, coarse = scene.minded("By name."), scene.minded("Under the rule.")
    open_one.attribution, coarse.attribution = "role", "chatham_house"
    session.flush()
    plain, ruled = scene.ask("What is counted?", open_one), scene.ask("Who counts?", coarse)

    def mapped(now: datetime) -> set[str]:
        found = set(site_map.list_addresses(session, 1, now))
        asked = {"plain": plain, "ruled": ruled}
        slug = scene.series.slug
        return {
            name
            for name, one in asked.items()
            if paths.needed_question(slug, one.public_id) in found
        }

    assert mapped(NOW) == {"plain"}
    assert mapped(NOW + timedelta(days=1)) == {"plain", "ruled"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_map, "ADDRESSES", 5)
        maps = range(1, site_map.count_maps(session, NOW) + 1)
        found = [one for number in maps for one in site_map.list_addresses(session, number, NOW)]
    assert len(maps) > 3
    assert sorted(set(found)) == sorted(found)
    open_one.state = "hidden"
    session.flush()
    assert mapped(NOW + timedelta(days=1)) == {"ruled"}
    ruled.removed_at = NOW
    session.flush()
    assert mapped(NOW + timedelta(days=1)) == set()
    ruled.removed_at = None
    scene.series.visibility = "unlisted"
    session.flush()
    assert mapped(NOW + timedelta(days=1)) == set()


def test_programs_are_told_where_the_map_is(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1].startswith("Sitemap: ")
    assert lines[-1].endswith("/sitemap.xml")
