"""Where another program is told, and each telling."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified
from discussion.series.series.models import Series


class Webhook(Identified, Base):
    """An address of another program, and of what it is told."""

    __tablename__ = "webhook"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    url: Mapped[str] = mapped_column(String(500))  # whoever knows it may write there
    kinds: Mapped[list[str]]  # of words.KINDS
    form: Mapped[str] = mapped_column(String(8))  # of words.FORMS
    is_on: Mapped[bool] = mapped_column(default=True)
    stopped_why: Mapped[str] = mapped_column(String(10), default="")  # of words.STOPPED
    turn: Mapped[int] = mapped_column(default=1)  # of its secret, which is made of it
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    since: Mapped[datetime]  # what happened before is not told
    # Of kinds that were chosen later, from when they are told: as ISO 8601 has it.
    kinds_since: Mapped[dict[str, Any]] = mapped_column(default=dict)

    series: Mapped[Series] = relationship()


class Telling(Identified, Base):
    """One thing that happened, told to one address once; its public id is the message's."""

    __tablename__ = "webhook_telling"
    __table_args__ = (UniqueConstraint("webhook_id", "kind", "subject_id"),)

    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]  # of the row that it is about: never its words
    state: Mapped[str] = mapped_column(String(8), default="waiting")  # of words.STATES
    attempts: Mapped[int] = mapped_column(default=0)
    status: Mapped[int | None]  # the last answer
    problem: Mapped[str] = mapped_column(String(12), default="")  # of words.PROBLEMS
    promised_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    webhook: Mapped[Webhook] = relationship()
