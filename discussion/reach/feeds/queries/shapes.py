"""The frozen shapes of feeds, calendars and maps of the site."""

from dataclasses import dataclass
from datetime import date, datetime

from discussion.debate.positions.queries.card import Answer, Byline, Card


@dataclass(frozen=True)
class Entry:
    """One thing that is new. Its moments say no more than the byline does."""

    key: str  # position/…: what its id is made of, whatever becomes of its address
    title: str
    language: str
    url: str
    published: datetime
    updated: datetime
    byline: Byline | None = None  # None: the site's own
    card: Card | None = None
    answer: Answer | None = None
    html: str = ""  # safe
    words: str = ""  # plain, where there is neither card nor HTML


@dataclass(frozen=True)
class Feed:
    """The newest of one place, the newest first."""

    key: str
    title: str
    says: str
    language: str
    url: str  # the page that it follows
    since: datetime  # a month: what it is of, while it holds nothing
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When something of it changed last, as far as its entries tell."""
        return max((entry.updated for entry in self.entries), default=self.since)


@dataclass(frozen=True)
class FeedLink:
    """A feed that can be followed, and of what it is."""

    words: str
    language: str
    url: str


@dataclass(frozen=True)
class FeedsPage:
    """Every feed of a series, or of the site."""

    series_slug: str  # empty: of the site
    series_title: str
    url: str
    is_for_members: bool  # then there are none
    whole: FeedLink | None
    themes: tuple[FeedLink, ...]
    publications: FeedLink | None
    needed: FeedLink | None
    log: FeedLink | None
    calendar_url: str
    series: tuple[FeedLink, ...]  # of the site: the pages of its series


@dataclass(frozen=True)
class Occasion:
    """A date of a series: a whole day, or from a moment to a moment."""

    key: str
    title: str
    url: str
    begins: date | datetime
    ends: date | datetime | None


@dataclass(frozen=True)
class Calendar:
    title: str
    language: str
    url: str
    made_at: datetime  # of the series
    occasions: tuple[Occasion, ...]
