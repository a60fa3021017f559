"""What each thread adds to the sums of its series, and the sums."""

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from discussion.db import Base


class TalliedThread(Base):
    """A thread that was counted, and under which state of it and meaning of its series' values."""

    __tablename__ = "tallied_thread"
    __table_args__ = (
        Index(
            "ix_tallied_thread_apart",
            "series_id",
            sqlite_where=text("is_summed IS 0"),
            postgresql_where=text("is_summed IS false"),
        ),
    )

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    state: Mapped[int] = mapped_column(BigInteger)
    meaning: Mapped[str] = mapped_column(String(16))  # of tags, by merges and accepted proposals
    is_summed: Mapped[bool]  # whether everybody who reads the series reads it


class ThreadTally(Base):
    """One number of one thread; 0 is not kept."""

    __tablename__ = "thread_tally"
    __table_args__ = (Index("ix_thread_tally_subject", "kind", "subject_id"),)

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)  # of tallies.words.KINDS
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]


class SeriesTally(Base):
    """The sum of one number over the threads of a series that everybody who reads it reads."""

    __tablename__ = "series_tally"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
