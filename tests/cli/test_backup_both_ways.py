"""Everything that a site may hold comes back on either database, to the last character."""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    delete,
    insert,
    null,
    select,
    text,
)
from sqlalchemy.orm import Session

from discussion.audit.chain import find_breaks
from discussion.audit.queries import stream_links
from discussion.cli.archive import read_manifest, stored_rows, stored_table, write_archive
from discussion.cli.commands import CommandError
from discussion.cli.database import keep_copy
from discussion.cli.outline import outlines
from discussion.cli.progress import Tell
from discussion.cli.restoring import bring_back
from discussion.db import Moment, transaction
from discussion.decisions.queries.chained import find_altered, find_unchained
from discussion.jobs.models import Job
from discussion.migrations import differences, every_table, upgrade
from discussion.people.accounts.models import Attempt
from tests.databases import KINDS, contents, empty_database, migrated_database, opened
from tests.factories import NOW, make_item, make_person, make_series

pytestmark = pytest.mark.xdist_group("backups")

FIRST = "20261123_2000_first_tables"
ONLY_SQLITE = (
    ("a" * 400, 0, "job.name of row 1 has 400 characters; PostgreSQL keeps 60"),
    ("a\0b", 0, "job.name of row 1 holds a NUL"),
    ("a", 2**40, "job.attempts of row 1 is 1099511627776, a number too large"),
)
MADE = Table("made", MetaData(), Column("id", Integer, primary_key=True), Column("said", JSON))
OLD_ROW = text(
    "INSERT INTO job (name, payload, created_at, run_after, attempts, claimed_by, error) VALUES"
    " ('old', '{}', '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000', 0, '', '')"
)


@pytest.fixture(scope="module")
def copies(
    demonstration: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, tuple[Path, dict[str, Any]]]]:
    """A backup of the demonstration from each database, and what it held there."""
    folder = tmp_path_factory.mktemp("copies")
    shutil.copytree(demonstration, folder / "demonstration")
    made = {}
    with ExitStack() as stack:
        url = f"sqlite:///{folder / 'demonstration' / 'discussion.sqlite'}"
        engine = stack.enter_context(opened(url))
        with transaction(engine) as session:
            add_awkward(session)
        for kind in KINDS:
            path = folder / f"{kind}.zip"
            keep_copy(engine, path, now=NOW)
            made[kind] = path, contents(engine)
            if kind == KINDS[0]:
                url = stack.enter_context(empty_database(KINDS[1], folder))
                engine = stack.enter_context(opened(url))
                bring_back(engine, path, read_manifest(path))
        yield made


@pytest.mark.parametrize("there", KINDS)
@pytest.mark.parametrize("here", KINDS)
def test_a_site_that_has_lived_comes_back_on_either_database(
    here: str, there: str, copies: dict[str, tuple[Path, dict[str, Any]]], tmp_path: Path
) -> None:
    path, before = copies[here]
    with empty_database(there, tmp_path) as url, opened(url) as engine:
        bring_back(engine, path, read_manifest(path))
        after = contents(engine)
        assert [name for name, rows in after.items() if rows != copies["sqlite"][1][name]] == []
        assert before["rating"][0][0] < 0  # drawn below zero: no number that a sequence gives
        assert differences(engine) == []
        assert audit_problems(engine) == []
        assert [name for name, n, largest in counted(engine) if n != max(0, largest) + 1] == []
        with transaction(engine) as session:
            make_item(session, make_series(session, slug="after"))
            make_person(session)


def counted(engine: Engine) -> list[tuple[str, int, int]]:
    """Each table of PostgreSQL, the number it gives next, and the largest that it holds."""
    asked = "SELECT nextval(pg_get_serial_sequence('{0}', 'id')), coalesce(max(id), 0) FROM {0}"
    if engine.dialect.name == "sqlite":  # it looks at the rows themselves
        return []
    with engine.connect() as connection:
        return [
            (table.name, *connection.execute(text(asked.format(table.name))).one())
            for table in every_table().sorted_tables
            if [column.name for column in table.primary_key] == ["id"]
        ]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_stays_nothing_and_does_not_become_the_null_of_json(
    kind: str, tmp_path: Path
) -> None:
    """Both are None once they are read, but a query for what is empty finds one of them only."""
    path = tmp_path / "backup.zip"
    with empty_database(kind, tmp_path) as url, opened(url) as engine:
        with engine.begin() as connection:
            MADE.create(connection)
            connection.execute(MADE.insert(), [{"id": 1, "said": null()}])
            connection.execute(MADE.insert(), [{"id": 2, "said": JSON.NULL}])
        with engine.connect() as connection:
            write_archive(connection, outlines(connection), path, migration="", now=NOW)
            manifest = read_manifest(path)
            rows = list(stored_rows(path, manifest, manifest.tables[0]))
            connection.execute(MADE.delete())
            connection.execute(insert(stored_table(manifest.tables[0])), rows)
            found = select(MADE.c.id).where(MADE.c.said.is_(None))
            assert connection.scalars(found).all() == [1]


