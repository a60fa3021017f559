"""What is asked of rooms above: `register_rooms` in `wiring/` says who answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.drafts import PositionDraft
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.decisions.shapes import OwnSanction
from discussion.permissions.facts import Viewer
from discussion.registers import Only, Register


@dataclass(frozen=True)
class Drawn:
    """A statement of an opened round, as it is named beside a position that it draws on."""

    code: str
    text: str
    url: str


@dataclass(frozen=True)
class AskedOf:
    """One statement of which its author is asked whether it is fair."""

    text: str
    kind: str
    url: str
    thread_question: str
    answer: str  # unanswered, fair, mend
    answer_by: date | None
    shut: str  # why it can no longer be answered; empty while it can


@dataclass(frozen=True)
class Step:
    """One step of the road that a piece of writing takes: walked, or still ahead."""

    title: str
    says: str = ""  # a line beside it, in the site's words
    named: str = ""  # what it led to, in the words of people
    url: str = ""
    on: str = ""  # ISO: the day, or the month; of what is ahead, from when
    is_ahead: bool = False


@dataclass(frozen=True)
class Own:
    """Some of what somebody wrote and others read, or have read: where did it go?"""

    viewer: Viewer
    positions: Sequence[Position]
    responses: Sequence[Response]
    items: Sequence[EvidenceItem]
    now: datetime


@dataclass(frozen=True)
class Near:
    """A position that says nearly what somebody is writing."""

    claim: str
    language: str
    url: str
    number: int
    family: str  # of its first value: the mark
    question: str  # of its thread


Roads = Mapping[str, Sequence[Step]]  # by public id

ListDrawn = Callable[[Session, Viewer | None, Position], tuple[Drawn, ...]]
FindsThreads = Callable[[ColumnElement[int]], Select[int]]
ListAsked = Callable[[Session, Viewer, date], tuple[AskedOf, ...]]
ListOwn = Callable[[Session, Viewer | None, datetime], tuple[OwnSanction, ...]]
ReadsFirst = Callable[[Session, Position | Response, datetime], datetime | None]
ListNear = Callable[
    [Session, Viewer | None, Thread, PositionDraft, Position | None], tuple[Near, ...]
]
Went = Callable[[Session, Own], Roads]

DRAWN_ON: Only[ListDrawn] = Only("Which statements draw on a position")
DRAWN_IN: Only[FindsThreads] = Only("In which threads, by their ids, such statements stand")
ASKED: Only[ListAsked] = Only("Of which statements somebody is asked whether they are fair")
OWN_SANCTIONS: Only[ListOwn] = Only("What a series asks of somebody now")
READS_FIRST_UNTIL: Only[ReadsFirst] = Only("Until when a voice is read before it is shown")
NEAR: Only[ListNear] = Only("Which positions say nearly what is being written")
WENT: Register[Went] = Register()  # where one's writing went, in the order of the road
