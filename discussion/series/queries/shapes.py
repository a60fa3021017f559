"""The frozen shapes of a series' pages."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup


@dataclass(frozen=True)
class ThreadLine:
    """A thread as listed at its theme."""

    slug: str
    question: str
    url: str
    stage: str
    position_count: int
    next_stage: str  # empty when no move is dated
    next_on: date | None
    is_also_elsewhere: bool
    rated_until: date | None  # the last day of the round that is open
    round_url: str  # empty where none is open


@dataclass(frozen=True)
class Station:
    """A theme as a station on the drawn route."""

    slug: str
    question: str
    url: str
    provenance: str
    provenance_url: str
    threads: tuple[ThreadLine, ...]
    propose_url: str  # empty when the viewer may not
    is_live: bool


@dataclass(frozen=True)
class NewsLine:
    """A thing that is new; `on` is a day, or a month under the Chatham House Rule ("2026-11")."""

    on: str
    sentence: str
    url: str
    link_words: str


@dataclass(frozen=True)
class FoundLine:
    sentence: str
    url: str  # where it is found; empty for what moderators wrote
    basis: str
    thread_question: str
    thread_url: str


@dataclass(frozen=True)
class SeriesPage:
    slug: str
    url: str
    title: str
    question: str
    language: str
    summary: str
    host: str
    starts_on: date | None
    ends_on: date | None
    status: str  # draft, open, closed, archived
    visibility: str
    provenance: str
    provenance_url: str
    who_may_post: str  # a sentence
    stations: tuple[Station, ...]
    found: tuple[FoundLine, ...]
    news: tuple[NewsLine, ...]
    live_thread_url: str
    write_url: str
    library_url: str
    values_url: str
    rules_url: str
    can_convene: bool
    settings_url: str
    can_moderate: bool
    desk_url: str


@dataclass(frozen=True)
class ValueShare:
    label: str
    family: str
    url: str
    count: int


@dataclass(frozen=True)
class ThemeThread:
    line: ThreadLine
    values: tuple[ValueShare, ...]  # most served first, at most three
    said: str  # the freshest sentence about it
    said_url: str  # its findings, where they say it; empty for what moderators wrote


@dataclass(frozen=True)
class ThemePage:
    series_title: str
    series_url: str
    slug: str
    url: str
    question: str
    language: str
    summary: Markup
    provenance: str
    provenance_url: str
    is_retired: bool
    threads: tuple[ThemeThread, ...]
    propose_url: str
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class SeriesLine:
    """A series as listed on the front page."""

    slug: str
    url: str
    title: str
    question: str
    language: str
    host: str
    starts_on: date | None
    ends_on: date | None
    status: str


@dataclass(frozen=True)
class HomePage:
    series: tuple[SeriesLine, ...]
    create_url: str  # empty when the viewer may not


@dataclass(frozen=True)
class ReasonLine:
    slug: str
    label: str
    explanation: str


@dataclass(frozen=True)
class RulesPage:
    series_slug: str
    series_title: str
    series_url: str
    language: str
    rules: Markup
    version: int
    reasons: tuple[ReasonLine, ...]
    who_may_post: str  # a sentence
    moderation: str  # a sentence
    decides_within: str  # "within 48 hours"
    log_url: str
    times: tuple[tuple[str, str], ...]  # what else has a time, and it: "Reports", "within 4 hours"
    is_member: bool
    membership_url: str  # empty for those who do not belong
    join_url: str  # empty when the viewer may not join
    settings_url: str  # empty when the viewer may not
