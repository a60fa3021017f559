"""What a mirror holds, for its page, its two printed sides and its tables.

Pictures are in hundredths of their width: what is decided centrally stands on the left.
"""

from dataclasses import dataclass

from discussion.analysis.practice import State
from discussion.analysis.practice_groups import Beside


@dataclass(frozen=True)
class Bell:
    """A ring where it is said to be decided, a disc where it is, and where that could lie."""

    says: float
    does: float
    may_from: float | None = None
    may_width: float | None = None
    said: str = ""  # the picture in words


@dataclass(frozen=True)
class FunctionRow:
    """One function; numbers are in steps, 0 … 4, in words as a person says them."""

    slug: str
    name: str
    state: State
    says: str  # one sentence
    professed: str
    practised: str
    gap: str
    gap_says: str  # the gap with its direction
    rules_out: str  # the range in which it lies
    gave_both: str
    bell: Bell | None
    before: Bell | None  # of last time
    as_before: str  # when the answers are from that are shown; "": from this time


@dataclass(frozen=True)
class StateCount:
    """How many functions are in one state, and which."""

    state: State
    label: str
    means: str
    number: int
    names: str


@dataclass(frozen=True)
class Track:
    """One group on one function; without a picture where it cannot be shown."""

    name: str
    bell: Bell | None
    middle: str


@dataclass(frozen=True)
class BesideRow:
    """One function, group beside group."""

    slug: str
    name: str
    state: Beside
    says: str
    tracks: tuple[Track, ...]
    most: str  # how far apart they could be, in steps


@dataclass(frozen=True)
class BesidePart:
    """Leaders beside staff, or unit beside unit; without rows it says why."""

    title: str
    sizes: str
    says: str
    rows: tuple[BesideRow, ...]  # the few that matter
    more: tuple[BesideRow, ...]  # all, as a table
    gap_label: str


@dataclass(frozen=True)
class Quote:
    """What a colleague wrote for the others, and of which function; nothing else is known."""

    function: str
    text: str


@dataclass(frozen=True)
class TalkPoint:
    """Something for the next meeting."""

    function: str
    says: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class VisionRow:
    """A statement of vision, and how well it fits in the middle answer."""

    text: str
    middle: str


@dataclass(frozen=True)
class MirrorLinks:
    """Where the same can be had otherwise; empty where it cannot."""

    pdf: str
    csv: str
    json: str
    sector: str


@dataclass(frozen=True)
class MirrorPage:
    """The page of one run, for the people of its organisation alone."""

    organisation: str
    series_slug: str
    series_title: str
    is_demonstration: bool
    when: str
    is_open: bool  # nothing can be read before it closes
    title: str
    lede: str
    sure: tuple[str, ...]
    counts: tuple[StateCount, ...]
    stops: tuple[str, ...]  # from the most central
    ends: tuple[str, str]  # central, local
    functions: tuple[FunctionRow, ...]
    together: str
    roles: BesidePart | None
    units: BesidePart | None
    moved: tuple[str, ...]
    visions: tuple[VisionRow, ...]
    quotes: tuple[Quote, ...]
    talk: tuple[TalkPoint, ...]
    how: tuple[tuple[str, str], ...]
    links: MirrorLinks
