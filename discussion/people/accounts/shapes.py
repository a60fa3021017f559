"""What the rooms above say of a person, as accounts show it on their pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Waiting:
    """What somebody wrote signed out and is handed in once they have confirmed their address."""

    kind: str  # position, response
    said: str
    thread_question: str
    language: str


@dataclass(frozen=True)
class SeriesPart:
    """The viewer's part in one series."""

    slug: str
    title: str
    url: str
    series_role: str
    is_admitted: bool
    posting_role: str
    posting_phase: str


class Offer(Protocol):
    """A series that the viewer may join."""

    @property
    def title(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def joining(self) -> object: ...  # as the part of the page shows it that every page has of it


@dataclass(frozen=True)
class Claim:
    """A position published by name."""

    text: str
    language: str
    url: str
    thread: str
    thread_url: str
    published_at: datetime | None


@dataclass(frozen=True)
class Reply:
    """A response published by name."""

    type: str
    url: str
    thread: str
    thread_url: str
    published_at: datetime | None
