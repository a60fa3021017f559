"""What accounts ask of the rooms above; `register_rooms` in wiring/ says who answers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, FromClause, ScalarSelect
from sqlalchemy.orm import Session

from discussion.decisions.shapes import OwnSanction
from discussion.people.accounts.models import Person
from discussion.people.accounts.shapes import (
    Claim,
    Offer,
    Reply,
    SeriesPart,
    Waiting,
)
from discussion.permissions.facts import Belonging, Viewer
from discussion.registers import Only, Register

Joined = TypeVar("Joined", covariant=True)

# The parameters of the statement that finds a viewer, for what is read beside it: the time, and as
# what and which the page that is asked for may be visited.
NOW, PLACE, SUBJECT = "now", "place", "subject"


@dataclass(frozen=True)
class Beside(Generic[Joined]):
    """What a room adds to the one statement that finds a viewer, which has Person in it."""

    table: FromClause
    on: ColumnElement[bool]  # how its rows belong to a person
    columns: tuple[ColumnElement[Any], ...]  # the first is never null, and orders them
    read: Callable[[Sequence[tuple[Any, ...]]], Joined]  # from its rows, each once, in order


@dataclass(frozen=True)
class Belongings:
    """Where somebody belongs, by the ids of series."""

    belongings: Mapping[int, Belonging]
    removed_from: frozenset[int]
    posted_as: Sequence[tuple[str, str]]  # role and phase in each, the newest last


class ClaimsKept(Protocol):
    """Gives to who came in what they wrote before; what it returns is not read."""

    def __call__(self, session: Session, actor: Viewer, token: str, *, now: datetime) -> object:
        """What was kept under the browser's tokens becomes the actor's own."""


@dataclass(frozen=True)
class KeptWriting:
    """What somebody wrote before they came in."""

    claim: ClaimsKept
    # What was ready is handed in: where to go on to, or the address given if nothing was.
    hand_in: Callable[[Session, Viewer, str], str]
    # What is handed in once an address is confirmed, by the browser's tokens.
    list_waiting: Callable[[Session, str], tuple[Waiting, ...]]
    # What is kept under these tokens, each by its own, and when it was written: nothing of it.
    list_held: Callable[[Session, str], tuple[tuple[str, datetime], ...]]


# Of a person: where they belong, and the ids of series where they may write nothing for now.
BELONGINGS: Only[Beside[Belongings]] = Only("where somebody belongs")
PAUSED: Only[Beside[frozenset[int]]] = Only("who is paused")

# As columns of a query that has Person: when they leave, if they asked to; which notices they have
# not seen, hidden ones too, and under which states these can be read; when they were at the page
# last, and the time before.
UNSEEN: Only[Callable[[], ScalarSelect[Any]]] = Only("what somebody has not seen")
VISITED: Only[Callable[[], tuple[ScalarSelect[Any], ScalarSelect[Any]]]] = Only("who was where")
LEAVES_AT: Only[Callable[[], ScalarSelect[datetime]]] = Only("when somebody leaves")

# For one's profile.
PARTS: Only[Callable[[Session, int], tuple[SeriesPart, ...]]] = Only("one's part in each series")
OFFERS: Only[Callable[[Session, Viewer, datetime], Sequence[Offer]]] = Only("what one may join")
SANCTIONS: Only[Callable[[Session, Viewer, datetime], Sequence[OwnSanction]]] = Only(
    "what a series asks of somebody"
)

# For the page of a person: what they published by name where the viewer may find it.
CLAIMS: Only[Callable[[Session, Viewer | None, Person], tuple[Claim, ...]]] = Only("claims by name")
REPLIES: Only[Callable[[Session, Viewer | None, Person], tuple[Reply, ...]]] = Only(
    "responses by name"
)

# Whether the actor keeps the members of a series that this person belongs to.
KEEPS_MEMBER: Only[Callable[[Session, Viewer, int], bool]] = Only("who keeps somebody as a member")
# What the site's own things are called, as far as everybody may know: nobody is called the same.
TAKEN_NAMES: Register[Callable[[Session], Iterable[str]]] = Register()
# What follows from an address that is confirmed.
CONFIRMED: Register[Callable[[Session, Person, datetime], object]] = Register()

KEPT: Only[KeptWriting] = Only("what was written before one came in")
