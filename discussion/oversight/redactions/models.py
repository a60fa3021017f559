"""A redaction, and the sealed original until it is destroyed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified
from discussion.decisions.models import Decision
from discussion.series.series.models import Series


class Redaction(Identified, Base):
    """A phrase was taken out of one piece of writing."""

    __tablename__ = "redaction"
    __table_args__ = (Index("ix_redaction_subject", "subject_kind", "subject_id"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(String(20))  # what the gap is called: a name, a place …
    places: Mapped[int]  # how many gaps were made
    sealed: Mapped[str | None] = mapped_column(Text)  # the original fields, encrypted; then None
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    made_at: Mapped[datetime]
    destroy_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    series: Mapped[Series] = relationship()
    decision: Mapped[Decision] = relationship()
