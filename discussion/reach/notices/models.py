"""Notices, the letters that told them, and how soon somebody wants to hear."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from discussion.db import Base, Identified


class NoticeLetter(Base):
    """One letter to one person: what was due until a moment, each thing in one letter only."""

    __tablename__ = "notice_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    rhythm: Mapped[str] = mapped_column(String(8))  # at_once, daily, weekly
    since: Mapped[datetime]  # where the one before it ended
    until: Mapped[datetime]
    # What was new where they follow: the id of a follow → from and until when, as ISO 8601 has it.
    follows: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime]


class Notice(Identified, Base):
    """That something happened, for one person; never in anybody's words."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_notice_person_at", "person_id", "at"),
        Index(
            "ix_notice_unseen", "person_id",
            sqlite_where=text("seen_at IS NULL"), postgresql_where=text("seen_at IS NULL"),
        ),
        Index(
            "ix_notice_untold", "person_id",
            sqlite_where=text("told_at IS NULL"), postgresql_where=text("told_at IS NULL"),
        ),
    )  # fmt: skip

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))  # of mail/kinds.py
    what: Mapped[str] = mapped_column(String(40))  # how it is drawn: of queries/lines
    ids: Mapped[dict[str, Any]] = mapped_column(default=dict)
    key: Mapped[str] = mapped_column(String(120))  # the same thing is told once
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    at: Mapped[datetime]  # from when it may be told: later than it happened, under Chatham House
    seen_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]  # in a letter, or no letter has to
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("notice_letter.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(index=True)  # of a letter that its room writes


class NoticeChoice(Base):
    """How soon somebody wants to hear of a kind, where it is not as usual."""

    __tablename__ = "notice_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    rhythm: Mapped[str] = mapped_column(String(8))
    chosen_at: Mapped[datetime]


class NoticeHours(Base):
    """When somebody wants letters at all, in their own zone."""

    __tablename__ = "notice_hours"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    zone: Mapped[str] = mapped_column(String(40), default="")  # empty: the site's
    weekday: Mapped[int] = mapped_column(default=0)  # of weekly letters; 0 is Monday
    quiet_from: Mapped[int | None]  # minutes of the day; both or neither
    quiet_until: Mapped[int | None]
    nothing_until: Mapped[date | None]


class Follow(Base):
    """What somebody wants to hear of, or nothing of; nobody else learns it."""

    __tablename__ = "follow"
    __table_args__ = (UniqueConstraint("person_id", "what", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    what: Mapped[str] = mapped_column(String(12))  # series, theme, thread, position … search
    subject: Mapped[str] = mapped_column(String(400))  # its public id, slug or address
    is_muted: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    told_until: Mapped[datetime]  # what was new until then is in a letter


class Visit(Base):
    """When somebody who is signed in was last at a series or a thread, and the time before."""

    __tablename__ = "visit"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    what: Mapped[str] = mapped_column(String(12), primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime]
    before: Mapped[datetime | None]
