"""The frozen shapes of the log and of the report."""

from dataclasses import dataclass

from discussion.oversight.transparency.words import THREAD


@dataclass(frozen=True)
class LogLine:
    """One decision, as everybody may read it."""

    on: str  # 2026-11-23, or 2026-11 where the author is under the Chatham House Rule
    kind: str
    question: str  # of the thread, where anybody may read it
    thread_url: str
    action: str  # in words
    reason: str
    by_role: str
    is_after_report: bool
    appeal: str

    @property
    def is_of_thread(self) -> bool:
        """Of the thread itself, not of something in it."""
        return self.kind == str(THREAD)


@dataclass(frozen=True)
class LogDay:
    """The decisions of one day, or of a month whose days are not told."""

    on: str
    lines: tuple[LogLine, ...]


@dataclass(frozen=True)
class Month:
    """A month of the log, and how much was decided in it."""

    name: str  # 2026-11
    label: str  # November 2026
    url: str
    count: int


@dataclass(frozen=True)
class Narrowing:
    """One choice by which the log is narrowed."""

    slug: str
    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class LogPage:
    series_slug: str
    series_title: str
    url: str
    csv_url: str
    report_url: str
    rules_url: str
    sentence: str
    month: Month | None
    months: tuple[Month, ...]
    narrowings: tuple[Narrowing, ...]
    days: tuple[LogDay, ...]
    count: int
    older_url: str  # the rest of a long month
    newer_url: str


@dataclass(frozen=True)
class Count:
    """How often something happened in the month, with what it is called."""

    label: str
    number: int


@dataclass(frozen=True)
class Section:
    """A heading of the report, and what was counted under it."""

    title: str
    says: str
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class ReportMonth:
    """A month of the report, in sections of counts."""

    name: str
    label: str
    sentence: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class ReportPage:
    series_slug: str
    series_title: str
    url: str
    csv_url: str
    log_url: str
    rules_url: str
    month: ReportMonth | None
    months: tuple[Month, ...]
