"""When too few are left to share a label, it widens on every page at once, and never narrows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.app import create_app
from discussion.config import Settings
from discussion.db import transaction
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.operations.naming import give_label, give_letter
from discussion.oversight.rights.models import Leaving
from discussion.oversight.rights.operations.leaving import carry_out
from discussion.oversight.sanctions.drafts import SanctionDraft
from discussion.oversight.sanctions.operations import sanction
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.members.operations.members import choose_post, leave_series
from discussion.series.series.drafts import SeriesDraft
from discussion.series.series.models import Series
from discussion.series.series.operations.keeping import edit_series
from discussion.web.site import site
from tests.conftest import SECRET
from tests.databases import KINDS, made_database
from tests.factories import (
    NOW,
    make_member,
    make_position,
    make_response,
    viewer,
)
from tests.factories.scenes import Scene

LABEL = "Headteacher"


@dataclass
class Cell:
    """Five who share a label, one of whom goes; and one of those who stay has written."""

    series: Series
    goes: Person
    convener: Person
    pages: tuple[str, ...]


def _leaves_the_series(session: Session, cell: Cell) -> None:
    leave_series(session, viewer(session, cell.goes), cell.series, now=NOW)


def _is_removed(session: Session, cell: Cell) -> None:
    membership = session.scalars(
        select(Membership)
        .where(Membership.series_id == cell.series.id)
        .where(Membership.person_id == cell.goes.id)
    ).one()
    draft = SanctionDraft(kind="removal", days=30, reason="unclear", facts="What was done.")
    sanction(session, viewer(session, cell.convener), membership, draft, now=NOW)


def _leaves_the_site(session: Session, cell: Cell) -> None:
    leaving = Leaving(person_id=cell.goes.id, choice="keep", asked_at=NOW, due_at=NOW)
    session.add(leaving)
    session.flush()
    assert carry_out(session, leaving, secret=SECRET, now=NOW + timedelta(days=1))


def _posts_as_something_else(session: Session, cell: Cell) -> None:
    choose_post(session, viewer(session, cell.goes), cell.series, "inspector", "secondary")


def _asks_for_larger_groups(session: Session, cell: Cell) -> None:
    draft = SeriesDraft(title="A series", question="Which way?", who_may_post="open", min_group=6)
    edit_series(session, viewer(session, cell.convener), cell.series, draft, now=NOW)


EVENTS: tuple[Callable[[Session, Cell], None], ...] = (
    _leaves_the_series,
    _is_removed,
    _leaves_the_site,
    _posts_as_something_else,
    _asks_for_larger_groups,
)


@pytest.fixture(scope="module", params=KINDS)
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
         ) -> Iterator[Flask]:  # fmt: skip
    """An application that keeps its pages, on a database of its own."""
    folder = tmp_path_factory.mktemp("labels")
    with made_database(request.param, folder) as url:
        made = create_app(
            Settings(environment="test", secret_key=SECRET, data_dir=folder, database_url=url,
                     fast_passwords=True, check_links=False)
        )  # fmt: skip
        yield made
        site(made).engine.dispose()


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__.strip("_"))
def test_a_label_widens_everywhere_at_once_and_never_narrows(
    kept: Flask, event: Callable[[Session, Cell], None]
) -> None:
    engine, client = site(kept).engine, kept.test_client()
    if engine.dialect.name == "postgresql" and event is not _leaves_the_site:
        pytest.skip("what differs there is how pages are kept, which one event shows")
    with transaction(engine) as session:
        cell = _make(session)
    before = {page: client.get(page) for page in cell.pages}
    assert {page for page, said in before.items() if LABEL not in said.text} == set()

    with transaction(engine) as session:
        event(session, _again(session, cell))
    after = {page: client.get(page) for page in cell.pages}
    assert {page for page, said in after.items() if LABEL in said.text} == set()
    assert all(said.status_code == 200 for said in after.values())

    with transaction(engine) as session:
        series = session.get_one(Series, cell.series.id)
        for _each in range(5):  # enough to share it again, were it ever to narrow
            person = make_member(session, series, posting_role="")
            choose_post(session, viewer(session, person), series, "headteacher", "secondary")
    later = {page: client.get(page) for page in cell.pages}
    assert {page for page, said in later.items() if LABEL in said.text} == set()


def _make(session: Session) -> Cell:
    scene = Scene(session, thread={"attribution": "role"}, title="A series")
    series = scene.series
    people = [make_member(session, series) for _each in range(5)]
    convener = make_member(session, series, role="convener", posting_role="researcher")
    thread, item = scene.thread, scene.item
    position = make_position(session, thread, people[0], item=item)
    other = make_position(session, thread, convener)
    response = make_response(session, other, people[1], item=item)
    rows: tuple[Position | Response, ...] = (position, response)
    for row in rows:
        give_label(session, row, series)
        give_letter(session, thread.id, row.author_id, "role")
    session.flush()
    assert (position.label_step, response.label_step) == (0, 0)
    own, its = f"/positions/{position.public_id}", f"/positions/{other.public_id}"
    pages = (
        f"/threads/{thread.slug}", f"/threads/{thread.slug}.json",
        f"/threads/{thread.slug}?group=value", own, f"{own}.json", f"{own}/versions/1", its,
        f"{its}.json", f"{own}/versions/1/cite.bib", f"{own}/versions/1/cite.ris",
        f"/evidence/{series.slug}/{item.public_id}",
    )  # fmt: skip
    return Cell(series, people[4], convener, pages)


def _again(session: Session, cell: Cell) -> Cell:
    """The rows in another session."""
    return Cell(session.get_one(Series, cell.series.id), session.get_one(Person, cell.goes.id),
                session.get_one(Person, cell.convener.id), cell.pages)  # fmt: skip
