"""A package is a Data Package that others read, the same each time, and made anew when it must."""

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.orm import Session

from discussion.app import create_app
from discussion.config import Settings
from discussion.db import session_for, transaction
from discussion.debate.positions.models import Position
from discussion.jobs.models import Job
from discussion.reach.needed.drafts import QuestionDraft
from discussion.reach.needed.operations.wording import make_question
from discussion.reach.packages import tasks
from discussion.reach.packages.models import DataPackage, DataPiece
from discussion.reach.packages.operations import (
    MAKE,
    look_after,
    promise,
    set_terms,
    take_away,
)
from discussion.reach.packages.queries.standing import read_states, stands
from discussion.states.models import StateNumber
from discussion.web.site import site
from discussion.weighing.rounds.models import RoundStatement, ShownLines
from tests.conftest import sign_in
from tests.databases import KINDS, migrated_database, opened
from tests.factories import (
    NOW,
    make_item,
    make_position,
    make_rating,
    make_response,
    make_round,
    make_series,
    make_statement,
    make_thread,
)
from tests.factories.scenes import Scene
from tests.reach.packages.scene import (
    LATER,
    begin_package,
    make_package,
    read_package,
    rows_of,
)

FORMULA = '=HYPERLINK("http://evil";"x")\r\n-1, \'é\' 😀'
SECRET = "a secret of a test"


def filled(session: Session, **series: object) -> Scene:
    """Every table has something, in words that are awkward."""
    scene = Scene(session, thread={"stage": "making_sense", "context": FORMULA}, **series)
    item = make_item(session, scene.series, title=FORMULA, authors=["+A", "@B"])
    position = make_position(
        session, scene.thread, item=item, served=("equality",), outweighed=("adequacy",),
        revision={"claim": FORMULA, "reasoning": FORMULA, "phases": ["early", "late"]},
    )  # fmt: skip
    make_response(session, position)
    said = make_statement(session, scene.thread, position, kind="", text=FORMULA)
    round = make_round(session, scene.thread, said, imported_from="polis", points=3,
                       attribution=FORMULA)  # fmt: skip
    for person in (scene.member, scene.moderator):
        make_rating(session, round, said, person, 3, secret=SECRET)
    return scene


