"""What a sector's vocabulary holds: every word that another sector would say otherwise.

A mapping's order is that in which pages list it. A phrase is translated when somebody reads it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from discussion.language import Phrase, _l
from discussion.text.signs import Signs
from discussion.vocabulary.practice import PracticeWords
from discussion.vocabulary.sentences import Sentences

OTHER = "other"  # the family of roles, which each sector has, of whoever is in none of the rest

MOST_LEVELS = 4  # as many rings are drawn
PROPOSED = _l("Proposed")  # the family OTHER of values

Labels = Mapping[str, Phrase]  # key → what it is called
# A phrase that is the same everywhere, or which of a sector's sentences it is.
Wording: TypeAlias = Phrase | Callable[[Sentences], Phrase]


@dataclass(frozen=True)
class Family:
    """Roles that are counted together."""

    label: Phrase
    many: Phrase  # "people in care"


@dataclass(frozen=True)
class Role:
    """What somebody does."""

    label: Phrase
    family: str
    many: Phrase  # "district nurses"
    many_in_a_phase: Phrase | None = None  # "nurses", where the phase says the rest


@dataclass(frozen=True)
class Phase:
    """For whom somebody works: the second half of a label, after the role."""

    label: Phrase  # in lower case, as after a comma
    of_many: Phrase  # "%(who)s in towns"
    alone: Phrase  # "people in towns"


@dataclass(frozen=True)
class Level:
    """How far a position reaches."""

    label: Phrase
    those_who_write: Phrase  # "those who write about wards"
    who_write: Phrase  # the same after a number


@dataclass(frozen=True)
class ValueFamily:
    """One of the four families of values; its key chooses colour and shape."""

    label: Phrase
    about: Phrase  # what the page about the site says of it


@dataclass(frozen=True)
class StartingValue:
    """A value that a new series starts with."""

    slug: str
    family: str
    label: Phrase
    definition: Phrase
    source: str


@dataclass(frozen=True)
class Distinction:
    """Values that are often taken for one another, and what tells them apart."""

    slugs: tuple[str, ...]
    title: Phrase
    says: Phrase


@dataclass(frozen=True)
class EvidenceKind:
    """What sort of source it is, and what the library asks of one."""

    label: Phrase
    needs_no_source: bool = False  # neither an address nor a reference
    needs_consent: bool = False  # told by somebody who was there
    is_never_rated: bool = False  # has no place on a scale of strength
    is_argument: bool = False  # answers what ought to be, and nothing else does
    named_in_titles: re.Pattern[str] | None = None  # a publication that calls itself so
    registered_as: str = ""  # by the register of DOIs

    def is_named_in(self, title: str) -> bool:
        """Whether a title, folded, says that it is of this kind."""
        return self.named_in_titles is not None and bool(self.named_in_titles.search(title))


@dataclass(frozen=True)
class StrengthScale:
    """A scale as its publisher uses it; never converted to another."""

    label: Phrase
    steps: tuple[str, ...]  # weakest first
    says: Phrase  # what a step means
    rating: Phrase  # one step in words: "%(n)s of 5 stars"
    step_words: Mapping[str, Phrase] = field(default_factory=dict)  # of steps that are no numbers
    counts_months: bool = False  # is published together with months of progress

    def in_words(self, step: str) -> str:
        return str(self.rating) % {"n": self.step_words.get(step, step)}


@dataclass(frozen=True)
class Gloss:
    """A word in a sense of its own, explained in one line."""

    term: Phrase
    says: Phrase
    is_name: bool = False  # keeps its capitals within a sentence


@dataclass(frozen=True)
class Turn:
    """Where somebody turns with what cannot wait for a moderator."""

    when: Phrase
    whom: Phrase


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words of one sector. Raises ValueError when something in it lacks its counterpart."""

    roles: Mapping[str, Role]
    families: Mapping[str, Family]
    phases: Mapping[str, Phase]
    levels: Mapping[str, Level]  # the widest first
    regions: Labels
    organisation_types: Labels
    organisation_sizes: Labels
    value_families: Mapping[str, ValueFamily]
    starting_values: tuple[StartingValue, ...]
    distinctions: tuple[Distinction, ...]
    evidence_kinds: Mapping[str, EvidenceKind]
    question_types: Labels
    ought: str  # the one of question_types that an argument answers
    strength_scales: Mapping[str, StrengthScale]
    strength_gloss: Gloss  # what its scales count in
    turns: tuple[Turn, ...]
    sentences: Sentences
    signs: Signs
    example: tuple[str, str]  # a role and a phase, to show what a label looks like
    practice: PracticeWords  # the default instrument, and the parts of an organisation

    def __post_init__(self) -> None:
        astray = [
            *(key for key, role in self.roles.items() if role.family not in self.families),
            *({OTHER} - self.families.keys()),
            *(one.slug for one in self.starting_values if one.family not in self.value_families),
            *({self.ought} - self.question_types.keys()),
            *([] if any(one.is_argument for one in self.evidence_kinds.values()) else ["argument"]),
            *list(self.levels)[MOST_LEVELS:],
            *({self.example[0]} - self.roles.keys()),
            *({self.example[1]} - self.phases.keys()),
            *({self.practice.centre_level, self.practice.unit_level} - self.levels.keys()),
            *(self.practice.leading_families - self.families.keys()),
            *({self.practice.cited_as[0]} - self.evidence_kinds.keys()),
            *({self.practice.cited_as[1]} - self.question_types.keys()),
        ]
        if astray:
            raise ValueError(f"The vocabulary speaks of what it does not have: {astray}")

    def family_of(self, role: str) -> str:
        """The key of a role's family; empty for a role that this sector does not have."""
        return self.roles[role].family if role in self.roles else ""

    def needs_consent(self, kind: str) -> bool:
        """Whether evidence of this kind is told by somebody who was there."""
        return kind in self.evidence_kinds and self.evidence_kinds[kind].needs_consent

    def is_never_rated(self, kind: str) -> bool:
        return kind in self.evidence_kinds and self.evidence_kinds[kind].is_never_rated

    @property
    def argument(self) -> str:
        """The kind of evidence that says what ought to be, within a sentence."""
        kinds = [one.label for one in self.evidence_kinds.values() if one.is_argument]
        return str(kinds[0]).lower()

    def say(self, wording: Wording) -> str:
        """A phrase of a table of the site's, as this sector says it."""
        return str(wording(self.sentences) if callable(wording) else wording)

    @cached_property
    def role_labels(self) -> Labels:
        return {key: one.label for key, one in self.roles.items()}

    @cached_property
    def family_labels(self) -> Labels:
        return {key: one.label for key, one in self.families.items()}

    @cached_property
    def phase_labels(self) -> Labels:
        return {key: one.label for key, one in self.phases.items()}

    @cached_property
    def level_labels(self) -> Labels:
        return {key: one.label for key, one in self.levels.items()}

    @cached_property
    def value_family_labels(self) -> Labels:
        """Those that a value of a series may be in."""
        return {key: one.label for key, one in self.value_families.items()}

    @cached_property
    def tag_family_labels(self) -> Labels:
        """The same, and that of a value that is only proposed."""
        return {**self.value_family_labels, OTHER: PROPOSED}

    @cached_property
    def evidence_kind_labels(self) -> Labels:
        return {key: one.label for key, one in self.evidence_kinds.items()}

    @property
    def example_label(self) -> str:
        """What stands over what somebody writes by role: "Midwife, in towns"."""
        role, phase = self.example
        return f"{self.roles[role].label}, {self.phases[phase].label}"
