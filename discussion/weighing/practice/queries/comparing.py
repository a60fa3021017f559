"""Which functions of two versions can be set beside each other."""

from dataclasses import dataclass

from discussion.weighing.practice.models import Function, Instrument


@dataclass(frozen=True)
class Compared:
    """By name, as the newer version calls them."""

    before: int  # the version that it is compared with
    comparable: tuple[str, ...]
    changed: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]


def comparable_slugs(before: Instrument, after: Instrument) -> frozenset[str]:
    """Functions that both versions ask in the same words; none where the scale's words differ.

    A function that moved is the same; a question that is worded otherwise makes all of them others.
    """
    known = {one.slug: wording_of(before, one) for one in before.functions}
    return frozenset(
        one.slug for one in after.functions if known.get(one.slug) == wording_of(after, one)
    )


def wording_of(instrument: Instrument, one: Function) -> tuple[str, ...]:
    """All that is read by whoever answers of a function: what differs in it is another."""
    return one.name, one.covers, instrument.professed, instrument.practised, *instrument.stops


def compare(before: Instrument, after: Instrument) -> Compared:
    """What changed between two versions, function by function."""
    comparable = comparable_slugs(before, after)
    known = {one.slug for one in before.functions}
    asked = {one.slug for one in after.functions}
    return Compared(
        before.version,
        tuple(one.name for one in after.functions if one.slug in comparable),
        tuple(one.name for one in after.functions if one.slug in known - comparable),
        tuple(one.name for one in after.functions if one.slug not in known),
        tuple(one.name for one in before.functions if one.slug not in asked),
    )
