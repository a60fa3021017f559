"""The frozen shapes of the desk."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from discussion.debate.positions.queries.card import Byline, Card, Chip, Link
from discussion.debate.positions.queries.held import HeldLine
from discussion.debate.positions.queries.shapes import Change, Neighbour
from discussion.decisions.shapes import Filters, PastDecision
from discussion.oversight.moderation.letter_words import Said
from discussion.oversight.moderation.queries.batches import BatchStrip
from discussion.weighing.findings.queries.failing import Failing


@dataclass(frozen=True)
class Waiting:
    """One line of the queue, shown by label only."""

    key: str  # "positions/bcdfghjkmn"
    kind: str  # of words.KINDS
    id: str
    version_id: int | None  # that waits; only where it can be approved from the list
    url: str
    title: str  # "Position", "New version", "Safeguarding report"
    subject: str  # the thread's question, or the proposed words
    excerpt: str  # how it begins; may be empty
    label: str  # how the author will be shown
    note: str  # one more line, of the room that it comes from
    signs: tuple[str, ...]  # what the site noticed, so that nobody approves it unread
    waited: str  # "42 hours"
    due_words: str  # "in 6 hours", "1 hour late"
    due_full: str  # "due today at 14:32"
    is_late: bool
    is_urgent: bool
    is_own: bool  # so another moderator decides
    is_open: bool  # the one being looked at
    holder: str  # who has taken it, when that is not the viewer
    until: str  # "09:10": how long somebody, or the viewer, has it
    is_mine: bool  # taken by the viewer


@dataclass(frozen=True)
class Choice:
    """One choice of a filter, with how many lines it leaves."""

    slug: str
    label: str
    count: int
    url: str
    is_on: bool


@dataclass(frozen=True)
class DeskFrame:
    """What stands around every item of the desk: the queue, its filters, its counts."""

    sentence: str  # "Nine wait. One cannot."
    summary: tuple[tuple[int, str], ...]  # (3, "due today")
    own: str  # "One is your own, so another moderator decides."
    urgent: tuple[Waiting, ...]  # ahead of the queue
    queue: tuple[Waiting, ...]  # oldest due first; one page
    open: Waiting | None  # the line of the item that is open, if it still waits
    next_key: str  # what comes after the open item: hidden field `next` of a deciding form
    next_url: str
    filters: Filters
    total: int  # that meet the filters
    all_url: str  # without any filter; empty when there is none
    mine: Choice
    kinds: tuple[Choice, ...]
    series: tuple[Choice, ...]  # empty where the viewer moderates one
    only_series: str  # its slug then, or of the one that has been chosen
    themes: tuple[Choice, ...]  # of the chosen series, or of the only one
    earlier_url: str
    later_url: str
    can_tick: bool  # whether some of the lines can be approved together
    batch: BatchStrip | None  # what the viewer is approving together, for a moment
    at: datetime


@dataclass(frozen=True)
class History:
    """What was decided on what one voice wrote: no note to its author, and nobody's name."""

    counts: tuple[tuple[str, int], ...]  # (action, how often), the most frequent first
    recent: tuple[PastDecision, ...]


@dataclass(frozen=True)
class ReasonChoice:
    """A reason of the series’ list, to decide by."""

    number: int  # its place in the series' list
    slug: str
    label: str
    explanation: str


@dataclass(frozen=True)
class TwinShown:
    """A position that may say the same."""

    id: str
    number: int  # 0 while it waits
    claim: str
    url: str
    likeness: int  # per cent
    elsewhere: str  # the question of its thread, where that is another one
    is_waiting: bool


@dataclass(frozen=True)
class Letter:
    """What the author reads."""

    headline: str
    lines: tuple[Said, ...]


@dataclass(frozen=True)
class Noticed:
    """A pattern that may identify somebody."""

    kind: str
    found: str


@dataclass(frozen=True)
class Context:
    """Where a contribution stands."""

    question: str
    url: str
    stage: str
    until: date | None  # when the stage ends, if a date says so
    position_count: int
    neighbours: tuple[Neighbour, ...]  # worth reading beside it
    twins: tuple[TwinShown, ...]


@dataclass(frozen=True)
class Item:
    """A contribution as a moderator looks at it."""

    kind: str
    id: str
    state: str
    version_id: int | None  # that waits
    sources: str  # fingerprint of what comes into the library with it
    is_revision: bool
    change_reason: str
    changes: tuple[Change, ...]  # against the version that is live
    held: tuple[HeldLine, ...]  # why it waits, where the site held it back
    context: Context
    card: Card | None  # of the position; of the position answered for a response
    live_url: str
    text: Markup  # of a response
    response_type: str
    follows: str  # where, and as what, of what follows at a level
    response_item: Link | None
    response_value: Chip | None
    language: str
    byline: Byline
    noticed: tuple[Noticed, ...]
    report_urls: tuple[str, ...]  # of reports on it that wait
    is_own: bool
    actions: tuple[str, ...]
    reasons: tuple[ReasonChoice, ...]
    decide_url: str
    show_author_url: str
    author_shown: str
    look_typed: str  # the reason for a look that was refused, as it was typed
    look_problem: str
    past: tuple[PastDecision, ...]
    history: History
    similar: tuple[PastDecision, ...]
    letter: Letter | None  # while a decision is chosen
    rules_url: str
    within: str  # "within 48 hours"


@dataclass(frozen=True)
class Look:
    """A look at who wrote something: who it was, or the reason that was refused, and why."""

    shown: str = ""
    typed: str = ""
    problem: str = ""


@dataclass(frozen=True)
class DeskPage:
    frame: DeskFrame
    item: Item | None
    pace: str = ""  # how quickly it was decided lately; only where no item is open
    failing: tuple[Failing, ...] = ()  # threads whose findings could not be made, likewise
