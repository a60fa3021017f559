"""Positions and responses with their revisions, and private answers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified, index_of_few, random_id, speaks
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.threads.models import Thread
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series
from discussion.series.values.models import Value, ValueProposal


class Position(Identified, Base):
    """A contributor's claim in a thread; what it says stands in its revisions."""

    __tablename__ = "position"
    __table_args__ = (
        Index(
            "uq_position_one_live_per_person",
            "thread_id",
            "author_id",
            unique=True,
            sqlite_where=text("state IN ('draft', 'published', 'hidden') AND NOT is_second"),
            postgresql_where=text("state IN ('draft', 'published', 'hidden') AND NOT is_second"),
        ),
        UniqueConstraint("thread_id", "number"),
        Index("uq_position_live_revision", "live_revision_id", unique=True),
    )

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # at a round table
    attribution: Mapped[str] = mapped_column(String(16))
    strand: Mapped[str] = mapped_column(String(40), default="")  # the voice it was written as
    state: Mapped[str] = mapped_column(String(12), default="draft")
    number: Mapped[int | None]  # given when published
    label_role: Mapped[str] = mapped_column(String(40), default="")  # kept when published
    label_phase: Mapped[str] = mapped_column(String(40), default="")
    label_step: Mapped[int] = mapped_column(default=3)  # 0 role and phase … 3 "contributor"
    is_former: Mapped[bool] = mapped_column(default=False)  # was by name, and its author has left
    order: Mapped[int | None]  # the moderators'
    is_featured: Mapped[bool] = mapped_column(default=False)
    is_pinned: Mapped[bool] = mapped_column(default=False)
    is_second: Mapped[bool] = mapped_column(default=False)  # came in where its author has one
    heading_id: Mapped[int | None] = mapped_column(ForeignKey("heading.id"))
    live_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision.id", use_alter=True, name="fk_position_live_revision")
    )
    first_published_at: Mapped[datetime | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    thread: Mapped[Thread] = relationship(back_populates="positions")
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    live: Mapped["Revision | None"] = relationship(
        foreign_keys=[live_revision_id], post_update=True
    )
    revisions: Mapped[list["Revision"]] = relationship(
        back_populates="position", foreign_keys="Revision.position_id", order_by="Revision.id"
    )
    responses: Mapped[list["Response"]] = relationship(back_populates="position")
    notes: Mapped[list["EditorsNote"]] = relationship(
        back_populates="position", order_by="EditorsNote.id"
    )

    @property
    def series(self) -> Series:
        return self.thread.series

    @property
    def position(self) -> "Position":
        """Itself; of a response the one that it answers."""
        return self

    @property
    def versions(self) -> "list[Revision]":
        return self.revisions

    @property
    def shown_revisions(self) -> list["Revision"]:
        """Every version that was ever live, the first one first; not what still waits."""
        live = [revision for revision in self.revisions if revision.version is not None]
        return sorted(live, key=lambda revision: revision.version or 0)


@speaks("claim")
class Revision(Base):
    """One version of a position, immutable once live."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("position_id", "version"),
        Index("ix_revision_claim", "claim"),
        index_of_few("ix_revision_pending", "status", "position_id", where="status = 'pending'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)
    version: Mapped[int | None]  # given when it first becomes live
    status: Mapped[str] = mapped_column(String(12), default="pending")
    claim: Mapped[str] = mapped_column(String(280))
    reasoning: Mapped[str] = mapped_column(Text, default="")
    reasoning_html: Mapped[str] = mapped_column(Text, default="")
    renderer_version: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(String(12), default="en-GB")
    level: Mapped[str] = mapped_column(String(12))
    phases: Mapped[list[str]] = mapped_column(default=list)
    setting: Mapped[str] = mapped_column(String(200), default="")
    placements: Mapped[dict[str, Any]] = mapped_column(default=dict)  # scale slug → 0 … 1
    place_words: Mapped[dict[str, Any]] = mapped_column(default=dict)  # slug → its step, as read
    confidence: Mapped[int]
    objection: Mapped[str] = mapped_column(String(600), default="")
    change_mind: Mapped[list[str]] = mapped_column(default=list)
    change_mind_text: Mapped[str] = mapped_column(String(300), default="")
    is_without_study: Mapped[bool] = mapped_column(default=False)
    interests: Mapped[str] = mapped_column(String(300), default="")
    change_reason: Mapped[str] = mapped_column(String(20), default="")
    nobody_identified: Mapped[bool] = mapped_column(default=False)
    held_for: Mapped[list[str]] = mapped_column(default=list)  # why it waits: flood, copy …
    redacted_at: Mapped[datetime | None]  # the one way in which a live version changes
    submitted_at: Mapped[datetime]
    live_at: Mapped[datetime | None] = mapped_column(index=True)

    position: Mapped[Position] = relationship(
        back_populates="revisions", foreign_keys=[position_id]
    )
    tags: Mapped[list["ValueTag"]] = relationship(
        back_populates="revision", order_by="ValueTag.is_outweighed, ValueTag.rank"
    )
    links: Mapped[list["EvidenceLink"]] = relationship(
        back_populates="revision", order_by="EvidenceLink.order"
    )

    @property
    def contribution(self) -> Position:
        return self.position

    @property
    def words(self) -> str:
        """By which its language is known where its writer does not say it."""
        return f"{self.claim}\n{self.reasoning}"


class ValueTag(Base):
    """A value that a revision serves, or says it outweighs; ranks have no gaps."""

    __tablename__ = "value_tag"
    __table_args__ = (
        UniqueConstraint("revision_id", "is_outweighed", "rank"),
        UniqueConstraint("revision_id", "value_id"),
        CheckConstraint("(value_id IS NULL) <> (proposal_id IS NULL)", name="one_value"),
        Index("ix_value_tag_value", "value_id", "is_outweighed", "place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    value_id: Mapped[int | None] = mapped_column(ForeignKey("value.id"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("value_proposal.id"), index=True)
    is_outweighed: Mapped[bool] = mapped_column(default=False)
    rank: Mapped[int]
    gloss: Mapped[str] = mapped_column(String(200), default="")
    # At random: where it stands on the page of its value, which tells nothing about time.
    place: Mapped[str] = mapped_column(String(12), default=random_id, server_default="")

    revision: Mapped[Revision] = relationship(back_populates="tags")
    value: Mapped[Value | None] = relationship()
    proposal: Mapped[ValueProposal | None] = relationship()


class EvidenceLink(Base):
    """How an item bears on the claim: its stance and the warrant for it."""

    __tablename__ = "evidence_link"
    __table_args__ = (UniqueConstraint("revision_id", "item_id", "stance"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("evidence_item.id"), index=True)
    order: Mapped[int] = mapped_column(default=0)
    stance: Mapped[str] = mapped_column(String(12))
    warrant: Mapped[str] = mapped_column(String(600), default="")
    transfer: Mapped[str] = mapped_column(String(12), default="unknown")
    transfer_note: Mapped[str] = mapped_column(String(300), default="")
    locator: Mapped[str] = mapped_column(String(120), default="")
    rebuttal: Mapped[str] = mapped_column(String(600), default="")

    revision: Mapped[Revision] = relationship(back_populates="links")
    item: Mapped[EvidenceItem] = relationship()


class Response(Identified, Base):
    """A short typed answer to one version of a position."""

    __tablename__ = "response"
    __table_args__ = (Index("uq_response_live_text", "live_text_id", unique=True),)

    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))  # the version answered
    # A later version of which its author has said that what they wrote still stands.
    stands_for_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    type: Mapped[str] = mapped_column(String(20))
    attribution: Mapped[str] = mapped_column(String(16))
    strand: Mapped[str] = mapped_column(String(40), default="")  # the voice it was written as
    state: Mapped[str] = mapped_column(String(12), default="draft")
    label_role: Mapped[str] = mapped_column(String(40), default="")
    label_phase: Mapped[str] = mapped_column(String(40), default="")
    label_step: Mapped[int] = mapped_column(default=3)
    is_former: Mapped[bool] = mapped_column(default=False)  # was by name, and its author has left
    item_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_item.id"), index=True)
    value_id: Mapped[int | None] = mapped_column(ForeignKey("value.id"))
    # Of what follows: the level that would decide, the one spoken of, and what kind of thing it is.
    decided_at: Mapped[str] = mapped_column(String(40), default="", server_default="")
    speaks_of: Mapped[str] = mapped_column(String(40), default="", server_default="")
    consequence: Mapped[str] = mapped_column(String(14), default="", server_default="")
    live_text_id: Mapped[int | None] = mapped_column(
        ForeignKey("response_text.id", use_alter=True, name="fk_response_live_text")
    )
    first_published_at: Mapped[datetime | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    position: Mapped[Position] = relationship(back_populates="responses")
    revision: Mapped[Revision] = relationship(foreign_keys=[revision_id])
    stands_for: Mapped[Revision | None] = relationship(foreign_keys=[stands_for_id])
    author: Mapped[Person] = relationship()
    item: Mapped[EvidenceItem | None] = relationship()
    value: Mapped[Value | None] = relationship()
    live: Mapped["ResponseText | None"] = relationship(
        foreign_keys=[live_text_id], post_update=True
    )
    texts: Mapped[list["ResponseText"]] = relationship(
        back_populates="response", foreign_keys="ResponseText.response_id"
    )

    @property
    def thread(self) -> Thread:
        return self.position.thread

    @property
    def series(self) -> Series:
        return self.thread.series

    @property
    def thread_id(self) -> int:
        return self.position.thread_id

    @property
    def versions(self) -> "list[ResponseText]":
        return self.texts

    @property
    def is_to_an_earlier(self) -> bool:
        """Whether the position has a later version, for which it was not said to stand."""
        live = self.position.live_revision_id
        return live is not None and live not in (self.revision_id, self.stands_for_id)


class ResponseText(Base):
    """One version of a response's text."""

    __tablename__ = "response_text"
    __table_args__ = (
        index_of_few(
            "ix_response_text_pending", "status", "response_id", where="status = 'pending'"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), index=True)
    version: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(12), default="pending")
    source: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    renderer_version: Mapped[int]
    language: Mapped[str] = mapped_column(String(12), default="en-GB")
    nobody_identified: Mapped[bool] = mapped_column(default=False)
    held_for: Mapped[list[str]] = mapped_column(default=list)
    redacted_at: Mapped[datetime | None]
    # Of a restatement: what the author of the position says of it, and how they would change it.
    fair: Mapped[str] = mapped_column(String(10), default="", server_default="")  # yes, no
    wants: Mapped[str] = mapped_column(String(400), default="", server_default="")
    submitted_at: Mapped[datetime]
    live_at: Mapped[datetime | None] = mapped_column(index=True)

    response: Mapped[Response] = relationship(back_populates="texts", foreign_keys=[response_id])

    @property
    def contribution(self) -> Response:
        return self.response


class Part(Base):
    """Where one person parts from a position: private, latest counts."""

    __tablename__ = "part"
    __table_args__ = (UniqueConstraint("position_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    stance: Mapped[str] = mapped_column(String(10))  # "1" … "5" or dont_know
    over: Mapped[list[str]] = mapped_column(default=list)
    reasonable: Mapped[str] = mapped_column(String(10), default="")
    answered_at: Mapped[datetime]


class PartCounts(Base):
    """What the parts said when the thread moved on; frozen, and only from five admitted people."""

    __tablename__ = "part_counts"
    __table_args__ = (UniqueConstraint("position_id", "thread_id", "cycle"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))  # where it stood then
    cycle: Mapped[int]
    people: Mapped[int]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {} under five
    frozen_at: Mapped[datetime]


class EditorsNote(Base):
    """A note by the moderators on a position or a thread, always labelled as theirs."""

    __tablename__ = "editors_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"), index=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"), index=True)
    text: Mapped[str] = mapped_column(String(1000))
    language: Mapped[str] = mapped_column(String(12), default="en-GB")
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_on: Mapped[date]
    removed_at: Mapped[datetime | None]

    position: Mapped[Position | None] = relationship(back_populates="notes")
