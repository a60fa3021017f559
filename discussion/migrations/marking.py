"""The database marks what is to be found anew, and indexes words: no statement can go around it.

As with what counts (`counting.py`), all of it is taken away before migrations and made again after
them, since SQLite loses the triggers of a table that it makes anew. The index of words is FTS5 over
`search_text` on SQLite, and a column that PostgreSQL makes of its words.
"""

from collections.abc import Iterator
from hashlib import sha256
from itertools import product

from sqlalchemy import Connection, MetaData, event, inspect

from discussion.db import Base
from discussion.migrations.marked import MARKED, Mark

BEGIN = "marks_"  # how the names of these triggers begin
STALE = "search_stale"
WORDS = "search_words"  # of FTS5; with it come tables of its own, named after it
VECTOR = "vector"
_LATER = (
    f"INSERT INTO {STALE} (kind, row_id, made_in) SELECT DISTINCT s.kind, s.row_id, -1 "  # noqa: S608
    f"FROM {STALE} s WHERE s.made_in <> -1 AND NOT EXISTS (SELECT 1 FROM {STALE} o "
    "WHERE o.kind = s.kind AND o.row_id = s.row_id AND o.made_in = -1)",
    f"DELETE FROM {STALE} WHERE made_in <> -1",  # noqa: S608
)
VERBS = ("insert", "update", "delete")
_SIDES = {"insert": ("NEW",), "update": ("NEW", "OLD"), "delete": ("OLD",)}
_FTS = f"CREATE VIRTUAL TABLE {WORDS} USING fts5(words, content='search_text', content_rowid='entry_id', tokenize='unicode61', prefix='5', detail=full)"  # noqa: E501


def is_marking(connection: Connection) -> bool:
    """Whether the database marks exactly what it should."""
    return set(_found(connection)) == {name for name, _sql in _triggers(connection.dialect.name)}


def mark(connection: Connection) -> None:
    """Make the database mark what changes, and index the words that are there."""
    if not inspect(connection).has_table(STALE):
        return  # an older database
    stop_marking(connection)
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in _index_of_words(is_sqlite=is_sqlite):
        connection.exec_driver_sql(statement)
    if not is_sqlite:
        for table in MARKED:
            connection.exec_driver_sql(_function(table))
    for _name, statement in _triggers(connection.dialect.name):
        connection.exec_driver_sql(statement)
    for statement in _LATER:  # what came from a backup is read some at a time
        connection.exec_driver_sql(statement)


def stop_marking(connection: Connection) -> None:
    """Take the triggers and the index of words away."""
    is_sqlite = connection.dialect.name == "sqlite"
    for name, table in _found(connection).items():
        connection.exec_driver_sql(
            f"DROP TRIGGER {name}" if is_sqlite else f'DROP TRIGGER {name} ON "{table}"'
        )
    if not inspect(connection).has_table("search_text"):
        return
    if is_sqlite:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {WORDS}")
    else:
        connection.exec_driver_sql(f"ALTER TABLE search_text DROP COLUMN IF EXISTS {VECTOR}")


def _index_of_words(*, is_sqlite: bool) -> Iterator[str]:
    if not is_sqlite:
        yield (
            f"ALTER TABLE search_text ADD COLUMN {VECTOR} tsvector "
            "GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED"
        )
        yield f"CREATE INDEX {WORDS} ON search_text USING gin ({VECTOR})"
        return
    yield _FTS
    yield f"INSERT INTO {WORDS} ({WORDS}) VALUES ('rebuild')"  # noqa: S608


def _found(connection: Connection) -> dict[str, str]:
    asked = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c "
        "ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE NOT t.tgisinternal AND n.nspname = current_schema()",
    }[connection.dialect.name]
    rows = connection.exec_driver_sql(asked).all()
    return {str(name): str(table) for name, table in rows if str(name).startswith(BEGIN)}


