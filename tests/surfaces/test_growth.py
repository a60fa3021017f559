"""Budgets: however large a series is, a page reads as many rows and makes as many statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position
from discussion.debate.tallies.operations import tally_changed
from tests.conftest import sign_in
from tests.factories.crowd import Crowd, fill_crowd

PAGES = (
    "/series/{series}",
    "/series/{series}/findings",
    "/series/{series}/findings?page=2&waiting=2",
    "/series/{series}/write",
    "/series/{series}/themes/{theme}",
    "/series/{series}/themes/{theme}?page=2",
    "/series/{series}/rules",
    "/threads/{thread}",
    "/threads/{thread}/history",
    "/positions/{position}",
    "/positions/write/{thread}",
    "/evidence/{series}",
    "/evidence/{series}?q=study&cited=yes",
    "/evidence/{series}/{item}",
    "/values/{series}",
    "/values/{series}/{value}",
)
CURATING = (
    "/series/{series}/members",
    "/series/{series}/members?q=person&role=contributor",
    "/series/{series}/settings",
    "/threads/{thread}/curate",
    "/threads/{thread}/summary",
    "/threads/{thread}/regroup/split",
    "/rounds/{thread}/statements/draft",
    "/moderation",
    "/about",
)
A_PAGE_MORE = 45  # rows: where the smaller series did not fill its page quite


@dataclass
class Cost:
    statements: int = 0
    rows: int = 0
    size: int = 0


class _Counting:
    """A cursor that counts what is fetched from it."""

    def __init__(self, cursor: Any, cost: Cost) -> None:
        self._cursor, self._cost = cursor, cost

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def fetchone(self) -> Any:
        row = self._cursor.fetchone()
        self._cost.rows += row is not None
        return row

    def fetchmany(self, *size: int) -> Any:
        rows = self._cursor.fetchmany(*size)
        self._cost.rows += len(rows)
        return rows

    def fetchall(self) -> Any:
        rows = self._cursor.fetchall()
        self._cost.rows += len(rows)
        return rows


@contextmanager
def _counted(engine: Engine) -> Iterator[Cost]:
    cost = Cost()

    def listen(_c: Any, _cursor: Any, statement: str, _p: Any, context: Any, _many: bool) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "PRAGMA")):
            cost.statements += 1
            context.cursor = _Counting(context.cursor, cost)

    event.listen(engine, "after_cursor_execute", listen)
    try:
        yield cost
    finally:
        event.remove(engine, "after_cursor_execute", listen)


def _named(session: Session, crowd: Crowd) -> dict[str, str]:
    """What addresses name of a crowd."""
    return {
        "series": crowd.series.slug,
        "theme": crowd.series.themes[0].slug,
        "thread": crowd.thread.slug,
        "position": session.get_one(Position, crowd.positions[0]).public_id,
        "item": session.get_one(EvidenceItem, crowd.items[0]).public_id,
        "value": crowd.series.values[0].slug,
    }


def _cost(engine: Engine, session: Session, client: FlaskClient, path: str) -> Cost:
    client.get(path)
    session.expunge_all()
    with _counted(engine) as cost:
        answered = client.get(path)
    assert answered.status_code == 200, path
    cost.size = len(answered.data)
    return cost


@pytest.mark.parametrize("pages", [PAGES, CURATING], ids=["read", "curated"])
def test_a_page_costs_as_much_in_a_series_four_times_as_large(
    engine: Engine, session: Session, client: FlaskClient, pages: tuple[str, ...]
) -> None:
    crowds = [fill_crowd(session, many, longest=12, per_thread=2) for many in (450, 1350)]
    while tally_changed(session):
        pass
    asked = []
    for crowd in crowds:
        visitor = client.application.test_client()
        reader = sign_in(visitor, crowd.moderator) if pages == CURATING else visitor
        asked.append((reader, _named(session, crowd)))
    session.flush()
    wrong, compared = [], 0
    for page in pages:
        small, large = (
            _cost(engine, session, reader, page.format(**named)) for reader, named in asked
        )
        compared += 1
        is_alike = (
            large.statements <= small.statements
            and large.rows <= small.rows + A_PAGE_MORE
            and large.size <= small.size * 1.25
        )
        if not is_alike:
            wrong.append(f"{page}: {small} and {large}")
    assert not wrong, "\n".join(wrong)
    assert compared == len(pages)
