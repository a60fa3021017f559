"""What is asked before every commit: whether anything is to be read again for the index.

Only then is what reads it loaded: most commits change nothing that can be found.
"""

from sqlalchemy import Table, delete, literal_column, select
from sqlalchemy.orm import Session

from discussion.reach.search.models import SearchStale

AT_COMMIT = 2_000  # things, each of which takes about a millisecond
_STALE: Table = SearchStale.__table__  # type: ignore[assignment]
MARKS = select(_STALE.c.kind, _STALE.c.row_id).order_by(_STALE.c.kind, _STALE.c.row_id)
# What this transaction marked: SQLite has one that writes at a time, and so needs no number of it.
HERE = {
    "sqlite": _STALE.c.made_in == 0,
    # Of one that has no number yet there is nothing, and asking must not give it one: whoever
    # watches PostgreSQL's snapshot (web/watching.py) would take that for a change.
    "postgresql": _STALE.c.made_in
    == literal_column("pg_current_xact_id_if_assigned()::text::bigint"),
}


def keep_found(session: Session) -> None:
    """Read again what this transaction marked; cheap without any.

    Of very much, what is beyond AT_COMMIT is left to the worker, and found by nobody until then.
    """
    session.flush()
    here = HERE[session.get_bind().dialect.name]
    marks = session.execute(MARKS.where(here)).all()
    if marks:
        from discussion.reach.search.operations.indexing import index, leave

        index(session, marks[:AT_COMMIT])
        session.execute(delete(_STALE).where(here))
        if left := [{"kind": one.kind, "row_id": one.row_id} for one in marks[AT_COMMIT:]]:
            leave(session, left)
