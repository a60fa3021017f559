"""A backup is one moment of a running site, and comes back on either database."""

import threading
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from discussion.cli.archive import BrokenArchiveError, read_manifest
from discussion.cli.commands import CommandError
from discussion.cli.database import keep_copy
from discussion.cli.restoring import bring_back
from discussion.db import transaction
from discussion.debate.positions.models import Revision
from discussion.migrations import upgrade
from discussion.people.accounts.models import Attempt, Person
from tests.databases import KINDS, contents, empty_database, opened
from tests.factories import (
    NOW,
    make_item,
    make_person,
    make_position,
    make_response,
    make_series,
    make_thread,
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_is_of_one_moment_while_others_write(kind: str, tmp_path: Path) -> None:
    with empty_database(kind, tmp_path) as url, opened(url) as engine:
        fill(engine)
        stop, wrote = threading.Event(), threading.Event()
        writer = threading.Thread(target=write_pairs, args=(engine, stop, wrote))
        writer.start()
        try:
            assert wrote.wait(20)
            for n in range(3):
                path = tmp_path / f"{n}.zip"
                write(engine, path)
                rows = {part.name: part.rows for part in read_manifest(path).tables}
                # each transaction adds one of both, so every single moment has as many
                assert rows["attempt"] == rows["person"] - PEOPLE_BEFORE[0]
        finally:
            stop.set()
            writer.join()


@pytest.mark.parametrize("kind", KINDS)
def test_a_database_that_holds_something_is_not_written_over_unasked(
    kind: str, tmp_path: Path
) -> None:
    with empty_database(kind, tmp_path) as url, opened(url) as engine:
        fill(engine)
        path = tmp_path / "backup.zip"
        write(engine, path)
        before = contents(engine)
        with pytest.raises(CommandError, match="not empty"):
            bring_back(engine, path, read_manifest(path))
        with transaction(engine) as session:
            make_person(session, email="after@example.org")
        bring_back(engine, path, read_manifest(path), replace=True)
        assert contents(engine) == before


def test_a_file_that_was_changed_is_refused_before_anything_happens(tmp_path: Path) -> None:
    path, changed = tmp_path / "backup.zip", tmp_path / "changed.zip"
    with empty_database("sqlite", tmp_path) as url, opened(url) as engine:
        fill(engine)
        write(engine, path)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"Person", b"Parson"))
    with pytest.raises(BrokenArchiveError, match="person"):
        read_manifest(changed)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all"])
def test_a_file_that_is_no_backup_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(BrokenArchiveError, match="not a backup"):
        read_manifest(path)


PEOPLE_BEFORE = [0]


def fill(engine: Engine) -> None:
    upgrade(engine)
    with transaction(engine) as session:
        series = make_series(session)
        item = make_item(session, series)
        item.superseded_by = make_item(session, series)  # a row that points at a later one
        position = make_position(session, make_thread(session, series), item=item)
        make_response(session, position)
        session.flush()
        PEOPLE_BEFORE[0] = session.scalar(select(func.count(Person.id))) or 0
        assert session.scalar(select(func.count(Revision.id)))


def write(engine: Engine, path: Path) -> None:
    keep_copy(engine, path, now=NOW)


def write_pairs(engine: Engine, stop: threading.Event, wrote: threading.Event) -> None:
    number = 0
    while not stop.is_set():
        number += 1
        with transaction(engine) as session:
            session.add(Attempt(key=f"pair {number}", at=NOW))
            make_person(session, email=f"pair{number}@example.org")
        wrote.set()
