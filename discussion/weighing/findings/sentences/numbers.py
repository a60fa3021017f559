"""Numbers as they stand in sentences and tables."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

from discussion.language import _, number_in_words

_PER_CENT = Decimal("0.01")
RARE = Fraction(1, 10)


def floating(value: Fraction | None) -> float | None:
    """For JSON and drawings, to the nearest float; None stays None."""
    return None if value is None else float(value)


def decimal(value: Fraction | None, nothing: str = "") -> str:
    """Two places, halves up: 0.55."""
    if value is None:
        return nothing
    exactly = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exactly.quantize(_PER_CENT, ROUND_HALF_UP))


def up(bound: float) -> str:
    """An upper bound, outwards: 0.304 is 0.31; never above the whole scale."""
    return str(min(Decimal(bound), Decimal(1)).quantize(_PER_CENT, ROUND_CEILING))


def down(bound: float) -> str:
    """A lower bound, outwards: 0.366 is 0.36."""
    return str(Decimal(bound).quantize(_PER_CENT, ROUND_FLOOR))


def below(value: Fraction | None, line: Fraction, nothing: str = "") -> str:
    """Two places, but never rounded up to a line that the value is under."""
    said = decimal(value, nothing)
    if value is not None and value < line <= Fraction(said):
        return down(float(value))
    return said


def chance(p: Fraction | None) -> str:
    """A p as people say it: "1 in 126", rounded outwards; from one in ten on as a decimal."""
    if p is None:
        return ""
    if p >= RARE:
        return decimal(p)
    return _("1 in %(many)s", many=f"{int(1 / p):,}") if p else _("never")


def earlier_chance(p: Fraction | None) -> str:
    """The same as it was rounded by the rule before: to the nearest."""
    if not p or p >= RARE:
        return chance(p)
    return _("1 in %(many)s", many=f"{round(1 / p):,}")


def in_small_words(number: int) -> str:
    """Inside a sentence: "five", "40"."""
    return number_in_words(number).lower()
