"""What holds people's words is for its owner alone, and one process serves it."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from discussion.cli.database import keep_copy
from discussion.cli.demo import demonstration_settings
from discussion.config import Settings, SettingsError
from discussion.db import make_engine
from discussion.jobs.waking import make_huey
from discussion.migrations import upgrade
from discussion.serving import LOCK, SecondServerError, take_lock
from tests.conftest import SECRET
from tests.factories import NOW


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def settings_in(folder: Path, **given: str) -> Settings:
    return Settings(environment="test", secret_key=SECRET, data_dir=folder, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("mask", [0, 0o022, 0o777])
@pytest.mark.parametrize("is_there", [False, True])
def test_databases_and_backups_are_for_their_owner_alone_whatever_lay_there(
    mask: int, is_there: bool, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path)
    names = ("discussion.sqlite", "wake.sqlite", "secret")
    if is_there:
        for name in names:
            (tmp_path / name).touch()
            (tmp_path / name).chmod(0o666)
    with umask(mask):
        engine = make_engine(settings.sqlalchemy_url)
        upgrade(engine)
        keep_copy(engine, tmp_path / "backup.zip", now=NOW)
        demonstration_settings(tmp_path, 8000)
        make_huey(settings).storage.close()
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE anything (id INTEGER)"))
            found = {path.name: stat.S_IMODE(path.stat().st_mode)
                     for path in tmp_path.iterdir()}  # fmt: skip
    engine.dispose()
    wal = {f"discussion.sqlite-{end}" for end in ("wal", "shm")}
    assert {name: oct(found[name]) for name in {*names, *wal, "backup.zip"}
            if found[name] != 0o600} == {}  # fmt: skip


def test_an_acknowledged_write_is_on_the_disk_unless_the_site_chose_otherwise(
    tmp_path: Path,
) -> None:
    said = {}
    for choice in ("", "full", "normal"):
        given = {"sqlite_synchronous": choice} if choice else {}
        settings = settings_in(tmp_path, **given)
        engine = make_engine(settings.sqlalchemy_url, synchronous=settings.sqlite_synchronous)
        with engine.connect() as connection:
            said[choice] = connection.scalar(text("PRAGMA synchronous"))
        engine.dispose()
    assert said == {"": 2, "full": 2, "normal": 1}  # SQLite's numbers for them
    with pytest.raises(SettingsError, match="SQLITE_SYNCHRONOUS must be one of full, normal"):
        settings_in(tmp_path, sqlite_synchronous="off")


def test_a_broken_lock_file_is_one_sentence(tmp_path: Path) -> None:
    as_folder, data_is_a_file = tmp_path / "a", tmp_path / "b"
    (as_folder / LOCK).mkdir(parents=True)
    data_is_a_file.touch()
    for folder, why in ((as_folder, "Is a directory"), (data_is_a_file, "File exists")):
        with pytest.raises(SettingsError, match=why) as refused:
            take_lock(settings_in(folder))
        assert str(refused.value).count("\n") == 0
        assert LOCK in str(refused.value)


def test_a_lock_file_that_says_something_else_is_heeded_all_the_same(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_bytes(b"\xff\xfe<b>\n" * 100)
    holder = take_lock(settings_in(tmp_path))  # nobody holds it: it is taken, and put in order
    assert (tmp_path / LOCK).read_text() == str(os.getpid())
    (tmp_path / LOCK).write_bytes(b"\xff\xfe<b>\n" * 100)
    with pytest.raises(SecondServerError, match=r"\(number unknown\)"):
        take_lock(settings_in(tmp_path))
    holder.close()
