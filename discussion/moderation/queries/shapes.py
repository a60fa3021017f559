"""The frozen shapes of the desk."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from discussion.positions.queries.card import Byline, Card, Chip, Link


@dataclass(frozen=True)
class Waiting:
    """One line of the queue, shown by label only."""

    kind: str  # positions, responses, threads, values
    id: str
    url: str
    is_revision: bool
    subject: str  # the thread's question, or the proposed words
    label: str  # how the author will be shown
    since: datetime
    due: datetime
    waited: str  # "42 hours"
    due_words: str  # "in 6 hours", "1 hour late"
    is_late: bool
    is_own: bool
    is_open: bool  # the one being looked at


@dataclass(frozen=True)
class PastDecision:
    action: str
    reason: str
    why: str
    on: datetime
    by_role: str


@dataclass(frozen=True)
class ReasonChoice:
    slug: str
    label: str
    explanation: str


@dataclass(frozen=True)
class Noticed:
    """A pattern that may identify somebody."""

    kind: str
    found: str


@dataclass(frozen=True)
class Item:
    """A contribution as a moderator looks at it."""

    kind: str
    id: str
    state: str
    version_id: int | None  # that waits
    is_revision: bool
    change_reason: str
    thread_question: str
    thread_url: str
    thread_stage: str
    card: Card | None  # of the position; of the position answered for a response
    live_url: str
    text: Markup  # of a response
    response_type: str
    response_item: Link | None
    response_value: Chip | None
    language: str
    byline: Byline
    waiting: Waiting | None
    noticed: tuple[Noticed, ...]
    can_decide: bool
    is_own: bool
    actions: tuple[str, ...]
    reasons: tuple[ReasonChoice, ...]
    decide_url: str
    show_author_url: str
    author_shown: str
    past: tuple[PastDecision, ...]
    similar: tuple[PastDecision, ...]
    rules_url: str
    decides_within_hours: int


@dataclass(frozen=True)
class DeskPage:
    sentence: str  # "Nine wait."
    summary: str
    queue: tuple[Waiting, ...]
    kinds: tuple[tuple[str, int], ...]
    item: Item | None
    next_url: str
    at: datetime
