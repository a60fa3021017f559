"""Two principal components of a votes table, and where they put people and statements.

An absent vote counts as the mean of its column, and columns are centred on their mean: so an absent
vote is exactly 0, and the centred table is as empty as the votes are. It is never written out. Up
to MOST_FOR_GRAM statements its Gram matrix (statements × statements) is decomposed; beyond, a block
Krylov method needs only products with the table.
"""

from __future__ import annotations

from dataclasses import dataclass

from discussion.analysis.arrays import Floats, Indices, Mask, np
from discussion.analysis.votes import Votes

COMPONENTS = 2
MOST_FOR_GRAM = 1024
PAIRS = 1 << 20  # pairs of votes that are added up together
DENSE_FROM = 1 / 15  # of the statements: above, a full row is quicker than pairs of its votes
DENSE_CELLS = 1 << 20
NOTHING = 1e-12  # of all variance: below, a component is rounding

BLOCK_WIDTH = 4  # more than two, so that equal components are found
MOST_STEPS = 60
TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False)
class Components:
    """`centre`: the mean vote on each statement; `axes`: 2 × statements, of length 1 or 0.

    An axis is 0 throughout where the votes vary in fewer than two directions. Its greatest entry is
    positive, since the sign of a component means nothing. `zeroed` statements are as if everybody
    had passed on them.
    """

    centre: Floats
    axes: Floats
    zeroed: Mask

    @property
    def contributions(self) -> Floats:
        """What each vote adds to somebody's place: 2 × (3 · statements), by statement and vote."""
        parts: Floats = _centred(self)[None] * self.axes[:, :, None]
        return parts.reshape(COMPONENTS, -1)


def find_components(votes: Votes, zeroed: Mask) -> Components:
    """The two directions in which people differ most, fitted on everybody.

    The same table gives the same components; nothing is random. Source: polis, `pca.clj`, which
    reaches the same by power iteration.
    """
    empty = np.zeros((COMPONENTS, votes.n_statements))
    before = Components(_means(votes, zeroed), empty, zeroed)
    centred = _centred(before).ravel()
    if votes.n_statements <= MOST_FOR_GRAM:
        axes = _axes_of(_gram(votes, centred))
    else:
        axes = _krylov_axes(votes, centred)
    axes[:, zeroed] = 0.0  # but for rounding it is
    return Components(before.centre, axes, zeroed)


def place_people(votes: Votes, components: Components) -> Floats:
    """People × 2: each seen from the votes they cast, scaled by √(statements / votes cast).

    A zeroed statement counts as a vote of everybody. Somebody without any vote stands at 0.
    Source: polis, `pca.clj`, `sparsity-aware-project-ptpt`.
    """
    parts = components.contributions
    points = np.zeros((votes.n_people, COMPONENTS))
    cast = np.full(votes.n_people, int(components.zeroed.sum()))
    for people, cells in votes.blocks():
        rows = np.repeat(np.arange(people.stop - people.start), votes.per_person[people])
        kinds = _kinds(votes, cells)
        for axis in range(COMPONENTS):
            sums = np.bincount(rows, parts[axis][kinds], minlength=people.stop - people.start)
            points[people, axis] = sums
        kept = ~components.zeroed[votes.statements[cells]]
        cast[people] += np.bincount(rows[kept], minlength=people.stop - people.start)
    points *= np.sqrt(votes.n_statements / np.maximum(cast, 1))[:, None]
    return points.round(12)  # equal but for rounding is equal


def find_extremities(components: Components) -> Floats:
    """How far each statement stands from the middle: where somebody who only agrees to it would.

    Source: polis, `pca-project-cmnts` and `with-proj-and-extremtiy`.
    Waits for `polis_priority` to be asked which statement comes next.
    """
    agreeing = components.contributions[:, 2::3] * np.sqrt(len(components.centre))
    lengths: Floats = np.hypot(agreeing[0], agreeing[1])
    return lengths


def _means(votes: Votes, zeroed: Mask) -> Floats:
    seen, total = np.zeros(votes.n_statements), np.zeros(votes.n_statements)
    for _, cells in votes.blocks():
        columns = votes.statements[cells]
        seen += np.bincount(columns, minlength=votes.n_statements)
        total += np.bincount(columns, votes.values[cells], minlength=votes.n_statements)
    return np.where(zeroed, 0.0, total / np.maximum(seen, 1))


def _centred(components: Components) -> Floats:
    """Each statement's three possible votes, less its mean; 0 for zeroed ones."""
    differences = np.array([-1.0, 0.0, 1.0]) - components.centre[:, None]
    return np.where(components.zeroed[:, None], 0.0, differences)


def _kinds(votes: Votes, cells: slice) -> Indices:
    """The number of each vote's statement and value, as `contributions` counts them."""
    return votes.statements[cells].astype(np.intp) * 3 + votes.values[cells] + 1


