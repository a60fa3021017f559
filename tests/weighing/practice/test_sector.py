"""The sector's view: editions that are made, withdrawn at once, cited, and never of one alone."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.series.series.models import Series
from discussion.weighing.practice.models import Edition, Instrument, Run
from discussion.weighing.practice.operations.editions import (
    renew_edition,
    renew_editions,
    withdraw_editions,
)
from tests.factories import NOW, make_member, make_position, make_series, make_thread
from tests.factories.practice import make_instrument
from tests.weighing.practice.mirrors import WORKED, everybody, hold_run

SITE = "https://site.example"
OTHER = {"dressings": (2, 2), "visits": (4, 1), "records": (3, 3)}


class Sector:
    """A series with organisations that come and go, day by day."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.series: Series = make_series(session)
        self.instrument: Instrument = make_instrument(session, self.series, tuple(WORKED))
        self.day = 1

    def join(self, number: int = 1, *, people: int = 12) -> list[Run]:
        runs = [
            hold_run(
                self.session,
                self.instrument,
                everybody(people, OTHER if at % 2 else WORKED),
                shared_at=self.now,
            )
            for at in range(number)
        ]
        self.session.flush()
        return runs

    @property
    def now(self) -> datetime:
        return NOW + timedelta(days=self.day)

    def leave(self, run: Run, *, noted: bool = True) -> None:
        run.shared_at, run.unshared_at = None, self.now
        self.session.flush()
        if noted:
            withdraw_editions(self.session, run, now=self.now)

    def renew(self) -> Edition | None:
        self.day += 1
        return renew_edition(self.session, self.series, site_url=SITE, now=self.now)


@pytest.fixture
def sector(session: Session) -> Sector:
    return Sector(session)


def page_of(client: FlaskClient, sector: Sector, number: int | None = None) -> dict:  # type: ignore[type-arg]
    slug = sector.series.slug
    path = paths.sector_edition(slug, number) if number else paths.sector(slug)
    assert client.get(path).status_code == 200
    found: dict = client.get(f"{path}.json").get_json()  # type: ignore[type-arg]
    return found


def test_four_are_shown_nothing_and_the_page_says_what_it_is_for(
    client: FlaskClient, sector: Sector
) -> None:
    sector.join(4)
    assert sector.renew() is None
    page = page_of(client, sector)
    assert page["figures"] is None
    assert "fewer than 5" in page["lede"]


def test_five_are_counted_by_their_middle_answers(client: FlaskClient, sector: Sector) -> None:
    sector.join(5)
    assert sector.renew() is not None
    figures = page_of(client, sector)["figures"]
    dressings = {one["slug"]: one for one in figures["functions"]}["dressings"]
    assert dressings["professed"] == [0, 0, 0, 5, 0]
    assert dressings["practised"] == [0, 3, 0, 2, 0]
    assert (dressings["more_central"], dressings["same"]) == (3, 2)
    for one in figures["functions"]:
        assert sum(one["professed"]) == sum(one["practised"]) == one["organisations"] == 5


def test_leaving_withholds_everything_at_once_before_anything_is_noted(
    client: FlaskClient, sector: Sector
) -> None:
    runs = sector.join(8)
    sector.renew()
    assert page_of(client, sector)["figures"]
    sector.leave(runs[0], noted=False)
    for number in (None, 1):
        assert page_of(client, sector, number)["figures"] is None
    assert page_of(client, sector, 1)["withdrawn_on"]
    csv = paths.sector_edition(sector.series.slug, 1) + ".csv"
    assert client.get(csv).status_code == 404


def test_who_leaves_and_comes_back_has_left(client: FlaskClient, sector: Sector) -> None:
    runs = sector.join(7)
    sector.renew()
    sector.leave(runs[0], noted=False)
    sector.day += 1
    runs[0].shared_at = sector.now
    sector.session.flush()
    assert page_of(client, sector)["figures"] is None
    assert sector.renew() is None  # the same seven as before


def test_figures_return_when_two_differ_and_five_remain(
    client: FlaskClient, sector: Sector
) -> None:
    runs = sector.join(7)
    sector.renew()
    sector.leave(runs[0])
    assert sector.renew() is None
    sector.join()
    made = sector.renew()
    assert made is not None
    assert made.number == 2
    assert page_of(client, sector)["number"] == 2
    assert page_of(client, sector, 1)["figures"] is None


def test_joining_waits_for_a_second(client: FlaskClient, sector: Sector) -> None:
    sector.join(7)
    sector.renew()
    sector.join()
    assert sector.renew() is None
    assert page_of(client, sector)["figures"]["organisations"] == 7
    sector.join()
    assert sector.renew() is not None
    assert page_of(client, sector)["figures"]["organisations"] == 9


