"""Snapshots of findings, which nobody can change."""

from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified, never_change
from discussion.debate.threads.models import Thread
from discussion.weighing.findings.content.remembering import CONTENTS
from discussion.weighing.findings.content.whole import Content, read_content
from discussion.weighing.rounds.models import Round


class FindingSnapshot(Identified, Base):
    """What was found in a thread, as it may be shown to everybody who reads the thread."""

    __tablename__ = "finding_snapshot"
    __table_args__ = (UniqueConstraint("thread_id", "version"),)

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"), index=True)
    version: Mapped[int]
    because: Mapped[str] = mapped_column(String(12))  # round_closed, tags_changed, rule_changed
    inputs_hash: Mapped[str] = mapped_column(String(64))
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    code_version: Mapped[str] = mapped_column(String(40))
    results: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime]

    thread: Mapped[Thread] = relationship()
    round: Mapped[Round | None] = relationship()

    @cached_property
    def content(self) -> Content:
        """What it says, typed: the only way to read `results`, which never change."""
        kept = CONTENTS.find(self.public_id)
        return kept or CONTENTS.keep(self.public_id, read_content(self.results))


never_change(FindingSnapshot)


class RaterSets(Base):
    """Whose answers a round's published numbers are sums of; sealed, and never what they answered.

    A later round is judged beside it. Who leaves for good has a name in it that is nobody's.
    """

    __tablename__ = "rater_sets"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), unique=True)
    sealed: Mapped[str] = mapped_column(Text)
