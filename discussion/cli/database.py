"""init, backup and restore."""

import argparse
import secrets
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, column, func, inspect, literal, select, table

from discussion import clock
from discussion.cli.archive import (
    BrokenArchiveError,
    Manifest,
    count_rows,
    load_archive,
    read_manifest,
    write_archive,
)
from discussion.cli.commands import CommandError
from discussion.cli.site import current_engine, open_engine, say
from discussion.config import Settings, from_environment
from discussion.jobs.models import Heartbeat
from discussion.serving import the_lock

LIVES = timedelta(minutes=2)


def init(_typed: argparse.Namespace) -> int:
    """Bring the database up to date, and say what comes next."""
    from discussion.config import SettingsError
    from discussion.migrations import head, upgrade

    try:
        settings = from_environment()
    except SettingsError as error:
        raise CommandError(
            f"{error}\nHere is one that nobody else has:"
            f"\n  export DISCUSSION_SECRET_KEY={secrets.token_urlsafe(48)}"
        ) from error
    with open_engine(settings) as engine:
        upgrade(engine)
        say(f"The database is up to date ({head()}).", "", *_next_steps(engine, settings))
    return 0


def backup(typed: argparse.Namespace) -> int:
    """Write one consistent file; those who write to the site meanwhile are not held up."""
    from discussion.migrations import every_table, head

    path = Path(typed.file)
    if path.exists():
        raise CommandError(f"{path} is there already; a backup never overwrites another.")
    if not path.parent.is_dir():
        raise CommandError(f"The folder {path.parent} does not exist.")
    with current_engine() as engine, snapshot(engine) as connection:
        now = clock.now()
        made = write_archive(connection, every_table(), path, migration=head(), now=now)
    say(f"{path}: {sum(part.rows for part in made.tables)} rows of {len(made.tables)} tables.")
    return 0


def restore(typed: argparse.Namespace) -> int:
    """Bring a backup back: all of it, checked, or nothing."""
    path, settings = Path(typed.file), from_environment()
    try:
        manifest = read_manifest(path)
    except BrokenArchiveError as error:
        raise CommandError(f"{path} was not restored. {error}") from error
    lock = the_lock(settings) if settings.is_sqlite else nullcontext()
    with lock, open_engine(settings) as engine:
        _make_room(engine, replace=typed.replace)
        bring_back(engine, path, manifest)
    rows = sum(part.rows for part in manifest.tables)
    say(f"Restored {rows} rows of {len(manifest.tables)} tables, made at {manifest.made_at}.")
    return 0


def snapshot(engine: Engine) -> Connection:
    """A connection that sees one moment of the database for as long as it is open."""
    if engine.dialect.name == "sqlite":  # BEGIN sees one moment in write-ahead mode
        return engine.connect()
    return engine.connect().execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )


def bring_back(engine: Engine, path: Path, manifest: Manifest) -> None:
    """Fill an empty database at the backup's own migration, check it, and bring it up to date."""
    from discussion.migrations import upgrade

    try:
        upgrade(engine, manifest.migration)
    except Exception as error:
        raise CommandError(
            f"This version does not know the backup's migration {manifest.migration};"
            f" use version {manifest.version} or later."
        ) from error
    with engine.begin() as connection:
        load_archive(connection, path, manifest)
        found = count_rows(connection, manifest)
        wrong = [part.name for part in manifest.tables if found[part.name] != part.rows]
        if wrong:
            raise CommandError(f"Nothing was restored: {', '.join(wrong)} came back incomplete.")
        _reset_sequences(connection, manifest)
    upgrade(engine)


def _make_room(engine: Engine, *, replace: bool) -> None:
    """An empty database, or a refusal; nothing is thrown away under a living worker."""
    names = [name for name in inspect(engine).get_table_names() if name != "sqlite_sequence"]
    if not any(
        _has_rows(engine, name) for name in names if not name.startswith(("alembic", "huey"))
    ):
        _drop_all(engine)
        return
    if not replace:
        raise CommandError(
            "The database is not empty. Restore into an empty one, or say --replace to throw away"
            " what it holds now (after a backup of it)."
        )
    _refuse_while_alive(engine)
    _drop_all(engine)


def _refuse_while_alive(engine: Engine) -> None:
    if not inspect(engine).has_table(Heartbeat.__tablename__):
        return
    with engine.connect() as connection:
        last = connection.scalar(select(func.max(Heartbeat.at)))
    if last is not None and clock.now() - last < LIVES:
        raise CommandError("A worker of this database was alive just now. Stop the site first.")


def _drop_all(engine: Engine) -> None:
    """Every table, in whatever order their keys allow."""
    from discussion.migrations import watch_keys

    quote = engine.dialect.identifier_preparer.quote
    cascade = " CASCADE" if engine.dialect.name == "postgresql" else ""
    with engine.connect() as connection:
        watch_keys(connection, on=False)
        for name in inspect(connection).get_table_names():
            connection.exec_driver_sql(f"DROP TABLE {quote(name)}{cascade}")
        connection.commit()
        watch_keys(connection, on=True)


def _has_rows(engine: Engine, name: str) -> bool:
    with engine.connect() as connection:
        return connection.scalar(select(literal(1)).select_from(table(name)).limit(1)) is not None


def _reset_sequences(connection: Connection, manifest: Manifest) -> None:
    """PostgreSQL counts apart from the rows; without this the next new row would collide."""
    if connection.dialect.name != "postgresql":
        return
    for part in manifest.tables:
        if part.keys == ("id",):
            newest = select(func.max(column("id"))).select_from(table(part.name)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(part.name, "id")
            connection.execute(
                select(func.setval(sequence, func.coalesce(newest, 1), newest.is_not(None)))
            )


def _next_steps(engine: Engine, settings: Settings) -> list[str]:
    from discussion.accounts.models import Person

    with engine.connect() as connection:
        query = select(Person.id).where(Person.is_administrator.is_(True)).limit(1)
        has_administrator = connection.scalar(query) is not None
    steps = [
        "" if has_administrator else
        "discussion person create you@example.org 'Your name' --administrator",
        "" if settings.mail_url else
        f"export DISCUSSION_MAIL_URL=smtp://…   (until then mail is in {settings.mail_folder})",
        "discussion doctor",
        "discussion serve",
    ]  # fmt: skip
    return ["Next:", *(f"  {step}" for step in steps if step)]
