"""Addresses that a mail server has refused for good."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from discussion.db import Base


class RefusedAddress(Base):
    """Letters to this address do not arrive, until one does or thirty days have passed."""

    __tablename__ = "refused_address"

    email: Mapped[str] = mapped_column(String(254), primary_key=True)
    about: Mapped[str] = mapped_column(String(10))  # address: there is none such; letter
    since: Mapped[datetime]
    at: Mapped[datetime]  # of the last refusal


class Bounced(Base):
    """A letter of which another mail server said later that it will never arrive; once each."""

    __tablename__ = "bounced"

    letter: Mapped[str] = mapped_column(String(60), primary_key=True)  # of its Message-ID
    email: Mapped[str] = mapped_column(String(254), index=True)  # as it travelled
    status: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
