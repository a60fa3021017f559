"""What a mirror shows, as numbers: whose answers, of which run, and which groups of them.

Earlier runs of the same organisation are read in their order, since what they told stands: a
function is told afresh only where no few people could have made the difference (`is_afresh`);
otherwise the answers that were told before stand for it again, if it was asked in the same words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from discussion.analysis.practice import FEWEST, Both, Gap, Mirror, hold_mirror
from discussion.analysis.practice_groups import (
    ALL,
    Colleague,
    Compared,
    Group,
    Total,
    answers_of,
    compare,
    each_two,
    is_afresh,
    shown_groups,
    shown_sizes,
    total_of,
)
from discussion.weighing.practice.queries.answers import OneRespondent, RunAnswers

ROLES = ("leader", "staff")
SEED = 1
Reading = Literal["professed", "practised"]


@dataclass(frozen=True)
class Told:
    """One function as it is shown: the run (by place) whose answers stand for it, and groups."""

    run: int
    answers: Mapping[Group, tuple[Both, ...]]  # of shown groups

    @property
    def every(self) -> tuple[Both, ...]:
        return self.answers[ALL]


@dataclass(frozen=True)
class Held:
    """The whole mirror of the last of some runs of one organisation."""

    runs: tuple[RunAnswers, ...]
    mirror: Mirror
    told: Mapping[str, Told]  # by function; those with enough answers
    gave: Mapping[str, int]  # who gave both this time; no page prints it as it is
    sizes: Mapping[Group, int]  # of groups that may be told
    units: tuple[str, ...]
    roles: tuple[Compared, ...]
    beside: tuple[Compared, ...]  # unit beside unit
    moved: Mapping[Reading, tuple[Compared, ...]]  # of functions that are told afresh
    before: Mapping[str, Gap]  # how functions stood last time

    @property
    def now(self) -> int:
        """The place of this run."""
        return len(self.runs) - 1


def hold(runs: Sequence[RunAnswers]) -> Held:
    """The mirror of the last of these runs, which are of one organisation in their order."""
    people = [_colleagues(run) for run in runs]
    told: dict[str, list[Told]] = {}
    before: dict[str, Told] = {}
    for at, run in enumerate(runs):
        before = {
            slug: each[-1] for slug, each in told.items() if _same(runs[each[-1].run], run, slug)
        }
        for function in run.functions:
            _tell(at, people[at], _groups(run), function.slug, told.setdefault(function.slug, []))
        told = {slug: each for slug, each in told.items() if each}
    last = runs[-1]
    slugs = [each.slug for each in last.functions]
    gave = {slug: sum(slug in one.both for one in people[-1]) for slug in slugs}
    shown = {
        slug: told[slug][-1]
        for slug in slugs
        if slug in told and gave[slug] >= FEWEST and _same(runs[told[slug][-1].run], last, slug)
    }
    units = tuple(each.name for each in last.units)
    return Held(
        runs=tuple(runs),
        mirror=hold_mirror(
            {
                slug: shown[slug].every
                if slug in shown
                else answers_of(people[-1], ALL, slug)[: FEWEST - 1]
                for slug in slugs
            }
        ),
        told=shown,
        gave=gave,
        sizes=shown_sizes(people[-1], _groups(last)),
        units=units,
        roles=_compared(shown, [Group("role", role) for role in ROLES], every=True),
        beside=_compared(shown, [Group("unit", unit) for unit in units], every=False),
        moved=_moved(before, shown, len(runs) - 1),
        before={each.function: each for each in _mirror_of(before).functions},
    )


def _same(one: RunAnswers, other: RunAnswers, slug: str) -> bool:
    """Whether both asked of a function in the same words."""
    asked = [{each.slug: each.wording for each in run.functions} for run in (one, other)]
    return asked[0].get(slug) == asked[1].get(slug)


def _colleagues(run: RunAnswers) -> list[Colleague]:
    units = {each.id: each.name for each in run.units}
    return [Colleague(each.role, units[each.unit_id], _both(each)) for each in run.respondents]


def _both(one: OneRespondent) -> dict[str, Both]:
    return {
        slug: (said.professed, said.practised)
        for slug, said in one.says.items()
        if isinstance(said.professed, int) and isinstance(said.practised, int)
    }


def _groups(run: RunAnswers) -> list[Group]:
    """In the order in which they are tried: everybody, by role, then by unit."""
    return [
        ALL,
        *(Group("role", role) for role in ROLES),
        *(Group("unit", unit.name) for unit in run.units),
    ]


def _tell(
    at: int, people: Sequence[Colleague], groups: Sequence[Group], slug: str, told: list[Told]
) -> None:
    shows = shown_groups(people, groups, slug)
    answers = {
        group: tuple(answers_of(people, group, slug))
        for group, how in shows.items()
        if how == "shown"
    }
    if len(answers.get(ALL, ())) < FEWEST:
        return
    earlier = [_totals(each.answers) for each in told]
    fresh = is_afresh(earlier, _totals(answers))
    if fresh[ALL]:
        told.append(Told(at, {group: each for group, each in answers.items() if fresh[group]}))


def _totals(answers: Mapping[Group, Sequence[Both]]) -> dict[Group, Total]:
    return {group: total_of(each) for group, each in answers.items()}


def _mirror_of(told: Mapping[str, Told]) -> Mirror:
    return hold_mirror({slug: each.every for slug, each in told.items()})


def _compared(
    shown: Mapping[str, Told], groups: Sequence[Group], *, every: bool
) -> tuple[Compared, ...]:
    """What these groups practise, each two beside each other; `every`: only where all are shown."""
    pairs: dict[tuple[str, str, str], tuple[Sequence[int], Sequence[int]]] = {}
    for slug, told in shown.items():
        own = {
            group.key: [does for _says, does in told.answers[group]]
            for group in groups
            if group in told.answers
        }
        if len(own) > 1 and (len(own) == len(groups) or not every):
            pairs |= each_two(slug, own)
    return compare(pairs, SEED)


def _moved(
    before: Mapping[str, Told], shown: Mapping[str, Told], now: int
) -> dict[Reading, tuple[Compared, ...]]:
    """Two samples, since nobody can be followed from one run to the next."""
    pairs: dict[tuple[str, str, str], tuple[Sequence[int], Sequence[int]]] = {}
    for slug, told in shown.items():
        if told.run == now and slug in before:
            for at, reading in enumerate(("professed", "practised")):
                earlier, later = before[slug].every, told.every
                pairs[slug, reading, ""] = ([x[at] for x in earlier], [x[at] for x in later])
    found = compare(pairs, SEED)
    return {
        "professed": tuple(each for each in found if each.first == "professed"),
        "practised": tuple(each for each in found if each.first == "practised"),
    }
