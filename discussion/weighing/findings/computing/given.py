"""What a snapshot is made from: one round with its private answers, and published positions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from discussion.analysis.answer_table import AnswerTable, Raters
from discussion.analysis.answers import Answer, Kind, Reasonable
from discussion.analysis.ratings import Thresholds
from discussion.weighing.findings.computing.people import People, Roster
from discussion.weighing.findings.content.counted import Unsaid
from discussion.weighing.rounds.fixed import Limits, StopRule


@dataclass(frozen=True)
class Rater:
    """What somebody who rated had declared when the round opened; nothing says who they are."""

    role: str = ""
    family: str = ""  # of that role
    phase: str = ""
    level: str = ""  # of their published position in this thread
    value: str = ""  # its first value


@dataclass(frozen=True)
class GivenScale:
    """One scale of the thread: what it is called at 0, and at 1."""

    slug: str
    low: str
    high: str


@dataclass(frozen=True)
class GivenStatement:
    """One wording of the round, and everybody's answers to it by rater."""

    code: str
    kind: Kind | Unsaid  # unsaid: imported and not sorted
    text: str
    id: str  # of the statement
    version: int
    same: str  # equal in two rounds whose wordings mean the same
    sources: tuple[str, ...]  # positions, by public id
    confirmed: tuple[int, int, int]  # authors asked: fair, to be mended, unanswered
    answers: Mapping[str, Answer] = field(default_factory=dict)
    reasonable: Mapping[str, Reasonable] = field(default_factory=dict)
    cruxes: frozenset[str] = frozenset()
    before: Mapping[str, Answer] = field(default_factory=dict)  # in the last round that asked it
    places: Mapping[str, float] = field(default_factory=dict)  # scale → 0 … 1, as was said of it
    is_out: bool = False  # moderated out where it was held: counts for groups, is never shown

    @cached_property
    def answered(self) -> frozenset[str]:
        """Who answered at all."""
        return frozenset(self.answers)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Who gave it a number."""
        return frozenset(who for who, said in self.answers.items() if isinstance(said, int))


@dataclass(frozen=True)
class GivenRound:
    """A closed round. `raters` are the admitted members who answered, or all of imported data.

    Those of imported data stand in the order in which they came, on which groups depend.
    """

    id: str
    number: int
    cycle: int
    points: int
    seed: int
    limits: Limits
    min_group: int
    stop_rule: StopRule
    who_may_rate: str
    feedback: str
    opened_on: str
    closed_on: str
    imported_from: str
    attribution: str
    statements: tuple[GivenStatement, ...]
    raters: Mapping[str, Rater]
    answered: int  # everybody who answered anything
    people: Mapping[str, str] = field(default_factory=dict)  # rater → the same person in any round
    late: int = 0  # members who were admitted while it was open
    scales: tuple[GivenScale, ...] = ()  # of the thread
    again: bool | None = None  # whether its rule asks for another; None: closed with its stage

    @property
    def thresholds(self) -> Thresholds:
        """As the analysis takes them. Raises BadRatings for what does not fit together."""
        return self.limits.thresholds(self.min_group)

    @cached_property
    def places(self) -> Raters:
        """Raters by place, to count many groups of them; by key, which is no order at all."""
        return Raters(sorted(self.raters))

    @cached_property
    def tables(self) -> Mapping[str, AnswerTable]:
        """By code, everybody's answers as small integers."""
        return {
            each.code: AnswerTable(self.places, each.answers, self.points, each.cruxes)
            for each in self.statements
        }

    @cached_property
    def roster(self) -> Roster:
        """Everybody at their place, under the name that they have in every round."""
        return Roster(tuple(self.people.get(rater, rater) for rater in self.places.place))

    def named(self, raters: frozenset[str]) -> People:
        """The same people under the names that they have in every round, each of them another."""
        return People(self.roster, self.places.mask(raters))


@dataclass(frozen=True)
class GivenPosition:
    """A published position as everybody sees it: its author's group only as far as it is told."""

    id: str
    role: str  # empty where attribution does not tell it
    family: str
    phase: str
    level: str
    served: tuple[str, ...]  # slugs, by rank
    outweighed: tuple[str, ...]
    links: tuple[tuple[str, str], ...]  # item, stance
    places: Mapping[str, float] = field(default_factory=dict)  # scale → 0 … 1


@dataclass(frozen=True)
class GivenThread:
    """A related thread, as far as its positions are published."""

    slug: str
    question: str
    positions: tuple[GivenPosition, ...]


@dataclass(frozen=True)
class GivenTags:
    """What positions of the thread say now, and those of threads that are related to it."""

    positions: tuple[GivenPosition, ...]
    values: Mapping[str, str]  # slug → label
    retracted: frozenset[str]  # items
    levels: tuple[str, ...]  # that there are, the widest first
    related: tuple[GivenThread, ...] = ()
    scales: tuple[GivenScale, ...] = ()  # of the thread
    restated: int = 0  # positions that somebody who disagrees restated, fairly as their authors say
