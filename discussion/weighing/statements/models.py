"""Statements with their versions, what they draw on, and what authors say of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified, speaks
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series
from discussion.text import Spoken
from discussion.weighing.statements.words import WITHHELD


class Statement(Identified, Base):
    """One neutral sentence of a thread, to be rated; what it says stands in its versions."""

    __tablename__ = "statement"

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))  # end, fact, means; empty: imported, not sorted
    is_moderators_own: Mapped[bool] = mapped_column(default=False)  # drawn from no position
    order: Mapped[int] = mapped_column(default=0)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    placements: Mapped[dict[str, Any]] = mapped_column(default=dict)  # scale slug → 0 … 1

    thread: Mapped[Thread] = relationship()
    versions: Mapped[list["StatementVersion"]] = relationship(
        back_populates="statement", order_by="StatementVersion.version"
    )
    sources: Mapped[list["StatementSource"]] = relationship(
        back_populates="statement", order_by="StatementSource.id"
    )

    @property
    def series(self) -> Series:
        """The series of its thread."""
        return self.thread.series

    @property
    def is_withheld(self) -> bool:
        """Whether moderators withhold the words of any of its wordings."""
        return any(version.is_withheld for version in self.versions)


@speaks("written")
class StatementVersion(Base):
    """One wording; ratings belong to it, and move on only with a change marked editorial.

    `text` is what anybody may be shown: while moderators withhold the words, on every surface and
    in every round, it is a note that they do. `written` is for who drafts and what compares words.
    """

    __tablename__ = "statement_version"
    __table_args__ = (UniqueConstraint("statement_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    version: Mapped[int]
    written: Mapped[str] = mapped_column("text", Text)  # at most MAX_STATEMENT or MAX_IMPORTED
    language: Mapped[str] = mapped_column(String(12), default="en-GB")
    is_editorial: Mapped[bool] = mapped_column(default=False)  # means what the one before meant
    why: Mapped[str] = mapped_column(String(300), default="")
    answer_by: Mapped[date | None]  # until when authors are asked
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    withheld_at: Mapped[datetime | None]
    withheld_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: a report
    redacted_at: Mapped[datetime | None]  # the one way in which a wording changes

    statement: Mapped[Statement] = relationship(back_populates="versions")
    confirmations: Mapped[list["Confirmation"]] = relationship(
        back_populates="version", order_by="Confirmation.id"
    )

    @property
    def text(self) -> str:
        """The words, as everybody may read them now."""
        return Spoken(self.written, self.language) if self.withheld_at is None else str(WITHHELD)

    @property
    def is_withheld(self) -> bool:
        """Whether moderators withhold its words."""
        return self.withheld_at is not None


class StatementSource(Base):
    """A position that a statement comes from."""

    __tablename__ = "statement_source"
    __table_args__ = (UniqueConstraint("statement_id", "position_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)

    statement: Mapped[Statement] = relationship(back_populates="sources")
    position: Mapped[Position] = relationship()


class Confirmation(Identified, Base):
    """Whether an author finds a wording fair; silence is shown and does not block."""

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("version_id", "person_id"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("statement_version.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"))
    answer: Mapped[str] = mapped_column(String(10), default="unanswered")  # fair, mend
    said: Mapped[str] = mapped_column(String(400), default="")  # how to mend it
    answered_at: Mapped[datetime | None]

    version: Mapped[StatementVersion] = relationship(back_populates="confirmations")
    person: Mapped[Person] = relationship()
    position: Mapped[Position] = relationship()
