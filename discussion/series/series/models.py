"""A series, its reasons, themes and scales."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from discussion.db import Base, Identified, speaks
from discussion.series.values.models import Value

if TYPE_CHECKING:
    from discussion.series.members.models import Membership


@speaks("title", "question", by_letters=True)
class Series(Identified, Base):
    """One discussion series."""

    __tablename__ = "series"

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    question: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(Text, default="")
    host: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(12), default="en-GB")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    end_asked_for: Mapped[date | None]  # the last day of which conveners were asked, and when
    end_asked_at: Mapped[datetime | None]
    status: Mapped[str] = mapped_column(String(12), default="draft")
    visibility: Mapped[str] = mapped_column(String(12), default="public")
    who_may_post: Mapped[str] = mapped_column(String(12), default="invited")
    domains: Mapped[list[str]] = mapped_column(default=list)
    moderation: Mapped[str] = mapped_column(String(8), default="pre")
    attribution: Mapped[str] = mapped_column(String(16), default="named")  # the loosest allowed
    rules: Mapped[str] = mapped_column(Text, default="")
    rules_html: Mapped[str] = mapped_column(Text, default="")
    rules_version: Mapped[int] = mapped_column(default=0)
    provenance: Mapped[str] = mapped_column(String(300), default="")
    provenance_url: Mapped[str] = mapped_column(String(500), default="")
    thresholds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    min_group: Mapped[int] = mapped_column(default=5)
    value_set_version: Mapped[int] = mapped_column(default=1)
    decides_within_hours: Mapped[int] = mapped_column(default=48)
    targets: Mapped[dict[str, Any]] = mapped_column(default=dict)  # kind → [number, unit]
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    memberships: Mapped[list["Membership"]] = relationship(back_populates="series")
    reasons: Mapped[list["Reason"]] = relationship(back_populates="series", order_by="Reason.order")
    themes: Mapped[list["Theme"]] = relationship(back_populates="series", order_by="Theme.order")
    scales: Mapped[list["Scale"]] = relationship(back_populates="series", order_by="Scale.order")
    values: Mapped[list[Value]] = relationship(order_by=Value.order)


class Reason(Base):
    """A reason moderators may give; the list is public before the series opens."""

    __tablename__ = "reason"
    __table_args__ = (UniqueConstraint("series_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60))
    label: Mapped[str] = mapped_column(String(120))
    explanation: Mapped[str] = mapped_column(String(400), default="")
    order: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]

    series: Mapped[Series] = relationship(back_populates="reasons")


class Theme(Base):
    """A question that groups threads; its slug stays when its wording changes."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("series_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80))
    question: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    summary_html: Mapped[str] = mapped_column(Text, default="")
    provenance: Mapped[str] = mapped_column(String(200), default="")
    provenance_url: Mapped[str] = mapped_column(String(500), default="")
    order: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]

    series: Mapped[Series] = relationship(back_populates="themes")
    wordings: Mapped[list["ThemeWording"]] = relationship(back_populates="theme")


class ThemeWording(Base):
    """How a theme was worded until a moment."""

    __tablename__ = "theme_wording"

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    question: Mapped[str] = mapped_column(String(200))
    until: Mapped[datetime]

    theme: Mapped[Theme] = relationship(back_populates="wordings")


class Scale(Base):
    """A bipolar axis, 0 … 1, with the words for its five steps."""

    __tablename__ = "scale"
    __table_args__ = (UniqueConstraint("series_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60))
    low: Mapped[str] = mapped_column(String(60))
    high: Mapped[str] = mapped_column(String(60))
    definition: Mapped[str] = mapped_column(String(300), default="")
    steps: Mapped[list[str]] = mapped_column(default=list)  # five phrases, from 0 to 1
    order: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]
    replaces: Mapped[list[str]] = mapped_column(default=list)  # slugs, the latest of them last

    series: Mapped[Series] = relationship(back_populates="scales")
    wordings: Mapped[list["ScaleWording"]] = relationship(back_populates="scale")


class ScaleWording(Base):
    """How a scale was worded until a moment."""

    __tablename__ = "scale_wording"

    id: Mapped[int] = mapped_column(primary_key=True)
    scale_id: Mapped[int] = mapped_column(ForeignKey("scale.id"), index=True)
    low: Mapped[str] = mapped_column(String(60))
    high: Mapped[str] = mapped_column(String(60))
    definition: Mapped[str] = mapped_column(String(300), default="")
    steps: Mapped[list[str]] = mapped_column(default=list)
    until: Mapped[datetime]

    scale: Mapped[Scale] = relationship(back_populates="wordings")
