"""The findings page of a thread, around what was found."""

from dataclasses import dataclass
from datetime import date, datetime

from discussion.weighing.findings.shapes.found import Found
from discussion.weighing.findings.shapes.groups import Group


@dataclass(frozen=True)
class Comparison:
    """Another pair that can be compared."""

    key: str  # family, role, phase, level, value, leans:M1, inferred
    title: str  # "Midwives and nurses in towns"
    url: str
    is_chosen: bool
    note: str


@dataclass(frozen=True)
class Edition:
    """One snapshot that can be read."""

    version: int
    round_number: int
    made_at: datetime
    label: str  # "Round 1, version 2"
    url: str
    is_shown: bool
    is_latest: bool


@dataclass(frozen=True)
class Stage:
    """One step of the thread's course."""

    key: str
    title: str
    on: date | None
    is_past: bool
    is_now: bool
    is_skipped: bool = False
    is_late: bool = False  # ahead, and its day has passed: it waits


@dataclass(frozen=True)
class OwnAnswer:
    """One of one's own answers beside the room's."""

    code: str
    kind: str
    text: str
    answer: str  # in words: "agree", "I don’t know"
    room: str  # in words, as far as it is shown
    says: str


@dataclass(frozen=True)
class Mine:
    """Where I stand: for one person alone, never kept."""

    group: str  # "You answered as a midwife."; empty where none is shown
    says: tuple[str, ...]
    answers: tuple[OwnAnswer, ...]


@dataclass(frozen=True)
class Waiting:
    """What a thread without a closed round waits for."""

    state: str  # none, planned, open, computing, failing
    says: str
    answered: int | None
    closes_on: date | None
    round_url: str = ""  # of the round that is open


@dataclass(frozen=True)
class Refusal:
    """Why the page is not read for the group that was asked for."""

    asked: str
    says: str


@dataclass(frozen=True)
class OfEarlierCycle:
    """These findings are of a cycle of the thread that has ended since."""

    number: int
    url: str  # of the cycle's own page


@dataclass(frozen=True)
class FindingsPage:
    """A thread's findings, or what it waits for."""

    thread_question: str
    thread_slug: str
    thread_url: str
    series_slug: str
    series_title: str
    stages: tuple[Stage, ...]
    waiting: Waiting | None  # also beside older findings, while a new round runs
    found: Found | None
    ended_early: str  # that its round closed with the series, before its last day
    version: int | None
    round_number: int | None
    earlier_cycle: OfEarlierCycle | None  # that they are of; None for the cycle of today
    is_latest: bool
    latest_url: str
    permanent_url: str
    json_url: str
    pdf_url: str  # two pages, as this page is read; empty while nothing is found
    csv_url: str
    dictionary_url: str
    cite_title: str  # by which a list of references names this edition
    is_carried: bool  # other sites may show a card of it
    editions: tuple[Edition, ...]
    comparisons: tuple[Comparison, ...]
    lenses: tuple[Group, ...]  # for ?as=
    lens: Group | None  # the page is read for it
    lens_says: tuple[str, ...]  # how this group stands beside the room
    refusal: Refusal | None
    mine: Mine | None  # where I stand: only for who rated, and never kept anywhere
    contribute_url: str  # where evidence can be added
