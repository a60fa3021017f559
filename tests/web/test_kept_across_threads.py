"""What a kept page tells of another thread than its own is not older than that thread."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.app import create_app
from discussion.config import Settings
from discussion.db import transaction
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Regrouping, Thread
from discussion.debate.threads.operations.pacing import close_to
from discussion.decisions.models import Decision
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.web.site import site
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.rounds.models import Round
from discussion.weighing.statements.models import Statement, StatementVersion
from discussion.weighing.statements.operations.withholding import withhold_statement
from tests.conftest import SECRET, sign_in
from tests.databases import KINDS, made_database
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_position,
    make_round,
    make_series,
    make_statement,
    make_thread,
)

KEPT = Path(__file__).parents[1] / "weighing" / "findings" / "kept" / "schema-3.json"
ELSEWHERE = "elsewhere"
SAID = "The phone policy matters to every pupil."


@pytest.fixture(params=KINDS)
def moved(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    """A statement of one thread comes from a position that was moved into another."""
    with made_database(request.param, tmp_path) as url:
        app = create_app(
            Settings(environment="test", secret_key=SECRET, data_dir=tmp_path, database_url=url)
        )
        with transaction(site(app).engine) as session:
            series = make_series(session)
            first = make_thread(session, series, stage="weighing")
            position = make_position(session, first)
            drawn = make_statement(session, first, position, text=SAID)
            _find(session, make_round(session, first, drawn), first, position)
            position.thread = make_thread(session, series)
            session.flush()
            path = f"/positions/{position.public_id}"
        yield app, path
        site(app).engine.dispose()


def _find(session: Session, round: Round, thread: Thread, position: Position) -> None:
    """Findings of the round, of which a statement comes from the position."""
    found = json.loads(KEPT.read_text())
    found["ratings"]["statements"][0]["sources"] = [position.public_id]
    pair: dict[str, object] = {"first": "school", "second": "school", "value": "", "tagged": [0, 0]}
    pair |= {"coherence": None, "a": None, "b": None}
    found["levels"].append(
        {"scope": "related", "threads": [[ELSEWHERE, "?"]], "index": None, "pairs": [pair]}
    )
    session.add(
        FindingSnapshot(thread_id=thread.id, round_id=round.id, version=1, because="round_closed",
                        inputs_hash="x", code_version="1", made_at=NOW, results=found)
    )  # fmt: skip


def test_a_statement_that_is_withheld_is_gone_from_a_position_that_was_moved(
    moved: tuple[Flask, str],
) -> None:
    app, path = moved
    assert SAID in app.test_client().get(path).text
    with transaction(site(app).engine) as session:
        session.scalars(select(StatementVersion)).one().withheld_at = NOW
    assert SAID not in app.test_client().get(path).text


def test_a_statement_of_a_thread_that_is_hidden_is_gone_from_a_position_that_was_moved(
    moved: tuple[Flask, str],
) -> None:
    app, path = moved
    assert SAID in app.test_client().get(path).text
    with transaction(site(app).engine) as session:
        session.scalars(select(Thread).order_by(Thread.id)).all()[0].is_hidden = True
    assert SAID not in app.test_client().get(path).text


def test_a_position_that_was_moved_and_hidden_is_named_in_no_findings(
    moved: tuple[Flask, str],
) -> None:
    app, path = moved
    with transaction(site(app).engine) as session:
        slug = session.scalars(select(Thread.slug).order_by(Thread.id)).all()[0]
    assert path in app.test_client().get(f"/findings/{slug}").text
    with transaction(site(app).engine) as session:
        session.scalars(select(Position)).one().state = "hidden"
    assert path not in app.test_client().get(f"/findings/{slug}").text


def test_findings_name_a_thread_of_another_series_to_those_alone_who_may_read_it(
    moved: tuple[Flask, str],
) -> None:
    app, _path = moved
    with transaction(site(app).engine) as session:
        slug = session.scalars(select(Thread.slug).order_by(Thread.id)).all()[0]
        other = make_series(session, slug="among-ourselves", visibility="members")
        make_thread(session, other, slug=ELSEWHERE)
        people = [make_person(session), make_member(session, other), make_person(session)]
    clients = [sign_in(app.test_client(), one) for one in people]
    named = [f"/threads/{ELSEWHERE}" in one.get(f"/findings/{slug}").text for one in clients]
    assert named == [False, True, False]


def test_a_thread_that_was_related_once_and_is_hidden_now_is_named_in_no_findings(
    moved: tuple[Flask, str],
) -> None:
    app, _path = moved
    with transaction(site(app).engine) as session:
        first = session.scalars(select(Thread).order_by(Thread.id)).all()[0]
        slug, other = first.slug, make_thread(session, first.series, slug=ELSEWHERE)
    assert f"/threads/{ELSEWHERE}" in app.test_client().get(f"/findings/{slug}").text
    with transaction(site(app).engine) as session:
        session.get_one(Thread, other.id).is_hidden = True
    assert f"/threads/{ELSEWHERE}" not in app.test_client().get(f"/findings/{slug}").text


def test_why_something_was_moved_goes_with_the_words_that_it_repeats(
    moved: tuple[Flask, str],
) -> None:
    app, _path = moved
    with transaction(site(app).engine) as session:
        first, second = session.scalars(select(Thread).order_by(Thread.id)).all()
        person = make_member(session, first.series, role="moderator")
        actor, why = viewer_of(session, person, NOW), f"Too many say: {SAID}"
        close_to(session, actor, first, "everybody", until=None, why=why, now=NOW)
        other = make_position(session, second)
        session.add(
            Regrouping(kind="move", source_id=first.id, target_id=second.id, at=NOW,
                       decision=session.scalars(select(Decision)).one(), moved=[other.public_id])
        )  # fmt: skip
    page = f"/positions/{other.public_id}"
    assert SAID in app.test_client().get(page).text
    with transaction(site(app).engine) as session:
        statement = session.scalars(select(Statement)).one()
        withhold_statement(session, actor, statement, why="It names a pupil.", now=NOW)
    assert SAID not in app.test_client().get(page).text
