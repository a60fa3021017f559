"""A copy of somebody's data, and somebody's leaving."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified
from discussion.people.accounts.models import Person


class DataCopy(Identified, Base):
    """One ZIP with everything about a person; the file is named by nothing but chance."""

    __tablename__ = "data_copy"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime]
    file_name: Mapped[str] = mapped_column(String(60), default="")  # in the data folder
    size: Mapped[int] = mapped_column(default=0)  # bytes
    ready_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class Leaving(Identified, Base):
    """Somebody asked to leave; it happens after a month unless they cancel."""

    __tablename__ = "leaving"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    choice: Mapped[str] = mapped_column(String(8))  # delete, keep
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
