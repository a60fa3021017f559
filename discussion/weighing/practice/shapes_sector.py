"""What an edition of a sector's figures keeps, and what its page shows beside it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SectorFunction:
    """One function: organisations by stop, from the most central; counts sum to `organisations`."""

    slug: str
    name: str
    organisations: int
    professed: tuple[int, ...]
    practised: tuple[int, ...]
    more_central: int
    more_local: int
    same: int
    covers: str = ""


@dataclass(frozen=True)
class SectorSharing:
    """How organisations that share a value decide one function: centrally, together, locally."""

    function: str
    central: int
    together: int
    local: int


@dataclass(frozen=True)
class SectorValue:
    """A value that organisations share, and what they choose."""

    slug: str
    label: str
    family: str
    organisations: int
    chooses: tuple[SectorSharing, ...]


@dataclass(frozen=True)
class SectorSeen:
    """In how many organisations leaders and staff see a function alike."""

    function: str
    alike: int
    apart: int
    cannot_tell: int


@dataclass(frozen=True)
class SectorNamed:
    """Of answers that named a value, how many in 100 named this one; None: fewer than five did."""

    label: str
    family: str
    central: int | None
    local: int | None


@dataclass(frozen=True)
class SectorFigures:
    """All that an edition tells, in numbers and names."""

    organisations: int
    people: int
    leaders: int
    staff: int
    units: int
    stops: tuple[str, ...]  # from the most central
    functions: tuple[SectorFunction, ...]
    values: tuple[SectorValue, ...]
    named: tuple[SectorNamed, ...]
    choices_central: int
    choices_local: int
    seen: tuple[SectorSeen, ...]
    is_invented: bool


@dataclass(frozen=True)
class LedTo:
    """A thread of the series in which this is argued; `function` is a slug, or nothing."""

    function: str
    question: str
    url: str


@dataclass(frozen=True)
class SectorPage:
    """The sector's view: the newest edition, one edition for good, or why there is none."""

    series_slug: str
    series_title: str
    title: str
    lede: str
    number: int | None
    made_on: str
    withdrawn_on: str  # "": it stands
    is_newest: bool
    figures: SectorFigures | None
    named_organisations: tuple[str, ...]  # those that said in writing that they may be named
    threads: tuple[LedTo, ...]
    says: tuple[tuple[str, str], ...]  # function → its sentence
    here_url: str
    permanent_url: str
    newest_url: str
    cite_url: str  # the item of the library that stands for it
    csv_url: str
    practice_url: str
