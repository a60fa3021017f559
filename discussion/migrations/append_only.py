"""Rows that are added and never changed: the database itself refuses, whoever asks.

SQLite drops a table's triggers when batch mode makes the table anew, so a migration that alters one
of these tables calls `guard` again afterwards.
"""

from typing import Any

TABLES = ("decision", "audit_event", "appeal", "appeal_outcome", "finding_snapshot")
FUNCTION = "refuse_to_change_history"


def guard(op: Any, *tables: str) -> None:
    """Make the database refuse to change or delete rows of these tables."""
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite(op, tables)
    else:
        _guard_postgresql(op, tables)


def unguard(op: Any, *tables: str) -> None:
    """Let a migration change what it must; it calls `guard` again when it has."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in tables:
        if is_sqlite:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER IF EXISTS {table}_never_{verb}")
        else:
            op.execute(f"DROP TRIGGER IF EXISTS {table}_never_changed ON {table}")


def _guard_sqlite(op: Any, tables: tuple[str, ...]) -> None:
    for table in tables:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_never_{verb.lower()}"
            op.execute(f"DROP TRIGGER IF EXISTS {name}")
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} rows are never changed'); END"
            )


def _guard_postgresql(op: Any, tables: tuple[str, ...]) -> None:
    op.execute(
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% rows are never changed', TG_TABLE_NAME; END $$"
    )
    for table in tables:
        op.execute(f"DROP TRIGGER IF EXISTS {table}_never_changed ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE "
            f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
        )
