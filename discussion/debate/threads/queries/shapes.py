"""The frozen shapes of a thread's page."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from discussion.debate.positions.queries.card import Card
from discussion.debate.threads.queries.pacing import Pacing
from discussion.series.members.queries.joining import Joining


@dataclass(frozen=True)
class Headline:
    """The freshest finding of a thread, for its own page and its theme's."""

    text: str
    url: str
    verdict: str
    found_on: date
    cycle: int  # of the thread, in which it was rated
    rule: str  # that it was made by an earlier rule; empty by the present one


@dataclass(frozen=True)
class Stop:
    """One stage on the stage track."""

    stage: str
    state: str  # past, skipped, now, ahead
    on: date | None
    is_late: bool = False  # ahead, and its day has passed: it waits


@dataclass(frozen=True)
class Scale:
    """A scale as the map and its legend show it."""

    slug: str
    low: str  # the end at 0
    high: str  # the end at 1
    definition: str
    steps: tuple[str, str, str, str, str]  # words for 0, .25, .5, .75, 1


@dataclass(frozen=True)
class Marker:
    """A position on the map, in percent of the plate from its top left corner.

    Placed on one scale only, it is a line: `is_line` is "across" (x unknown) or "down" (y unknown).
    """

    number: int
    id: str
    family: str
    x: float
    y: float
    is_line: str  # "", "across", "down"
    words: str
    value: str
    url: str  # its card if that is on the same page, else the position's own page


@dataclass(frozen=True)
class Pair:
    """Two positions worth reading together."""

    kind: str  # same_strategy or same_value
    first: Marker
    second: Marker
    shared: str  # the shared value's label, or the shared place in words
    path: str  # SVG path in a 100 × 100 box; empty when either is not on the map


@dataclass(frozen=True)
class Cluster:
    """The positions at one place of the map, together."""

    at: str  # the place, as the address names it
    x: float
    y: float
    count: int
    family: str  # the one most of them put first
    words: str  # the place as its steps say it
    value: str  # what most of them put first
    url: str  # where they are read
    is_open: bool


@dataclass(frozen=True)
class Map:
    """The thread's map. `across` runs left to right, `up` bottom (1) to top (0)."""

    across: Scale | None
    up: Scale | None
    marks: tuple[Marker, ...]
    unplaced: tuple[Marker, ...]
    contours: tuple[
        str, ...
    ]  # SVG paths in a 100 × 100 box, outermost first; empty under five marks
    clusters: tuple[Cluster, ...] = ()  # the most first; none while all marks fit
    is_clustered: bool = False  # on every screen, not only on narrow ones

    @property
    def is_drawn(self) -> bool:
        """Whether there is a scale to place anything on."""
        return self.across is not None or self.up is not None

    def spot_of(self, id: str) -> Marker | None:
        """The mark of a position, if it is placed."""
        return next((mark for mark in self.marks if mark.id == id), None)


@dataclass(frozen=True)
class ThemeLink:
    """A theme, and its page."""

    slug: str
    question: str
    url: str


@dataclass(frozen=True)
class Crossing:
    """One line of "what parts the positions", from tags and links alone."""

    kind: str  # end, fact, means
    sentence: str
    marks: tuple[Marker, ...]


@dataclass(frozen=True)
class ContentsLine:
    """Where a heading or a page of a long thread begins."""

    title: str  # empty where positions stand under none
    url: str
    first: int  # places in the order that is chosen
    last: int


@dataclass(frozen=True)
class Group:
    """Positions that share a strategy, value, evidence kind, level or role, or a heading."""

    title: str
    cards: tuple[Card, ...]
    is_moderators: bool = False  # the title is a heading of the moderators


@dataclass(frozen=True)
class Note:
    """A note of the moderators on the thread."""

    text: str
    language: str
    written_on: date


@dataclass(frozen=True)
class Related:
    """A thread worth reading beside this one."""

    question: str
    url: str
    why: str
    stage: str


