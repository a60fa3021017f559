"""Packages of open data, the pieces of their one file, and on which terms a series gives it."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified
from discussion.series.series.models import Series


class DataTerms(Base):
    """What a series says of its data: under which licence, and how imported answers leave."""

    __tablename__ = "data_terms"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), primary_key=True)
    licence: Mapped[str] = mapped_column(String(20), default="")  # of words.LICENCES
    ratings: Mapped[str] = mapped_column(String(8), default="counts")  # or rows

    series: Mapped[Series] = relationship()


class DataPackage(Identified, Base):
    """One making of a series' data; once it is gone only its hash and the reason stay."""

    __tablename__ = "data_package"
    __table_args__ = (UniqueConstraint("series_id", "number"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(8), default="waiting")  # making, ready, gone
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    done_rows: Mapped[int] = mapped_column(default=0)  # while it is made
    all_rows: Mapped[int] = mapped_column(default=0)  # about how many there will be
    terms: Mapped[dict[str, Any]] = mapped_column(default=dict)  # those under which it was made
    states: Mapped[list[str]] = mapped_column(default=list)  # of the series before it was read
    shown: Mapped[bytes] = mapped_column(LargeBinary, default=b"")  # hashes of what it rests on
    contents: Mapped[dict[str, Any]] = mapped_column(default=dict)  # file → rows, bytes, hash
    size: Mapped[int] = mapped_column(BigInteger, default=0)  # bytes
    sha256: Mapped[str] = mapped_column(String(64), default="")
    gone_at: Mapped[datetime | None]
    gone_why: Mapped[str] = mapped_column(String(12), default="")

    series: Mapped[Series] = relationship()


class DataPiece(Base):
    """A few hundred kilobytes of a package's file."""

    __tablename__ = "data_piece"
    __table_args__ = (UniqueConstraint("package_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(ForeignKey("data_package.id"))
    number: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
