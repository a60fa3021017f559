"""Forms that are kept until their sender comes back, and those that were sent, known by a key."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from discussion.db import Base, Identified


class KeptForm(Identified, Base):
    """A form as it was typed, for the person of the session that ended, or for the browser."""

    __tablename__ = "kept_form"

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), default="", index=True)  # of the browser
    network: Mapped[str] = mapped_column(String(64), default="", index=True)  # keyed hash
    address: Mapped[str] = mapped_column(String(600))  # where it was sent
    page: Mapped[str] = mapped_column(String(600))  # where it stands
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)  # name → list of strings
    kept_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SentForm(Base):
    """One form that was taken; a second press finds it by its key, and what it led to.

    The keys are keyed hashes, and what it led to is sealed under the form's own token: the table
    tells nobody who sent what where. Who saved an edit form is said, to be told to who is second.
    """

    __tablename__ = "sent_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    place: Mapped[str] = mapped_column(String(64), index=True)
    sealed: Mapped[str] = mapped_column(Text)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
