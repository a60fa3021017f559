"""The rows of the chain, which nobody can change."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from discussion.db import Base, never_change


class AuditEvent(Base):
    """Somebody with power did something, or looked at something hidden."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)  # 1, 2, 3 … without gaps
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: the site itself
    verb: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(String(600), default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]
    previous: Mapped[str] = mapped_column(String(64))  # the hash of the row before
    hash: Mapped[str] = mapped_column(String(64))


never_change(AuditEvent)