def _triggers(dialect: str) -> Iterator[tuple[str, str]]:
    """The name of each trigger, with the mark of what it does, and the statement that makes it."""
    is_sqlite = dialect == "sqlite"
    for table, verb in product(MARKED, VERBS):
        does = _sqlite(table, verb) if is_sqlite else _function(table)
        name = f"{BEGIN}{verb}_of_{table}_{sha256(does.encode()).hexdigest()[:8]}"
        calls = does if is_sqlite else _calls(table, verb)
        yield name, f'CREATE TRIGGER {name} AFTER {verb.upper()} ON "{table}" {calls}'
    if is_sqlite:
        for verb in VERBS:
            does = _sqlite_words(verb)
            name = f"{BEGIN}{verb}_of_words_{sha256(does.encode()).hexdigest()[:8]}"
            yield name, f"CREATE TRIGGER {name} AFTER {verb.upper()} ON search_text {does}"


def _sqlite_words(verb: str) -> str:
    """What FTS5 asks of whoever keeps its content elsewhere."""
    gone = (
        f"INSERT INTO {WORDS} ({WORDS}, rowid, words) VALUES ('delete', OLD.entry_id, OLD.words);"  # noqa: S608
    )
    came = f"INSERT INTO {WORDS} (rowid, words) VALUES (NEW.entry_id, NEW.words);"  # noqa: S608
    does = {"insert": came, "update": f"{gone} {came}", "delete": gone}[verb]
    return f"BEGIN {does} END"


def _sqlite(table: str, verb: str) -> str:
    done = []
    for one in MARKED[table]:
        which = " UNION ".join(one.sql.format(r=side) for side in _SIDES[verb])
        changed = f" AND ({_differs(one, 'OLD', 'NEW', 'IS NOT')})" if verb == "update" else ""
        done.append(
            f"INSERT OR IGNORE INTO {STALE} (kind, row_id, made_in) "  # noqa: S608
            f"SELECT '{one.kind}', w.i, 0 FROM ({which}) w WHERE w.i IS NOT NULL{changed};"
        )
    return f"BEGIN {' '.join(done)} END"


def _function(table: str) -> str:
    """Once a statement, for all its rows; under the number of the transaction, so nobody waits."""
    verbs = []
    for verb, sides in (
        ("INSERT", ("new_rows r",)),
        ("DELETE", ("old_rows r",)),
        ("UPDATE", ("new_rows r JOIN old_rows o ON o.{key} = r.{key}",
                    "old_rows r JOIN new_rows o ON o.{key} = r.{key}")),
    ):  # fmt: skip
        done = []
        for one in MARKED[table]:
            for side in sides:
                rows = side.format(key=_key(table))
                where = _differs(one, "o", "r", "IS DISTINCT FROM") if verb == "UPDATE" else "true"
                done.append(
                    f"INSERT INTO {STALE} (kind, row_id, made_in) "  # noqa: S608
                    f"SELECT DISTINCT '{one.kind}', x.i, pg_current_xact_id()::text::bigint "
                    f"FROM {rows} CROSS JOIN LATERAL ({one.sql.format(r='r')}) x "
                    f"WHERE x.i IS NOT NULL AND ({where}) ON CONFLICT DO NOTHING;"
                )
        verbs.append(f"IF TG_OP = '{verb}' THEN {' '.join(done)} END IF;")
    return (
        f"CREATE OR REPLACE FUNCTION {BEGIN}{table}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {' '.join(verbs)} RETURN NULL; END $$"
    )


def _key(table: str) -> str:
    return "publication_id" if table == "publication_essay" else "id"


def _differs(one: Mark, before: str, after: str, differs: str) -> str:
    tests = [f'{before}."{name}" {differs} {after}."{name}"' for name in one.columns]
    return " OR ".join(tests) or ("1" if differs == "IS NOT" else "true")


def _calls(table: str, verb: str) -> str:
    seen = {
        "insert": "REFERENCING NEW TABLE AS new_rows ",
        "update": "REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows ",
        "delete": "REFERENCING OLD TABLE AS old_rows ",
    }[verb]
    return f"{seen}FOR EACH STATEMENT EXECUTE FUNCTION {BEGIN}{table}()"


@event.listens_for(Base.metadata, "after_create")
def _mark(target: MetaData, connection: Connection, **_given: object) -> None:
    """Tables that are made from the models mark like those that migrations make."""
    if STALE in target.tables and all(name in target.tables for name in MARKED):
        mark(connection)