@dataclass(frozen=True)
class LedFrom:
    """An essay that led to a thread."""

    title: str
    url: str
    author: str


@dataclass(frozen=True)
class Put:
    """A position at its strongest, as the summary puts it; nothing tells when its author answered.

    With a gap there is neither text nor answer: the position was withdrawn, hidden, removed, or has
    moved to another thread.
    """

    position_id: str
    number: int
    family: str
    url: str
    text: str
    language: str
    answer: str  # yes, no, unanswered
    gap: str  # withdrawn, hidden, removed, moved; empty when it is shown


@dataclass(frozen=True)
class Summary:
    """The moderators' summary, and the positions that it rests on."""

    html: Markup
    language: str
    version: int
    written_on: date
    puts: tuple[Put, ...]


@dataclass(frozen=True)
class Choice:
    """One choice of a regrouping or a filter, as a plain link."""

    slug: str
    label: str
    url: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True)
class Filter:
    """A way to narrow the positions of a thread, with its choices."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class EarlierCycle:
    """How an earlier cycle ended, in a line."""

    number: int
    url: str
    stage: str  # from which the thread was reopened
    ended_on: date
    outcome: str  # its beginning; empty where the cycle had none
    finding: str  # empty where nothing was weighed, or it may not be read
    rule: str  # that it was found by an earlier rule; empty by the present one


@dataclass(frozen=True)
class Rated:
    """The round of a thread that is open, or was held last."""

    number: int
    url: str
    rate_url: str  # empty for who cannot rate in it
    statements: int
    closes_on: date
    is_open: bool


@dataclass(frozen=True)
class ThreadPage:
    id: str
    slug: str
    url: str
    series_slug: str
    series_title: str
    series_url: str
    question: str
    language: str
    context: Markup
    themes: tuple[ThemeLink, ...]
    levels: tuple[str, ...]
    attribution: str
    use_of_result: str
    stage: str
    stops: tuple[Stop, ...]
    cycle: int
    earlier: tuple[EarlierCycle, ...]  # the last one first
    outcome: Markup
    review_on: date | None
    said: str  # the leading sentence
    is_said_by_moderators: bool
    basis: str  # "Drawn from 8 positions, 16 values served and 19 links to evidence."
    finding: Headline | None  # what its ratings say, once people make sense of it
    findings_url: str  # empty before a round has closed
    crossings: tuple[Crossing, ...]
    map: Map
    pairs: tuple[Pair, ...]
    groups: tuple[Group, ...]  # one untitled group in the moderators' order
    group_by: str
    groupings: tuple[Choice, ...]
    contents: tuple[ContentsLine, ...]  # of a thread that is longer than a page
    anywhere_url: str  # the positions of all places; empty where no place of the map is opened
    filters: tuple[Filter, ...]
    position_count: int
    shown_count: int
    next_url: str  # keyset paging; empty at the end
    is_full: bool  # every card comes with its reasoning
    full_url: str  # the same page the other way
    notes: tuple[Note, ...]
    related: tuple[Related, ...]
    essays: tuple[LedFrom, ...]
    summary: Summary | None
    summary_url: str  # where moderators write it; empty for others
    briefing_url: str  # of a closed thread that has one
    pdf_url: str  # of an outcome: two pages, and a table
    csv_url: str
    compose_url: str  # where moderators begin one, or go on with it; empty for others
    pace: Pacing | None  # slow mode, or doors that are closed for a while
    joining: Joining | None  # for who does not belong to the series
    can_write: bool
    write_url: str
    behalf_url: str  # to enter what somebody said at a round table
    own_url: str  # the viewer's own position or draft here, empty if none
    can_curate: bool
    ladder_url: str
    curate_url: str
    round: Rated | None
    history_url: str  # what moderators did here, for everybody
    is_carried: bool  # other sites may show a card of it

    def pairs_of(self, one: str, other: str) -> list[Pair]:
        """Those of these two positions, by their ids: said between their cards."""
        both = {one, other}
        return [pair for pair in self.pairs if {pair.first.id, pair.second.id} == both]
