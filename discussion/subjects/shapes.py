"""The frozen shapes in which a piece of writing answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from discussion.language import Phrase

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute

    from discussion.debate.evidence.models import EvidenceItem
    from discussion.debate.threads.models import Thread
    from discussion.series.values.models import Value

Key = tuple[str, str]  # kind and public id, as rows name what they are about


@dataclass(frozen=True)
class KindWords:
    """What the site calls a kind, each as its place needs it; lazy, for the language of the page.

    Empty where there is no such sentence: nobody can do that to this kind.
    """

    name: Phrase  # Item of the library
    logged: Phrase  # as the moderation log has it: Evidence
    waits: Phrase | str = ""  # as it waits on the desk: Proposed thread
    waiting: Phrase | str = ""  # and many of them: Proposed threads
    another: Phrase | str = ""  # where the same is said: another position
    report: Phrase | str = ""  # Report a position
    reported: Phrase | str = ""  # The moderators have your report of a position.
    hidden: Phrase | str = ""  # the subject of a letter: Your position is hidden for now
    redact: Phrase | str = ""  # Take words out of a position
    author: Phrase | str = ""  # The author of this position
    about: Phrase | str = ""  # It is about your position in “%(title)s”.
    kept: Phrase | str = ""  # where its author still finds it, once readers do not
    headlines: Mapping[str, Phrase] = field(default_factory=dict)  # of letters, by action


@dataclass(frozen=True)
class Excerpt:
    """The first words of something, and the language they are in ("" where nobody said)."""

    words: str = ""
    language: str = ""


@dataclass(frozen=True)
class Version:
    """One version of a text, as far as others need to know it."""

    id: int  # of its row
    number: int | None  # as readers count; None until it is first shown
    status: str  # pending, live, superseded, sent_back, declined
    excerpt: Excerpt
    html: str  # as it is shown, safe; "" where a card shows it


@dataclass(frozen=True)
class Waits:
    """Since when one of a kind waits on the desk, and what ends that for the first time."""

    since: "InstrumentedAttribute[datetime]"  # a moment of the table of its rows or versions
    ended_by: tuple[str, ...]  # actions
    is_of_version: bool = False  # each of its versions waits anew


@dataclass(frozen=True)
class Passage:
    """One text of what is shown now, in plain words: what a search looks through."""

    name: str  # of the column that it stands in: claim, reasoning, title
    words: str
    language: str


@dataclass(frozen=True)
class Beside:
    """What is read beside its words, where its kind has it."""

    response_type: str = ""
    follows: str = ""  # of what follows somewhere: if decided by whom, where, and as what
    item: "EvidenceItem | None" = None  # that a response names
    value: "Value | None" = None
    source: str = ""  # of an item: who and when
    interests: str = ""  # of a person


@dataclass(frozen=True)
class PublicReasons:
    """Of which decisions everybody may read why: those about this with one of these actions."""

    about: Key
    actions: tuple[str, ...] = ()  # empty: all of them


@dataclass(frozen=True)
class InThread:
    """The thread that something stands in, or is."""

    id: int
    question: str
    slug: str
    url: str


@dataclass(frozen=True)
class Place:
    """Where something stands and whose it is, read without loading it."""

    thread_id: int | None = None
    attribution: str = ""
    own_ids: tuple[int, ...] = ()  # of the people who wrote it, or have the pen of it


class Voiced(Protocol):
    """A row that stands under its author's voice: by name, by label, or as a contributor."""

    @property
    def public_id(self) -> str: ...
    @property
    def thread_id(self) -> int: ...
    @property
    def thread(self) -> "Thread": ...
    @property
    def author_id(self) -> int: ...
    @property
    def attribution(self) -> str: ...
    @property
    def strand(self) -> str: ...
    @property
    def first_published_at(self) -> datetime | None: ...
    @property
    def label_role(self) -> str: ...
    @property
    def label_phase(self) -> str: ...
    @property
    def label_step(self) -> int: ...


def voice_key(row: Voiced) -> tuple[int, str, str]:
    """One voice: of two rows of one author with the same, readers may know that they are one's."""
    return row.thread_id, row.attribution, row.strand
