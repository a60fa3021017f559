"""In how many directions people differ by more than chance, and where each person stands."""

from __future__ import annotations

from dataclasses import dataclass

from discussion.analysis.arrays import Floats, np

MOST = 2  # directions that are looked for
PERMUTATIONS = 200
SURE = 0.99  # of permuted tables that a direction exceeds
LARGEST_SAMPLE = 500  # people; of more, chance would do no less and take long


@dataclass(frozen=True, eq=False)
class Directions:
    """`strengths`: eigenvalues, the greatest first; `axes`: statements × statements, by column.

    `left`: people × statements, what each rating is above or below what is usual; 0 for none.
    """

    strengths: Floats
    axes: Floats
    left: Floats


def find_directions(table: Floats, *, is_centred: bool) -> Directions:
    """Principal components of the correlations between statements.

    `table`: people × statements, NaN for no rating; everybody has rated something, and so has
    every statement been. `is_centred` leaves out each person's own usual answer, and with it any
    habit of agreeing. Raises nothing of its own. Source: Q methodology as in Stephenson (1953),
    with the statements' correlations, which have the same components.
    """
    left = table - np.nanmean(table, axis=1, keepdims=True) if is_centred else table
    left = np.nan_to_num(left - np.nanmean(left, axis=0))
    spread = left.std(axis=0)
    left = left / np.where(spread > 0, spread, 1.0)
    strengths, axes = np.linalg.eigh(left.T @ left / len(left))
    return Directions(strengths[::-1], axes[:, ::-1], left)


def count_directions(table: Floats, *, is_centred: bool, seed: int) -> int:
    """How many directions, 0 … 2, are stronger than in 99 of 100 tables with permuted columns.

    Each column's ratings are dealt anew among those who rated it, so that nothing goes together.
    Of more than 500 people a seeded sample. Source: parallel analysis, Horn (1965), Psychometrika
    30, 179–185, with permutations after Buja & Eyuboglu (1992).
    """
    random = np.random.default_rng(seed)
    if len(table) > LARGEST_SAMPLE:
        table = table[np.sort(random.choice(len(table), LARGEST_SAMPLE, replace=False))]
    observed = find_directions(table, is_centred=is_centred).strengths
    drawn = [
        find_directions(_dealt_anew(table, random), is_centred=is_centred).strengths[:MOST]
        for _ in range(PERMUTATIONS)
    ]
    above = observed[:MOST] > np.quantile(np.array(drawn), SURE, axis=0)
    return int(np.argmin([*above, False]))


def place(table: Floats, directions: Directions, number: int) -> Floats:
    """People × 2 in the first one or two directions; as if everybody had rated everything."""
    points = np.zeros((len(table), MOST))
    rated = np.count_nonzero(~np.isnan(table), axis=1)
    scale = np.sqrt(table.shape[1] / rated)[:, None]
    points[:, :number] = directions.left @ directions.axes[:, :number] * scale
    return points


def _dealt_anew(table: Floats, random: np.random.Generator) -> Floats:
    dealt = table.copy()
    for column in dealt.T:
        seen = np.flatnonzero(~np.isnan(column))
        column[seen] = column[random.permutation(seen)]
    return dealt
