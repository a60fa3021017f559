"""What can be followed: each kind finds itself as the viewer may read it, and says what is new.

A room that has something to be followed adds its `Followable` in `wiring/hearing.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from discussion.language import Phrase
from discussion.permissions.facts import Viewer
from discussion.reach.notices.shapes import OfSeries
from discussion.registers import Register


@dataclass(frozen=True)
class Followed:
    """Something that may be followed, as its follower may read it now."""

    title: str
    url: str
    series: OfSeries | None = None
    thread_id: int | None = None


@dataclass(frozen=True)
class Window:
    """After `since`, until `until`."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Followable:
    """A kind of what can be followed."""

    name: str
    words: Phrase  # Thread
    says: Phrase  # Follow this thread
    # By what a follow names; None where the viewer may not read it, or it may not be followed.
    find: Callable[[Session, Viewer, str], Followed | None]
    # Sentences that say what is new, without what the viewer did: "2 positions."
    news: Callable[[Session, Viewer, str, Window], tuple[str, ...]]
    is_place: bool = False  # of what one comes back to, and may mute


FOLLOWABLES: Register[Followable] = Register()


def followable(name: str) -> Followable | None:
    return next((one for one in FOLLOWABLES if one.name == name), None)
