"""What waits, as rooms tell the desk: bare, so that thousands sort quickly, then described.

And what is told to whoever was not the first to decide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from sqlalchemy import BindParameter, Select

if TYPE_CHECKING:
    from discussion.series.series.models import Series

# Ids of series: as they are, or as a parameter of a statement that is made once.
SeriesIds = Sequence[int] | BindParameter[Sequence[int]]
# What is asked of what waits: its columns, or how many there are and since when the oldest waits.
Asked = TypeVar("Asked", bound="Select[*tuple[Any, ...]]")
Tally = Select[int, datetime]


@dataclass(frozen=True)
class Bare:
    """One thing that waits, with no more than sorting, filtering and counting need."""

    kind: str  # of moderation.words.KINDS
    id: str  # public id
    series_id: int
    thread_id: int | None  # for the filter by theme
    since: datetime
    target: str  # which of the series' targets says when it is due (words.TARGETS)
    own_ids: tuple[int, ...]  # people who may not decide on it: author, proposer, first decider
    is_urgent: bool = False  # such a report: ahead of the queue
    due: datetime | None = None  # where a date says it, and not a target
    is_coarse: bool = False  # under the Chatham House Rule: times are shown in days


@dataclass(frozen=True)
class Described:
    """The words of one line; nothing in it says who wrote anything, but the label."""

    url: str  # where it is decided
    subject: str  # the thread's question, or the proposed words
    label: str  # how the author is shown, or who it comes from in general: "A visitor"
    excerpt: str = ""  # how it begins, where many of one thread wait
    title: str = ""  # what it is, where the kind's word says too little: "Safeguarding report"
    note: str = ""  # one more line: "Hidden when reported", "Asha decided it, so not Asha"
    is_revision: bool = False
    signs: tuple[str, ...] = ()  # what the site noticed in it, so that it is read first
    version_id: int | None = None  # the version that waits, where it can be approved from the list


@dataclass(frozen=True)
class Overtaken:
    """What somebody else did while a moderator was writing; nothing of the latter was decided."""

    says: str
    reason: str = ""  # theirs, from the series' list
    why: str = ""  # their note
    url: str = ""  # of their decision


@dataclass(frozen=True)
class Filters:
    """Which part of the queue is shown, as the address says it."""

    series: str = ""  # slug
    theme: str = ""  # slug within the series
    kind: str = ""
    is_mine: bool = False  # only what I have taken
    page: int = 1

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Filters":
        """From the query of an address; what makes no sense is left out."""
        page = asked.get("page", "")
        return cls(
            series=asked.get("series", ""),
            theme=asked.get("theme", "") if asked.get("series") else "",
            kind=asked.get("kind", ""),
            is_mine=asked.get("mine", "") == "1",
            page=int(page) if page.isdecimal() and 0 < len(page) < 6 and int(page) else 1,
        )

    def on(self, path: str) -> str:
        """The address of a page of the desk that keeps these filters."""
        said = {
            "series": self.series,
            "theme": self.theme,
            "kind": self.kind,
            "mine": "1" if self.is_mine else "",
            "page": str(self.page) if self.page > 1 else "",
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{path}?{query}" if query else path


@dataclass(frozen=True)
class PastDecision:
    """What was decided before, without who decided it."""

    action: str
    reason: str
    why: str
    marks: tuple[str, ...]
    on: str  # ISO, as coarse as the attribution asks
    by_role: str
    id: str = ""  # of the decision, where it is on the very thing that is open


@dataclass(frozen=True)
class OwnSanction:
    """One thing that a series asks of the viewer, with where to read why and to appeal."""

    kind: str
    label: str
    series_title: str
    says: str  # what holds, until when
    ends_at: datetime
    url: str  # the statement of reasons


@dataclass(frozen=True)
class Concern:
    """Something that somebody is to decide on, as far as rules need to know it."""

    series: "Series"
    own_ids: frozenset[int]  # who wrote it, and who reported it, so decide nothing
    is_left_to_administrator: bool = False  # nobody else in the series may answer