def test_every_column_is_of_a_kind_that_a_backup_carries() -> None:
    carried = (String, Integer, Boolean, Date, Moment, JSON, LargeBinary)
    assert [str(column) for table in every_table().sorted_tables for column in table.columns
            if not isinstance(column.type, carried)] == []  # fmt: skip


def test_what_only_sqlite_keeps_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    with migrated_database("sqlite", tmp_path) as url, opened(url) as engine:
        for at, (name, attempts, _why) in enumerate(ONLY_SQLITE):
            with transaction(engine) as session:
                session.execute(delete(Job))
                session.add(Job(name=name, attempts=attempts, created_at=NOW, run_after=NOW))
            keep_copy(engine, tmp_path / f"{at}.zip", now=NOW)
    with migrated_database("postgresql", tmp_path) as url, opened(url) as engine:
        with transaction(engine) as session:
            make_person(session)
        before = contents(engine)
        for at, (_name, _attempts, why) in enumerate(ONLY_SQLITE):
            path = tmp_path / f"{at}.zip"
            with pytest.raises(CommandError, match=why):
                bring_back(engine, path, read_manifest(path), replace=True)
        assert contents(engine) == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_restore_that_is_stopped_leaves_what_was_there(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "backup.zip"
    with migrated_database(kind, tmp_path) as url, opened(url) as engine:
        with transaction(engine) as session:
            make_series(session)
        keep_copy(engine, path, now=NOW)
        with transaction(engine) as session:
            make_person(session, email="later@example.org")
        before = contents(engine)

        def stop(_more: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            bring_back(engine, path, read_manifest(path), replace=True, tell=stop)
        assert contents(engine) == before
        with pytest.raises(KeyboardInterrupt):
            write_stopped(engine, tmp_path / "second.zip", stop)
        assert [one.name for one in tmp_path.glob("*.part")] == []
        assert not (tmp_path / "second.zip").exists()


def write_stopped(engine: Engine, path: Path, stop: Tell) -> None:
    with engine.connect() as connection:
        write_archive(connection, outlines(connection), path, migration="", now=NOW, tell=stop)


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_can_be_made_before_the_migrations_of_an_upgrade(
    kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "backup.zip"
    with empty_database(kind, tmp_path) as url, opened(url) as engine:
        upgrade(engine, FIRST)
        with engine.begin() as connection:
            connection.execute(OLD_ROW)
        keep_copy(engine, path, now=NOW)
    assert read_manifest(path).migration == FIRST
    with empty_database(kind, tmp_path) as url, opened(url) as engine:
        bring_back(engine, path, read_manifest(path))
        assert differences(engine) == []
        with Session(engine) as session:
            assert session.scalars(select(Job.name)).all() == ["old"]


def test_a_backup_of_the_earlier_format_comes_back(tmp_path: Path) -> None:
    path, earlier = tmp_path / "backup.zip", tmp_path / "earlier.zip"
    with migrated_database("sqlite", tmp_path) as url, opened(url) as engine:
        with transaction(engine) as session:
            make_series(session)
        keep_copy(engine, path, now=NOW)
        before = contents(engine)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(earlier, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'"format": 2', b'"format": 1'))
    with empty_database("postgresql", tmp_path) as url, opened(url) as engine:
        bring_back(engine, earlier, read_manifest(earlier))
        assert contents(engine) == before


def add_awkward(session: Session) -> None:
    """What one of the two databases might not take, or not give back as it was."""
    east = timezone(timedelta(hours=14))
    payload = {"nul": "\0", "lone": "\ud800", "big": 2**70, "small": 5e-324, "tenth": 0.1,
               "": "", "nested": [[], {}, None, True, 1.0], "é": "e\u0301\U0001f33f"}  # fmt: skip
    session.add_all(
        [
            Job(id=0, name="", payload=payload, created_at=datetime(1900, 1, 1, tzinfo=UTC),
                run_after=datetime(2999, 12, 31, 23, 59, 59, 999999, tzinfo=east),
                attempts=2**31 - 1, error="\x01 \r\n\t\u2028 '\"\\ %s :x \U0001f33f "),
            Job(id=-(2**31), name=" ", payload={}, created_at=NOW, run_after=NOW, attempts=-1),
            Attempt(key="Anna@example.org", at=NOW),
            Attempt(key="anna@example.org", at=NOW),
        ]
    )  # fmt: skip
    make_person(session, email="Anna@example.org")
    make_person(session, email="anna@example.org")
    make_person(session, email=None)
    make_person(session, email=None)
    make_series(session, id=-1, slug="first-day", starts_on=date(1, 1, 1))
    make_series(session, id=-2, slug="last-day", ends_on=date(9999, 12, 31))


def audit_problems(engine: Engine) -> list[Any]:
    with Session(engine) as session:
        return [*find_breaks(stream_links(session)), *find_altered(session),
                *find_unchained(session)]  # fmt: skip
