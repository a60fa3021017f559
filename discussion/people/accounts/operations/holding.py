"""Holding a person: of two requests of one person the second sees what the first did."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.db import writes_alone
from discussion.people.accounts.models import Person


def lock_person(session: Session, person_id: int) -> None:
    """To the end of the transaction. Take it before any thread or contribution is held.

    SQLite's one write lock does it already; PostgreSQL locks the row.
    """
    if writes_alone(session):
        return
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))
