"""Whether what was said of a room is true of it: wrong, right, or nothing that could be either."""

from dataclasses import dataclass, field

from bench.verdict_rooms import Room
from discussion.analysis.answers import KINDS, Kind
from discussion.analysis.diagnosis import Diagnosis
from discussion.analysis.kinds import KindState
from discussion.analysis.statement_findings import StatementState

UNKNOWN_FROM = 0.4  # so many do not know the facts: then these are neither alike nor agreed
ALIKE_BELOW = 1.0  # standard deviations: what is called alike rules out a difference of one


@dataclass(frozen=True)
class Outcome:
    """`names_one`: a kind that truly differs is said to be apart; `names_all`: every one is."""

    is_wrong: bool
    is_right: bool
    names_one: bool
    names_all: bool


@dataclass
class Tally:
    """States of statements that differ (True) or do not, counted."""

    states: dict[tuple[bool, StatementState], int] = field(default_factory=dict)

    def __add__(self, other: "Tally") -> "Tally":
        keys = self.states.keys() | other.states.keys()
        return Tally({key: self.states.get(key, 0) + other.states.get(key, 0) for key in keys})

    def share(self, state: StatementState, differs: bool) -> float:
        """In per cent."""
        return 100 * self.states.get((differs, state), 0) / max(self._all(differs), 1)

    @property
    def differ(self) -> int:
        return self._all(True)

    @property
    def same(self) -> int:
        return self._all(False)

    def _all(self, differs: bool) -> int:
        return sum(many for (each, _state), many in self.states.items() if each is differs)


def judge(room: Room, found: Diagnosis) -> Outcome:
    """Wrong: a kind is said to be apart and is not, or to be agreed or alike and is apart.

    Where two camps cross the groups, agreement is wrong as well; where most do not know, anything
    said of facts. Where both groups truly stand on one side, agreed is right whatever the
    difference. Right: nothing is wrong, and something is said; where kinds truly differ, one of
    them is named.
    """
    states: dict[Kind, KindState] = {each.kind: each.state for each in found.kinds}
    apart = room.apart
    is_wrong = any(_is_wrong(room, kind, states[kind], kind in apart) for kind in KINDS)
    is_wrong |= bool(room.truth.camps) and found.verdict == "agreement"
    named = [states[kind] == "apart" for kind in apart]
    says = any(state in ("apart", "agreed", "alike") for state in states.values())
    says |= found.verdict == "split_within_groups"
    is_named = any(named) or (found.verdict == "agreement" if apart else says)
    return Outcome(is_wrong, not is_wrong and is_named, any(named), all(named) and bool(named))


def tally_statements(room: Room, found: Diagnosis) -> Tally:
    """Each statement's state, by whether it differs."""
    said = Tally()
    for each, differs in zip(found.statements, room.differs.tolist(), strict=True):
        said.states[differs, each.state] = said.states.get((differs, each.state), 0) + 1
    return said


def _is_wrong(room: Room, kind: Kind, state: KindState, is_apart: bool) -> bool:
    if state == "apart":
        return not is_apart
    if kind == "fact" and state in ("agreed", "alike") and room.truth.dont_know >= UNKNOWN_FROM:
        return True
    if state == "agreed":
        return bool(room.truth.camps) or (is_apart and not room.is_same_side(kind))
    is_large = room.truth.effect >= ALIKE_BELOW or room.truth.shape > 0
    return state == "alike" and is_apart and is_large
