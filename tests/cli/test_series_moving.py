"""A whole series goes into an empty site of either database, and comes out equal again."""

import shutil
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from discussion.cli.archive import Manifest, read_manifest, stored_rows
from discussion.cli.commands import CommandError
from discussion.cli.database import keep_copy, restore
from discussion.cli.outline import outlines
from discussion.cli.series_moving import bring_in, find_series, import_series, write_series
from discussion.cli.series_rows import STAYS, rows_of
from discussion.db import transaction
from discussion.debate.threads.models import Thread
from discussion.series.series.models import Series
from tests.databases import KINDS, migrated_database, opened
from tests.factories import NOW, make_item, make_person, make_position, make_response
from tests.factories.crowd import fill_crowd

pytestmark = pytest.mark.xdist_group("backups")

HOSTILE = "=cmd|' /C calc'!A0\r\n\"\u202e\u2066 😀 é e\u0301 <script>\u2028'); DROP TABLE person;--"


@pytest.fixture(scope="module")
def written(
    demonstration: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, tuple[Path, Manifest]]]:
    """The demonstration's series as a file from each database, beside another series there."""
    folder = tmp_path_factory.mktemp("moving")
    shutil.copytree(demonstration, folder / "demonstration")
    with ExitStack() as stack:
        first = folder / "sqlite.zip"
        engine = stack.enter_context(
            opened(f"sqlite:///{folder / 'demonstration' / 'discussion.sqlite'}")
        )
        with transaction(engine) as session:
            slug = add_hostile(session)
            fill_crowd(session, 40)
        made = {"sqlite": (first, export(engine, slug, first))}
        url = stack.enter_context(migrated_database("postgresql", folder))
        engine = stack.enter_context(opened(url))
        bring_in(engine, first, made["sqlite"][1], now=NOW)
        second = folder / "postgresql.zip"
        yield made | {"postgresql": (second, export(engine, slug, second))}


def add_hostile(session: Session) -> str:
    """Words of every awkward kind, and rows that are gone, waiting or nobody's."""
    thread = session.scalars(
        select(Thread).where(Thread.stage == "open").order_by(Thread.id).limit(1)
    ).one()
    position = make_position(
        session, thread, make_person(session, display_name="' OR 1=1"),
        number=901,
        item=make_item(session, thread.series, title=HOSTILE, authors=[HOSTILE, ""]),
        revision={"claim": HOSTILE[:280], "reasoning": HOSTILE, "setting": "\u200b"},
    )  # fmt: skip
    answer = make_response(session, position, state="hidden")
    assert answer.live is not None
    answer.live.source = HOSTILE
    make_position(
        session, thread, state="draft", number=None, revision={"status": "pending", "version": None}
    )
    return thread.series.slug


def export(engine: Engine, slug: str, path: Path) -> Manifest:
    with engine.connect() as connection:
        found = find_series(connection, slug)
        assert found is not None
        return write_series(connection, path, found, now=NOW)


def hashes(manifest: Manifest) -> dict[str, tuple[int, str]]:
    return {part.name: (part.rows, part.sha256) for part in manifest.tables}


@pytest.mark.parametrize("there", KINDS)
@pytest.mark.parametrize("here", KINDS)
def test_a_series_is_equal_again_on_either_database(
    here: str, there: str, written: dict[str, tuple[Path, Manifest]], tmp_path: Path
) -> None:
    path, manifest = written[here]
    assert hashes(manifest) == hashes(written["sqlite"][1])
    assert sum(rows > 0 for rows, _hash in hashes(manifest).values()) > 40
    with migrated_database(there, tmp_path) as url, opened(url) as engine:
        bring_in(engine, path, read_manifest(path), now=NOW)
        again = export(engine, manifest.series, tmp_path / "again.zip")
        assert hashes(again) == hashes(manifest)
        with transaction(engine) as session:  # and its site goes on
            position = make_position(
                session, session.scalars(select(Thread)).first() or Thread(), number=902
            )
            assert position.id
            assert len(session.scalars(select(Series)).all()) == 1, "another series came along"


def test_nothing_is_brought_in_where_an_id_is_taken(
    written: dict[str, tuple[Path, Manifest]], tmp_path: Path
) -> None:
    path, manifest = written["sqlite"]
    with migrated_database("sqlite", tmp_path) as url, opened(url) as engine:
        with transaction(engine) as session:
            make_person(session)
        with pytest.raises(CommandError, match="already has a row of person with id"):
            bring_in(engine, path, manifest, now=NOW)
        with engine.connect() as connection:
            assert find_series(connection, manifest.series) is None


def test_nobody_is_an_administrator_by_an_import(
    written: dict[str, tuple[Path, Manifest]],
) -> None:
    path, manifest = written["sqlite"]
    people = next(part for part in manifest.tables if part.name == "person")
    rows = list(stored_rows(path, manifest, people))
    assert len(rows) > 10, "too few people to tell"
    assert not any(row["is_administrator"] for row in rows)


def test_every_table_comes_along_or_says_why_it_stays(tmp_path: Path) -> None:
    with migrated_database("sqlite", tmp_path) as url, opened(url) as engine:
        with engine.connect() as connection:
            tables = outlines(connection)
            comes = rows_of(connection, tables, 1).keys()
        known = {one.name for one in tables}
    assert comes | STAYS.keys() == known, "say in discussion/cli/series_rows.py why it stays"
    assert not comes & STAYS.keys()


def test_a_backup_and_a_series_are_not_taken_for_each_other(
    written: dict[str, tuple[Path, Manifest]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backup = tmp_path / "backup.zip"
    with migrated_database("sqlite", tmp_path) as url:
        monkeypatch.setenv("DISCUSSION_ENVIRONMENT", "test")
        monkeypatch.setenv("DISCUSSION_DATABASE_URL", url)
        monkeypatch.setenv("DISCUSSION_DATA_DIR", str(tmp_path))
        with opened(url) as engine:
            keep_copy(engine, backup, now=NOW)
        with pytest.raises(CommandError, match="`discussion import series` takes it"):
            restore(Namespace(file=str(written["sqlite"][0]), replace=False, json=False))
        with pytest.raises(CommandError, match="bring it back with `restore`"):
            import_series(Namespace(file=str(backup), json=False))