def test_a_citation_binds_to_an_edition_and_says_when_it_was_withdrawn(
    client: FlaskClient, sector: Sector
) -> None:
    runs = sector.join(7)
    made = sector.renew()
    assert made is not None
    assert made.item is not None
    item = paths.item(sector.series.slug, made.item.public_id)
    assert page_of(client, sector)["cite_url"] == item
    assert made.item.kind == "organisational_data"
    assert made.item.url == SITE + paths.sector_edition(sector.series.slug, 1)
    assert client.get(item).status_code == 200
    assert "84 people of 7 organisations" in client.get(item).text
    sector.leave(runs[0])
    assert "Withdrawn on" in client.get(item).text
    assert "84 people" not in client.get(item).text
    assert made.figures == {}


def test_a_position_that_cites_an_edition_says_that_it_was_withdrawn(
    client: FlaskClient, sector: Sector
) -> None:
    runs = sector.join(7)
    made = sector.renew()
    assert made is not None
    thread = make_thread(sector.session, sector.series)
    citing = make_position(
        sector.session, thread, make_member(sector.session, sector.series), item=made.item
    )
    position = paths.position(citing.public_id)
    assert made.item is not None
    assert paths.item(sector.series.slug, made.item.public_id) in client.get(position).text
    assert "Withdrawn on" not in client.get(position).text
    sector.leave(runs[0])
    assert "Withdrawn on" in client.get(position).text


def test_the_worker_withdraws_what_stands_no_more_and_makes_what_may_be_made(
    sector: Sector,
) -> None:
    runs = sector.join(8)
    renew_editions(sector.session, site_url=SITE, now=sector.now)
    sector.leave(runs[0], noted=False)
    sector.leave(runs[1], noted=False)
    sector.day += 1
    renew_editions(sector.session, site_url=SITE, now=sector.now)
    rows = sector.session.scalars(select(Edition).order_by(Edition.number)).all()
    assert [(row.number, row.withdrawn_at is None) for row in rows] == [(1, False), (2, True)]
    assert rows[0].figures == {}


def test_nobody_is_named_who_did_not_say_so_in_writing(client: FlaskClient, sector: Sector) -> None:
    runs = sector.join(6)
    sector.renew()
    runs[0].named_by, runs[0].named_at = "The board", NOW
    sector.session.flush()
    page = client.get(paths.sector(sector.series.slug)).text
    assert runs[0].organisation.name in page
    for run in runs[1:]:
        assert run.organisation.name not in page
        assert run.public_id not in page
        assert run.organisation.public_id not in page


def test_whoever_may_not_read_the_series_finds_nothing(
    client: FlaskClient, session: Session
) -> None:
    series = make_series(session, visibility="members")
    session.flush()
    assert client.get(paths.sector(series.slug)).status_code == 404


def test_answers_of_a_run_that_is_not_counted_are_not_counted_by_a_later_one(
    client: FlaskClient, sector: Sector
) -> None:
    """The same people answer the same again, so the earlier answers stand in the later mirror."""
    runs = sector.join(7)
    again = hold_run(sector.session, sector.instrument, everybody(12, WORKED),
                     runs[0].organisation, later=1, shared_at=sector.now)  # fmt: skip
    runs[0].shared_at = None
    sector.renew()
    counted = {one["organisations"] for one in page_of(client, sector)["figures"]["functions"]}
    assert counted == {6}
    sector.leave(again)
    assert page_of(client, sector)["figures"] is None


def test_leaving_by_an_earlier_run_withholds_what_its_answers_stand_in(
    client: FlaskClient, sector: Sector
) -> None:
    runs = sector.join(7)
    hold_run(sector.session, sector.instrument, everybody(12, WORKED),
             runs[0].organisation, later=1, shared_at=sector.now)  # fmt: skip
    sector.renew()
    counted = {one["organisations"] for one in page_of(client, sector)["figures"]["functions"]}
    assert counted == {7}
    sector.leave(runs[0])
    assert page_of(client, sector)["figures"] is None


def test_what_was_asked_in_other_words_is_not_counted_together(
    client: FlaskClient, sector: Sector
) -> None:
    sector.join(5)
    sector.instrument = make_instrument(
        sector.session, sector.series, tuple(WORKED), practised="Who signs?"
    )
    sector.join(5)
    sector.renew()
    counted = {one["organisations"] for one in page_of(client, sector)["figures"]["functions"]}
    assert counted == {5}
