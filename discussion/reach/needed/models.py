"""Questions of information: their words, what they came from, who looks into them."""

from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified, speaks
from discussion.debate.evidence.models import EvidenceItem
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series


@speaks("text")
class Question(Identified, Base):
    """What somebody would have to find out, or what stands in the way: worded by moderators."""

    __tablename__ = "needed_question"
    __table_args__ = (Index("ix_needed_question_order", "series_id", "order"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10), default="question")  # question, barrier
    text: Mapped[str] = mapped_column(String(280))
    language: Mapped[str] = mapped_column(String(12), default="en-GB")
    level: Mapped[str] = mapped_column(String(12), default="")  # empty: of every level
    order: Mapped[int] = mapped_column(default=0)
    is_answered: Mapped[bool] = mapped_column(default=False)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_item.id"), index=True)
    answer: Mapped[str] = mapped_column(String(300), default="")  # what it answers, and for whom
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("needed_question.id", name="fk_needed_question_merged_into"), index=True
    )
    removed_at: Mapped[datetime | None]
    unsaid_at: Mapped[datetime | None]  # what it said before then is shown nowhere, in no copy
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    series: Mapped[Series] = relationship()
    item: Mapped[EvidenceItem | None] = relationship()
    merged_into: Mapped["Question | None"] = relationship(remote_side="Question.id")
    origins: Mapped[list["Origin"]] = relationship(
        back_populates="question", order_by="Origin.id", cascade="all, delete-orphan"
    )
    lookings: Mapped[list["Looking"]] = relationship(
        back_populates="question", order_by="Looking.id"
    )
    steps: Mapped[list["Step"]] = relationship(back_populates="question", order_by="Step.id")

    @property
    def words_hash(self) -> str:
        """By which a copy knows whether it still says the same."""
        return sha256(self.text.encode()).hexdigest()

    @property
    def leads_to(self) -> "Question":
        """The one that it was merged into, through any number of them; else itself."""
        seen: set[int] = set()
        one = self
        while one.merged_into is not None and one.id not in seen:
            seen.add(one.id)
            one = one.merged_into
        return one

    @property
    def is_gone(self) -> bool:
        """Whether it was taken away, or what it was merged into."""
        return self.removed_at is not None or self.leads_to.removed_at is not None


class Origin(Base):
    """What a question came from: named, never copied, so that it is told as it may be read now."""

    __tablename__ = "needed_origin"
    __table_args__ = (UniqueConstraint("question_id", "reason", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("needed_question.id"), index=True)
    reason: Mapped[str] = mapped_column(String(12))  # of words.REASONS, or said
    subject: Mapped[str] = mapped_column(String(80))  # public id or slug; of said with a hash

    question: Mapped[Question] = relationship(back_populates="origins")

    @property
    def key(self) -> str:
        """As leads have it."""
        return f"{self.reason}/{self.subject}"


class Looking(Identified, Base):
    """Somebody says that they look into it: who, how, by when; a moderator reads it first."""

    __tablename__ = "needed_looking"

    question_id: Mapped[int] = mapped_column(ForeignKey("needed_question.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    who: Mapped[str] = mapped_column(String(120))  # as they wish to be named here
    url: Mapped[str] = mapped_column(String(500), default="")
    how: Mapped[str] = mapped_column(String(300), default="")
    until: Mapped[date | None]  # the first of the month by which they will say more
    state: Mapped[str] = mapped_column(String(10), default="pending")  # live, declined, ended
    is_hidden: Mapped[bool] = mapped_column(default=False)  # by a report or a decision
    reason: Mapped[str] = mapped_column(String(300), default="")  # of the moderator
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    question: Mapped[Question] = relationship(back_populates="lookings")
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])

    @property
    def is_shown(self) -> bool:
        """Whether readers of its question find it there."""
        return self.state == "live" and not self.is_hidden

    @property
    def series(self) -> Series:
        return self.question.series


class Step(Base):
    """One thing that moderators did with a question, for everybody: why, and on which day."""

    __tablename__ = "needed_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("needed_question.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))  # of words.STEPS
    reason: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime]

    question: Mapped[Question] = relationship(back_populates="steps")
