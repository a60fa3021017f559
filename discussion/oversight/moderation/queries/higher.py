"""What the desk asks of the rooms whose lines it shows: `register_rooms` in `wiring/` answers."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, cast, extract
from sqlalchemy.orm import Session

from discussion.registers import Only, Register

# By public id of those of this kind that are reported: where the reports that wait are answered.
Reported = Callable[[Session, str, Collection[str]], Mapping[str, Sequence[str]]]
# A kind of the desk, and a statement of what was decided in these series since: the series, the
# target, and the seconds (see `second`) since which and until when it waited; a row an item.
Timed = Callable[[Sequence[int], datetime], tuple[str, Select[Any]]]

REPORTED: Only[Reported] = Only("Which pieces of writing are reported")
TIMED: Register[Timed] = Register()


def second(moment: Any) -> Any:
    """Whole seconds since 1970, on both databases."""
    return cast(extract("epoch", moment), Integer)
