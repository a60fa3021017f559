"""What may be said of a series and its parts, before it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from discussion.decisions.targets import Target


@dataclass(frozen=True, kw_only=True)
class SeriesDraft:
    """Everything about a series that a convener can set on one page."""

    title: str
    question: str
    summary: str = ""
    host: str = ""
    language: str = "en-GB"
    starts_on: date | None = None
    ends_on: date | None = None
    visibility: str = "public"
    who_may_post: str = "invited"
    domains: tuple[str, ...] = ()
    moderation: str = "pre"
    attribution: str = "named"
    min_group: int = 5
    provenance: str = ""
    provenance_url: str = ""


@dataclass(frozen=True, kw_only=True)
class ReasonDraft:
    """A reason of decisions as it is written."""

    slug: str
    label: str
    explanation: str = ""


@dataclass(frozen=True, kw_only=True)
class ThemeDraft:
    """A theme as it is written."""

    slug: str
    question: str
    summary: str = ""
    provenance: str = ""
    provenance_url: str = ""


@dataclass(frozen=True, kw_only=True)
class ScaleDraft:
    """A scale as it is written: its two ends, perhaps words for five steps."""

    slug: str
    low: str
    high: str
    definition: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ScaleChange(ScaleDraft):
    """A scale worded otherwise, and what the places on it mean then: the "same", or "other"."""

    means: str = ""


@dataclass(frozen=True, kw_only=True)
class ValueDraft:
    """A value as it is written, with its family."""

    slug: str
    family: str
    label: str
    definition: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class FileDraft:
    """A series as one file says it; a list that is None is left as it is."""

    slug: str
    series: SeriesDraft
    rules: str
    thresholds: dict[str, float]
    targets: Mapping[str, Target] | None = None
    reasons: tuple[ReasonDraft, ...] | None = None
    scales: tuple[ScaleDraft, ...] | None = None
    themes: tuple[ThemeDraft, ...] | None = None
    values: tuple[ValueDraft, ...] | None = None
