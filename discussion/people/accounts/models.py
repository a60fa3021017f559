"""People, the consents they gave, the links they were mailed, and attempts that are counted."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified
from discussion.people.accounts.words import REVERSIBLE_FOR


class Person(Identified, Base):
    """Somebody with an account, or a guest of a round table (no address, no password)."""

    __tablename__ = "person"

    email: Mapped[str | None] = mapped_column(String(254), unique=True)  # lower case
    email_confirmed_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(String(255))
    display_name: Mapped[str] = mapped_column(String(80))
    roles: Mapped[list[str]] = mapped_column(default=list)
    phases: Mapped[list[str]] = mapped_column(default=list)
    region: Mapped[str] = mapped_column(String(40), default="")
    organisation: Mapped[str] = mapped_column(String(120), default="")
    organisation_type: Mapped[str] = mapped_column(String(40), default="")
    organisation_size: Mapped[str] = mapped_column(String(20), default="")
    shows_organisation: Mapped[bool] = mapped_column(default=False)
    shows_region: Mapped[bool] = mapped_column(default=False)
    interests: Mapped[str] = mapped_column(String(300), default="")
    is_administrator: Mapped[bool] = mapped_column(default=False)
    is_guest: Mapped[bool] = mapped_column(default=False)
    is_invented: Mapped[bool] = mapped_column(default=False)  # marked so in a demonstration
    language: Mapped[str] = mapped_column(String(12), default="en-GB")
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    consents: Mapped[list["Consent"]] = relationship(
        back_populates="person", foreign_keys="Consent.person_id"
    )


class Consent(Base):
    """What a person agreed to, in which version; a convener may record a guest's."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # adult, terms, rules, round_table
    version: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(300), default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="consents", foreign_keys=[person_id])


class MailedLink(Identified, Base):
    """A single-use link sent by mail; what stands in the mail is signed, and not kept here."""

    __tablename__ = "mailed_link"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))  # of LASTS in operations/links.py
    email: Mapped[str] = mapped_column(String(254))
    carries: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class Attempt(Base):
    """One counted attempt, under a keyed hash of whom or where it came from."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    part: Mapped[str] = mapped_column(String(64), default="", server_default="")
    at: Mapped[datetime]


class KnownDevice(Base):
    """A browser in which somebody signed in with the password; its cookie names this account only.

    The key is a keyed hash of the account and of the browser's secret: two accounts of one browser
    have nothing in common here.
    """

    __tablename__ = "known_device"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime]  # when somebody last signed in there


class AccountSession(Identified, Base):
    """Somebody who is signed in on one browser; the browser has a secret, and here is its hash."""

    __tablename__ = "account_session"

    key: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    device: Mapped[str] = mapped_column(String(60))  # in words: Firefox on Windows
    device_key: Mapped[str] = mapped_column(String(64), default="")  # of the known device, if it is
    made_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]  # to the hour
    password_at: Mapped[datetime]  # when its owner last showed who they are
    ended_at: Mapped[datetime | None]
    # PostgreSQL's number of the transaction that wrote last_seen_at, and nothing else: see
    # web/caching.py
    seen_in: Mapped[int | None] = mapped_column(BigInteger, index=True)


class AddressChange(Identified, Base):
    """An account that is to move to another address, or has; see operations/moving.py."""

    __tablename__ = "address_change"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    old_email: Mapped[str] = mapped_column(String(254))
    new_email: Mapped[str] = mapped_column(String(254))
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]  # by the new address
    agreed_at: Mapped[datetime | None]  # by the old one
    due_at: Mapped[datetime | None]  # when it is done, if nobody stops it
    seconded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    # owner, old, password, replaced, lapsed, overtaken, reversed; empty while it goes on
    ended_how: Mapped[str] = mapped_column(String(20), default="")

    def is_reversible(self, now: datetime) -> bool:
        return self.changed_at is not None and now < self.changed_at + REVERSIBLE_FOR
