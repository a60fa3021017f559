"""What a sector asks its organisations about what they profess and how they operate."""

from collections.abc import Mapping
from dataclasses import dataclass

from discussion.language import Phrase


@dataclass(frozen=True)
class StartingFunction:
    """Something that organisations of the sector do, and who decides of it is the question."""

    slug: str
    name: Phrase
    covers: Phrase  # in a few words
    is_usual: bool = True  # in the instrument as it ships; else offered beside it
    asks_compulsion: bool = False


@dataclass(frozen=True)
class StartingVision:
    """A statement of what an organisation may want."""

    slug: str
    text: Phrase


@dataclass(frozen=True)
class PracticeWords:
    """The default instrument, and what the parts of an organisation are called.

    Stops stand from the nearest decision to the most central, those of compulsion from freely
    chosen to required, those of fit from not us at all to exactly us: five each.
    """

    professed: Phrase
    practised: Phrase
    stops: tuple[Phrase, ...]
    compulsion: Phrase
    compulsion_stops: tuple[Phrase, ...]
    fit_stops: tuple[Phrase, ...]
    functions: tuple[StartingFunction, ...]
    visions: tuple[StartingVision, ...]
    organisation: Phrase  # within a sentence
    unit: Phrase  # a part of one, within a sentence
    units: Phrase
    centre: Phrase  # the part that is none of the units
    centre_level: str  # keys of the vocabulary's levels
    unit_level: str
    leading_families: frozenset[str]  # of roles: who counts as a leader
    cited_as: tuple[str, str]  # a kind of evidence and a type of question: what a sector's view is
    roles: Mapping[str, Phrase]  # leader, staff

    def __post_init__(self) -> None:
        for stops in (self.stops, self.compulsion_stops, self.fit_stops):
            if len(stops) != 5:
                raise ValueError("A scale of practice has five stops.")
