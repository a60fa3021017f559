"""What rooms above do when a thread moves, or loses positions to another: see `register_rooms`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.registers import Register


class Carry(Protocol):
    """Lets rows of a thread stand in another, all of them or these; gives the ids of what moved."""

    def __call__(
        self,
        session: Session,
        source: Thread,
        target: Thread,
        *,
        only: Collection[int] | None = None,
    ) -> list[int]: ...


@dataclass(frozen=True)
class Carried:
    """A kind of row that goes along, under the name by which a regrouping remembers it."""

    name: str
    carry: Carry


CARRIED: Register[Carried] = Register()
# A thread stands at its new stage; `by_id` is who moved it, None for its day.
ON_STAGE: Register[Callable[[Session, Thread, int | None, datetime], object]] = Register()
