"""What is known of a page before it is made: whether it can be taken from what is kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Head:
    """Of which series a page is, under which states it was or will be made, and for whom."""

    series_id: int
    states: tuple[int, ...]  # read before the page is made; the same while nothing changes
    is_own: bool = False  # something on it is the viewer's own: it is kept for them alone
    is_passing: bool = False  # it says what no state counts: it is not kept
    reaches_out: bool = False  # it names what stands in other series
    menu: frozenset[str] = frozenset()  # what its series has: see permissions/menus.py
    often: tuple[int, ...] = ()  # states of what changes often, where little of the page tells it