def test_frictionless_finds_nothing_wrong_with_it(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    frictionless = pytest.importorskip("frictionless", reason="it is a package of developers")
    scene = filled(session)
    _ask_coarsely(scene)
    sign_in(app.test_client(), scene.convener).post(
        f"/packages/{scene.series.slug}", data={"licence": "CC-BY-4.0", "ratings": "rows"}
    )
    for name, words in read_package(session, make_package(app, session, scene.series)).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(words.encode())
    assert (tmp_path / "data" / "settling.csv").read_text().count("HYPERLINK") == 1
    assert '"since": "2026-' in (tmp_path / "jsonl" / "questions.jsonl").read_text()
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert len(report.tasks) > 30, "hardly anything was looked at"
    wrong = {task.name: [error.message for error in task.errors] for task in report.tasks}
    assert {name: said for name, said in wrong.items() if said} == {}
    assert report.valid, report.errors


def _ask_coarsely(scene: Scene) -> None:
    """A question of which only the month is told, and a line of what would settle a fact."""
    session = scene.session
    source = make_position(
        session,
        scene.thread,
        attribution="chatham_house",
        revision={"change_mind": ["evidence"], "change_mind_text": FORMULA},
    )
    session.flush()
    draft = QuestionDraft("Who counts?", origins=(f"mind/{source.public_id}",))
    make_question(session, scene.as_moderator, scene.series, draft, now=NOW)
    row = session.scalars(select(RoundStatement)).one()
    lines = ShownLines(round_id=row.round_id, version_id=row.version_id, says=[FORMULA, "-1"])
    session.add(lines)
    session.flush()


def test_words_are_exact_in_json_and_harmless_in_a_spreadsheet(
    app: Flask, session: Session
) -> None:
    scene = filled(session)
    files = read_package(session, make_package(app, session, scene.series))
    assert rows_of(files, "positions")[0]["claim"] == FORMULA
    assert rows_of(files, "items")[0]["authors"] == ["+A", "@B"]
    quoted = FORMULA.replace('"', '""')
    assert f'"\'{quoted}"' in files["data/positions.csv"]
    assert "'+A; @B" in files["data/items.csv"]
    assert rows_of(files, "ratings") == [], "nobody said that they leave row by row"


def test_the_same_rows_of_one_day_are_the_same_bytes(app: Flask, session: Session) -> None:
    scene = filled(session)
    first = make_package(app, session, scene.series)
    told = json.loads(read_package(session, first)["datapackage.json"])
    take_away(session, first, "replaced", now=LATER)
    first.number += 1  # so that the second is of the same number
    session.flush()
    session.execute(delete(DataPiece))
    session.delete(first)
    session.flush()
    second = make_package(app, session, scene.series, LATER + timedelta(hours=1))
    again = read_package(session, second)
    assert json.loads(again["datapackage.json"]) == told
    for one in told["resources"]:
        words = again[one["path"]].encode()
        assert one["hash"] == f"sha256:{sha256(words).hexdigest()}", one["path"]
        assert one["bytes"] == len(words)


@pytest.mark.parametrize("kind", KINDS)
def test_new_writing_leaves_a_package_and_what_is_hidden_takes_it_away(
    kind: str, tmp_path: Path
) -> None:
    """In a database that counts: with transactions that are committed."""
    with migrated_database(kind, tmp_path) as url, opened(url) as engine:
        package_id, position_id = _made(engine)
        assert _stands(engine, package_id)
        with transaction(engine) as session:
            position = session.get_one(Position, position_id)
            make_position(session, position.thread)
        assert _stands(engine, package_id)
        with transaction(engine) as session:
            session.get_one(Position, position_id).state = "hidden"
        assert not _stands(engine, package_id)
        with transaction(engine) as session:
            assert look_after(session, now=LATER) == 1
            assert session.get_one(DataPackage, package_id).gone_why == "changed"
            waiting = session.query(DataPackage).filter_by(state="waiting").one()
            assert waiting.number == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_package_is_made_while_somebody_writes(kind: str, tmp_path: Path) -> None:
    """How far it is can be told later: SQLite lets one write at a time, and gives up soon here."""
    with migrated_database(kind, tmp_path) as url:
        app = create_app(
            Settings(environment="test", secret_key=SECRET, data_dir=tmp_path, database_url=url)
        )
        engine = site(app).engine
        with transaction(engine) as session:
            package = promise(session, make_series(session), now=NOW)
            session.flush()
            job = Job(name=MAKE, payload={"package": package.id})
        with (
            session_for(engine, writes=True) as writing,
            session_for(engine, writes=False) as reading,
            app.test_request_context(),
        ):
            make_series(writing, slug="another")
            writing.flush()
            errand = tasks.prepare(reading, job, LATER)
        afterwards = errand() if errand else None
        with transaction(engine) as session:
            assert afterwards is not None
            afterwards(session, LATER)
            assert session.get_one(DataPackage, package.id).state == "ready"
        engine.dispose()


def _made(engine: Engine) -> tuple[int, int]:
    from discussion.reach.packages.queries.standing import hash_marks
    from discussion.reach.packages.queries.tabling import reading_of

    with transaction(engine) as session:
        series = make_series(session)
        position = make_position(session, make_thread(session, series))
    with transaction(engine) as session:
        series = session.merge(series)
        package = promise(session, series, now=NOW)
        package.states = [str(one) for one in read_states(session, series.id)]
        package.shown = hash_marks(reading_of(session, series, LATER))
        package.state, package.made_at = "ready", NOW
        session.flush()
        return package.id, position.id


def _stands(engine: Engine, package_id: int) -> bool:
    with transaction(engine, writes=False) as session:
        return stands(session, session.get_one(DataPackage, package_id))


def test_the_page_says_what_there_is_and_how_to_cite_it(app: Flask, session: Session) -> None:
    scene = filled(session, host="The Dale Trust")
    address = f"/packages/{scene.series.slug}"
    client = app.test_client()
    assert "There is no package yet" in client.get(address).text
    with time_machine.travel(LATER, tick=False):
        promise(session, scene.series, now=LATER)
        assert "waiting to be made" in client.get(address).text
        package = make_package(app, session, scene.series)
        page = client.get(address)
        assert package.sha256 in page.text
        assert "The Dale Trust (2026)" in page.text
        assert "The host has given no licence" in page.text
        data = client.get(f"{address}.json").get_json()
        assert data["offered"]["number"] == 1
        answered = client.get(f"{address}/1/zip")
        assert sha256(answered.get_data()).hexdigest() == package.sha256
        assert answered.headers["Content-Length"] == str(package.size)
        session.execute(delete(StateNumber))
        scene.thread.is_hidden = True
        session.flush()
        gone = client.get(f"{address}/1/zip")
        assert (gone.status_code, "may not be shown any more" in gone.text) == (410, True)
        assert "being made again" in client.get(address).text


def test_only_conveners_say_on_which_terms(app: Flask, session: Session) -> None:
    scene = filled(session)
    address = f"/packages/{scene.series.slug}"
    terms = {"licence": "OGL-UK-3.0", "ratings": "rows"}
    assert sign_in(app.test_client(), scene.moderator).post(address, data=terms).status_code == 403
    convener = sign_in(app.test_client(), scene.convener)
    wrong = convener.post(address, data={"licence": "mine", "ratings": "rows"})
    assert wrong.status_code == 422
    assert convener.post(address, data=terms).status_code == 303
    package = make_package(app, session, scene.series)
    files = read_package(session, package)
    assert json.loads(files["datapackage.json"])["licenses"][0]["name"] == "OGL-UK-3.0"
    assert [row["rater"] for row in rows_of(files, "ratings")] == [0, 1]
    assert "Open Government Licence" in convener.get(address).text


def test_what_was_begun_under_other_terms_is_not_given_out(app: Flask, session: Session) -> None:
    scene = filled(session)
    who = scene.as_(scene.convener)
    set_terms(session, who, scene.series, licence="", ratings="rows", now=LATER)
    old, finish = begin_package(app, session, scene.series)
    set_terms(session, who, scene.series, licence="", ratings="counts", now=LATER)
    finish()
    assert old.state == "gone"
    files = read_package(session, make_package(app, session, scene.series))
    assert rows_of(files, "ratings") == []


def test_what_is_given_up_while_it_is_made_is_never_served(app: Flask, session: Session) -> None:
    """The terms may have changed: answers that were to leave row by row leave in counts now."""
    scene = filled(session)
    package, finish = begin_package(app, session, scene.series)
    elsewhere = update(DataPackage).where(DataPackage.id == package.id).values(state="gone")
    session.execute(elsewhere, execution_options={"synchronize_session": False})
    assert package.state != "gone"  # this transaction has not looked since
    finish()
    assert package.state == "gone"
    assert session.scalar(select(func.count(DataPiece.id))) == 0
