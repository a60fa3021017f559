"""The frozen shapes of the library's pages."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from discussion.debate.evidence import citations
from discussion.debate.positions.queries.card import Byline


@dataclass(frozen=True)
class Found:
    """An item in a list or a picker."""

    id: str
    url: str
    title: str
    language: str
    source: str  # "Donnelly and others 2019"
    publisher: str
    kind: str
    strength: str
    is_rated: bool
    status: str
    status_note: str
    is_verified: bool
    link_state: str  # of words.LINK_STATES
    link_words: str  # "Link checked 3 December 2026: leads there"; empty without a link
    is_listed: bool
    is_hidden: bool  # seen by who added it and by moderators alone


@dataclass(frozen=True)
class Line:
    """An item in the library's list, with how many positions cite it."""

    item: Found
    cited: int


@dataclass(frozen=True)
class Usual:
    """What is true of many items and told once, above the list, with those it is true of."""

    sentence: str
    url: str


@dataclass(frozen=True)
class FacetChoice:
    """One word by which the library can be narrowed, and how many items that leaves."""

    slug: str
    label: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class Facet:
    """A kind of narrowing, with its choices."""

    name: str
    label: str
    choices: tuple[FacetChoice, ...]


@dataclass(frozen=True)
class LibraryPage:
    series_slug: str
    series_title: str
    series_url: str
    url: str
    query: str
    chosen: tuple[tuple[str, str], ...]  # the facets chosen, to be sent along with a search
    total: int
    found: int
    lines: tuple[Line, ...]
    usual: tuple[Usual, ...]  # what is so of most, and stands on no line
    facets: tuple[Facet, ...]
    is_narrowed: bool
    next_url: str  # empty at the end
    add_url: str  # empty when the viewer may not


@dataclass(frozen=True)
class Citing:
    """A position that cites the item, and how it bears on its claim."""

    number: int
    url: str
    claim: str
    language: str
    family: str
    byline: Byline
    thread_question: str
    thread_url: str
    warrant: str
    transfer: str
    transfer_note: str
    locator: str
    rebuttal: str


@dataclass(frozen=True)
class CitingGroup:
    """Positions that cite an item with one stance, one page of them."""

    stance: str
    positions: tuple[Citing, ...]
    count: int  # of all pages
    next_url: str  # empty on the last


@dataclass(frozen=True)
class Relying:
    """Who cites an item: by stance, and how many positions in all."""

    groups: tuple[CitingGroup, ...]
    positions: int


@dataclass(frozen=True)
class Adding:
    """A response that brings the item."""

    type: str
    url: str
    html: Markup
    language: str
    byline: Byline
    position_number: int
    position_url: str
    thread_question: str


@dataclass(frozen=True)
class Cite:
    """How an item is cited, in text and as files."""

    text: str
    bibtex: str
    ris: str
    bibtex_url: str
    ris_url: str
    csl_url: str


@dataclass(frozen=True)
class Neighbour:
    """An item that replaces this one, or that it replaces."""

    title: str
    source: str
    url: str


@dataclass(frozen=True)
class ItemPage:
    id: str
    url: str
    series_slug: str
    series_title: str
    library_url: str
    title: str
    language: str
    authors: tuple[str, ...]
    year: int | None
    source: str
    publisher: str
    link: str  # where to read it; empty if nowhere on the web
    doi: str
    citation: str
    accessed_on: date | None
    licence_note: str
    kind: str
    question_type: str
    description: str
    population: str
    context: str
    outcome: str
    effect: str
    months_progress: int | None
    cost: str
    limitations: str
    strength: str
    strength_scale: str  # slug; empty while not rated
    strength_scale_name: str
    strength_says: str  # what the scale means, or why there is none
    strength_by: str
    strength_note: str
    consent: str
    status: str
    status_note: str
    successor: Neighbour | None
    replaces: tuple[Neighbour, ...]
    is_verified: bool
    verified_on: date | None
    checks: tuple[str, ...]
    link_state: str  # of words.LINK_STATES
    link_words: str
    moved_to: str  # the address to which the link leads now
    archive_url: str  # of a copy, once the link leads nowhere
    is_listed: bool
    is_hidden: bool
    cited: int
    groups: tuple[CitingGroup, ...]
    responses: tuple[Adding, ...]
    more_responses_url: str  # empty on the last page
    cite: Cite
    edit_url: str  # empty when the viewer may not
    status_url: str
    settle_url: str  # while it waits on the desk, for moderators
    is_own_to_judge: bool  # a moderator added it, so another one says how it stands


@dataclass(frozen=True)
class AddPage:
    series_slug: str
    series_title: str
    library_url: str
    add_url: str
    next_url: str  # where to go back to with the item; empty for the item's own page
    existing: Found | None  # the item that is there already
    existing_use_url: str
    is_existing_hidden: bool
    is_existing_taken_out: bool  # by moderators, rather than waiting
    problem: str  # what went wrong with looking up or reading
    notice: str  # what was found, and what to do now
    entries: tuple["EntryLine", ...]  # of a citation with several
    account: citations.Account | None  # what became of the entry that was read
    left: tuple[citations.Line, ...]  # words between the entries that are in no format
    source: str  # what was pasted, to be sent along with the form
    chosen: str  # the number of the entry that was read
    way: str  # the way that is open: find, paste, hand, tell


@dataclass(frozen=True)
class EntryLine:
    """One of several references that were pasted at once."""

    number: int
    title: str
    who: str
    problem: str
    format: str = ""
    notes: int = 0  # how many things to look at
    is_there: bool = False  # the library has its DOI or its address


@dataclass(frozen=True)
class EditPage:
    series_slug: str
    series_title: str
    library_url: str
    item_url: str
    edit_url: str
    title: str
    is_told: bool  # practice or experience: the shorter form
    existing: Found | None


@dataclass(frozen=True)
class StatusPage:
    series_slug: str
    series_title: str
    library_url: str
    item_url: str
    status_url: str
    title: str
    source: str
    cited: int
    is_hidden: bool
    hide_url: str
    rules_url: str
