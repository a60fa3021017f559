"""Who do not know, of those who were asked: of the room, else of the group where they are most."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from discussion.analysis.answered import THIRD
from discussion.weighing.findings.computing.cells import cell_of, size_of
from discussion.weighing.findings.content.counted import Counted, Numbers


@dataclass(frozen=True)
class NotKnowing:
    """`some` of `asked`; `group` is empty for the whole room."""

    some: int
    asked: int
    group: str = ""
    is_of_all: bool = False  # how many were asked is not told: of everybody who answered anything

    @property
    def share(self) -> Fraction:
        return Fraction(self.some, self.asked)


def not_knowing(counted: Counted, code: str, groups: Sequence[str]) -> NotKnowing | None:
    """A third or more who do not know, in the room or else in one of the groups; None of fewer.

    Asked is who answered it in any way. Where the room's numbers are not shown, who do not know may
    be: they are a third of those asked at least, if they are a third of everybody.
    """
    room = _of_room(counted, code)
    if room is not None and room.share >= THIRD:
        return room
    found = [each for key in groups if (each := _of(counted, code, key)) and each.share >= THIRD]
    return max(found, key=lambda each: (each.share, each.group), default=None)


def is_knowing_told(counted: Counted, code: str, groups: Sequence[str]) -> bool:
    """Whether it is shown how many do not know: else nobody can say that they are few."""
    return all(cell_of(counted, code, key).dont_know is not None for key in (counted.room, *groups))


def _of_room(counted: Counted, code: str) -> NotKnowing | None:
    if found := _of(counted, code, counted.room):
        return NotKnowing(found.some, found.asked)
    cell = cell_of(counted, code, counted.room)
    everybody = size_of(counted, counted.room)
    if cell.dont_know is None or isinstance(cell, Numbers) or not everybody:
        return None
    return NotKnowing(cell.dont_know, everybody, is_of_all=True)


def _of(counted: Counted, code: str, key: str) -> NotKnowing | None:
    cell = cell_of(counted, code, key)
    if not isinstance(cell, Numbers):
        return None
    asked = cell.raters + cell.dont_know + cell.not_for_me
    return NotKnowing(cell.dont_know, asked, key) if asked else None
