"""Student's t: how many standard errors a bound stands away from what was measured."""

from functools import cache
from math import exp, lgamma, log, log1p

_ENOUGH = 1e-13
_TINY = 1e-300
_HALVINGS = 60
_MOST = 1e6  # no bound stands further away


@cache
def student_t(p: float, freedom: int) -> float:
    """The value that a variable of Student's t stays below with probability `p`.

    `p` is at least one half and below 1, `freedom` the degrees of freedom, from 1. Exact to about
    nine digits. Raises ValueError for others. Source: DLMF 8.17 (the incomplete beta function),
    by Lentz's continued fraction, and halving.
    """
    if not 0.5 <= p < 1 or freedom < 1:
        raise ValueError("a share of one half or more and below 1, and a degree of freedom")
    low, high = 0.0, 1.0
    while _above(high, freedom) > 1 - p and high < _MOST:
        low, high = high, 2 * high
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _above(middle, freedom) > 1 - p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _above(t: float, freedom: int) -> float:
    """The share of the distribution above t, which is not negative."""
    return _incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """I_x(a, b), 0 … 1."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _kept(1 - (a + b) * x / (a + 1))
    found = d
    for step in range(1, 500):
        twice = a + 2 * step
        for numerator in (
            step * (b - step) * x / ((twice - 1) * twice),
            -(a + step) * (a + b + step) * x / (twice * (twice + 1)),
        ):
            d = 1 / _kept(1 + numerator * d)
            c = _kept(1 + numerator / c)
            found *= c * d
        if abs(c * d - 1) < _ENOUGH:
            break
    return found


def _kept(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
