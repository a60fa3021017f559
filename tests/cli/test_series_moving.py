"""A whole series goes into an empty site of either database, and comes out equal again."""

import json
import shutil
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from discussion.cli import archive
from discussion.cli.archive import BrokenArchiveError, Manifest, read_manifest, stored_rows
from discussion.cli.commands import CommandError
from discussion.cli.database import keep_copy, restore
from discussion.cli.outline import outlines
from discussion.cli.series_moving import bring_in, find_series, import_series, write_series
from discussion.cli.series_rows import STAYS, rows_of
from discussion.db import transaction
from discussion.debate.threads.models import Thread
from discussion.series.series.models import Series
from tests.databases import KINDS, migrated_database, opened
from tests.factories import (
    NOW,
    make_item,
    make_person,
    make_position,
    make_response,
)
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


Rows = list[dict[str, Any]]
Forge = Callable[[dict[str, Any], Rows], None]
ELSEWHERE = 2**30  # a series of the site that it is brought into


def forged(path: Path, table: str, forge: Forge, into: Path) -> Path:
    """The file with other rows of a table, and with hashes that are right."""
    with ZipFile(path) as old, ZipFile(into, "w") as new:
        told = json.loads(old.read("manifest.json"))
        part = next((one for one in told["tables"] if one["name"] == table), None)
        rows: Rows = []
        if part is None:
            part = {"name": table, "kinds": {"id": "plain"}, "later": [], "keys": ["id"]}
            told["tables"].append(part)
        else:
            rows = [json.loads(line) for line in old.read(f"{table}.jsonl").splitlines()]
        forge(part, rows)
        lines = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
        part |= {"rows": len(rows), "sha256": sha256(lines).hexdigest()}
        for name in old.namelist():
            if name not in ("manifest.json", f"{table}.jsonl"):
                new.writestr(name, old.read(name))
        new.writestr(f"{table}.jsonl", lines)
        new.writestr("manifest.json", json.dumps(told))
    return into


def _rule_the_site(_part: dict[str, Any], rows: Rows) -> None:
    rows[0]["is_administrator"] = True


def _join_elsewhere(_part: dict[str, Any], rows: Rows) -> None:
    rows[0]["series_id"] = ELSEWHERE


def _bring_an_invitation(_part: dict[str, Any], rows: Rows) -> None:
    rows.append({"id": 1})


def _point_at_all(part: dict[str, Any], _rows: Rows) -> None:
    part["keys"] = ["series_id"]


def _write_no_moment(_part: dict[str, Any], rows: Rows) -> None:
    rows[0]["created_at"] = "yesterday"


def _count_beyond(_part: dict[str, Any], rows: Rows) -> None:
    rows[0]["cycle"] = 10**30


def _come_twice(_part: dict[str, Any], rows: Rows) -> None:
    rows.append(rows[0] | {"id": ELSEWHERE - 1, "public_id": "another1", "slug": "another"})


FORGERIES: tuple[tuple[str, Forge, str], ...] = (
    ("person", _rule_the_site, "is_administrator"),
    ("membership", _join_elsewhere, "Not every row of membership"),
    ("invitation", _bring_an_invitation, "No series has rows of invitation"),
    ("membership", _point_at_all, "other columns"),
    ("thread", _write_no_moment, "of another kind"),
    ("thread", _count_beyond, "of another kind|too large"),
    ("series", _come_twice, "Not every row of series"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_somebody_altered_brings_nothing(
    kind: str, written: dict[str, tuple[Path, Manifest]], tmp_path: Path
) -> None:
    with migrated_database(kind, tmp_path) as url, opened(url) as engine:
        with transaction(engine) as session:
            there = Series(id=ELSEWHERE, slug="there", title="There", question="Which?")
            there.created_at, there.status = NOW, "open"
            session.add(there)
        for table, forge, says in FORGERIES:
            path = forged(written["sqlite"][0], table, forge, tmp_path / "forged.zip")
            with pytest.raises(CommandError, match=says):
                bring_in(engine, path, read_manifest(path), now=NOW)
            with transaction(engine) as session:
                assert [row.id for row in session.scalars(select(Series))] == [ELSEWHERE]


def test_html_of_another_site_is_made_safe(
    written: dict[str, tuple[Path, Manifest]], tmp_path: Path
) -> None:
    def write(_part: dict[str, Any], rows: Rows) -> None:
        rows[0]["context_html"] = (
            '<p onclick="x()">Why<script>x()</script></p><form action="/accounts/leave">'
            '<button>Go on</button></form><a href="javascript:x()">here</a><style>p{}</style>'
        )

    path = forged(written["sqlite"][0], "thread", write, tmp_path / "forged.zip")
    with migrated_database("sqlite", tmp_path) as url, opened(url) as engine:
        bring_in(engine, path, read_manifest(path), now=NOW)
        with transaction(engine) as session:
            kept = session.scalars(select(Thread.context_html).order_by(Thread.id)).first() or ""
    assert "<p>Why" in kept
    for one in ("onclick", "<script", "<form", "<button", 'href="javascript', "<style"):
        assert one not in kept


def test_a_row_longer_than_anybody_wrote_is_not_read(
    written: dict[str, tuple[Path, Manifest]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "LONGEST_LINE", 100)
    with pytest.raises(BrokenArchiveError, match="longer than anybody wrote"):
        read_manifest(written["sqlite"][0])
