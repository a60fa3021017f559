"""What can be found: one row each, what it is found by, and what has changed since it was read."""

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from discussion.db import Base


class SearchEntry(Base):
    """One thing that is shown, with what lists of it are narrowed by.

    What it counts under is as its card shows it, and empty where that shows nothing. Tags and items
    stand under the ids that were chosen, so that merges and corrections need no row here changed.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("kind", "row_id"),
        Index("ix_search_entry_series", "series_id", "kind"),
        Index("ix_search_entry_thread", "thread_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))  # of words.KINDS
    row_id: Mapped[int]  # in the table of its kind; of a finding that of its thread
    series_id: Mapped[int | None]  # of a person none
    thread_id: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(12), default="")  # by which it was stemmed
    standing: Mapped[int] = mapped_column(default=0)  # see queries/asking.py
    place: Mapped[str] = mapped_column(String(12), default="")  # random: among equals, for ever
    shown_on: Mapped[str] = mapped_column(String(10), default="")  # as its byline tells it
    level: Mapped[str] = mapped_column(String(12), default="")
    answered: Mapped[str] = mapped_column(String(3), default="")  # yes, no; empty where unasked
    role: Mapped[str] = mapped_column(String(40), default="")  # the family
    phase: Mapped[str] = mapped_column(String(40), default="")
    tags: Mapped[str] = mapped_column(Text, default="")  # "s12 s7 o3 s!4": side, id of value; ! of
    items: Mapped[str] = mapped_column(Text, default="")  # a proposal. Items: "4 17", "-" for none


class SearchText(Base):
    """The words of an entry, folded and stemmed, as both databases index them."""

    __tablename__ = "search_text"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("search_entry.id", ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[str] = mapped_column(Text, default="")


class SearchStale(Base):
    """Something changed that is to be read again: written by triggers, gone with the same commit.

    What a change from outside of the site leaves here is found by nobody until it was read.
    """

    __tablename__ = "search_stale"

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_in: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
