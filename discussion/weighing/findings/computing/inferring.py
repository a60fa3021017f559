"""Groups that nobody declared: people who answer alike, where there are enough and they hold."""

from collections.abc import Mapping, Sequence

from discussion.analysis.arrays import np
from discussion.analysis.consensus_selection import select_consensus
from discussion.analysis.group_informed_consensus import group_informed_consensus
from discussion.analysis.opinion_groups import find_groups
from discussion.analysis.representativeness import Stand, find_representative
from discussion.analysis.stability import LEAST_RATERS, judge_groups
from discussion.analysis.tallies import Tally, tally_everybody, tally_votes
from discussion.analysis.votes import Votes, gather_votes
from discussion.weighing.findings.computing.given import GivenRound
from discussion.weighing.findings.computing.groups import INFERRED, Members
from discussion.weighing.findings.content.counted import (
    JudgedGroups,
    Polis,
    PolisConsensus,
    PolisProduct,
    PolisStand,
    UnsoughtGroups,
)


def infer_groups(
    given: GivenRound, among: Members
) -> tuple[dict[str, Members], JudgedGroups | UnsoughtGroups]:
    """The groups, by key, and how they were judged; none unless they may be shown."""
    people = _in_order(given, among)
    if len(people) < LEAST_RATERS or not given.statements:
        return {}, UnsoughtGroups("too_few_people", len(people))
    votes = _votes(given, people)
    out = _out(given)
    found = find_groups(votes, moderated_out=out, seed=given.seed)
    judged = judge_groups(votes, found, moderated_out=out, seed=given.seed)
    told = JudgedGroups(
        state=judged.state,
        people=judged.people,
        stability=None if judged.stability is None else round(judged.stability, 2),
        k=found.k,
        silhouette=round(found.silhouette, 2),
        as_good=found.as_good,
    )
    if not judged.may_be_shown:
        return {}, told
    groups: dict[str, set[str]] = {}
    for person, label in zip(people, found.labels.tolist(), strict=True):
        if label >= 0:
            groups.setdefault(f"{INFERRED}:{label + 1}", set()).add(person)
    return {key: frozenset(groups[key]) for key in sorted(groups)}, told


def as_polis_tells(given: GivenRound, groups: Mapping[str, Members]) -> Polis:
    """For data of Polis' shape: its product form, what sets groups apart, and what all agree to."""
    people = _in_order(given, frozenset(given.raters))
    votes, out = _votes(given, people), _out(given)
    codes = [each.code for each in given.statements]
    keys = sorted(groups)
    of_person = {person: number for number, key in enumerate(keys) for person in groups[key]}
    labels = [of_person.get(person, -1) for person in people]
    tallies = tally_votes(votes, labels, len(keys)) if keys else []
    agreed = select_consensus(tally_everybody(votes), left_out=out) if people else None
    stands = find_representative(tallies, left_out=out) if keys else []
    return Polis(
        consensus=PolisConsensus(
            agree=tuple(codes[number] for number in agreed.agreed) if agreed else (),
            disagree=tuple(codes[number] for number in agreed.disagreed) if agreed else (),
        ),
        product={
            code: _product([group[number] for group in tallies])
            for number, code in enumerate(codes)
            if keys and number not in out
        },
        representative={
            key: tuple(_stand(stand, codes[stand.statement]) for stand in found)
            for key, found in zip(keys, stands, strict=True)
        },
    )


def _product(tallies: Sequence[Tally]) -> PolisProduct:
    return PolisProduct(
        agree=group_informed_consensus(tallies),
        disagree=group_informed_consensus(tallies, against=True),
    )


def _stand(stand: Stand, code: str) -> PolisStand:
    return PolisStand(
        statement=stand.statement,
        side=stand.side,
        successes=stand.successes,
        seen=stand.seen,
        probability=stand.probability,
        probability_test=stand.probability_test,
        representativeness=stand.representativeness,
        representativeness_test=stand.representativeness_test,
        code=code,
    )


def _in_order(given: GivenRound, among: Members) -> list[str]:
    """As they came, which whoever has the files knows; else by key, which is no order at all."""
    return (
        [each for each in given.raters if each in among] if given.imported_from else sorted(among)
    )


def _out(given: GivenRound) -> list[int]:
    return [number for number, each in enumerate(given.statements) if each.is_out]


def _votes(given: GivenRound, people: Sequence[str]) -> Votes:
    """Who does not know answered, and on neither side; "not for me" is no answer."""
    places = np.array([given.places.place[each] for each in people], dtype=np.intp)
    nobody = np.zeros(0, dtype=np.intp)
    who, what, said = [nobody], [nobody], [nobody]
    for number, statement in enumerate(given.statements):
        table = given.tables[statement.code]
        voted = np.flatnonzero((table.is_number | table.is_unknown)[places])
        who.append(voted)
        what.append(np.full(len(voted), number))
        said.append(table.sides[places[voted]])
    return gather_votes(
        *map(np.concatenate, (who, what, said)),
        n_people=len(people),
        n_statements=len(given.statements),
    )
