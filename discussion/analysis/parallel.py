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
    left = _left(table[None], is_centred=is_centred)[0]
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
    observed = _strengths(table[None], is_centred=is_centred)[0]
    drawn = _strengths(_dealt_anew(table, random), is_centred=is_centred)
    above = observed > np.quantile(drawn, SURE, axis=0)
    return int(np.argmin([*above, False]))


def _left(tables: Floats, *, is_centred: bool) -> Floats:
    """Of tables × people × statements, what each rating is above or below what is usual."""
    is_rated = ~np.isnan(tables)
    ratings = np.where(is_rated, tables, 0.0)
    if is_centred:
        own = ratings.sum(axis=2, keepdims=True) / is_rated.sum(axis=2, keepdims=True)
        np.subtract(ratings, own, out=ratings, where=is_rated)
    ratings -= ratings.sum(axis=1, keepdims=True) / is_rated.sum(axis=1, keepdims=True)
    ratings[~is_rated] = 0.0
    spread = ratings.std(axis=1, keepdims=True)
    ratings /= np.where(spread > 0, spread, 1.0)
    return ratings


def _strengths(tables: Floats, *, is_centred: bool) -> Floats:
    """Of each table, the strengths of the first directions, the greatest first."""
    left = _left(tables, is_centred=is_centred)
    together = left.transpose(0, 2, 1) @ left / left.shape[1]
    return np.linalg.eigvalsh(together)[:, ::-1][:, :MOST]


def place(table: Floats, directions: Directions, number: int) -> Floats:
    """People × 2 in the first one or two directions; as if everybody had rated everything."""
    points = np.zeros((len(table), MOST))
    rated = np.count_nonzero(~np.isnan(table), axis=1)
    scale = np.sqrt(table.shape[1] / rated)[:, None]
    points[:, :number] = directions.left @ directions.axes[:, :number] * scale
    return points


def _dealt_anew(table: Floats, random: np.random.Generator) -> Floats:
    """Tables × people × statements."""
    dealt = np.repeat(table[None], PERMUTATIONS, axis=0)
    seen = [np.flatnonzero(~np.isnan(column)) for column in table.T]
    for again in dealt:
        for column, (raters, said) in enumerate(zip(seen, table.T, strict=True)):
            again[raters, column] = said[random.permutation(raters)]
    return dealt
