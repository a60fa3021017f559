"""init, backup and restore."""

import argparse
import secrets
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, select

from discussion import clock
from discussion.cli.archive import BrokenArchiveError, Manifest, read_manifest, write_archive
from discussion.cli.commands import CommandError
from discussion.cli.outline import count_rows, outlines
from discussion.cli.progress import progress
from discussion.cli.restoring import bring_back
from discussion.cli.site import answer, open_engine, say
from discussion.config import Settings, from_environment
from discussion.db import transaction
from discussion.jobs.models import Standing
from discussion.jobs.queries import BACKUPS
from discussion.jobs.standings import note_well
from discussion.serving import the_lock


def init(_typed: argparse.Namespace) -> int:
    """Bring the database up to date, and say what comes next."""
    from discussion.config import SettingsError
    from discussion.migrations import head, upgrade

    try:
        settings = from_environment()
    except SettingsError as error:
        made = f"\n  export DISCUSSION_SECRET_KEY={secrets.token_urlsafe(48)}"
        offer = f"\nHere is one that nobody else has:{made}" if "SECRET_KEY" in str(error) else ""
        raise CommandError(f"{error}{offer}") from error
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)  # beside PostgreSQL as well
    with open_engine(settings) as engine:
        upgrade(engine)
        say(f"The database is up to date ({head()}).", "", *_next_steps(engine, settings))
    return 0


def backup(typed: argparse.Namespace) -> int:
    """Write one consistent file; those who write to the site meanwhile are not held up."""
    path = Path(typed.file)
    if path.exists():
        raise CommandError(f"{path} is there already; a backup never overwrites another.")
    if not path.parent.is_dir():
        raise CommandError(f"The folder {path.parent} does not exist.")
    with open_engine() as engine:
        made = keep_copy(engine, path, now=clock.now())
        _note_backup(engine)
    answer(typed, _as_json(path, made), f"{path}: {made.n_rows} rows of {len(made.tables)} tables.")
    return 0


def _note_backup(engine: Engine) -> None:
    """So that doctor and /statusz know of it; an older database has no place for that yet."""
    if inspect(engine).has_table(Standing.__tablename__):
        with transaction(engine) as session:
            note_well(session, BACKUPS, clock.now())


def restore(typed: argparse.Namespace) -> int:
    """Bring a backup back: all of it, checked, or nothing."""
    path, settings = Path(typed.file), from_environment()
    try:
        manifest = read_manifest(path)
    except BrokenArchiveError as error:
        raise CommandError(f"{path} was not restored. {error}") from error
    if manifest.series:
        raise CommandError(f"{path} holds one series alone: `discussion import series` takes it.")
    lock = the_lock(settings) if settings.is_sqlite else nullcontext()
    with lock, open_engine(settings) as engine, progress("Restoring", manifest.n_rows) as tell:
        bring_back(engine, path, manifest, replace=typed.replace, tell=tell)
    answer(
        typed,
        _as_json(path, manifest),
        f"Restored {manifest.n_rows} rows of {len(manifest.tables)} tables, made at"
        f" {manifest.made_at}.",
    )
    return 0


def _as_json(path: Path, manifest: Manifest) -> dict[str, Any]:
    return {
        "file": str(path),
        "version": manifest.version,
        "migration": manifest.migration,
        "made_at": manifest.made_at,
        "rows": manifest.n_rows,
        "tables": {part.name: part.rows for part in manifest.tables},
    }


def keep_copy(engine: Engine, path: Path, *, now: datetime) -> Manifest:
    """Everything that the database holds at one moment, whichever version made it, into a file."""
    with snapshot(engine) as connection:
        migration = _migration(connection)
        tables = outlines(connection)
        rows = sum(count_rows(connection, [table.name for table in tables]).values())
        with progress("Backing up", rows) as tell:
            return write_archive(connection, tables, path, migration=migration, now=now, tell=tell)


def snapshot(engine: Engine) -> Connection:
    """A connection that sees one moment of the database for as long as it is open."""
    if engine.dialect.name == "sqlite":  # BEGIN sees one moment in write-ahead mode
        return engine.connect()
    return engine.connect().execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )


def _migration(connection: Connection) -> str:
    """Which migration the database has had, be it behind: a backup comes before an upgrade."""
    from discussion.migrations import revision_of

    found = revision_of(connection)
    if found is None:
        raise CommandError("There is no database here yet, so nothing to back up.")
    return found


def _next_steps(engine: Engine, settings: Settings) -> list[str]:
    from discussion.people.accounts.models import Person

    with engine.connect() as connection:
        query = select(Person.id).where(Person.is_administrator.is_(True)).limit(1)
        has_administrator = connection.scalar(query) is not None
    steps = [
        ""
        if has_administrator
        else "discussion person create you@example.org 'Ada Marlow' --administrator",
        ""
        if settings.mail_url
        else "export DISCUSSION_MAIL_URL=smtp://…   "
        f"(until then mail is in {settings.mail_folder})",
        "discussion doctor",
        "discussion serve",
    ]
    return ["Next:", *(f"  {step}" for step in steps if step)]
