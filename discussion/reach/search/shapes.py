"""What is found, and what is found of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Counted:
    """What lists are narrowed by, as the card of a thing shows it; empty where it shows nothing."""

    level: str = ""
    answered: str = ""
    role: str = ""
    phase: str = ""
    tags: str = ""
    items: str = ""


@dataclass(frozen=True)
class Found:
    """One thing that is shown now, read to be indexed."""

    kind: str
    row_id: int
    series_id: int | None
    thread_id: int | None
    language: str  # of its series
    title: str
    texts: Sequence[str]  # beside the title
    place: str  # random
    shown_on: str = ""  # ISO: a day, or a month, as its byline tells it
    counted: Counted = Counted()


@dataclass(frozen=True)
class HitValue:
    """A value that a position serves, as a result names it."""

    label: str
    family: str


@dataclass(frozen=True)
class Hit:
    """One result: what it is, why it matched, where it is."""

    kind: str  # of words.KINDS
    label: str  # Position 5
    where_found: str  # found in the claim and the reasoning
    title: Markup  # with what matched marked
    language: str
    url: str
    snippet: Markup  # one, with what matched marked; empty where the title says it
    values: tuple[HitValue, ...] = ()
    place: str = ""  # the question of its thread, or its series
    place_url: str = ""
    facts: tuple[str, ...] = ()
    family: str = ""  # of values: colour and glyph of its mark
    number: int = 0  # of a position
    mark: str = ""  # the name of an icon, where the kind has none of its own
    shown_on: str = ""


@dataclass(frozen=True)
class Choice:
    """One word of a facet, and how many results choosing it leaves."""

    word: str
    label: str
    count: int
    url: str  # with it chosen; of what is chosen, without it
    is_current: bool = False


@dataclass(frozen=True)
class FacetShown:
    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Taken:
    """What is chosen, to be taken away again."""

    label: str
    url: str


@dataclass(frozen=True)
class Suggestion:
    words: str
    url: str


@dataclass(frozen=True)
class SearchPage:
    """Results, what narrows them, and how they are shared; with nothing asked, what can be."""

    query: str
    is_asked: bool
    like: Suggestion | None  # the position that these are near to
    note: str  # how what was typed was read, where that may surprise
    series_slug: str  # where it is looked in one series alone
    series_title: str
    total: int
    total_before: int  # without what is chosen
    hits: tuple[Hit, ...]
    facets: tuple[FacetShown, ...]
    chosen: tuple[Taken, ...]
    hidden: tuple[tuple[str, str], ...]  # what the form carries along
    order: str
    orders: tuple[Choice, ...]
    suggestion: Suggestion | None
    page: int
    last: int
    previous_url: str
    next_url: str
    whole_url: str  # the same words with nothing chosen
    share_url: str
    follow_url: str  # empty for who is signed out
    feed_url: str


@dataclass(frozen=True)
class FirstFound:
    """What fits best while somebody types."""

    query: str
    total: int
    hits: tuple[Hit, ...]
    all_url: str


@dataclass(frozen=True)
class NearPage:
    """The nearest few of a position."""

    hits: tuple[Hit, ...]
    all_url: str


@dataclass(frozen=True)
class Pile:
    """A number that leads to its positions, and the disc that is drawn behind it."""

    count: int
    url: str  # empty at 0
    radius: float


@dataclass(frozen=True)
class PivotColumn:
    """A kind of evidence, and how many positions cite it."""

    kind: str
    label: str
    total: Pile


@dataclass(frozen=True)
class PivotRow:
    """A value, and how many positions serve it with each kind of evidence."""

    slug: str
    label: str
    url: str
    piles: tuple[Pile, ...]  # in the order of the columns
    total: Pile


@dataclass(frozen=True)
class PivotFamily:
    family: str
    label: str
    rows: tuple[PivotRow, ...]


@dataclass(frozen=True)
class PivotLevel:
    """The families of values with each kind of evidence, at one level."""

    level: str
    label: str
    count: int
    url: str
    rows: tuple[tuple[str, str, tuple[int, ...]], ...]  # family, its name, numbers by column


@dataclass(frozen=True)
class PivotPage:
    """Which values a series serves with which evidence, at which level."""

    series_slug: str
    series_title: str
    sentence: str
    total: int
    is_told: bool
    side: str
    sides: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    phases: tuple[Choice, ...]
    columns: tuple[PivotColumn, ...]
    families: tuple[PivotFamily, ...]
    at_levels: tuple[PivotLevel, ...]
    all_url: str
    values_url: str
    file_url: str
