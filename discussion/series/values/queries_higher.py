"""What values ask of rooms above: `register_rooms` in `wiring/` says who answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ScalarSelect
from sqlalchemy.orm import Session

from discussion.permissions.facts import Viewer
from discussion.registers import Only
from discussion.series.series.models import Series
from discussion.series.values.models import Value, ValueProposal
from discussion.series.values.shapes import Becomes, Side


@dataclass(frozen=True)
class SideAsked:
    """One side of a value, which `meaning` have been merged into, itself among them."""

    series: Series
    value_id: int
    meaning: Sequence[int]
    here: str  # the page on which it stands
    count: int = 0  # how many positions stand on it
    is_outweighed: bool = False
    after: str = ""  # the random place of the last tag on the page before


CountUses = Callable[[Session, Viewer | None, Series], Mapping[tuple[int, bool], int]]
ListBecoming = Callable[[Session, Viewer | None, Series, Value, Value], tuple[Becomes, ...]]

# (value id, is outweighed) → positions
COUNT_USES: Only[CountUses] = Only("How many positions serve or outweigh each value")
COUNT_PROPOSED: Only[Callable[[Session, Viewer | None, Series], int]] = Only(
    "How many tags name a value that is only proposed"
)
LIST_SIDE: Only[Callable[[Session, Viewer | None, SideAsked], Side]] = Only(
    "Which positions stand on one side of a value"
)
LIST_BECOMING: Only[ListBecoming] = Only("What a merge makes of the positions that name a value")
COUNT_RESPONSES: Only[Callable[[Session, Value], int]] = Only("How many responses name a value")
# A column beside a ValueProposal, so that it needs no statement of its own.
COUNT_NAMING: Only[Callable[[], ScalarSelect[int]]] = Only("How many tags name a proposal")
PROPOSED_IN: Only[Callable[[Session, ValueProposal, int], str]] = Only(
    "In which position, by its public id, somebody proposed a value first"
)
