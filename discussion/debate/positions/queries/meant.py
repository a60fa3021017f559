"""What the tags of one version mean today, after values were merged and proposals accepted.

Tags stay as they were chosen, so that a merge can be undone; here they are read. Two that mean one
value now are one, at the better rank. A value that is served and, through a merge, outweighed as
well would make a position contradict itself, so both tags keep the words in which they were chosen.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from discussion.debate.positions.models import ValueTag
from discussion.debate.positions.queries.card_rows import TagRow
from discussion.series.values.models import Value, ValueInBrief, resolve


class Row(Protocol):
    """What names a value without being a tag: a row of a statement, or of a form."""

    @property
    def value_id(self) -> int | None: ...
    @property
    def is_outweighed(self) -> bool: ...
    @property
    def rank(self) -> int: ...


Tag = TypeVar("Tag", bound="Row | ValueTag | TagRow")


@dataclass(frozen=True)
class Meant(Generic[Tag]):
    """One value that a version serves or outweighs; without a value it is only proposed."""

    tag: Tag
    value: Value | ValueInBrief | None
    rank: int  # without gaps, from 1
    folded: tuple[Tag, ...] = ()  # others on the same side that mean the same value

    @property
    def is_outweighed(self) -> bool:
        return bool(self.tag.is_outweighed)


def value_chosen(tag: ValueTag | TagRow) -> int | None:
    """The value that a tag names, or that its proposal was accepted as."""
    return tag.value_id or (tag.proposal.value_id if tag.proposal is not None else None)


def value_named(tag: Row | ValueTag) -> int | None:
    """The value that a row names."""
    return tag.value_id


def meant(
    tags: Iterable[Tag],
    values: Mapping[int, Value | ValueInBrief],
    chosen: Callable[[Tag], int | None] = value_named,
) -> tuple[Meant[Tag], ...]:
    """What the tags of one version mean today: those served by rank, then those outweighed.

    `values` are all of the series, by id; `chosen` tells which of them a tag names.
    """
    ordered = sorted(tags, key=lambda tag: (tag.is_outweighed, tag.rank))
    today = {id(tag): resolve(values, chosen(tag)) for tag in ordered}
    sides: dict[int, set[bool]] = {}
    for tag in ordered:
        if (value := today[id(tag)]) is not None:
            sides.setdefault(value.id, set()).add(tag.is_outweighed)
    found: list[Meant[Tag]] = []
    for _side, side in groupby(ordered, key=lambda tag: tag.is_outweighed):
        at: dict[int, int] = {}  # value → its place among what was found
        rank = 0
        for tag in side:
            value = today[id(tag)]
            if value is not None and len(sides[value.id]) > 1:
                value = values.get(tag.value_id or 0)  # as it was worded; a proposal stays one
            if value is not None and value.id in at:
                first = found[at[value.id]]
                found[at[value.id]] = replace(first, folded=(*first.folded, tag))
                continue
            rank += 1
            if value is not None:
                at[value.id] = len(found)
            found.append(Meant(tag, value, rank))
    return tuple(found)


def gloss_of(one: Meant[ValueTag | TagRow]) -> str:
    """What the author says that the value means here; of what was folded, all that was said."""
    glosses = (tag.gloss for tag in (one.tag, *one.folded) if tag.gloss)
    return " · ".join(dict.fromkeys(glosses))
