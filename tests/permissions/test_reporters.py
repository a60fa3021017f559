"""Who reported something is told to nobody: not by a word, and not by what changes with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from discussion.db import session_for
from discussion.oversight.reports.models import Report
from discussion.people.accounts.models import Person
from tests.conftest import sign_in, without_tokens, words_of
from tests.factories import NOW
from tests.permissions.addresses import Address, addresses
from tests.permissions.world import World

READERS = "vamx"  # a visitor, the author of what was reported, moderators, the administrator
REPORTERS = ("c", "n")  # one is made the reporter instead of the other
PAGES = (
    "appeals.", "moderation.desk", "moderation.item", "positions.mine", "positions.page",
    "reports.desk", "reports.own", "reports.receipt", "threads.page", "transparency.",
)  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
@time_machine.travel(NOW, tick=False)  # else a page's own clock would differ
def test_no_page_of_anybody_else_changes_with_who_reported(
    walked: Flask, walked_engine: Engine, world: World, reader: str
) -> None:
    """Every byte of every page that could tell, with one reporter and with another."""
    client = walked.test_client()
    if reader != "v":
        sign_in(client, world.people[reader])
    paths = [
        address.path(walked) + suffix
        for address, suffix in product(addresses(walked, world, "GET"), ("", ".json"))
        if str(address.rule.endpoint).startswith(PAGES) and _is_near(world, address)
    ]
    assert any(world.reports[0].public_id in path for path in paths)
    seen = []
    for reporter in REPORTERS:
        with _reported_by(walked_engine, world.reports[0], world.people[reporter]):
            seen.append([_what_is_told(client, path) for path in paths])
    differ = [path for path, one, other in zip(paths, *seen, strict=True) if one != other]
    assert not differ, differ


def _is_near(world: World, address: Address) -> bool:
    """Pages of nothing in particular, of what was reported, and of its thread."""
    reported = next(one for one in world.positions if one.public_id == world.reports[0].subject_id)
    near = (reported, reported.thread, reported.thread.series, *world.decisions)
    return all(subject in near for subject in address.subjects)


def _what_is_told(client: FlaskClient, path: str) -> tuple[int, str]:
    """All of a page but the tokens of its forms, which are drawn for each opening.

    What is refused says no more than that, under a number of its own.
    """
    answered = client.get(path)
    return answered.status_code, without_tokens(
        words_of(answered)
    ) if answered.status_code == 200 else ""


@contextmanager
def _reported_by(engine: Engine, report: Report, reporter: Person) -> Iterator[None]:
    """As if this person had reported it, until the end of the block."""
    before = report.reporter_id
    _set_reporter(engine, report, reporter.id)
    yield
    _set_reporter(engine, report, before)


def _set_reporter(engine: Engine, report: Report, person_id: int | None) -> None:
    with session_for(engine, writes=True) as session:
        session.execute(update(Report).where(Report.id == report.id).values(reporter_id=person_id))
        session.commit()
