"""The migrations run on both databases and equal the models."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, DateTime, MetaData, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from discussion.audit.operations import append_event
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.threads.models import ThreadCycle
from discussion.decisions.models import Decision
from discussion.migrations import (
    FOLDER,
    differences,
    head,
    is_current,
    revision_of,
    upgrade,
)
from discussion.migrations.append_only import TABLES
from discussion.oversight.appeals.models import Appeal, AppealOutcome
from discussion.oversight.duties.models import DutyRecord
from discussion.series.series.models import Series
from discussion.weighing.findings.models import FindingSnapshot
from tests.databases import KINDS, empty_database, migrated_database, opened
from tests.factories import NOW, make_person, make_series, make_thread

CURE = 'The models have changed: run `make migration SAYS="what changes"` and read what it wrote.'


@pytest.mark.parametrize("kind", KINDS)
def test_migrations_make_what_the_models_say(kind: str, tmp_path: Path) -> None:
    with empty_database(kind, tmp_path) as url, opened(url) as engine:
        assert not is_current(engine)
        upgrade(engine)
        assert differences(engine) == [], CURE
        assert is_current(engine)


def test_every_table_is_known_to_who_imports_nothing_else() -> None:
    """A command that makes or copies all tables knows those of every room, in whichever wing."""
    ask = "from discussion.migrations import every_table; print(*every_table().tables)"
    known = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    written = re.compile(r'(?:^    __tablename__ = |^\w+ = Table\(\s*)"(\w+)"', re.MULTILINE)
    tables = [
        name for one in FOLDER.parent.rglob("*.py") for name in written.findall(one.read_text())
    ]
    assert len(tables) > 60
    assert sorted(known.stdout.split()) == sorted(tables)


@pytest.mark.parametrize("kind", KINDS)
def test_running_them_again_changes_nothing(kind: str, tmp_path: Path) -> None:
    with empty_database(kind, tmp_path) as url, opened(url) as engine:
        upgrade(engine)
        upgrade(engine)
        with engine.connect() as connection:
            assert revision_of(connection) == head()


@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_database_itself_keeps_history(
    kind: str, table: str, verb: str, tmp_path: Path
) -> None:
    with migrated_database(kind, tmp_path) as url, opened(url) as engine:
        with Session(engine) as session:
            add_history(session)
            session.commit()
        with engine.connect() as connection, pytest.raises(DBAPIError, match="never changed"):
            connection.execute(text(verb.format(table)))


def test_every_migration_has_an_id_of_its_own_that_fits_its_column() -> None:
    names = [path.stem for path in sorted((FOLDER / "versions").glob("2*.py"))]
    texts = [(FOLDER / "versions" / f"{name}.py").read_text() for name in names]
    ids = [name[:32] for name in names]
    assert len(set(ids)) == len(ids)
    for id, written in zip(ids, texts, strict=True):
        assert f'revision = "{id}"' in written, f"{id} should be the revision of its file"


def add_history(session: Session) -> None:
    series, person = make_series(session), make_person(session)
    decision = Decision(series=series, subject_kind="position", subject_id="x", action="decline",
                        decided_by=person, decided_by_role="moderator", at=NOW)  # fmt: skip
    appeal = Appeal(decision=decision, series_id=series.id, made_by=person, text="Why", at=NOW)
    outcome = AppealOutcome(appeal=appeal, outcome="stands", why="Because", reviewed_by=person,
                            reviewed_by_role="convener", at=NOW)  # fmt: skip
    found = FindingSnapshot(thread=make_thread(session, series), version=1, because="tags_changed",
                            inputs_hash="0" * 64, code_version="1", made_at=NOW)  # fmt: skip
    session.add_all([decision, appeal, outcome, found])
    append_event(session, series_id=series.id, actor_id=person.id, verb="looked",
                 subject=("position", "x"), now=NOW)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_how_threads_ended_before_is_brought_back_from_the_chain(kind: str, tmp_path: Path) -> None:
    """But not where words were taken out of a thread since: the chain holds them whole."""
    before = "20261128_1836_let_imported_state"
    with empty_database(kind, tmp_path) as url, opened(url) as engine:
        upgrade(engine, before)
        with engine.begin() as connection:
            tables = MetaData()
            tables.reflect(connection)
            for number, (public_id, gone) in enumerate([("kept", False), ("taken", True)], start=1):
                _reopened(connection, tables, number, public_id, is_redacted=gone)
        upgrade(engine)
        with Session(engine) as session:
            rows = session.scalars(select(ThreadCycle).order_by(ThreadCycle.thread_id)).all()
        assert [(row.number, row.stage, row.outcome, str(row.review_on)) for row in rows] == [
            (1, "closed", "So it **is**.", "2026-12-24"), (1, "closed", "", "2026-12-24"),
        ]  # fmt: skip
        assert "<strong>is</strong>" in rows[0].outcome_html
        assert rows[0].entered == {"closed": "2026-11-23"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_written_before_is_read_as_it_is_now(kind: str, tmp_path: Path) -> None:
    with empty_database(kind, tmp_path) as url, opened(url) as engine:
        upgrade(engine, "20261130_0449_addresses_that_cha")
        with engine.begin() as connection:
            tables = MetaData()
            tables.reflect(connection)
            _insert(connection, tables, "person", id=1, public_id="p", display_name="P")
            _insert(connection, tables, "series", id=1, public_id="s", slug="s", title="S",
                    question="Q?", language="en-GB",
                    rules="a\nb", rules_html="<p>a b</p>")  # fmt: skip
            _insert(connection, tables, "duty_record", kind="k", version=1, text="a\nb",
                    html="<p>as it was</p>")  # fmt: skip
            for number, address in enumerate(["https://a.example/b", "http://www.a.example/b"]):
                _insert(connection, tables, "evidence_item", id=number + 1, series_id=1,
                        public_id=str(number), title="Co‑operation’s Œuvre", title_folded="x",
                        authors=["O’Brien, A."], url=address)  # fmt: skip
        upgrade(engine)
        with Session(engine) as session:
            series = session.scalars(select(Series)).one()
            items = session.scalars(select(EvidenceItem).order_by(EvidenceItem.id)).all()
            record = session.scalars(select(DutyRecord)).one()
        assert series.rules_html == "<p>a<br>\nb</p>\n"
        assert record.html == "<p>as it was</p>"
        assert [bool(item.url_key) for item in items] == [True, False]
        assert items[0].title_folded == ("co-operation's oeuvre o'brien, a. cooperations obrien")
        assert [item.url for item in items] == ["https://a.example/b", "http://www.a.example/b"]


def _reopened(
    connection: Connection, tables: MetaData, number: int, public_id: str, *, is_redacted: bool
) -> None:
    """A thread that was closed and reopened, as it was kept before there was a table of cycles."""
    if number == 1:
        _insert(connection, tables, "person", id=1, public_id="p", display_name="P")
        _insert(connection, tables, "series", id=1, public_id="s", slug="s", title="S",
                question="Q?", language="en-GB")  # fmt: skip
        _insert(connection, tables, "decision", id=1, public_id="d", series_id=1)
    _insert(connection, tables, "thread", id=number, public_id=public_id, series_id=1,
            slug=public_id, question="Q?", stage="open", cycle=2)  # fmt: skip
    _insert(connection, tables, "stage_move", thread_id=number, cycle=1, before="open",
            after="closed")  # fmt: skip
    _insert(connection, tables, "audit_event", number=number, verb="reopen", subject_kind="thread",
            subject_id=public_id, details={"cycle": 2, "outcome": "So it **is**.",
                                           "review_on": "2026-12-24", "before": "closed"},
            previous="", hash=public_id)  # fmt: skip
    if is_redacted:
        _insert(connection, tables, "redaction", public_id="r", series_id=1, subject_kind="thread",
                subject_id=public_id, decision_id=1)  # fmt: skip


def _insert(connection: Connection, tables: MetaData, name: str, **given: Any) -> None:
    """A row with what is given, and in every other column that needs something, next to nothing."""
    filler = {"BOOLEAN": False, "JSON": {}, "INTEGER": 0, "DATE": NOW.date()}
    row = {
        column.name: 1
        if column.foreign_keys
        else filler.get(
            str(column.type), NOW if isinstance(column.type, DateTime) else column.name[:4]
        )
        for column in tables.tables[name].columns
        if not column.nullable and not column.primary_key
    }
    connection.execute(tables.tables[name].insert().values(row | given))
