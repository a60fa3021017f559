"""A publication as it is frozen and shown: the same dataclasses are page, PDF, DOCX, text, JSON."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from discussion.records import later


@dataclass(frozen=True)
class Cite:
    """What a sentence rests on: a position's mark, a reference's number, or a word."""

    mark: str
    kind: str  # position, response, reference, outcome, finding
    number: int  # of a position, or of a reference; 0 for the rest
    family: str  # of a position: shape and colour of its mark
    says: str  # "Position 4", "Reference 2", "Outcome", "Finding F3", "An answer to position 4"
    url: str


@dataclass(frozen=True)
class Said:
    """One sentence of the editor's."""

    text: str
    cites: tuple[Cite, ...]
    is_editors: bool  # it rests on nothing that is named


@dataclass(frozen=True)
class Quoted:
    """Words of a contributor, exactly, and who they are as far as they chose to say."""

    words: str
    language: str
    cite: Cite
    name: str
    detail: str  # "position 4, version 2"
    date: str  # as coarse as the byline
    url: str  # of the version


@dataclass(frozen=True)
class Block:
    """One line of a section."""

    kind: str  # heading, text, item, quote
    sentences: tuple[Said, ...]
    quoted: Quoted | None


@dataclass(frozen=True)
class Section:
    purpose: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def runs(self) -> tuple[tuple[str, tuple[Block, ...]], ...]:
        """Its lines, with those of one kind that follow one another together."""
        return tuple(
            (kind, tuple(lines)) for kind, lines in groupby(self.blocks, lambda one: one.kind)
        )


@dataclass(frozen=True)
class Stand:
    """A position in a table: its mark."""

    mark: str
    number: int
    family: str
    is_second: bool
    url: str


@dataclass(frozen=True)
class ValueRow:
    label: str
    family: str
    served: tuple[Stand, ...]
    outweighed: tuple[Stand, ...]


@dataclass(frozen=True)
class SourceRow:
    title: str
    number: int  # of the reference
    supports: tuple[Stand, ...]
    qualifies: tuple[Stand, ...]
    contradicts: tuple[Stand, ...]


@dataclass(frozen=True)
class Road:
    """A position as a line of the list beside the map."""

    stand: Stand
    claim: str
    language: str
    name: str
    version: int
    date: str
    level: str
    place: str  # in words
    at: int | None  # per cent across the map's scale
    minds: str  # what kinds of thing would change the mind
    mind: str  # in the author's words
    url: str


@dataclass(frozen=True)
class Scale:
    low: str
    high: str


@dataclass(frozen=True)
class WhoRow:
    label: str
    positions: int
    responses: int


@dataclass(frozen=True)
class Finding:
    """A statement as a snapshot of findings has it."""

    code: str
    text: str
    says: str  # what the room answered
    url: str


@dataclass(frozen=True)
class Cited:
    """An item of the library as it was when it was frozen, for reference managers."""

    id: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    publisher: str
    url: str | None
    doi: str | None
    citation: str
    language: str
    accessed_on: date | None


@dataclass(frozen=True)
class Reference:
    number: int
    text: str  # in Harvard style
    kind: str
    strength: str
    link: str  # what is known of its link
    url: str
    cited: Cited


@dataclass(frozen=True)
class EssayText:
    """A version of an essay."""

    schema: int
    title: str
    language: str
    standfirst: str
    text: str
    html: str
    author: str
    life: str
    portrait: str
    provenance: str
    provenance_url: str
    series: str
    written_on: str
    url: str
    version: int
    note: str
    cite_as: str
    is_demonstration: bool
    doi: str = later("")


@dataclass(frozen=True)
class Document:
    """Everything that a version says, and nothing that may not be read by its readers."""

    schema: int
    kind: str
    title: str
    language: str
    series: str
    host: str
    about: str  # the question of the thread or theme; of a series its title
    about_url: str
    url: str  # of this version
    version: int
    made_on: str  # ISO day
    note: str
    span: str  # from when to when; "" where it is not told
    drawn_from: str
    not_counted: str
    review_on: str
    sections: tuple[Section, ...]
    roads: tuple[Road, ...]
    scale: Scale | None
    values: tuple[ValueRow, ...]
    sources: tuple[SourceRow, ...]
    who: tuple[WhoRow, ...]
    findings: tuple[Finding, ...]
    method: tuple[str, ...]
    references: tuple[Reference, ...]
    cite_as: str
    is_demonstration: bool
    doi: str = later("")
