"""Numbers that one person's answers to several statements make: judged beside earlier rounds'.

How many hold a viewpoint is such a number. It is a sum over people, as every other is, so what two
rounds tell may not tell of one to four: the audit is that of `earlier`, for each kind of number by
itself, and for each wording from which it is made. A round says that it had none, too: one of which
nobody knows whether it did is taken to have told of anybody.
"""

from collections.abc import Iterable, Sequence

from discussion.weighing.findings.computing.earlier import (
    AcrossRounds,
    Sets,
    Told,
    Wording,
    find_told,
    wording_of,
)
from discussion.weighing.findings.computing.given import GivenRound, GivenStatement
from discussion.weighing.findings.computing.people import People


class Together:
    """One kind of number of a round, made from answers to all of these statements."""

    def __init__(
        self,
        kind: str,
        statements: Sequence[GivenStatement],
        given: GivenRound,
        earlier: Sequence[Sets],
    ) -> None:
        is_imported = bool(given.imported_from)
        fewest = 1 if is_imported else given.min_group
        self._across = {
            _own(kind, wording): AcrossRounds(
                None if is_imported else _told_before(kind, wording, earlier), given.roster, fewest
            )
            for wording in map(wording_of, statements)
        }

    def judge(self, sets: Iterable[People]) -> bool:
        """Tell numbers that are sums over these sets, named as in all rounds: all, or none."""
        given = tuple(sets)
        if not all(each.may_tell_all(given) for each in self._across.values()):
            return False
        for each, own in ((each, own) for each in self._across.values() for own in given):
            each.tell(numbers=own)
        return True

    @property
    def told(self) -> Sets:
        """What this round tells of this kind, by wording."""
        return {wording: each.told for wording, each in self._across.items()}


def _own(kind: str, wording: Wording) -> Wording:
    """Under which a kind's sets are kept beside those of the wording's own numbers."""
    folded = f"{kind}|{wording.folded}" if wording.folded else ""
    return Wording(f"{kind}|{wording.same}", folded)


def _told_before(kind: str, wording: Wording, earlier: Iterable[Sets]) -> Told | None:
    """None where no earlier round asked it; unknown of one that did not say whether it told any."""
    found: Told | None = None
    for sets in earlier:
        if find_told([sets], wording) is None:
            continue
        own = find_told([sets], _own(kind, wording)) or Told(is_known=False)
        found = own if found is None else found.and_(own)
    return found
