"""The frozen pages of the ladder."""

from dataclasses import dataclass

from discussion.debate.positions.queries.card import Answer


@dataclass(frozen=True)
class First:
    """A value, and how many positions of a level put it first."""

    label: str
    url: str
    count: int


@dataclass(frozen=True)
class LevelWords:
    """What positions of one level put first."""

    level: str
    positions: int
    tagged: int
    first: tuple[First, ...]


@dataclass(frozen=True)
class Pair:
    """Two levels beside each other; numbers are None where there is too little to say."""

    one: str
    other: str
    said: str  # too_few, few_values, cannot_tell, apart
    says: str
    shared: float | None
    order: float | None
    value: str
    value_url: str
    at_one: float | None
    at_other: float | None


@dataclass(frozen=True)
class Across:
    """Which values each level puts first, and where levels pull apart."""

    levels: tuple[LevelWords, ...]
    pairs: tuple[Pair, ...]
    says: tuple[str, ...]
    threads: tuple[tuple[str, str], ...] = ()  # question and address of those looked at besides


@dataclass(frozen=True)
class Step:
    """One rung: a level, where it stands to the one that decides, and what follows there."""

    level: str
    label: str
    place: str  # above, here, below
    count: int
    answers: tuple[Answer, ...]
    more_url: str  # to the rest of a rung with many
    shared: float | None  # of the weight, with the next level down; None: not enough to say


@dataclass(frozen=True)
class Decides:
    """A level that could decide, as a link."""

    level: str
    label: str
    url: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Proposal:
    """A position that would be decided at this level, from which one can say what follows."""

    id: str
    number: int
    claim: str
    language: str
    respond_url: str  # empty where the viewer cannot respond to it
    is_chosen: bool


@dataclass(frozen=True)
class LadderPage:
    series_slug: str
    series_title: str
    series_levels_url: str
    thread_question: str
    thread_url: str
    url: str
    decided_at: str
    decided_label: str
    about: Proposal | None  # the one position that it is read from
    all_url: str  # without that position
    total: int  # of what follows, whatever decides
    here: int  # if it is decided here
    levels_answered: int
    steps: tuple[Step, ...]
    decides: tuple[Decides, ...]
    proposals: tuple[Proposal, ...]
    takes_answers: bool
    why_not: str
    rung: str  # the one level that is shown whole; empty for all
    earlier_url: str
    later_url: str
    across: Across
    related: Across | None


@dataclass(frozen=True)
class ThreadLine:
    """A thread of the series, and how far its ladder is answered."""

    question: str
    language: str
    url: str
    thread_url: str
    count: int
    rungs: tuple[tuple[str, str, int], ...]  # level, its label, how many speak of it


@dataclass(frozen=True)
class SeriesLevelsPage:
    series_slug: str
    series_title: str
    series_url: str
    lines: tuple[ThreadLine, ...]
    empty: int  # threads without any answer that could have one
    total: int
    kinds: tuple[tuple[str, str, int], ...]
    across: Across
    earlier_url: str
    later_url: str
