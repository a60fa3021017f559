"""A counted round's numbers by group: as they are shown, and sums and differences of these."""

from discussion.analysis.tallies import Tally
from discussion.weighing.findings.computing.groups import BOTH, EVERYBODY, OTHERS
from discussion.weighing.findings.content.counted import Cell, Counted, NoNumbers, Numbers

FEW = NoNumbers("few")


def size_of(counted: Counted, key: str) -> int:
    """How many raters a group has; 0 where that is not shown."""
    if key == BOTH:
        return sum(size_of(counted, each) for each in _headline(counted))
    if key.startswith(f"{OTHERS}:"):
        size = size_of(counted, key.removeprefix(f"{OTHERS}:"))
        return max(size_of(counted, EVERYBODY) - size, 0) if size else 0
    group = counted.groups.get(key)
    return group.size or 0 if group else 0


def cell_of(counted: Counted, code: str, key: str) -> Cell:
    """A group's numbers for a statement, or why not; sums and differences of what is shown."""
    cells = counted.cells[code]
    if key == BOTH:
        two = [cells.get(each, FEW) for each in _headline(counted)]
        return _combined(two[0], two[1], 1) if len(two) == 2 else FEW
    if key.startswith(f"{OTHERS}:"):
        group = cells.get(key.removeprefix(f"{OTHERS}:"), FEW)
        return _combined(cells.get(EVERYBODY, FEW), group, -1)
    return cells.get(key, FEW)


def rating_counts(cell: Cell) -> tuple[int, ...] | None:
    """How many chose each point; None where that is not shown, or nobody chose any."""
    return cell.counts if isinstance(cell, Numbers) and cell.raters else None


def tally_of(counted: Counted, code: str, key: str) -> Tally | None:
    """Who agrees and who disagrees, where it is shown."""
    return tally_in(cell_of(counted, code, key), counted.round.points)


def tally_in(cell: Cell, points: int) -> Tally | None:
    """The same of one cell."""
    counts = rating_counts(cell)
    if counts is None:
        return None
    least = (points + 1) // 2 + 1  # agreeing; disagreeing is its mirror image
    return Tally(sum(counts[least - 1 :]), sum(counts[: points + 1 - least]), sum(counts))


def _headline(counted: Counted) -> tuple[str, ...]:
    return tuple(key for pair in counted.pairs[:1] for key in (pair.a, pair.b))


def _combined(one: Cell, other: Cell, sign: int) -> Cell:
    if isinstance(one, NoNumbers):
        return NoNumbers(one.why)
    if isinstance(other, NoNumbers):
        return NoNumbers(other.why)
    return Numbers(
        counts=tuple(x + sign * y for x, y in zip(one.counts, other.counts, strict=True)),
        up=one.up + sign * other.up,
        down=one.down + sign * other.down,
        dont_know=one.dont_know + sign * other.dont_know,
        not_for_me=one.not_for_me + sign * other.not_for_me,
    )
