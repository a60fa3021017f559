"""A sanction, from its decision to its end."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified
from discussion.decisions.models import Decision
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series


class Sanction(Identified, Base):
    """What one member is asked to bear in one series, until a day."""

    __tablename__ = "sanction"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))  # note, pre_moderation, pause, removal
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))  # reason, why, by whom
    about_kind: Mapped[str] = mapped_column(String(20), default="")  # of words.SUBJECTS; else by
    about_id: Mapped[str] = mapped_column(String(20), default="")  # name, from the members' page
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]  # before its end, by a moderator or on appeal

    series: Mapped[Series] = relationship()
    person: Mapped[Person] = relationship()
    decision: Mapped[Decision] = relationship()
