"""Who belongs to a series, and the links by which people join."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series


class Membership(Base):
    """One person's part in one series."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("series_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(12), default="contributor")
    posting_role: Mapped[str] = mapped_column(String(40), default="")
    posting_phase: Mapped[str] = mapped_column(String(40), default="")
    admitted_at: Mapped[datetime | None]
    admitted_how: Mapped[str] = mapped_column(String(12), default="")  # of words.HOW
    joined_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_how: Mapped[str] = mapped_column(String(8), default="")  # left, removed
    wants_warnings: Mapped[bool] = mapped_column(default=True)  # of stages about to move

    series: Mapped[Series] = relationship(back_populates="memberships")
    person: Mapped[Person] = relationship()

    @property
    def was_removed(self) -> bool:
        """Who left may come back by the same door; who was removed needs to be invited."""
        return self.removed_at is not None and self.removed_how == "removed"


class Invitation(Identified, Base):
    """A link by which people join; the secret part is kept as a hash only."""

    __tablename__ = "invitation"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    role: Mapped[str] = mapped_column(String(12), default="contributor")
    email: Mapped[str] = mapped_column(String(254), default="")  # empty: anyone with the link
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uses: Mapped[int] = mapped_column(default=0)
    max_uses: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    series: Mapped[Series] = relationship()
