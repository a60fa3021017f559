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
