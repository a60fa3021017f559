"""The frozen shapes in which a position is shown, on a page, in a fragment and as JSON."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from discussion.debate.positions.drafts import Said


@dataclass(frozen=True)
class Chip:
    """A value as shown on a card; `rank` is 1…3 for a value served, 1…2 for one outweighed."""

    slug: str  # empty while the value is only proposed
    label: str
    family: str  # purpose, shares, counts, run, or other while proposed
    rank: int
    gloss: str
    url: str
    is_proposed: bool


@dataclass(frozen=True)
class Link:
    """How one item of the library bears on the claim."""

    stance: str  # supports, qualifies, contradicts, background
    item_url: str
    title: str
    source: str  # "Donnelly and others 2019"
    kind: str  # slug, see evidence.words.KINDS; empty while hidden
    strength: str  # "4 of 5 of such a scale", "not rated" or "not applicable"
    status: str  # current, superseded, corrected, retracted
    status_note: str  # the banner's sentence, empty while current
    warrant: str
    transfer: str  # same, similar, different, unknown
    transfer_note: str
    locator: str
    rebuttal: str
    link_state: str = ""  # of evidence.words.LINK_STATES
    link_words: str = ""  # "Link checked 3 December 2026: leads there"; empty without a link
    is_hidden: bool = False  # the item is out of sight: nothing of it is told but the stance


@dataclass(frozen=True)
class Byline:
    """Who wrote it, as far as the attribution allows, and when, as far as it allows."""

    name: str  # "Rukhsana Iqbal", "Midwife, in towns · C", "Contributor B"
    detail: str  # "Midwife, in towns" after a name; empty otherwise
    organisation: str  # only by name, and only if the person says so
    person_url: str  # only by name
    date: str  # ISO: minute by name, day by role ("2026-11-15"), month by Chatham House ("2026-11")
    mode: str  # named, role, chatham_house


@dataclass(frozen=True)
class Place:
    """A place on one of the thread's scales, 0 … 1."""

    scale: str
    at: float
    words: str  # "Mostly required"


@dataclass(frozen=True)
class EditorNote:
    """What the moderators say beside a position."""

    text: str
    language: str
    written_on: date


@dataclass(frozen=True)
class Rung:
    """Of what follows: if it is decided at one level, what comes of it at another."""

    decided_at: str
    speaks_of: str
    consequence: str  # follows, must_be_true, costs
    words: str


@dataclass(frozen=True)
class Answer:
    """A typed response to a position."""

    id: str
    url: str
    type: str
    html: Markup
    language: str
    byline: Byline
    on_version: int
    stands_for: int  # a later version for which its author says it stands; 0 for none
    can_stand: bool
    item: Link | None
    value: Chip | None
    state: str  # published, withdrawn, hidden, removed
    can_edit: bool
    can_hide: bool
    can_mute: bool = False
    mute_id: str = ""  # the reader muted this voice: it is folded into one line
    has_left: bool = False  # withdrawn with the name under which it stood
    fairness: str = ""  # of a restatement: yes, no, unanswered
    wants: str = ""  # how the author would change it; for who restated, the author and moderators
    fair_url: str = ""  # for the author of the position alone
    rung: Rung | None = None  # of what follows somewhere


@dataclass(frozen=True, kw_only=True)
class Card(Said):
    """A position, closed and opened: what is said in it, and what stands around that."""

    id: str
    number: int
    url: str
    state: str  # published, withdrawn, hidden, removed; a tombstone has no text
    language: str
    family: str  # of the first value served
    served: tuple[Chip, ...]
    outweighed: tuple[Chip, ...]
    links: tuple[Link, ...]
    byline: Byline
    places: tuple[Place, ...]
    place_words: str  # "Required, decided locally", or why it is not placed
    notes: tuple[EditorNote, ...]
    is_featured: bool
    is_pinned: bool
    version: int
    response_count: int
    fair_count: int  # how often it was restated by who disagrees, fairly as its author says

    reasoning: Markup

    def __hash__(self) -> int:
        """Cheap, since pages look what they drew before up by their cards; equal ones agree."""
        return hash((self.id, self.version, self.claim))

    can_mute: bool = False  # the reader is signed in, and did not write it
    mute_id: str = ""  # the reader muted this voice: it is folded into one line
    has_left: bool = False  # withdrawn with the name under which it stood
