"""What somebody typed, kept until it is handed in or thrown away."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from discussion.db import Base, Identified


class KeptDraft(Identified, Base):
    """What somebody typed, exactly as typed; signed out, it is found by a token's hash."""

    __tablename__ = "kept_draft"

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(12))  # position, revision, behalf, response, new_text
    subject_id: Mapped[str] = mapped_column(String(20))  # public id of what it is about
    typed: Mapped[dict[str, Any]] = mapped_column(default=dict)  # field name → list of strings
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("person_id", "kind", "subject_id"),)
