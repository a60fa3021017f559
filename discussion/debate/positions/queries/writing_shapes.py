"""The frozen shape of the writing page."""

from collections.abc import Mapping
from dataclasses import dataclass

from discussion.debate.positions.queries.card import Card, Chip
from discussion.debate.positions.queries.higher import Near
from discussion.debate.positions.queries.named_as import Name
from discussion.debate.positions.queries.sent_back import EditRequest
from discussion.debate.threads.queries.shapes import Map, Scale
from discussion.series.members.queries.joining import Joining


@dataclass(frozen=True)
class Choice:
    """A value that can be chosen."""

    slug: str
    label: str
    definition: str


@dataclass(frozen=True)
class Shelf:
    """A family of values."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Source:
    """An item of the library as the form shows it."""

    id: str
    url: str
    title: str
    about: str  # "Donnelly and others 2019 · survey · not rated"
    short: str
    status_note: str


@dataclass(frozen=True)
class Step:
    """One step of what happens after handing in."""

    when: str
    what: str
    then: str


@dataclass(frozen=True)
class WritePage:
    kind: str  # position, revision, behalf
    url: str
    draft_url: str
    preview_url: str
    find_url: str
    add_url: str
    sign_in_url: str  # empty when signed in
    thread_question: str
    thread_language: str
    thread_url: str
    series_slug: str
    series_title: str
    shelves: tuple[Shelf, ...]
    chips: Mapping[str, Chip]
    sources: Mapping[str, Source]
    found: tuple[Source, ...]
    was_sought: bool
    scales: tuple[Scale, ...]
    map: Map
    others_count: int
    names: tuple[Name, ...]
    names_note: str
    asks_posting_role: bool
    roles: Mapping[str, str]
    phases: Mapping[str, str]
    why_not: str  # why this cannot be published now; empty when it can
    joining: Joining | None  # for who has to join the series before they publish
    can_keep: bool  # else nothing typed here is taken any more, not even as a draft
    steps: tuple[Step, ...]
    card: Card
    is_numbered: bool
    live_version: int  # of the position being revised, 0 if none
    edit_request: EditRequest | None  # of the moderators
    near: tuple[Near, ...]  # what others wrote that says nearly this
