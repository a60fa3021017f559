"""Decisions, which nobody can edit; claims: who is deciding on something now."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.audit.chain import fingerprint
from discussion.db import Base, Identified, never_change

if TYPE_CHECKING:
    from discussion.people.accounts.models import Person
    from discussion.series.series.models import Reason, Series

# What the chain holds a decision to, in the order in which it is hashed.
SAID = (
    "series_id",
    "subject_kind",
    "subject_id",
    "revision_id",
    "action",
    "reason_id",
    "why",
    "facts",
    "marks",
    "twin_id",
    "addressed_to_id",
    "decided_by_id",
    "decided_by_role",
)


class Decision(Identified, Base):
    """What a moderator decided, under which rule, and what the author was told."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_series_at", "series_id", "at"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(20))  # position, response, thread, value, …
    subject_id: Mapped[str] = mapped_column(String(20), index=True)  # its public id
    revision_id: Mapped[int | None]  # of a position or response, where one was decided on
    action: Mapped[str] = mapped_column(String(20))
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("reason.id"))
    why: Mapped[str] = mapped_column(String(600), default="")  # said to the author
    facts: Mapped[str] = mapped_column(String(1000), default="")  # relied on; said to the author
    marks: Mapped[list[str]] = mapped_column(default=list)  # what to mend, of words.MARKS
    twin_id: Mapped[str] = mapped_column(String(20), default="")  # "already said": the other one
    addressed_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_by_role: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]

    series: Mapped["Series"] = relationship()
    reason: Mapped["Reason | None"] = relationship()
    decided_by: Mapped["Person"] = relationship(foreign_keys=[decided_by_id])
    addressed_to: Mapped["Person | None"] = relationship(foreign_keys=[addressed_to_id])

    @property
    def fingerprint(self) -> str:
        """A hash of what it says, which stands in the chain, so that a changed word shows."""
        return fingerprint([getattr(self, name) for name in SAID])


never_change(Decision)


class Claim(Base):
    """One moderator has taken one waiting item, for a while; nobody else decides it meanwhile."""

    __tablename__ = "claim"
    __table_args__ = (UniqueConstraint("kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # of words.KINDS
    subject_id: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    until: Mapped[datetime]

    person: Mapped["Person"] = relationship()
