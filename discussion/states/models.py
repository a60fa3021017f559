"""How often what pages show has changed; the database's own triggers write it."""

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from discussion.db import Base


class StateNumber(Base):
    """So many changes of one thread, one series, one person's own, or the whole site.

    The state of something is the sum of its rows. On PostgreSQL each transaction adds a row of its
    own and touches nobody else's, so that writers neither wait for each other nor deadlock, and
    whoever commits later still makes the sum another one. On SQLite there is one row.
    """

    __tablename__ = "state_number"

    scope: Mapped[str] = mapped_column(String(8), primary_key=True)  # of states.words.SCOPES
    subject: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    made_in: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    changes: Mapped[int] = mapped_column(BigInteger)
