"""Who does not want to read whom, and where."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from discussion.db import Base, Identified


class Mute(Identified, Base):
    """One person mutes another: by name everywhere, otherwise one voice in one thread."""

    __tablename__ = "mute"
    __table_args__ = (
        UniqueConstraint("person_id", "muted_id", "attribution", "thread_id", "strand"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    muted_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    attribution: Mapped[str] = mapped_column(String(16))  # as which they were muted
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"))  # None: by name
    strand: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime]
