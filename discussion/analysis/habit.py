"""Whether one group agrees more with anything at all: a habit, which is no difference of view.

A habit shows on every statement, a difference of view on some; and habits that are large are rarer
than small ones. So every habit that could be is weighed by how well it explains all statements of a
round together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from discussion.analysis.arrays import Floats, np

FEWEST = 5  # statements, to tell a habit from a difference
USUAL = 0.15  # the standard deviation of habits, as a share of the scale
VIEWS = 0.35  # that of true differences
DIFFERENT = 0.5  # of statements, before anything is known
SURE = 0.8
_STEPS = 121
_LARGEST = 0.6
_SMALLEST_ERROR = 0.01


@dataclass(frozen=True, eq=False)
class Habit:
    """How much higher the second group rates anything: `shifts`, and how likely each is."""

    shifts: Floats
    chances: Floats  # adding to 1

    @property
    def mean(self) -> float:
        """As a share of the scale, −1 … 1; above 0 where the second group agrees more."""
        return float(self.shifts @ self.chances)

    def is_beyond(self, shift: Fraction, line: Fraction, chance: float) -> bool:
        """Whether what is left of a shift without the habit surely reaches the line.

        And by more than chance: `chance` is how far it would go by itself, as a share of the scale.
        """
        left = np.abs(float(shift) - self.shifts)
        is_sure = self.chances[left >= float(line)].sum() >= SURE
        return bool(is_sure and abs(float(shift) - self.mean) >= chance)

    def is_within(self, shift: Fraction, reach: float, line: Fraction) -> bool:
        """Whether what is left of it, with how far it is known, surely stays below the line."""
        left = np.abs(float(shift) - self.shifts) + reach
        return bool(self.chances[left < float(line)].sum() >= SURE)


def find_habit(shifts: Sequence[Fraction], errors: Sequence[float]) -> Habit | None:
    """The habits that could be, from every statement's shift and its standard error; shares.

    A statement shows the habit alone with a chance of one half, else a difference of view as well,
    normal with a standard deviation of 0.35 of the scale; habits are normal with one of 0.15.
    None of fewer than five statements: then nothing tells the two apart. Raises nothing of its own.
    Source: spike and slab (Mitchell & Beauchamp 1988, J Am Stat Assoc 83, 1023–1032); the numbers
    are our own.
    """
    if len(shifts) < FEWEST:
        return None
    grid = np.linspace(-_LARGEST, _LARGEST, _STEPS)
    left = np.array([float(each) for each in shifts])[:, None] - grid
    errors_of = np.maximum(np.array(errors), _SMALLEST_ERROR)[:, None]
    alike = _density(left, errors_of)
    apart = _density(left, np.hypot(errors_of, VIEWS))
    logs = np.log((1 - DIFFERENT) * alike + DIFFERENT * apart).sum(axis=0)
    logs -= (grid / USUAL) ** 2 / 2
    chances = np.exp(logs - logs.max())
    return Habit(grid, chances / chances.sum())


def _density(left: Floats, spread: Floats) -> Floats:
    """Of a normal variable, but for a factor that is the same for all."""
    found: Floats = np.exp(-((left / spread) ** 2) / 2) / spread
    return found
