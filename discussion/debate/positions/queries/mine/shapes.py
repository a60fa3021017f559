"""What one's own list says of each piece of writing, and of what is kept beside it."""

from dataclasses import dataclass
from datetime import date, datetime

from discussion.debate.positions.queries.card import Byline
from discussion.debate.positions.queries.higher import AskedOf, Step
from discussion.debate.positions.queries.marks import Mark
from discussion.debate.positions.queries.moving import Moved
from discussion.decisions.shapes import OwnSanction


@dataclass(frozen=True)
class Said:
    """What a moderator decided, and told the author."""

    action: str
    reason: str
    why: str
    on: date | None  # None under the Chatham House Rule
    marks: tuple[Mark, ...]  # what to mend
    statement_url: str  # its reasons in full, for whom it is addressed to
    can_appeal: bool


@dataclass(frozen=True)
class Answered:
    """A response to one's own position, shown as to everybody."""

    type: str
    url: str
    byline: Byline


@dataclass(frozen=True)
class Answers:
    """How many responses a position has, and the first of them."""

    count: int = 0
    first: tuple[Answered, ...] = ()


@dataclass(frozen=True)
class Changed:
    """A source that the position cites is no longer what it was."""

    title: str
    url: str
    status: str  # superseded, corrected, retracted


@dataclass(frozen=True)
class Contribution:
    """Something that the viewer wrote, as their own list shows it."""

    kind: str  # position, response, thread, evidence
    type: str  # of a response: asks, adds_evidence …
    number: int | None  # of a position, in its thread; of a response, that of the one it answers
    family: str  # of a position's first value
    title: str
    language: str
    url: str
    thread_question: str
    thread_url: str
    status: str  # waiting, sent_back, asked, declined, published, withdrawn, hidden, removed …
    next: str  # what happens next, or what to do, and by when
    decision: Said | None
    shown_as: str  # how others see one's name on it, once it is published
    is_for_guest: bool
    is_chatham_house: bool
    on: date | None  # published, else handed in; None under the Chatham House Rule
    edit_url: str
    withdraw_url: str
    answers: Answers = Answers()
    road: tuple[Step, ...] = ()  # where it went, and what is ahead
    changed: tuple[Changed, ...] = ()
    moved: Moved | None = None  # from another thread, by the moderators
    second_note: str = ""  # where a merge left two positions in one thread
    put_url: str = ""  # where a summary puts it, and asks whether that is fair
    put_answer: str = ""  # yes, no, unanswered
    restated_url: str = ""  # where it is restated by who disagrees, and its author has not answered


@dataclass(frozen=True)
class Kept:
    """A draft that only its writer can see."""

    kind: str
    title: str
    thread_question: str
    url: str
    on: date


@dataclass(frozen=True)
class MinePage:
    to_mend: int  # sent back
    total: int
    threads: int  # in how many of them
    drafts: tuple[Kept, ...]
    written: tuple[Contribution, ...]  # what waits for its author first; one page of them
    earlier_url: str
    later_url: str
    paused_since: datetime | None  # our letters to the viewer came back, and none goes out
    sanctions: tuple[OwnSanction, ...]  # what a series asks of the viewer, until a day
    statements: tuple[AskedOf, ...]  # that draw on the viewer's positions: are they fair?
