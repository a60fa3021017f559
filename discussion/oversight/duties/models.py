"""A record of a duty, one row a version."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base
from discussion.people.accounts.models import Person


class DutyRecord(Base):
    """One version of one record; a new one is added, none is changed."""

    __tablename__ = "duty_record"
    __table_args__ = (UniqueConstraint("kind", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))  # of words.KINDS
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    code_version: Mapped[str] = mapped_column(String(120))  # of the code of practice followed
    review_on: Mapped[date]
    what_changed: Mapped[str] = mapped_column(String(300), default="")
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]

    written_by: Mapped[Person] = relationship()
