"""What conveners told the members of a series."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified, speaks
from discussion.series.series.models import Series


@speaks("title", "text")
class Announcement(Identified, Base):
    """One letter to every member, in the words of a convener."""

    __tablename__ = "announcement"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12), default="en-GB")
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]  # what was not sent by then is not sent

    series: Mapped[Series] = relationship()
