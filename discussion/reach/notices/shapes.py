"""What pages and letters say of notices."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from discussion.language import Phrase


class OfSeries(Protocol):
    """The series that a notice is of."""

    @property
    def id(self) -> int: ...
    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def visibility(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def host(self) -> str: ...


@dataclass(frozen=True)
class Act:
    """What can be done with one press."""

    words: str
    url: str  # of a form that holds nothing


@dataclass(frozen=True)
class Line:
    """One thing that happened, as its receiver may read it now."""

    says: str  # a sentence
    url: str  # the path that it leads to
    action: str  # what one does there: Read the answer
    about: str = ""  # whose matter it is: Your position
    place: str = ""  # where: the question of a thread
    more: str = ""  # a second sentence
    acts: tuple[Act, ...] = ()  # on the page alone
    quote: str = ""  # in the words of who did it, for a letter about this alone
    subject: str = ""  # of such a letter: never anybody's words
    is_coarse: bool = False  # done under the Chatham House Rule: its month alone is told
    is_own_secret: bool = False  # about something of one's own under it: no letter names it
    series: OfSeries | None = None
    id: str = ""
    kind: str = ""
    on: str = ""  # its day in words, or its month
    is_new: bool = False

    def as_of(self, id: str, kind: str, on: str, *, is_new: bool) -> "Line":
        return replace(self, id=id, kind=kind, on=on, is_new=is_new)


@dataclass(frozen=True)
class News:
    """What of the notices that were not seen may be read."""

    many: int  # that can be read until a state of theirs is another one
    passing: tuple[tuple[str, Mapping[str, Any]], ...]  # what was told of what: looked at each time


@dataclass(frozen=True)
class FollowRow:
    """Something that somebody follows or mutes."""

    what: str
    subject: str
    words: Phrase
    title: str
    url: str
    is_muted: bool
    news: tuple[str, ...]  # what is new since a day
    since: str


@dataclass(frozen=True)
class FollowPage:
    """Whether somebody follows something, and the buttons."""

    what: str
    subject: str
    words: Phrase
    says: Phrase
    title: str
    url: str
    state: str  # followed, muted; empty for neither
    can_mute: bool
    send_url: str
    notices_url: str


@dataclass(frozen=True)
class Since:
    """What the foot of a page says to who is signed in."""

    says: Phrase
    url: str
    news: str  # since they were last here
    visited: str  # the subject of the visit, of a page that counts as one
    is_new_visit: bool


@dataclass(frozen=True)
class NoticesPage:
    lines: tuple[Line, ...]
    follows: tuple[FollowRow, ...]
    follow_url: str
    new: int
    older_url: str
    seen_url: str
    hear_url: str


@dataclass(frozen=True)
class Rhythm:
    value: str
    words: Phrase
    is_chosen: bool


@dataclass(frozen=True)
class KindChoice:
    name: str
    says: Phrase
    rhythms: tuple[Rhythm | None, ...]  # one for each column; None where it cannot be chosen


@dataclass(frozen=True)
class HearPage:
    """How somebody hears."""

    kinds: tuple[KindChoice, ...]
    zone: str
    zones: tuple[str, ...]  # some that people choose
    email: str
    is_confirmed: bool
    send_url: str


@dataclass(frozen=True)
class StopPage:
    """What a link in a letter stops."""

    names: tuple[str, ...]  # of the kinds, as sentences
    is_off: bool
    hear_url: str
