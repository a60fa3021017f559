"""What threads ask of rooms above: `register_rooms` in `wiring/` says who answers."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.shapes import Headline, Rated
from discussion.permissions.facts import Viewer
from discussion.registers import Only


@dataclass(frozen=True)
class Rounds:
    """Which threads have a round in their present cycle, by their ids."""

    ready: frozenset[int]  # open, or planned with days to come
    missed: frozenset[int]  # planned, and its days have passed


@dataclass(frozen=True)
class Missed:
    """A thread whose planned round was not opened in its days."""

    thread: Thread
    closes_at: datetime


FindLed = Callable[[Session, Viewer | None, Thread], tuple[Rated | None, Headline | None]]
ListHeadlines = Callable[[Session, Viewer | None, Thread], Mapping[int, Headline]]
ListNumbers = Callable[[Session, Viewer | None, Thread, int], tuple[int, ...]]
FindRounds = Callable[[Session, Collection[int], datetime], Rounds]

LED_TO: Only[FindLed] = Only("Which round a thread leads to, and what was found in it")
HEADLINES: Only[ListHeadlines] = Only("What was found in each earlier cycle of a thread")
HELD: Only[ListNumbers] = Only("Which rounds were held in a cycle of a thread")
ROUNDS: Only[FindRounds] = Only("Which threads have a round in their present cycle")
MISSED: Only[Callable[[Session, datetime], list[Missed]]] = Only("Whose planned round was missed")
STILL_ASKED: Only[Callable[[Session, Thread], bool]] = Only("Whether people are asked again")
IS_RATED: Only[Callable[[Session, Thread], bool]] = Only("Whether a round of a thread is open")
HAS_ROUNDS: Only[Callable[[Session, Thread], bool]] = Only("Whether a thread has any round")
BRIEFED: Only[Callable[[Session, Viewer | None, Thread], str]] = Only("Where its briefing is read")
# A statement within another: id, title, language, author, slug of the series, its own slug.
ESSAYS: Only[Callable[[], Select[Any]]] = Only("Which essays led to a thread")
# A statement within another, of the ids of threads.
IN_OPEN_ROUNDS: Only[Callable[[], Select[int]]] = Only("Which threads are being rated")


def find_rounds(session: Session, thread_ids: Collection[int], now: datetime) -> Rounds:
    """What these threads have planned or open in their present cycle."""
    return ROUNDS()(session, thread_ids, now)
