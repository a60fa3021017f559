"""What waits, as rooms tell the desk: bare, so that thousands sort quickly, then described.

And what is told to whoever was not the first to decide.
"""

from dataclasses import dataclass
from datetime import datetime


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
