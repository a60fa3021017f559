"""Which statement to show somebody next: Polis' way, and one that does not bury dissent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from discussion.analysis.arrays import np

META_PRIORITY = 7.0
NEWNESS = 8.0
HALF_LIFE = 5.0  # answers after which what is new counts for half
UNKNOWN = 1.0  # the priority of a statement that nothing is known of
FEW_RESPONSES = 3


def polis_priority(
    agrees: int, passes: int, seen: int, *, extremity: float = 0.0, is_meta: bool = False
) -> float:
    """Polis' priority: higher for statements that are new, agreed to, seldom passed on and extreme.

    `extremity` is how far the statement stands from the middle of the opinion map, 0 or more.
    Source: polis, `conversation.clj`, `importance-metric` and `priority-metric`.
    Waits for rounds that may choose Polis’ way.
    """
    if is_meta:
        return META_PRIORITY**2
    agreed = (agrees + 1) / (seen + 2)
    importance = (1 - _pass_rate(passes, seen)) * (extremity + 1) * agreed
    return (importance * _newness(seen)) ** 2


def need_priority(passes: int, seen: int, *, gap: float) -> float:
    """Ours: higher for statements that are new, seldom passed on, and unheard by some group.

    Agreement plays no part, so that what few agree to is shown as often. `gap` is
    `find_gap`'s share, 0 … 1. The pass rate has one added each way, as Polis' has. Source: our own.
    """
    return (1 - _pass_rate(passes, seen)) * _newness(seen) * (1 + gap)


def find_gap(responses: Iterable[int]) -> float:
    """The share of declared groups with fewer than three responses, 0 … 1; 0 without groups.

    Source: our own.
    """
    counts = list(responses)
    return sum(count < FEW_RESPONSES for count in counts) / len(counts) if counts else 0.0


def draw_statement(priorities: Mapping[str, float | None], *, seed: int) -> str | None:
    """One statement, drawn in proportion to its priority; None when there is nothing to draw.

    The keys are the statements that the reader has not seen; None stands for a priority that is not
    known yet. The same keys and seed give the same statement, whatever their order. Raises
    ValueError for a priority below 0. Source: polis, `server.ts`, `selectProbabilistically`.
    """
    keys = sorted(priorities)
    weights = np.array([_known(priorities[key]) for key in keys], dtype=np.float64)
    if not keys:
        return None
    if not (np.isfinite(weights).all() and weights.min() >= 0):
        raise ValueError("a priority is a number from 0")
    reach = np.cumsum(weights if weights.sum() > 0 else np.ones(len(keys)))
    spot = np.random.default_rng(seed).random() * reach[-1]
    return keys[min(int(np.searchsorted(reach, spot, "right")), len(keys) - 1)]


def _pass_rate(passes: int, seen: int) -> float:
    return (passes + 1) / (seen + 2)


def _newness(seen: int) -> float:
    return float(1 + NEWNESS * 2 ** (-seen / HALF_LIFE))


def _known(priority: float | None) -> float:
    return UNKNOWN if priority is None else priority
