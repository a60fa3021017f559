"""Votes made up for tests: camps that disagree, and people without any opinion."""

import numpy as np
from hypothesis import strategies as st

from discussion.analysis.arrays import Floats
from discussion.analysis.votes import Votes, gather_votes, votes_from_table

ABSENT = float("nan")

# A small table: rows of votes, 2 standing for an absent one.
tables = st.integers(1, 9).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([-1, 0, 1, 2]), min_size=width, max_size=width),
        min_size=1,
        max_size=24,
    )
)


def votes_of(rows: list[list[int]]) -> Votes:
    full = np.array(rows, dtype=float)
    full[full == 2] = ABSENT
    return votes_from_table(full)


def camps(
    people: int, statements: int, *, groups: int = 2, density: float = 1.0, seed: int = 0
) -> tuple[Votes, Floats]:
    """Camps that vote as their line says nine times in ten, and who is in which."""
    random = np.random.default_rng(seed)
    camp = random.integers(0, groups, people)
    lines = random.choice([-1.0, 1.0], (groups, statements))
    said = lines[camp] * random.choice([1, 1, 1, 1, 1, 1, 1, 1, 1, -1], (people, statements))
    said[random.random(said.shape) > density] = ABSENT
    return votes_from_table(said), camp.astype(float)


def noise(people: int, statements: int, *, seed: int = 0) -> Votes:
    """Everybody tosses a coin for every statement."""
    random = np.random.default_rng(seed)
    return votes_from_table(random.choice([-1.0, 1.0], (people, statements)))


def sparse_noise(people: int, statements: int, per_person: int, *, seed: int = 0) -> Votes:
    random = np.random.default_rng(seed)
    who = np.repeat(np.arange(people), per_person)
    what = random.integers(0, statements, len(who))
    said = random.integers(-1, 2, len(who))
    return gather_votes(who, what, said, n_people=people, n_statements=statements)
