"""Whether opinion groups would be found again among half of the people: whether to show them.

Groups are shown from forty people on, and when they are stable: over twenty half-samples, grouped
anew from their votes alone into as many groups, the mean adjusted Rand index with the groups of all
is 0.7 or more. The bound is a judgement. Votes without any structure gave 0.15 to 0.43 (40, 100 and
400 people, 30 statements, whole and at 30 %), the two conversations of `tests/data/polis` 0.78 to
0.87, forty people drawn from these 0.4 to 0.95.

Stable does not mean apart: people on one long line, with nobody missing in the middle, are cut in
the same place again and again. The silhouette tells more of that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from discussion.analysis.arrays import ArrayLike, np
from discussion.analysis.clustering import adjusted_rand_index
from discussion.analysis.opinion_groups import OpinionGroups, label_again
from discussion.analysis.votes import Votes, choose_people

LEAST_RATERS = 40
LEAST_STABILITY = 0.7
REFITS = 20
STARTS = 20  # of each refit: more found the same in camps, and in noise the same to 0.002
LARGEST_SAMPLE = 5_000  # people; half of very many would tell no more and take long


@dataclass(frozen=True)
class Judgement:
    """Whether groups may be shown, and why not; `stability` is None where it was not measured."""

    state: Literal["stable", "unstable", "too_few_people", "one_group"]
    people: int
    stability: float | None

    @property
    def may_be_shown(self) -> bool:
        """Whether the groups are stable."""
        return self.state == "stable"


def judge_groups(
    votes: Votes, groups: OpinionGroups, *, moderated_out: ArrayLike = (), seed: int = 0
) -> Judgement:
    """The rule above, for groups that `find_groups` found in the same votes.

    `moderated_out` are numbers of statements, as `find_groups` was given them. Source: our own.
    """
    people = int((groups.labels >= 0).sum())
    if people < LEAST_RATERS:
        return Judgement("too_few_people", people, None)
    if groups.k < 2:
        return Judgement("one_group", people, None)
    stability = find_stability(votes, groups, moderated_out=moderated_out, seed=seed)
    return Judgement("stable" if stability >= LEAST_STABILITY else "unstable", people, stability)


def find_stability(
    votes: Votes,
    groups: OpinionGroups,
    *,
    moderated_out: ArrayLike = (),
    seed: int = 0,
    refits: int = REFITS,
) -> float:
    """The mean adjusted Rand index of the groups with those of seeded half-samples; at most 1.

    A half-sample is drawn from those who are in, without putting back, and keeps their order.
    Source: after Hennig (2007), Comput. Stat. Data Anal. 52(1) 258–271, with Rand's index.
    """
    random = np.random.default_rng(seed)
    people = np.flatnonzero(groups.labels >= 0)
    size = min((len(people) + 1) // 2, LARGEST_SAMPLE)
    halves = [np.sort(random.choice(people, size, replace=False)) for _ in range(refits)]
    again = label_again(
        (choose_people(votes, half) for half in halves),
        moderated_out=moderated_out,
        k=groups.k,
        seed=seed,
        starts=STARTS,
    )
    found = [
        adjusted_rand_index(labels[labels >= 0], groups.labels[half][labels >= 0])
        for labels, half in zip(again, halves, strict=True)
    ]
    return float(np.mean(found))
