"""An appeal and its outcome; neither is ever changed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified, never_change
from discussion.decisions.models import Decision
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series


class Appeal(Identified, Base):
    """The addressee of a decision asks somebody else to look again; once."""

    __tablename__ = "appeal"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    text: Mapped[str] = mapped_column(String(2000))
    at: Mapped[datetime]

    decision: Mapped[Decision] = relationship()
    made_by: Mapped[Person] = relationship()
    outcome: Mapped["AppealOutcome | None"] = relationship(back_populates="appeal")

    @property
    def series(self) -> Series:
        return self.decision.series


class AppealOutcome(Base):
    """What somebody else found; final."""

    __tablename__ = "appeal_outcome"

    id: Mapped[int] = mapped_column(primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), unique=True)
    outcome: Mapped[str] = mapped_column(String(12))  # stands, overturned
    why: Mapped[str] = mapped_column(String(1000))
    reviewed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reviewed_by_role: Mapped[str] = mapped_column(String(16))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))  # what undid it
    at: Mapped[datetime]

    appeal: Mapped[Appeal] = relationship(back_populates="outcome")
    reviewed_by: Mapped[Person] = relationship()


never_change(Appeal)
never_change(AppealOutcome)
