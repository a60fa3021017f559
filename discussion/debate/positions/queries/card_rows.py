"""What a card is made of, as plain rows.

Rows of classes cost five times as much as what the database takes to find them, and a thread shows
forty cards. Where such rows are there anyway, as on a position's own page, a card is made of them.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from discussion.debate.evidence.queries.brief import ItemInBrief


class ScaleRow(NamedTuple):
    """A scale of a thread, in the words of its steps."""

    slug: str
    low: str
    high: str
    steps: list[str]
    replaces: list[str]


class SeriesRow(NamedTuple):
    id: int
    slug: str


class ThreadRow(NamedTuple):
    """The thread of a position."""

    id: int
    language: str
    series: SeriesRow
    scales: Sequence[ScaleRow]


class AuthorRow(NamedTuple):
    """Who wrote something, as far as a byline may tell."""

    public_id: str
    display_name: str
    organisation: str
    shows_organisation: bool
    left_at: datetime | None


class ProposalRow(NamedTuple):
    label: str
    value_id: int | None


class TagRow(NamedTuple):
    """A value that a version serves or outweighs, or one that is only proposed."""

    value_id: int | None
    is_outweighed: bool
    rank: int
    gloss: str
    proposal: ProposalRow | None


class LinkRow(NamedTuple):
    """How an item bears on the claim."""

    stance: str
    warrant: str
    transfer: str
    transfer_note: str
    locator: str
    rebuttal: str
    item: ItemInBrief


class NoteRow(NamedTuple):
    """What moderators say beside a position."""

    text: str
    language: str
    written_on: date


class VersionRow(NamedTuple):
    """What a version says: the lines of `Said` under their names, and what stands beside them."""

    claim: str
    reasoning: str
    is_without_study: bool
    level: str
    phases: list[str]
    confidence: int
    objection: str
    change_mind: list[str]
    change_mind_text: str
    setting: str
    interests: str
    reasoning_html: str
    language: str
    version: int | None
    placements: dict[str, Any]
    place_words: dict[str, Any]
    live_at: datetime | None
    tags: Sequence[TagRow]
    links: Sequence[LinkRow]


class PositionRow(NamedTuple):
    """A position with all that is read for its card."""

    id: int
    public_id: str
    thread_id: int
    author_id: int
    attribution: str
    strand: str
    state: str
    number: int | None
    label_role: str
    label_phase: str
    label_step: int
    is_former: bool
    is_featured: bool
    is_pinned: bool
    first_published_at: datetime | None
    created_at: datetime
    letter: str
    response_count: int
    mute_id: str
    fair_count: int
    author: AuthorRow
    thread: ThreadRow
    live: VersionRow | None
    notes: Sequence[NoteRow]
