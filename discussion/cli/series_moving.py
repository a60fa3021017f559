"""export series, import series: a whole series into a file, and into a site that has none of it."""

import argparse
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, Engine, func, select
from sqlalchemy import column as plain_column
from sqlalchemy import table as plain_table
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from discussion import clock, text
from discussion.audit.operations import append_event
from discussion.cli.archive import (
    BrokenArchiveError,
    Chosen,
    Manifest,
    TablePart,
    read_manifest,
    stored_rows,
    write_archive,
)
from discussion.cli.commands import BadInputError, CommandError
from discussion.cli.database import snapshot
from discussion.cli.outline import count_rows, outlines
from discussion.cli.progress import Tell, nobody, progress
from discussion.cli.restoring import batches, fill, point_at, reset_sequences
from discussion.cli.series_rows import FORGOTTEN, PERSON, SERIES, STAYS, rows_of
from discussion.cli.site import answer, current_engine
from discussion.config import from_environment
from discussion.db import transaction
from discussion.migrations import bringing_up, every_table, head, revision_of
from discussion.series.series.models import Series
from discussion.serving import the_lock

NOT_OURS = "Nothing was imported: `export series` did not write this file."
_WRONG = (StatementError, ValueError, TypeError, OverflowError)  # of values, before they are kept
KEY = (
    "Ratings are kept under a key of this site. Set DISCUSSION_RATER_KEY on the other site to the"
    " one of this site, or raters cannot change or take back what they answered."
)


@dataclass(frozen=True)
class Found:
    """A series, as much as its own file has to say of it."""

    id: int
    public_id: str
    slug: str


def export_series(typed: argparse.Namespace) -> int:
    """Write one consistent file with every row of a series; its private answers are in it."""
    path = Path(typed.file)
    if path.exists():
        raise CommandError(f"{path} is there already; an export never overwrites another file.")
    if not path.parent.is_dir():
        raise CommandError(f"The folder {path.parent} does not exist.")
    now = clock.now()
    with current_engine() as engine:
        with snapshot(engine) as connection, progress("Exporting", 0) as tell:
            found = find_series(connection, typed.slug)
            if found is None:
                raise BadInputError(f"There is no series {typed.slug}; `discussion series list`.")
            made = write_series(connection, path, found, now=now, tell=tell)
        with transaction(engine) as session:
            _note(session, found, "export_series", now)
    answer(
        typed,
        _as_json(path, made),
        f"{path}: {made.n_rows} rows of {len(made.tables)} tables, with private answers, addresses"
        " and the hashes of passwords. Guard it as you guard a backup.",
        KEY,
    )
    return 0


def import_series(typed: argparse.Namespace) -> int:
    """Bring a series into a site that has none of its rows: all of it, checked, or nothing."""
    path, settings = Path(typed.file), from_environment()
    try:
        manifest = read_manifest(path)
    except BrokenArchiveError as error:
        raise BadInputError(f"{path} was not imported. {error}") from error
    if not manifest.series:
        raise BadInputError(f"{path} is a backup of a whole site: bring it back with `restore`.")
    lock = the_lock(settings) if settings.is_sqlite else nullcontext()
    with (
        lock,
        current_engine(settings) as engine,
        progress("Importing", manifest.n_rows) as tell,
    ):
        bring_in(engine, path, manifest, now=clock.now(), tell=tell)
    answer(
        typed,
        _as_json(path, manifest),
        f"Imported the series {manifest.series}: {manifest.n_rows} rows of"
        f" {len(manifest.tables)} tables. Nobody became an administrator by it.",
        KEY.replace("this site", "the site that it came from").replace(
            "the other site", "this one"
        ),
    )
    return 0


def write_series(
    connection: Connection, path: Path, series: Found, *, now: datetime, tell: Tell = nobody
) -> Manifest:
    """The rows of a series as this transaction sees them."""
    tables = outlines(connection)
    chosen = Chosen(series.slug, rows_of(connection, tables, series.id), FORGOTTEN)
    migration = revision_of(connection) or ""
    return write_archive(
        connection, tables, path, migration=migration, now=now, tell=tell, chosen=chosen
    )


