"""The outbox: work promised in a transaction and done after it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from discussion.db import Base


class Job(Base):
    """One piece of work for later; the row is the truth, the queue only wakes the worker."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_waiting", "done_at", "failed_at", "run_after"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)  # ids, never texts
    once_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime]
    run_after: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None]
    claimed_by: Mapped[str] = mapped_column(String(40), default="")
    done_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")


class Heartbeat(Base):
    """When a worker was last alive."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime]


class KeptKey(Base):
    """The once_key of a job that is forgotten: what was promised once is never promised again."""

    __tablename__ = "kept_key"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    kept_at: Mapped[datetime]


class Standing(Base):
    """How one part of the site stands, such as its mail, so that every process can say so."""

    __tablename__ = "standing"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    is_well: Mapped[bool]
    since: Mapped[datetime]  # when it began to be so
    at: Mapped[datetime]  # when it was last found so
    kind: Mapped[str] = mapped_column(String(60), default="")  # of the last error, never its words
    failures: Mapped[int] = mapped_column(default=0)  # one after the other
    waits_until: Mapped[datetime | None]  # nobody tries before
