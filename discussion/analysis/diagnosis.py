"""What two groups disagree about: ends, facts or means. A total function of their ratings."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from discussion.analysis.answered import count_answers
from discussion.analysis.answers import BadRatings, RatedStatement, check_groups
from discussion.analysis.kinds import KindFinding, Verdict, find_kind, is_split_within, verdict
from discussion.analysis.ratings import DEFAULTS, Thresholds
from discussion.analysis.statement_findings import (
    CountedStatement,
    StatementFinding,
    find_statements,
)


@dataclass(frozen=True)
class Diagnosis:
    """The verdict, and everything that it was made from."""

    verdict: Verdict
    means: KindFinding
    ends: KindFinding
    facts: KindFinding
    statements: tuple[StatementFinding, ...]
    tested: int  # statements among which chance is held down
    habit: float | None  # how much higher the second group rates anything, as a share; −1 … 1
    groups: tuple[int, int]
    grouped_by: str | None  # the statement that made the groups, and is left out
    thresholds: Thresholds
    seed: int

    @property
    def kinds(self) -> tuple[KindFinding, KindFinding, KindFinding]:
        return self.ends, self.facts, self.means


def diagnose(
    statements: Iterable[RatedStatement],
    group_a: Collection[str],
    group_b: Collection[str],
    *,
    seed: int,
    points: int = 5,
    thresholds: Thresholds = DEFAULTS,
    grouped_by: str | None = None,
) -> Diagnosis:
    """What two groups disagree about, with every number that led there.

    `statements` are all those of one round of a thread, with everybody's answers: who is in neither
    group is of the room. The groups are raters, who need not have rated everything. `grouped_by` is
    the means statement by which the groups were made: left out, and of no weight to the others.
    Raises BadRatings for a rater in both groups, ratings off the scale of `points`, a key used
    twice, and for a `grouped_by` that is none of the means. Source: our own; see
    `docs/how-sure.md` for how often it is right.
    """
    check_groups(group_a, group_b)
    two = frozenset(group_a), frozenset(group_b)
    given = tuple(statements)
    _check(given, grouped_by)
    counted = [_counted(each, two, points) for each in given]
    sizes = len(two[0]), len(two[1])
    return diagnose_counted(counted, sizes, seed=seed, thresholds=thresholds, grouped_by=grouped_by)


def diagnose_counted(
    statements: Sequence[CountedStatement],
    groups: tuple[int, int],
    *,
    seed: int,
    thresholds: Thresholds = DEFAULTS,
    grouped_by: str | None = None,
) -> Diagnosis:
    """The same from counts: all that a snapshot keeps. `groups` are their sizes in people.

    Raises BadRatings for a key used twice and for a `grouped_by` that is none of the means.
    """
    _check(statements, grouped_by)
    entering = [each for each in statements if each.key != grouped_by]
    found, habit = find_statements(entering, seed, thresholds)
    means, ends, facts = (find_kind(kind, found) for kind in ("means", "end", "fact"))
    rated = [each for each in found if each.is_sufficient]
    return Diagnosis(
        verdict=verdict(
            means.state,
            ends.state,
            facts.state,
            is_consensus=all(each.room.state == "consensus" for each in rated),
            is_split=is_split_within(found),
        ),
        means=means,
        ends=ends,
        facts=facts,
        statements=found,
        tested=len(rated),
        habit=None if habit is None else habit.mean,
        groups=groups,
        grouped_by=grouped_by,
        thresholds=thresholds,
        seed=seed,
    )


def _check(
    statements: Sequence[RatedStatement] | Sequence[CountedStatement], grouped_by: str | None
) -> None:
    kinds = {each.key: each.kind for each in statements}
    if len(kinds) < len(statements):
        raise BadRatings("a statement is there twice")
    if grouped_by is not None and kinds.get(grouped_by) != "means":
        raise BadRatings("groups are made by a means statement of the round")


def _counted(
    each: RatedStatement, groups: tuple[frozenset[str], frozenset[str]], points: int
) -> CountedStatement:
    a, b = (count_answers(map(each.answers.get, group), points) for group in groups)
    inside = groups[0] | groups[1]
    if inside.issuperset(each.answers):
        room = a + b
    else:
        room = count_answers(each.answers.values(), points)
    return CountedStatement(each.key, each.kind, a, b, room)
