"""Writes a migration from the models: `make migration SAYS="add a shelf mark to evidence"`.

Read what it wrote: a renamed column looks to it like one that went and another that came, and it
cannot know how to fill a new one.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from discussion import clock
from discussion.db import Moment, make_engine
from discussion.migrations import FOLDER, every_table, head, is_ours, upgrade

VERSIONS = FOLDER / "versions"
FIRST_AT, FIRST_SAYS = "20261123_2000", "first tables"
_FILE = '''"""{sentence}."""

import sqlalchemy as sa
from alembic import op
{imports}
revision = "{revision}"
down_revision = {down}
branch_labels = None
depends_on = None


def upgrade() -> None:
    {body}
'''
_ALTER = """
    if op.get_bind().dialect.name != "sqlite":  # SQLite wrote these with their tables
"""


def write_migration(says: str, at: datetime) -> Path:
    """Write what leads from the newest migration to the models, and give its file."""
    with _scratch() as engine:
        upgrade(engine)
        body = _steps(engine)
    return _save(f"{at:%Y%m%d_%H%M}", says, head(), body, imports="")


def write_first() -> Path:
    """Write the first migration anew; only for as long as no installation has had it."""
    with _scratch() as engine:
        body = _steps(engine, in_batches=False)
    body += _ALTER + "".join(_late_keys()) + '    guard(op, "decision", "audit_event")\n'
    imports = "\nfrom discussion.migrations.append_only import guard\n"
    return _save(FIRST_AT, FIRST_SAYS, None, body, imports=imports)


def _steps(engine: Engine, *, in_batches: bool = True) -> str:
    options = {"compare_type": True, "include_name": is_ours}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        script = produce_migrations(context, every_table())
    if script.upgrade_ops is None or script.upgrade_ops.is_empty():
        raise SystemExit("The migrations already make what the models say.")
    code = render_python_code(
        script.upgrade_ops,
        migration_context=context,
        render_as_batch=in_batches,
        render_item=_render,
    )
    return "\n".join(line for line in code.splitlines() if not line.lstrip().startswith("#"))


def _late_keys() -> Iterator[str]:
    """Keys between two tables that point at each other: only written once both are there."""
    for table in every_table().sorted_tables:
        for key in table.foreign_key_constraints:
            if key.use_alter:
                columns = [column.name for column in key.columns]
                there = [element.column.name for element in key.elements]
                yield (
                    f"        op.create_foreign_key({str(key.name)!r}, {table.name!r}, "
                    f"{key.referred_table.name!r}, {columns!r}, {there!r})\n"
                )


def _render(kind: str, given: Any, _context: Any) -> str | Literal[False]:
    """A moment is written as the plain column it is, so that history needs no code of today."""
    if kind == "type" and isinstance(given, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def _save(stamp: str, says: str, down: str | None, body: str, *, imports: str) -> Path:
    slug = re.sub(r"[^a-z0-9]+", "_", says.lower()).strip("_")
    path = VERSIONS / f"{stamp}_{slug}.py"
    path.write_text(
        _FILE.format(
            sentence=says[:1].upper() + says[1:],
            imports=imports,
            revision=f"{stamp}_{slug}"[:32],
            down=f'"{down}"' if down else "None",
            body=body.strip(),
        )
    )
    for arguments in (["format", "-q"], ["check", "-q", "--fix", "--select", "I"]):
        subprocess.run([sys.executable, "-m", "ruff", *arguments, str(path)], check=True)  # noqa: S603
    return path


@contextmanager
def _scratch() -> Iterator[Engine]:
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/scratch.sqlite")
        yield engine
        engine.dispose()


if __name__ == "__main__":
    words = " ".join(sys.argv[1:]).strip()
    if not words:
        raise SystemExit('Say what changes: make migration SAYS="add a shelf mark to evidence"')
    written = write_first() if words == FIRST_SAYS else write_migration(words, clock.now())
    sys.stdout.write(f"{written}\n")
