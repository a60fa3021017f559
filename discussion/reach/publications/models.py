"""Briefings and essays, what they rest on, and their versions, which never change but by going."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified, speaks
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.threads.models import Thread
from discussion.reach.needed.models import Question
from discussion.series.series.models import Series, Theme


@speaks("title")
class Publication(Identified, Base):
    """An account of a thread, a theme or a series; or a post by an invited voice."""

    __tablename__ = "publication"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12), default="briefing")
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(12), default="en-GB")
    sections: Mapped[dict[str, Any]] = mapped_column(default=dict)  # purpose → what is written
    draft_version: Mapped[int] = mapped_column(default=1)
    tells_until: Mapped[date | None]  # the last day on which authors may object
    published_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    series: Mapped[Series] = relationship()
    thread: Mapped[Thread | None] = relationship()
    theme: Mapped[Theme | None] = relationship()
    sources: Mapped[list["PublicationSource"]] = relationship(
        primaryjoin="and_(Publication.id == PublicationSource.publication_id, "
        "PublicationSource.version_id.is_(None))",
        order_by="PublicationSource.id",
        viewonly=True,
    )
    versions: Mapped[list["PublicationVersion"]] = relationship(
        back_populates="publication", order_by="PublicationVersion.number"
    )


class PublicationVersion(Base):
    """What was published, and its hash; once it is withdrawn only the hash stays."""

    __tablename__ = "publication_version"
    __table_args__ = (UniqueConstraint("publication_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), index=True)
    number: Mapped[int]
    sections: Mapped[dict[str, Any]] = mapped_column(default=dict)
    snapshot: Mapped[dict[str, Any]] = mapped_column(default=dict)
    hash: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(String(300), default="")  # what was corrected
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: by the site
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str] = mapped_column(String(12), default="")
    doi: Mapped[str] = mapped_column(String(120), default="")
    doi_state: Mapped[str] = mapped_column(String(12), default="", index=True)  # see words.ASKED

    publication: Mapped[Publication] = relationship(back_populates="versions")
    files: Mapped[list["PublicationFile"]] = relationship(back_populates="version")
    sources: Mapped[list["PublicationSource"]] = relationship(order_by="PublicationSource.id")


class PublicationFile(Base):
    """One file made from a version."""

    __tablename__ = "publication_file"
    __table_args__ = (UniqueConstraint("version_id", "format"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("publication_version.id"), index=True)
    format: Mapped[str] = mapped_column(String(8))
    body: Mapped[bytes] = mapped_column(LargeBinary)

    version: Mapped[PublicationVersion] = relationship(back_populates="files")


class PublicationSource(Base):
    """What may be cited in a draft, by its mark; or, of a version, what was."""

    __tablename__ = "publication_source"
    __table_args__ = (UniqueConstraint("publication_id", "version_id", "mark"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("publication_version.id"), index=True)
    mark: Mapped[str] = mapped_column(String(16))  # P4, A2, R5, F3, O
    kind: Mapped[str] = mapped_column(String(1))  # of drafts_marks.SAYS, or QUESTION
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"))
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"), index=True)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    response_id: Mapped[int | None] = mapped_column(ForeignKey("response.id"), index=True)
    text_id: Mapped[int | None] = mapped_column(ForeignKey("response_text.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_item.id"), index=True)
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("finding_snapshot.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("needed_question.id"), index=True)
    code: Mapped[str] = mapped_column(String(16), default="")  # of a statement in that snapshot
    shown_as: Mapped[str] = mapped_column(String(300), default="")  # of a version: its byline then
    words_hash: Mapped[str] = mapped_column(String(64), default="")  # and its words

    thread: Mapped[Thread | None] = relationship()
    position: Mapped[Position | None] = relationship()
    revision: Mapped[Revision | None] = relationship()
    response: Mapped[Response | None] = relationship()
    text: Mapped[ResponseText | None] = relationship()
    item: Mapped[EvidenceItem | None] = relationship()
    question: Mapped[Question | None] = relationship()


class Quoting(Identified, Base):
    """An author was told that they are quoted; what they object to, and what became of it."""

    __tablename__ = "publication_quoting"
    __table_args__ = (UniqueConstraint("publication_id", "position_id", "response_id"),)

    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), index=True)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"), index=True)
    response_id: Mapped[int | None] = mapped_column(ForeignKey("response.id"), index=True)
    words_hash: Mapped[str] = mapped_column(String(64))  # of the quotations that they were told of
    told_at: Mapped[datetime]
    until: Mapped[date]
    objection: Mapped[str] = mapped_column(Text, default="")
    objected_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(600), default="")
    answered_at: Mapped[datetime | None]

    publication: Mapped[Publication] = relationship()
    position: Mapped[Position | None] = relationship()
    response: Mapped[Response | None] = relationship()

    @property
    def series(self) -> Series:
        return self.publication.series

    @property
    def author_id(self) -> int | None:
        """Who may object: the author of what is quoted."""
        row = self.response or self.position
        return row.author_id if row is not None else None


class Essay(Base):
    """What an essay has beside its title: its text, and whose it is."""

    __tablename__ = "publication_essay"

    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), primary_key=True)
    standfirst: Mapped[str] = mapped_column(String(400), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(String(120), default="")
    life: Mapped[str] = mapped_column(String(400), default="")
    portrait: Mapped[str] = mapped_column(String(300), default="")  # in words
    provenance: Mapped[str] = mapped_column(String(300), default="")
    provenance_url: Mapped[str] = mapped_column(String(500), default="")
    led_to_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"))
    written_on: Mapped[date | None]

    publication: Mapped[Publication] = relationship()
    led_to: Mapped[Thread | None] = relationship()
