"""Every text of a piece of writing, in all its versions: what a redaction looks through.

A test demands that each text column of these tables is either named by its kind or excused.
"""

from typing import Any

from sqlalchemy.orm import Session

from discussion.db import Base
from discussion.subjects.kinds import KINDS, Subject
from discussion.subjects.texts import Text, Typed


def list_fields(session: Session, subject: Subject) -> list[Text]:
    """Every text of the subject: all versions, whatever became of them, and what hangs on them."""
    return [field for field in subject.texts(session) if any(field.texts)]


def typed_tables() -> dict[str, Typed]:
    """Every table in which people's texts stand, by its name."""
    return {typed.table.__tablename__: typed for kind in KINDS for typed in kind.typed}


def find_row(session: Session, table: str, id: Any) -> Base | None:
    """A row of one of these tables, as a sealed entry names it."""
    return session.get(typed_tables()[table].table, id)


def write_html(row: Base, column: str) -> None:
    """Make anew what follows from a column: its HTML, and what an item is found by."""
    typed_tables()[row.__tablename__].remake(row, column)
