"""The database counts what pages show: triggers that no statement can go around.

SQLite drops a table's triggers when batch mode makes the table anew, and refuses to rename a table
that triggers name. So they are taken away before migrations and made again after them; each has a
fingerprint of what it does in its name.
"""

from collections.abc import Iterator
from hashlib import sha256
from itertools import product
from secrets import randbelow

from sqlalchemy import Connection, MetaData, event, inspect

from discussion.db import Base
from discussion.migrations.counted import TABLES, scopes_of
from discussion.states.models import StateNumber

BEGIN = "counts_"  # how the names of these triggers begin
_NUMBERS = StateNumber.__tablename__
VERBS = ("insert", "update", "delete")
# What a row was and what it has become, as triggers of SQLite and of PostgreSQL name it.
_SIDES = {"insert": ("NEW",), "update": ("NEW", "OLD"), "delete": ("OLD",)}


def is_counting(connection: Connection) -> bool:
    """Whether the database counts exactly what it should."""
    return set(_found(connection)) == set(_wanted(connection.dialect.name))


def count(connection: Connection) -> None:
    """Make the database count, and count a change of the whole site, whatever it was.

    By a number that nobody can have seen: a database that was brought back counts anew, and a
    process that still runs must not find what it kept before.
    """
    if not inspect(connection).has_table(_NUMBERS):
        return  # an older database, which gets no pages from us
    stop_counting(connection)
    for statement in _statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(_add_site(connection.dialect.name, 1 + randbelow(2**40)))


def stop_counting(connection: Connection) -> None:
    """Take away every trigger that counts."""
    is_sqlite = connection.dialect.name == "sqlite"
    for name, table in _found(connection).items():
        connection.exec_driver_sql(
            f"DROP TRIGGER {name}" if is_sqlite else f'DROP TRIGGER {name} ON "{table}"'
        )


def _found(connection: Connection) -> dict[str, str]:
    """The triggers that there are → their table."""
    asked = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c "
        "ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE NOT t.tgisinternal AND n.nspname = current_schema()",
    }[connection.dialect.name]
    rows = connection.exec_driver_sql(asked).all()
    return {str(name): str(table) for name, table in rows if str(name).startswith(BEGIN)}


def _wanted(dialect: str) -> list[str]:
    return [name for name, _statement in _triggers(dialect)]


def _statements(dialect: str) -> Iterator[str]:
    if dialect != "sqlite":
        yield from map(_function, TABLES)
    for _name, statement in _triggers(dialect):
        yield statement


def _triggers(dialect: str) -> Iterator[tuple[str, str]]:
    """The name of each trigger, with the mark of what it does, and the statement that makes it."""
    is_sqlite = dialect == "sqlite"
    for table, verb in product(TABLES, VERBS if is_sqlite else (*VERBS, "truncate")):
        does = _sqlite(table, verb) if is_sqlite else _function(table)
        name = f"{BEGIN}{verb}_of_{table}_{sha256(does.encode()).hexdigest()[:8]}"
        sets_off = f'CREATE TRIGGER {name} AFTER {verb.upper()} ON "{table}"'
        yield name, f"{sets_off} {does if is_sqlite else _calls(table, verb)}"


def _sqlite(table: str, verb: str) -> str:
    """Row by row, in the one row of each state; the order in which states are written is fixed."""
    done = []
    for scope, sql in scopes_of(table).items():
        which = " UNION ".join(sql.format(r=side) for side in _SIDES[verb])
        done.append(
            f"INSERT INTO {_NUMBERS} (scope, subject, made_in, changes) "  # noqa: S608
            f"SELECT DISTINCT '{scope}', w.i, 0, 0 FROM ({which}) w WHERE w.i IS NOT NULL "
            f"AND NOT EXISTS (SELECT 1 FROM {_NUMBERS} n WHERE n.scope = '{scope}' "
            "AND n.subject = w.i AND n.made_in = 0); "
            f"UPDATE {_NUMBERS} SET changes = changes + 1 WHERE scope = '{scope}' "
            f"AND made_in = 0 AND subject IN ({which});"
        )
    return f"BEGIN {' '.join(done)} END"


def _function(table: str) -> str:
    """Once a statement, for all its rows; once a transaction, since a second row of it conflicts.

    With rows of its own alone: no other transaction has its number, so none is waited for.
    """
    sides = []
    for verb, rows in (("DELETE", "new_rows"), ("INSERT", "old_rows")):
        which = " UNION ".join(
            f"SELECT '{scope}' AS scope, x.i FROM {rows} r "  # noqa: S608
            f"CROSS JOIN LATERAL ({sql.format(r='r')}) x"
            for scope, sql in scopes_of(table).items()
        )
        sides.append(
            f"IF TG_OP <> '{verb}' THEN "  # noqa: S608
            f"INSERT INTO {_NUMBERS} (scope, subject, made_in, changes) "
            "SELECT w.scope, w.i, pg_current_xact_id()::text::bigint, 1 "
            f"FROM ({which}) w WHERE w.i IS NOT NULL ON CONFLICT DO NOTHING; END IF;"
        )
    return (
        f"CREATE OR REPLACE FUNCTION {BEGIN}{table}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF TG_OP = 'TRUNCATE' THEN {_add_site('postgresql')}; RETURN NULL; END IF; "
        f"{' '.join(sides)} RETURN NULL; END $$"
    )


def _calls(table: str, verb: str) -> str:
    seen = {
        "insert": "REFERENCING NEW TABLE AS new_rows ",
        "update": "REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows ",
        "delete": "REFERENCING OLD TABLE AS old_rows ",
        "truncate": "",
    }[verb]
    return f"{seen}FOR EACH STATEMENT EXECUTE FUNCTION {BEGIN}{table}()"


def _add_site(dialect: str, changes: int = 1) -> str:
    made_in, add = {
        "sqlite": ("0", f"DO UPDATE SET changes = changes + {changes}"),
        "postgresql": ("pg_current_xact_id()::text::bigint", "DO NOTHING"),
    }[dialect]
    return (
        f"INSERT INTO {_NUMBERS} (scope, subject, made_in, changes) "  # noqa: S608
        f"VALUES ('site', 0, {made_in}, {changes}) ON CONFLICT (scope, subject, made_in) {add}"
    )


@event.listens_for(Base.metadata, "after_create")
def _count(target: MetaData, connection: Connection, **_given: object) -> None:
    """Tables that are made from the models count like those that migrations make."""
    if all(name in target.tables for name in TABLES):
        count(connection)
