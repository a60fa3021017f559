"""The frozen shapes of the pages about statements."""

from dataclasses import dataclass
from datetime import date

from discussion.debate.positions.queries.card import Chip, Place
from discussion.weighing.statements.queries.fairness import Fairness
from discussion.weighing.statements.wording import Doubt


@dataclass(frozen=True)
class Source:
    """A position that a statement draws on, by its number; never who wrote it."""

    id: str
    number: int
    family: str  # of the first value it serves
    claim: str  # empty with a gap
    url: str  # empty with a gap, but for one that moved to a thread that the reader may read
    gap: str  # withdrawn, hidden, removed, moved
    answer: str = ""  # for moderators: fair, mend, unanswered; empty where nobody is asked
    said: str = ""  # for moderators: how to mend it


@dataclass(frozen=True)
class InRound:
    """Where a wording of it is, or was, rated."""

    number: int
    state: str  # planned, open, closed
    code: str
    version: int


@dataclass(frozen=True)
class StatementLine:
    """A statement as moderators see it."""

    id: str
    kind: str
    text: str
    language: str
    version: int
    url: str
    act_url: str
    is_own: bool
    is_withheld: bool  # its words are read by nobody but who drafts
    is_retired: bool
    sources: tuple[Source, ...]
    fairness: Fairness
    answer_by: date | None
    is_late: bool  # the day is past
    doubts: tuple[Doubt, ...]
    rounds: tuple[InRound, ...]
    can_go_up: bool
    can_go_down: bool


@dataclass(frozen=True)
class KindGroup:
    """Drafted statements of one kind."""

    kind: str
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True)
class DrawnOn:
    """A statement that draws on a position."""

    text: str
    url: str


@dataclass(frozen=True)
class PositionLine:
    """A position to draw on."""

    id: str
    number: int
    claim: str
    language: str
    url: str
    family: str
    served: tuple[Chip, ...]
    places: tuple[Place, ...]
    drawn_on: tuple[DrawnOn, ...]  # the statements that draw on it
    can_choose: bool  # not one's own


@dataclass(frozen=True)
class PositionGroup:
    """Positions that are read together before a statement is drafted."""

    title: str
    is_written: bool  # by people: a value, or a step of a scale
    family: str  # of the value that they put first; empty where they are grouped by something else
    like: str  # public id of one of them, by which all can be drawn on together; or empty
    press: str  # "Draft from these nine together"
    lines: tuple[PositionLine, ...]  # not drawn on yet
    more: tuple[PositionLine, ...]  # the same, folded away
    drawn: tuple[PositionLine, ...]  # drawn on already, folded away
    statements: tuple[DrawnOn, ...]  # that draw on some of them


@dataclass(frozen=True)
class PositionSection:
    """Positions from which statements can be drawn, under one heading."""

    title: str  # empty where there is one section
    groups: tuple[PositionGroup, ...]


@dataclass(frozen=True)
class Way:
    """By what positions are grouped."""

    label: str
    language: str  # of the label, where people wrote it
    url: str
    is_current: bool


@dataclass(frozen=True)
class KindProgress:
    """How many statements of a kind there are, of how many something can be said with."""

    kind: str
    label: str
    have: int
    least: int


@dataclass(frozen=True)
class OneSided:
    """That statements all speak for one side, as far as can be told, and how it was told."""

    says: str
    told_by: str


@dataclass(frozen=True)
class Progress:
    """How far the statements are what a round can carry."""

    count: int  # sorted and not retired
    fewest: int
    most: int
    kinds: tuple[KindProgress, ...]
    says: str  # where that leaves the moderators
    missing: tuple[str, ...]  # what to draft, or to sort, next
    one_sided: tuple[OneSided, ...]


@dataclass(frozen=True)
class DraftingPage:
    """Where moderators draft statements."""

    slug: str
    question: str
    language: str
    url: str
    thread_url: str
    curate_url: str
    read_url: str
    series_slug: str
    series_title: str
    can_draft: bool
    ways: tuple[Way, ...]
    sections: tuple[PositionSection, ...]
    position_count: int
    unused_count: int
    begun: int  # number of the position with whose claim the statement begins; else 0
    progress: Progress
    groups: tuple[KindGroup, ...]  # without retired ones
    retired: tuple[StatementLine, ...]
    statement_count: int
    doubts: tuple[Doubt, ...] = ()  # about what was typed, when asked to look at it


@dataclass(frozen=True)
class Wording:
    """One version."""

    number: int
    text: str  # also while it is withheld: moderators read it here
    language: str
    is_withheld: bool
    on: date
    is_editorial: bool
    why: str
    rounds: tuple[InRound, ...]


@dataclass(frozen=True)
class StatementPage:
    """Everything about one statement, for moderators."""

    line: StatementLine
    question: str
    draft_url: str
    series_slug: str
    series_title: str
    wordings: tuple[Wording, ...]  # newest first
    positions: tuple[PositionLine, ...]  # that it may draw on
    can_change: bool  # the thread's stage allows it
    can_reword: bool  # it does not draw on the viewer alone
    can_sort: bool
    place: str  # on a scale, in words; empty for none
    can_place: bool
    can_redraw: bool
    can_retire: bool
    can_withhold: bool
    withheld_on: date | None
    redact_url: str


@dataclass(frozen=True)
class ReadStatement:
    """A statement as everybody reads it: as it stands in a round that has opened."""

    id: str
    code: str
    text: str
    kind: str
    sources: tuple[Source, ...]
    is_own: bool
    fairness: Fairness
    number: int  # of the round
    state: str  # open, closed
    report_url: str  # empty while its words are withheld


@dataclass(frozen=True)
class ReadGroup:
    """Statements of one kind, as everybody reads them."""

    kind: str
    statements: tuple[ReadStatement, ...]


@dataclass(frozen=True)
class StatementsPage:
    """The statements of a thread, as everybody reads them."""

    slug: str
    question: str
    language: str
    thread_url: str
    series_slug: str
    series_title: str
    groups: tuple[ReadGroup, ...]
    count: int
    attributions: tuple[str, ...]  # of statements from elsewhere
    draft_url: str  # empty for who does not draft
