"""The frozen shapes of the pages about statements."""

from dataclasses import dataclass
from datetime import date

from discussion.debate.positions.queries.card import Chip
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
    kind: str
    lines: tuple[StatementLine, ...]


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
    drawn_on: int  # how many statements draw on it
    can_choose: bool  # not one's own
    from_url: str  # the same page, with this position chosen and its claim to begin with


@dataclass(frozen=True)
class DraftingPage:
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
    only_unused: bool
    unused_url: str
    all_url: str
    positions: tuple[PositionLine, ...]
    position_count: int
    unused_count: int
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
    kind: str
    statements: tuple[ReadStatement, ...]


@dataclass(frozen=True)
class StatementsPage:
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