def bring_in(
    engine: Engine, path: Path, manifest: Manifest, *, now: datetime, tell: Tell = nobody
) -> None:
    """Every row under the id that it had, in one transaction. Raises CommandError where one is
    taken, or where the file was made by another version.
    """
    if manifest.migration != head():
        raise CommandError(
            f"The file was made at migration {manifest.migration}, and this site is at {head()}."
            " Bring both sites to one version, and export the series again."
        )
    opened = engine.execution_options(begin_immediate=True).connect()
    with opened as connection, bringing_up(connection):
        _refuse_unknown(connection, manifest)
        for part in manifest.tables:
            _refuse_taken(connection, path, manifest, part)
        names = [part.name for part in manifest.tables]
        before = count_rows(connection, names)
        try:
            for part in manifest.tables:
                fill(connection, path, manifest, part, tell, _made_safe)
            point_at(connection, path, manifest)
        except IntegrityError as error:
            raise CommandError(_taken("something that it names otherwise")) from error
        except DBAPIError:
            raise
        except _WRONG as error:
            raise CommandError(f"{NOT_OURS} A value in it is of another kind.") from error
        after = count_rows(connection, names)
        wrong = [
            one.name for one in manifest.tables if after[one.name] - before[one.name] != one.rows
        ]
        if wrong:
            raise CommandError(f"Nothing was imported: {', '.join(wrong)} came incomplete.")
        came = find_series(connection, manifest.series)
        if came is None:
            raise CommandError(f"{NOT_OURS} It holds no series {manifest.series}.")
        _refuse_others(connection, manifest, came)
        reset_sequences(connection, manifest)
        with Session(connection) as session:
            _note(session, came, "import_series", now)
            session.flush()


def find_series(connection: Connection, slug: str) -> Found | None:
    """By its address."""
    known = Series.__table__.c
    row = connection.execute(
        select(known.id, known.public_id, known.slug).where(known.slug == slug)
    ).one_or_none()
    return None if row is None else Found(*row)


def _refuse_taken(connection: Connection, path: Path, manifest: Manifest, part: TablePart) -> None:
    """No row is put beside one of its number, nor under an address or a name that is taken."""
    named = {PERSON: "email", SERIES: "slug"}.get(part.name)
    asked = [name for name in (*part.keys[:1], named) if name and len(part.keys) == 1]
    here = plain_table(part.name, *(plain_column(name) for name in asked))
    if not connection.scalar(select(func.count()).select_from(here)):
        return
    for some in batches(stored_rows(path, manifest, part)):
        for name in asked:
            given = [row[name] for row in some if row[name] is not None]
            found = connection.scalar(select(here.c[name]).where(here.c[name].in_(given)).limit(1))
            if found is not None:
                raise CommandError(_taken(f"a row of {part.name} with {name} {found}"))


def _refuse_unknown(connection: Connection, manifest: Manifest) -> None:
    """Nothing but tables of which a series has rows, shaped as they are here."""
    here = {one.name: one for one in outlines(connection) if one.name not in STAYS}
    for part in manifest.tables:
        own = here.pop(part.name, None)
        if own is None:
            raise CommandError(f"{NOT_OURS} No series has rows of {part.name}, or not twice.")
        is_alike = (dict(part.kinds), part.keys) == (own.kinds, own.keys)
        if not is_alike or set(part.later) - own.kinds.keys():
            raise CommandError(f"{NOT_OURS} The table {part.name} has other columns here.")


def _refuse_others(connection: Connection, manifest: Manifest, came: Found) -> None:
    """Every row that came is of the series, and nobody in it has power over the site."""
    owned = rows_of(connection, outlines(connection), came.id)
    for part in manifest.tables:
        here = select(func.count()).select_from(plain_table(part.name)).where(owned[part.name])
        if connection.scalar(here) != part.rows:
            raise CommandError(f"{NOT_OURS} Not every row of {part.name} is of the series.")
    for name, told in FORGOTTEN.items():
        for column, value in told.items():
            other = select(func.count()).select_from(plain_table(name)).where(owned[name])
            if connection.scalar(other.where(plain_column(column, Boolean) != value)):
                raise CommandError(f"{NOT_OURS} A row of {name} has {column} set.")


def _made_safe(row: dict[str, Any]) -> dict[str, Any]:
    """Pages show HTML as it is kept, so what came from elsewhere is made as safe as our own."""
    return {
        name: text.clean(value)
        for name, value in row.items()
        if isinstance(value, str) and (name == "html" or name.endswith("_html"))
    }


def _taken(what: str) -> str:
    return (
        f"Nothing was imported: this site already has {what}. Ids are kept, so a series goes into"
        " a site that has none of them: make one with `discussion init` in an empty database,"
        " import there, and make your own account afterwards."
    )


def _note(session: Session, series: Found, verb: str, now: datetime) -> None:
    every_table()  # whoever writes one row has to know them all
    append_event(
        session,
        series_id=series.id,
        actor_id=None,
        verb=verb,
        subject=("series", series.public_id),
        now=now,
    )


def _as_json(path: Path, made: Manifest) -> dict[str, object]:
    return {
        "file": str(path),
        "series": made.series,
        "rows": made.n_rows,
        "tables": {part.name: part.rows for part in made.tables},
    }
