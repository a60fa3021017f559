"""The library of a series."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from discussion import text
from discussion.db import Base, Identified, index_of_few, speaks
from discussion.debate.evidence.addresses import url_key
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series

FOLDED_LENGTH = 600


@speaks("title")
class EvidenceItem(Identified, Base):
    """One thing people rely on: a publication, data, practice, experience or an argument."""

    __tablename__ = "evidence_item"
    __table_args__ = (
        UniqueConstraint("series_id", "doi"),
        UniqueConstraint("series_id", "url_key"),
        Index("ix_evidence_item_series_title", "series_id", "title_folded"),
        index_of_few(
            "ix_evidence_item_not_standing", "status", where="status IN ('retracted', 'superseded')"
        ),
        index_of_few(
            "ix_evidence_item_broken",
            "link_state",
            where="link_state IN ('dead', 'moved') AND link_settled_at IS NULL",
        ),
        index_of_few(
            "ix_evidence_item_unchecked",
            "series_id",
            "created_at",
            where="link_checked_at IS NULL AND (doi IS NOT NULL OR url IS NOT NULL)",
        ),
    )

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    title_folded: Mapped[str] = mapped_column(
        String(FOLDED_LENGTH)
    )  # title and authors, for finding
    authors: Mapped[list[str]] = mapped_column(default=list)  # "Donnelly, M."
    year: Mapped[int | None]
    publisher: Mapped[str] = mapped_column(String(200), default="")
    url: Mapped[str | None] = mapped_column(String(500))  # as it was typed
    url_key: Mapped[str | None] = mapped_column(String(64))  # alike for all addresses of a page
    doi: Mapped[str | None] = mapped_column(String(200))  # lower case, without prefix
    citation: Mapped[str] = mapped_column(String(600), default="")
    accessed_on: Mapped[date | None]
    licence_note: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(12), default="en-GB")
    kind: Mapped[str] = mapped_column(String(30))
    question_type: Mapped[str] = mapped_column(String(30))
    strength_scale: Mapped[str] = mapped_column(String(20), default="")
    strength_value: Mapped[str] = mapped_column(String(20), default="")
    strength_by: Mapped[str] = mapped_column(String(20), default="")
    strength_note: Mapped[str] = mapped_column(String(300), default="")
    population: Mapped[str] = mapped_column(String(300), default="")
    context: Mapped[str] = mapped_column(String(300), default="")
    outcome: Mapped[str] = mapped_column(String(600), default="")
    effect: Mapped[str] = mapped_column(String(200), default="")
    months_progress: Mapped[int | None]  # only with scales that count them
    cost: Mapped[str] = mapped_column(String(200), default="")
    limitations: Mapped[str] = mapped_column(String(600), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(12), default="current")
    status_note: Mapped[str] = mapped_column(String(300), default="")
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_item.id"))
    consent: Mapped[str] = mapped_column(String(12), default="")  # named, role_only, anonymous
    no_pupil_confirmed: Mapped[bool] = mapped_column(default=False)
    verified: Mapped[dict[str, Any]] = mapped_column(default=dict)  # by, on, what_was_checked
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    is_listed: Mapped[bool] = mapped_column(default=False)  # with its first approved position
    is_hidden: Mapped[bool] = mapped_column(default=False)  # while a report waits, or for good
    link_state: Mapped[str] = mapped_column(String(12), default="")  # ok, moved, dead, unreachable
    link_checked_at: Mapped[datetime | None]
    link_settled_at: Mapped[datetime | None]  # a moderator has looked at it since
    archive_url: Mapped[str] = mapped_column(String(500), default="")  # a copy of what is gone
    created_at: Mapped[datetime]

    series: Mapped[Series] = relationship()
    added_by: Mapped[Person | None] = relationship()
    superseded_by: Mapped["EvidenceItem | None"] = relationship(remote_side="EvidenceItem.id")

    @validates("url")
    def _keyed(self, _name: str, url: str | None) -> str | None:
        self.url_key = (url_key(url) if url else "") or None
        return url


def found_by(title: str, authors: Iterable[str], year: int | None) -> str:
    """What an item is found by, folded; words with a hyphen or an apostrophe also without it."""
    words = text.fold(" ".join((title, *authors, str(year or "")))).split()
    joined = (joined_up(word).strip(".,;:()") for word in words if joined_up(word) != word)
    return " ".join((*words, *joined))[:FOLDED_LENGTH].rstrip()


def joined_up(word: str) -> str:
    """A folded word without hyphens and apostrophes: co-operation as cooperation."""
    return re.sub("(?<=[^\\W\\d_])[-'](?=[^\\W\\d_])", "", word)


class LinkCheck(Base):
    """The site asked whether a link still leads somewhere."""

    __tablename__ = "link_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("evidence_item.id"), index=True)
    url: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(12))
    status_code: Mapped[int | None]
    leads_to: Mapped[str] = mapped_column(String(500), default="")
    problem: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[datetime]
