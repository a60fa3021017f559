"""A report, until it is answered by a decision."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified, index_of_few
from discussion.decisions.models import Decision
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series


class Report(Identified, Base):
    """Somebody says that a piece of writing should be looked at."""

    __tablename__ = "report"
    __table_args__ = (
        Index("ix_report_subject", "subject_kind", "subject_id"),
        index_of_few("ix_report_waiting", "status", "series_id", where="status = 'waiting'"),
    )

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(20))  # position, response, evidence, thread …
    subject_id: Mapped[str] = mapped_column(String(20))  # its public id
    version_id: Mapped[int | None]  # of a position or response: what the reporter read
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: signed out
    reporter_email: Mapped[str] = mapped_column(String(254), default="")  # signed out, if given
    reason: Mapped[str] = mapped_column(String(30))  # of words.REASONS
    text: Mapped[str] = mapped_column(String(1000), default="")
    is_urgent: Mapped[bool] = mapped_column(default=False)
    has_hidden: Mapped[bool] = mapped_column(default=False)  # this report hid the item, once
    status: Mapped[str] = mapped_column(String(12), default="waiting")  # or answered
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    received_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    series: Mapped[Series] = relationship()
    reporter: Mapped[Person | None] = relationship()
    decision: Mapped[Decision | None] = relationship()
