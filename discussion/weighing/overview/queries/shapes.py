"""The frozen shapes of a series' pages."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from discussion.series.members.queries.joining import Joining, Offer
from discussion.weighing.findings.shapes.brief import Brief


@dataclass(frozen=True)
class ThemeRef:
    """A theme as its number on the route."""

    number: int
    question: str
    slug: str


@dataclass(frozen=True)
class ThreadLine:
    """A thread as listed at its theme."""

    slug: str
    question: str
    language: str
    url: str
    stage: str
    position_count: int
    next_stage: str  # empty when no move is dated
    next_on: date | None
    until: date | None  # the last day of the stage that it is in
    is_also_elsewhere: bool
    rated_until: date | None  # the last day of the round that is open
    round_url: str  # empty where none is open
    write_url: str  # empty where no new position is taken


@dataclass(frozen=True)
class Station:
    """A theme as a station on the drawn route, with the threads that it leads."""

    slug: str
    number: int
    question: str
    url: str
    threads: tuple[ThreadLine, ...]  # the first of those that stand here, each at one station
    more: int  # that stand here too, and are on the theme's own page
    taken_up_under: tuple[ThemeRef, ...]  # where it leads none: the stations that have its threads
    propose_url: str  # empty when the viewer may not
    is_live: bool
    is_over: bool  # all its threads are closed


@dataclass(frozen=True)
class NewsLine:
    """A thing that is new; `on` is a day, or a month under the Chatham House Rule ("2026-11")."""

    on: str
    sentence: str
    url: str
    link_words: str


@dataclass(frozen=True)
class RatingOffer:
    """The open round that closes first."""

    url: str
    statements: int
    minutes: int
    until: date
    can_rate: bool  # or the viewer may read what is rated, and is told there why not
    thread_question: str


@dataclass(frozen=True)
class PublishedLine:
    """An essay or a briefing beside what it is about."""

    title: str
    url: str
    is_essay: bool
    author: str  # of an essay
    says: str  # its standfirst
    on: str  # ISO day


@dataclass(frozen=True)
class SeriesPage:
    """The front page of a series."""

    slug: str
    url: str
    title: str
    question: str
    language: str
    summary: str
    host: str
    starts_on: date | None
    ends_on: date | None
    status: str  # draft, open, closed, archived
    visibility: str
    provenance: str
    provenance_url: str
    who_may_post: str  # a sentence
    joining: Joining | None  # for who does not belong
    found: Brief | None  # one finding, with its groups and counts
    rating: RatingOffer | None  # None while nothing is rated
    next_weighing: date | None  # when rating begins next, where that is dated and none is open
    takes_positions: bool  # in at least one of its threads
    stations: tuple[Station, ...]
    strays: tuple[ThreadLine, ...]  # the first of those whose themes were all retired
    retired: tuple[ThemeRef, ...]  # the retired themes, where there are more
    news: tuple[NewsLine, ...]
    published: tuple[PublishedLine, ...]  # the newest
    publications_url: str
    write_url: str  # the choice of a thread
    findings_url: str
    library_url: str
    values_url: str
    rules_url: str
    can_convene: bool
    settings_url: str
    can_moderate: bool
    desk_url: str


@dataclass(frozen=True)
class WriteLine:
    """A thread in which a position may be written, as far as the viewer may."""

    question: str
    language: str
    url: str  # of the writing page, or of one's own position
    state: str  # open, yours, kept (a draft)
    until: date | None  # the last day before it is weighed, where that is dated


@dataclass(frozen=True)
class ClosedLine:
    """A thread that takes no new position now, and why."""

    question: str
    language: str
    url: str
    why: str


@dataclass(frozen=True)
class WriteTheme:
    """A theme and the threads of it in which one can write."""

    slug: str
    question: str  # empty for threads whose themes were all retired
    threads: tuple[WriteLine, ...]  # the first of them
    more: int  # that take positions too
    url: str  # of the theme, where all are listed; empty for themes that were retired


@dataclass(frozen=True)
class WriteChoice:
    """In which thread to write, grouped by theme; each thread once."""

    series_slug: str
    series_title: str
    series_url: str
    language: str
    themes: tuple[WriteTheme, ...]
    closed: tuple[ClosedLine, ...]  # the first of them
    closed_count: int
    needs: str  # sign_in, confirm, join, invitation, paused, over, draft; empty for who may
    joining: Joining | None  # for who does not belong
    rating: RatingOffer | None
    propose_url: str


@dataclass(frozen=True)
class FindingLine:
    """One thread in the list of findings, and in what state it is."""

    state: str  # found, cannot_tell, rating, computing, none
    question: str
    language: str
    thread_url: str
    stage: str
    brief: Brief | None
    is_of_earlier_cycle: bool
    rated_until: date | None  # while a round is open
    round_url: str
    weighing_on: date | None  # when rating begins, where that is dated
    outcome: str  # what moderators concluded, once the thread is closed
    outcome_on: date | None
    summary: str  # the moderators' own sentence, where nothing else is said
    position_count: int


@dataclass(frozen=True)
class FindingsList:
    """What was found in a series, the newest first, and what is still to be found."""

    series_slug: str
    series_title: str
    series_url: str
    told: tuple[FindingLine, ...]  # one page of them
    earlier_url: str  # pages of what was found
    later_url: str
    waiting: tuple[FindingLine, ...]  # one page of them, below the first of what was found
    waiting_later_url: str
    write_url: str


@dataclass(frozen=True)
class ValueShare:
    """A value, and how many positions serve it."""

    label: str
    family: str
    url: str
    count: int


@dataclass(frozen=True)
class ThemeThread:
    """A thread on the page of its theme."""

    line: ThreadLine
    values: tuple[ValueShare, ...]  # most served first, at most three
    said: str  # the freshest sentence about it
    said_url: str  # its findings, where they say it; empty for what moderators wrote
    said_rule: str  # that it was found by an earlier rule; empty by the present one


@dataclass(frozen=True)
class ThemePage:
    """The page of a theme."""

    series_title: str
    series_url: str
    slug: str
    url: str
    question: str
    language: str
    summary: Markup
    provenance: str
    provenance_url: str
    is_retired: bool
    threads: tuple[ThemeThread, ...]  # one page of them
    count: int  # of all
    earlier_url: str  # pages of the list
    later_url: str
    published: tuple[PublishedLine, ...]
    compose_url: str  # a form; empty for who may not
    essay_url: str
    propose_url: str
    write_url: str  # to the choice of a thread; empty where none here takes positions
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class SeriesLine:
    """A series as listed on the front page."""

    slug: str
    url: str
    title: str
    question: str
    language: str
    host: str
    starts_on: date | None
    ends_on: date | None
    status: str
    threads: int  # that the viewer may read, without proposals
    open_threads: int  # in which positions are written now
    positions: int
    rating: RatingOffer | None
    found: Brief | None
    findings_url: str


@dataclass(frozen=True)
class HomePage:
    """The series that somebody belongs to, or may join."""

    series: tuple[SeriesLine, ...]
    offers: tuple[Offer, ...]  # what the viewer may join, and perhaps could not find
    create_url: str  # empty when the viewer may not
