"""A series' value set: its values, their earlier wordings, crosswalks and proposals."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified

if TYPE_CHECKING:
    from discussion.series.series.models import Series


class Value(Base):
    """An entry of a series' value set; its slug is never reused, retiring keeps history."""

    __tablename__ = "value"
    __table_args__ = (UniqueConstraint("series_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60))
    family: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(60))
    definition: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(300), default="")
    order: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("value.id"))

    replaced_by: Mapped["Value | None"] = relationship(remote_side=[id])
    wordings: Mapped[list["ValueWording"]] = relationship(back_populates="value")
    crosswalks: Mapped[list["ValueCrosswalk"]] = relationship(back_populates="value")


class ValueInBrief(NamedTuple):
    """As much of a value as a card shows."""

    id: int
    slug: str
    family: str
    label: str
    replaced_by_id: int | None


AnyValue = TypeVar("AnyValue", bound=Value | ValueInBrief)


class ValueWording(Base):
    """How a value was worded until a moment."""

    __tablename__ = "value_wording"

    id: Mapped[int] = mapped_column(primary_key=True)
    value_id: Mapped[int] = mapped_column(ForeignKey("value.id"), index=True)
    label: Mapped[str] = mapped_column(String(60))
    definition: Mapped[str] = mapped_column(String(200))
    until: Mapped[datetime]

    value: Mapped[Value] = relationship(back_populates="wordings")


class ValueCrosswalk(Base):
    """How a value relates to a term of a published framework (SKOS mapping relations)."""

    __tablename__ = "value_crosswalk"

    id: Mapped[int] = mapped_column(primary_key=True)
    value_id: Mapped[int] = mapped_column(ForeignKey("value.id"), index=True)
    framework: Mapped[str] = mapped_column(String(80))
    term: Mapped[str] = mapped_column(String(120))
    relation: Mapped[str] = mapped_column(String(12))

    value: Mapped[Value] = relationship(back_populates="crosswalks")


class ValueProposal(Identified, Base):
    """A value somebody missed; it counts as "other" until a moderator answers."""

    __tablename__ = "value_proposal"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    label: Mapped[str] = mapped_column(String(60))
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: has left
    state: Mapped[str] = mapped_column(String(12), default="waiting")  # waiting, accepted, declined
    value_id: Mapped[int | None] = mapped_column(ForeignKey("value.id"))
    created_at: Mapped[datetime]

    series: Mapped["Series"] = relationship()
    value: Mapped[Value | None] = relationship()


def resolve(values: Mapping[int, AnyValue], value_id: int | None) -> AnyValue | None:
    """The value that an id leads to today, through any merges; ends even in a circle."""
    value = values.get(value_id or 0)
    seen: set[int] = set()
    while value is not None and value.id not in seen:
        seen.add(value.id)
        value = values.get(value.replaced_by_id or 0, value)
    return value


def all_led_to(values: Mapping[int, Value], value_id: int) -> set[int]:
    """The value itself, and all that merges before lead through it."""
    found = {value_id}
    while more := {id for id, one in values.items() if one.replaced_by_id in found} - found:
        found |= more
    return found
