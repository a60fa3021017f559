"""How far the people moved who gave a statement a number in two rounds, as far as it may be told.

Steps are sums over those who answered both, so these are one more set of people for the audit of
everything that both rounds tell (`earlier`): the second round's numbers less theirs would be those
of who came new, the first round's less theirs those of who has left since.
"""

from collections.abc import Mapping, Sequence

from discussion.weighing.findings.computing.earlier import AcrossRounds
from discussion.weighing.findings.computing.given import GivenRound, GivenStatement
from discussion.weighing.findings.computing.groups import BOTH, Members
from discussion.weighing.findings.content.counted import Pair

Steps = tuple[int, ...]  # people by how far they moved, from −(points − 1) up


def steps_of(
    statement: GivenStatement,
    given: GivenRound,
    groups: Mapping[str, Members],
    across: AcrossRounds,
) -> dict[str, Steps]:
    """By group, in the order given, where five or more gave a number both times, and all may know.

    A group is who is of it now. Of a wording that no earlier round asked there are none.
    """
    if not across.is_later:
        return {}
    found = {}
    for key, members in groups.items():
        answered = members & statement.answered & frozenset(statement.before)
        both = frozenset(
            who for who in answered & statement.numbers if isinstance(statement.before[who], int)
        )
        sets = {"numbers": given.named(both), "answered": given.named(answered)}
        if len(both) >= given.min_group and across.judge(**sets):
            found[key] = _steps(statement, both, given.points)
    return found


def compared_in(
    groups: Mapping[str, Members], headline: Sequence[Pair], room: str
) -> dict[str, Members]:
    """The room and the headline's two, whose moves are told; only those that are shown."""
    two = [key for pair in headline[:1] for key in (pair.a, pair.b)]
    own = {key: groups[key] for key in (room, *two) if key in groups}
    if room == BOTH and two:
        return {BOTH: frozenset[str]().union(*(groups[key] for key in two))} | own
    return own


def _steps(statement: GivenStatement, both: Members, points: int) -> Steps:
    steps = [0] * (2 * points - 1)
    for who in both:
        now, then = statement.answers[who], statement.before[who]
        if isinstance(now, int) and isinstance(then, int):
            steps[now - then + points - 1] += 1
    return tuple(steps)
