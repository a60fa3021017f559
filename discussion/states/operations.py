"""Gathering the rows of a state into one; the sum stays what it was at every moment."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from discussion.db import hold_word

# Rows of transactions that are not over yet are not seen, and so neither gathered nor lost.
_GATHER = text("""
WITH many AS (
    SELECT scope, subject FROM state_number GROUP BY scope, subject HAVING count(*) > 1
), gone AS (
    DELETE FROM state_number s USING many m
    WHERE s.scope = m.scope AND s.subject = m.subject
    RETURNING s.scope, s.subject, s.changes
)
INSERT INTO state_number (scope, subject, made_in, changes)
SELECT scope, subject, pg_current_xact_id()::text::bigint, sum(changes)
FROM gone GROUP BY scope, subject
""")


def gather(session: Session) -> None:
    """One row a state; only PostgreSQL has more."""
    if session.get_bind().dialect.name == "postgresql":
        hold_word(session, "state_number")
        session.execute(_GATHER)