def _gram(votes: Votes, centred: Floats) -> Floats:
    """The centred table's columns times one another: statements × statements.

    People with few votes add the pairs of their votes, others a full row. People are taken by how
    many votes they cast, so that those who are added together have rows of one length.
    """
    gram = np.zeros((votes.n_statements, votes.n_statements))
    lengths = votes.per_person
    order = np.argsort(lengths, kind="stable")
    bounds = np.flatnonzero(np.diff(lengths[order])) + 1
    for people in np.split(order, bounds):
        length = int(lengths[people[0]]) if len(people) else 0
        if length == 0:
            continue
        is_dense = length > DENSE_FROM * votes.n_statements
        step = DENSE_CELLS // votes.n_statements if is_dense else PAIRS // length**2
        for first in range(0, len(people), max(step, 1)):
            cells = votes.starts[people[first : first + max(step, 1)], None] + np.arange(length)
            columns = votes.statements[cells].astype(np.intp)
            numbers = centred[columns * 3 + votes.values[cells] + 1]
            _add_rows(gram, columns, numbers, is_dense=is_dense)
    return gram


def _add_rows(gram: Floats, columns: np.ndarray, numbers: Floats, *, is_dense: bool) -> None:
    """Add the products of each row's numbers, which stand in these columns."""
    size = len(gram)
    if is_dense:
        full = np.zeros((len(columns), size))
        np.put_along_axis(full, columns, numbers, axis=1)
        gram += full.T @ full
    else:
        pairs = columns[:, :, None] * size + columns[:, None, :]
        products = numbers[:, :, None] * numbers[:, None, :]
        gram += np.bincount(pairs.ravel(), products.ravel(), size * size).reshape(size, size)


def _axes_of(gram: Floats) -> Floats:
    """The two eigenvectors with the greatest eigenvalues, as rows."""
    values, vectors = np.linalg.eigh(gram)
    return _signed(values[::-1], vectors[:, ::-1].T, float(np.trace(gram)))


def _signed(values: Floats, vectors: Floats, variance: float) -> Floats:
    axes = np.zeros((COMPONENTS, vectors.shape[1]))
    for number, (value, vector) in enumerate(zip(values[:COMPONENTS], vectors, strict=False)):
        if value > NOTHING * variance:
            axes[number] = vector * np.sign(vector[np.argmax(np.abs(vector))])
    return axes


def _krylov_axes(votes: Votes, centred: Floats) -> Floats:
    """The same without the Gram matrix, by block Krylov steps with Rayleigh and Ritz.

    Stops when both components satisfy their equation to TOLERANCE, or after MOST_STEPS steps,
    with what it has then. Source: Musco and Musco 2015, arXiv 1504.05477.
    """
    size = votes.n_statements
    block = np.linalg.qr(np.random.default_rng(0).standard_normal((size, BLOCK_WIDTH)))[0]
    basis, images = np.empty((size, 0)), np.empty((size, 0))
    values, vectors = np.zeros(0), np.empty((size, 0))
    for _ in range(MOST_STEPS):
        image = _gram_times(votes, centred, block)
        basis, images = np.hstack([basis, block]), np.hstack([images, image])
        small = basis.T @ images
        values, turns = np.linalg.eigh((small + small.T) / 2)
        values, turns = values[::-1][:COMPONENTS], turns[:, ::-1][:, :COMPONENTS]
        vectors = basis @ turns
        left = np.linalg.norm(images @ turns - vectors * values, axis=0)
        block = _new_directions(image, basis)
        if left.max() <= TOLERANCE * max(values[0], 0.0) or block.shape[1] == 0:
            break
    return _signed(values, vectors.T, float(values.max(initial=0.0)))


def _new_directions(image: Floats, basis: Floats) -> Floats:
    """What of the image lies outside the basis, orthonormal; nothing if it lies within."""
    rest = image
    for _ in range(2):  # once is not enough in floating point
        rest = rest - basis @ (basis.T @ rest)
    directions, sizes, _ = np.linalg.svd(rest, full_matrices=False)
    is_new = sizes > 1e-10 * max(float(np.linalg.norm(image)), 1e-300)
    fresh: Floats = directions[:, is_new]
    return fresh


def _gram_times(votes: Votes, centred: Floats, block: Floats) -> Floats:
    """Gram matrix × block, from the votes: time and memory as the votes."""
    result = np.zeros_like(block)
    for people, cells in votes.blocks():
        rows = np.repeat(np.arange(people.stop - people.start), votes.per_person[people])
        columns = votes.statements[cells]
        numbers = centred[_kinds(votes, cells)]
        for column in range(block.shape[1]):
            sums = np.bincount(rows, numbers * block[columns, column])
            result[:, column] += np.bincount(
                columns, numbers * sums[rows], minlength=votes.n_statements
            )
    return result
