"""Batches: what is approved together, and can still be undone for a minute."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified


class Batch(Identified, Base):
    """Items approved together: for a minute it can be undone, then the worker approves them."""

    __tablename__ = "batch"

    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    final_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    items: Mapped[list["BatchItem"]] = relationship(back_populates="batch")


class BatchItem(Base):
    """One item of a batch, in the version that the moderator saw."""

    __tablename__ = "batch_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(20), index=True)
    version_id: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(20), default="")  # approved, changed, decided

    batch: Mapped[Batch] = relationship(back_populates="items")
