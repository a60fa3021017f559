"""What the page that compares two texts shows: mine, theirs, and what is put together already."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup


@dataclass(frozen=True)
class Side:
    """One of two texts: what it says, and what differs from what the form was opened with."""

    diff: Markup
    values: tuple[str, ...]


@dataclass(frozen=True)
class Differing:
    """A field that both changed; `both` is the two put together, for texts of several lines."""

    name: str
    label: str
    mine: Side
    theirs: Side
    both: str | None


@dataclass(frozen=True)
class Settled:
    """A field that one of the two changed alone."""

    label: str
    is_mine: bool
    diff: Markup


@dataclass(frozen=True)
class ConflictPage:
    """Two who changed the same: mine, theirs, and what was put together already."""

    address: str
    page_url: str
    saved_by: str  # "" where it is not known, or not said
    is_own: bool  # it was the viewer, in another tab
    saved_at: datetime | None
    opened_at: datetime | None  # None where it is not known
    differ: tuple[Differing, ...]
    settled: tuple[Settled, ...]
    hidden: tuple[tuple[str, str], ...]
    kept_until: datetime | None
    is_draft: bool = False  # both can be kept whole: theirs is set aside as an earlier draft
