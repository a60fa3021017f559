"""Decisions and audited acts: rows that nobody can edit."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from discussion.accounts.models import Person
from discussion.db import Base, Identified
from discussion.series.models import Reason, Series


class Decision(Identified, Base):
    """What a moderator decided, under which rule, and what the author was told."""

    __tablename__ = "decision"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(20))  # position, response, thread, value, …
    subject_id: Mapped[str] = mapped_column(String(20), index=True)  # its public id
    revision_id: Mapped[int | None]  # of a position or response, where one was decided on
    action: Mapped[str] = mapped_column(String(20))
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("reason.id"))
    why: Mapped[str] = mapped_column(String(600), default="")  # said to the author
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_by_role: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]

    series: Mapped[Series] = relationship()
    reason: Mapped[Reason | None] = relationship()
    decided_by: Mapped[Person] = relationship()


class AuditEvent(Base):
    """Somebody with power did something, or looked at something hidden."""

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    verb: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(String(600), default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a row that is only ever added."""


def _refuse(_mapper: Mapper[Any], _connection: Any, target: Any) -> None:
    raise AppendOnlyError(f"{target.__tablename__} rows are never changed or deleted")


for _table in (Decision, AuditEvent):
    event.listen(_table, "before_update", _refuse)
    event.listen(_table, "before_delete", _refuse)
