"""A thread, its themes and scales, its stages and addresses, and what moderators make of it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified, index_of_few, speaks
from discussion.people.accounts.models import Person
from discussion.series.series.models import Scale, Series, Theme

if TYPE_CHECKING:
    from discussion.debate.positions.models import Position
    from discussion.decisions.models import Decision

thread_theme = Table(
    "thread_theme",
    Base.metadata,
    Column("thread_id", ForeignKey("thread.id"), primary_key=True),
    Column("theme_id", ForeignKey("theme.id"), primary_key=True),
    Column("order", Integer, nullable=False, default=0),
)
thread_scale = Table(
    "thread_scale",
    Base.metadata,
    Column("thread_id", ForeignKey("thread.id"), primary_key=True),
    Column("scale_id", ForeignKey("scale.id"), primary_key=True),
    Column("order", Integer, nullable=False, default=0),
)


@speaks("question")
class Thread(Identified, Base):
    """One question under one to three themes."""

    __tablename__ = "thread"
    __table_args__ = (
        index_of_few("ix_thread_proposed", "stage", "series_id", where="stage = 'proposed'"),
        index_of_few("ix_thread_to_weigh", "weighing_on", where="stage = 'open'"),
        index_of_few("ix_thread_to_make_sense", "making_sense_on", where="stage = 'weighing'"),
        index_of_few("ix_thread_to_close", "closed_on", where="stage = 'making_sense'"),
        index_of_few("ix_thread_to_review", "review_on", where="stage = 'closed'"),
    )

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    question: Mapped[str] = mapped_column(String(200))
    context: Mapped[str] = mapped_column(Text, default="")
    context_html: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(12), default="en-GB")
    levels: Mapped[list[str]] = mapped_column(default=list)
    attribution: Mapped[str] = mapped_column(String(16), default="role")
    stage: Mapped[str] = mapped_column(String(16), default="proposed", index=True)
    cycle: Mapped[int] = mapped_column(default=1)
    open_on: Mapped[date | None]
    weighing_on: Mapped[date | None]
    making_sense_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    use_of_result: Mapped[str] = mapped_column(String(600), default="")
    summary: Mapped[str] = mapped_column(String(300), default="")  # the moderators' sentence
    outcome: Mapped[str] = mapped_column(Text, default="")
    outcome_html: Mapped[str] = mapped_column(Text, default="")
    review_on: Mapped[date | None]
    question_source: Mapped[str] = mapped_column(String(300), default="")
    is_hidden: Mapped[bool] = mapped_column(default=False)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"))
    slow_minutes: Mapped[int] = mapped_column(default=0)  # one response a person in so many
    closed_to: Mapped[str] = mapped_column(String(12), default="")  # new_voices, everybody
    closed_until: Mapped[date | None]  # on this day it is open again; None: when moderators say so
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    series: Mapped[Series] = relationship()
    proposed_by: Mapped[Person | None] = relationship()
    themes: Mapped[list[Theme]] = relationship(
        secondary=thread_theme, order_by=(thread_theme.c.order, Theme.order, Theme.id)
    )
    scales: Mapped[list[Scale]] = relationship(
        secondary=thread_scale, order_by=(thread_scale.c.order, Scale.order, Scale.id)
    )
    positions: Mapped[list["Position"]] = relationship(back_populates="thread")
    merged_into: Mapped["Thread | None"] = relationship(remote_side="Thread.id")
    headings: Mapped[list["Heading"]] = relationship(
        back_populates="thread", order_by="Heading.order, Heading.id"
    )

    @property
    def thread(self) -> "Thread":
        """Itself; of what stands in one, that one."""
        return self

    @property
    def words(self) -> str:
        """By which its language is known where nobody says it."""
        return f"{self.question}\n{self.context}"

    @property
    def usual_languages(self) -> tuple[str, ...]:
        """What is written here is in one of these, if its letters are theirs."""
        return self.language, self.series.language


class StageMove(Base):
    """A thread moved from one stage to another."""

    __tablename__ = "stage_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    cycle: Mapped[int]
    before: Mapped[str] = mapped_column(String(16))
    after: Mapped[str] = mapped_column(String(16))
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: by its date
    why: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime]


class ThreadCycle(Base):
    """How a cycle of a thread ended: kept when the thread is reopened, and redacted with it."""

    __tablename__ = "thread_cycle"
    __table_args__ = (UniqueConstraint("thread_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    number: Mapped[int]
    stage: Mapped[str] = mapped_column(String(16))  # from which the thread was reopened
    outcome: Mapped[str] = mapped_column(Text, default="")  # published only if that was "closed"
    outcome_html: Mapped[str] = mapped_column(Text, default="")
    review_on: Mapped[date | None]
    summary: Mapped[str] = mapped_column(String(300), default="")  # the moderators' sentence
    summary_version: Mapped[int | None]  # of the summary that stood
    entered: Mapped[dict[str, Any]] = mapped_column(default=dict)  # stage → ISO date
    ended_at: Mapped[datetime]


class OldAddress(Base):
    """A slug that a thread once had; it redirects for ever and is never given again."""

    __tablename__ = "old_address"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))


class Voice(Base):
    """The letter by which one person is known in one thread under one attribution.

    Letters are drawn, not counted, so that they do not tell who spoke first; they differ between
    attributions, so that one does not give away the other. What came into the thread from another
    one, or was tightened, is another strand and has a letter of its own: with the same, a
    moderator's act would join what was known as two.
    """

    __tablename__ = "voice"
    __table_args__ = (
        UniqueConstraint("thread_id", "person_id", "attribution", "strand"),
        UniqueConstraint("thread_id", "attribution", "letter"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    attribution: Mapped[str] = mapped_column(String(16))
    strand: Mapped[str] = mapped_column(String(40), default="")
    letter: Mapped[str] = mapped_column(String(4))


class Regrouping(Identified, Base):
    """Positions went from one thread to another: merged, split off, or moved one by one."""

    __tablename__ = "regrouping"

    kind: Mapped[str] = mapped_column(String(8))  # merge, split, move
    source_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))  # by whom, why, when
    moved: Mapped[list[str]] = mapped_column(default=list)  # public ids of the positions
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what undoing puts back
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    decision: Mapped["Decision"] = relationship()
    source: Mapped[Thread] = relationship(foreign_keys=[source_id])
    target: Mapped[Thread] = relationship(foreign_keys=[target_id])


class Heading(Base):
    """A heading of the moderators under which positions of a thread stand."""

    __tablename__ = "heading"

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    text: Mapped[str] = mapped_column(String(120))
    order: Mapped[int] = mapped_column(default=0)

    thread: Mapped[Thread] = relationship(back_populates="headings")


class RelatedThread(Base):
    """A thread worth reading beside another, with why; it shows on both."""

    __tablename__ = "related_thread"
    __table_args__ = (UniqueConstraint("thread_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    why: Mapped[str] = mapped_column(String(200), default="")


class ThreadSummary(Base):
    """The moderators' summary of a thread, one row a version; the newest is shown."""

    __tablename__ = "thread_summary"
    __table_args__ = (UniqueConstraint("thread_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12), default="en-GB")
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    steelmen: Mapped[list["Steelman"]] = relationship(
        back_populates="summary", order_by="Steelman.order"
    )


class Steelman(Identified, Base):
    """A position at its strongest, as a summary puts it; its author says whether that is fair."""

    __tablename__ = "steelman"
    __table_args__ = (UniqueConstraint("summary_id", "position_id"),)

    summary_id: Mapped[int] = mapped_column(ForeignKey("thread_summary.id"), index=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)
    order: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(String(400))
    answer: Mapped[str] = mapped_column(String(10), default="unanswered")  # yes, no
    said: Mapped[str] = mapped_column(String(400), default="")  # how the author would mend it
    answered_at: Mapped[datetime | None]

    summary: Mapped[ThreadSummary] = relationship(back_populates="steelmen")
    position: Mapped["Position"] = relationship()
