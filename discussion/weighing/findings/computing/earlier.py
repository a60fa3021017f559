"""What earlier rounds told of a wording: whose answers each published number was a sum of.

Ten people answer alike in two rounds, and one newcomer joins: the second round's numbers less the
first's are that person's answers. So a later round tells a number only where everything that both
rounds tell, added and subtracted, gives nothing of one to four people: see decision 0018. Sets hold
people as `GivenRound.people` names them, the same in every round, and never what they answered.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

from discussion import text
from discussion.analysis.suppression import Audit, Weighed
from discussion.weighing.findings.computing.given import GivenRound, GivenStatement
from discussion.weighing.findings.computing.groups import INFERRED, LEANS, Members
from discussion.weighing.findings.computing.people import People, Roster
from discussion.weighing.findings.content.counted import (
    Counted,
    CountedStatement,
    CountedViewpoints,
    NoNumbers,
)

ACROSS = "across"  # why nothing is shown: too few answered who did not in an earlier round
KINDS = ("numbers", "answered", "reasonable")


@dataclass(frozen=True)
class Told:
    """Of one wording: sets of those who gave a number, answered at all, or called it reasonable.

    What nobody knows any more (`is_known`) counts as if it told of anybody.
    """

    numbers: tuple[People, ...] = ()
    answered: tuple[People, ...] = ()
    reasonable: tuple[People, ...] = ()
    is_known: bool = True

    def every(self) -> tuple[People, ...]:
        """All its sets, of whichever kind."""
        return self.numbers + self.answered + self.reasonable

    def and_(self, other: "Told") -> "Told":
        """What both tell; known only if both are."""
        return Told(
            self.numbers + other.numbers,
            self.answered + other.answered,
            self.reasonable + other.reasonable,
            self.is_known and other.is_known,
        )


@dataclass(frozen=True)
class Wording:
    """What was asked in a round: `same` where it means the same, `folded` its letters."""

    same: str
    folded: str

    def is_like(self, other: "Wording") -> bool:
        """Whether people would answer both alike: they are one, or say one thing."""
        return self.same == other.same or (bool(self.folded) and self.folded == other.folded)


Sets = Mapping[Wording, Told]  # of one round


def wording_of(statement: CountedStatement | GivenStatement) -> Wording:
    """By a statement of a round."""
    return Wording(statement.same, _folded(statement.text))


def _told(sets: Mapping[str, Iterable[People]], *, is_known: bool = True) -> Told:
    numbers, answered, reasonable = (_each_once(sets[kind]) for kind in KINDS)
    return Told(numbers, answered, reasonable, is_known)


def _each_once(sets: Iterable[People]) -> tuple[People, ...]:
    """Of one roster."""
    return tuple({each.mask.tobytes(): each for each in sets}.values())


def find_told(earlier: Iterable[Sets], wording: Wording) -> Told | None:
    """Everything that earlier rounds told of a wording; None where none of them asked it."""
    found = [told for sets in earlier for other, told in sets.items() if wording.is_like(other)]
    if not found:
        return None
    whole = Told()
    for told in found:
        whole = whole.and_(told)
    return whole


def unknown_sets(counted: Counted) -> Sets:
    """Of a round that was counted before sets were kept, and whose raters are not all here now."""
    return {wording_of(each): Told(is_known=False) for each in counted.statements}


def list_asked_before(counted: Counted, earlier: Iterable[Sets]) -> frozenset[str]:
    """Codes of statements that an earlier round has asked."""
    known = tuple(earlier)
    return frozenset(
        each.code for each in counted.statements if find_told(known, wording_of(each)) is not None
    )


def hide(counted: Counted, codes: Collection[str]) -> Counted:
    """A counted round without any number of these statements, and without groups made by them."""
    made = tuple(f"{LEANS}:{code}" for code in codes) + ((INFERRED,) if codes else ())

    def is_made(key: str) -> bool:
        return any(key == each or key.startswith(f"{each}:") for each in made)

    return replace(
        counted,
        groups={key: said for key, said in counted.groups.items() if not is_made(key)},
        pairs=tuple(each for each in counted.pairs if not is_made(each.key)),
        cells={
            code: dict.fromkeys(row, NoNumbers(ACROSS)) if code in codes else row
            for code, row in counted.cells.items()
        },
        moved=dict.fromkeys(sorted(codes), ""),
        steps={code: each for code, each in counted.steps.items() if code not in codes}
        if counted.steps is not None
        else None,
        peaks=() if codes and counted.peaks is not None else counted.peaks,
        index=None if codes else counted.index,
        legitimacy={code: each for code, each in counted.legitimacy.items() if code not in codes},
        viewpoints=no_viewpoints(ACROSS) if codes and counted.viewpoints else counted.viewpoints,
    )


def no_viewpoints(why: str) -> CountedViewpoints:
    """Where none were found, or none may be told."""
    return CountedViewpoints(why, stability=None, held=(), cells={}, opposed=(), shared=())


class AcrossRounds:
    """What may be told of one wording beside everything that was; it grows as numbers are told."""

    def __init__(self, earlier: Told | None, roster: Roster, fewest: int) -> None:
        self.is_later = earlier is not None
        self._fewest = fewest
        self._known = earlier.is_known if earlier else True
        self._sets: dict[str, list[People]] = {kind: [] for kind in KINDS}
        self._audits: dict[str, Audit] = {}
        if earlier is None:
            return
        self._everybody = roster.join(each.roster for each in earlier.every())
        for kind in KINDS:
            self._audits[kind] = Audit(len(self._everybody.names), fewest)
            for told in getattr(earlier, kind):
                self._audits[kind].tell(self._everybody.mask(told))

    def may_tell(self, **sets: People) -> bool:
        """Whether a number that is a sum over these sets may be told; in a first round it may."""
        return self._weigh(sets) is not None

    def may_tell_all(self, sets: Iterable[People]) -> bool:
        """Whether numbers that are sums over these, one after the other, may all be told."""
        if not self.is_later:
            return True
        if not self._known:
            return False
        audit = copy(self._audits["numbers"])
        masks = (self._everybody.mask(each) for each in sets if each)
        return all(audit.judge(each) == "shown" for each in masks)

    def tell(self, **sets: People) -> None:
        """It is told."""
        for kind, members in sets.items():
            self._sets[kind].append(members)
            if self.is_later:
                self._audits[kind].tell(self._everybody.mask(members))

    def judge(self, **sets: People) -> bool:
        """Tell it where it may be."""
        weighed = self._weigh(sets)
        if weighed is None:
            return False
        for kind, members in sets.items():
            self._sets[kind].append(members)
        for kind, each in weighed.items():
            self._audits[kind].keep(each)
        return True

    def _weigh(self, sets: Mapping[str, People]) -> dict[str, Weighed] | None:
        """What these sets would tell, none of it of a few; None where it may not be told."""
        if not self.is_later:
            return {}
        if not self._known:
            return None
        found: dict[str, Weighed] = {}
        for kind, members in sets.items():
            if not members:
                continue
            if len(members) < self._fewest:
                return None
            found[kind] = self._audits[kind].weigh(self._everybody.mask(members))
            if found[kind].is_of_few:
                return None
        return found

    @property
    def told(self) -> Told:
        """What this round tells of the wording."""
        return _told(self._sets)


def across_of(
    statement: GivenStatement, given: GivenRound, earlier: Sequence[Sets], fewest: int
) -> AcrossRounds:
    """Imported answers were public, and are of people who are nobody here."""
    told = None if given.imported_from else find_told(earlier, wording_of(statement))
    return AcrossRounds(told, given.roster, fewest)


def asked_of(given: GivenRound, statement: GivenStatement, members: Members) -> dict[str, People]:
    """Of these people, who gave a number and who answered at all, as all rounds name them."""
    own, table = given.places.mask(members), given.tables[statement.code]
    return {
        "numbers": People(given.roster, own & table.is_number),
        "answered": People(given.roster, own & table.is_answered),
    }


def moved_of(statement: GivenStatement, fewest: int) -> str:
    """Of those who gave a number in both rounds: whether most chose another; empty of too few.

    That nobody did is not told apart from that some did.
    """
    both = [
        (said, then)
        for who, said in statement.answers.items()
        if isinstance(said, int) and isinstance(then := statement.before.get(who), int)
    ]
    if len(both) < fewest:
        return ""
    return "most" if 2 * sum(said != then for said, then in both) > len(both) else "some"


def _folded(said: str) -> str:
    return " ".join(text.fold(said).split()).rstrip(" .!")
