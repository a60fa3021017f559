"""The Subject: one piece of people's writing, and what it can be asked whatever its kind."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

from sqlalchemy import ColumnElement, Select, true
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ExecutableOption

from discussion.db import Identified
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.registers import Register
from discussion.subjects.shapes import (
    Beside,
    Excerpt,
    InThread,
    KindWords,
    Passage,
    PublicReasons,
    Version,
    Waits,
)
from discussion.subjects.texts import Text, Typed

if TYPE_CHECKING:
    from discussion.debate.positions.models import Position, Response, ResponseText, Revision
    from discussion.debate.positions.queries.cards import Around
    from discussion.debate.positions.queries.shapes import Change

    Carded = tuple[Position, Revision]
    Contribution = Position | Response
    Waiting = Revision | ResponseText

Answers = tuple[str, ...]
Standing = Select[str, Any, str, Any, Any]


class Subject(Protocol):
    """A row of one kind of writing with all that differs by kind.

    Adapters inherit from it and answer what their kind answers otherwise. Whoever asks has found
    the row by a right of theirs: nothing of this asks another, but where it says so.
    """

    kind: ClassVar[str]  # in rows, and where one is named: position
    plural: ClassVar[str]  # in the desk's addresses and claims: positions
    model: ClassVar[type[Identified]]
    beside: ClassVar[Sequence[ExecutableOption]] = ()  # what is read with a row, in its statement
    words: ClassVar[KindWords]
    typed: ClassVar[Sequence[Typed]] = ()  # the tables in which people's texts of it stand
    reads: ClassVar[May]  # the right by which it is found on its own page
    leaves_line: ClassVar[bool] = False  # hidden, a line stands in its place; else it is not there
    is_contribution: ClassVar[bool] = False  # handed in in versions, and decided on at the desk
    is_logged_in_thread: ClassVar[bool] = False  # the log names the thread that it stands in
    is_of_moderators: ClassVar[bool] = False  # they wrote it in their office, and nobody is told
    is_somebody: ClassVar[bool] = False  # a person, by name
    is_hidden_by_report: ClassVar[bool] = False  # an urgent one takes it out of sight at once
    is_on_map: ClassVar[bool] = False  # beside others of its thread, by what it says and where
    has_public_versions: ClassVar[bool] = False  # readers may read its earlier versions
    answers: ClassVar[Answers] = ("keep", "hide")  # what a report of it may lead to
    answers_hidden: ClassVar[Answers] = ("restore", "hide")  # and while it is hidden
    waits: ClassVar[Waits | None] = None  # of what new ones wait for on the desk
    told_actions: ClassVar[Answers] = ()  # which decisions on it are listed; empty: all

    row: Identified

    def __init__(self, row: Identified) -> None:
        self.row = row

    # How many are asked at once, in SQL.

    @classmethod
    def standing(cls) -> Standing:
        """Public id, thread, attribution, and the one or two people whose it is; for many at once.

        A row that more people wrote may come more than once.
        """
        ...

    @classmethod
    def ever_shown(cls) -> ColumnElement[bool]:
        """Of those rows that readers may have found at some time; of others they know nothing."""
        return true()

    @classmethod
    def in_thread(cls, session: Session, thread_id: int, limit: int) -> Sequence[Self]:
        """Those that stand in a thread, and the thread itself; at most so many."""
        return ()

    @classmethod
    def count_waiting(cls, count: int) -> str:
        """So many of them that wait: 3 positions."""
        ...

    # What it is called, and where it stands.

    @property
    def id(self) -> str:
        return self.row.public_id

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.id

    @property
    def title(self) -> str:
        """What it is known by: the question of its thread, or a title of its own."""
        return self.thread.question if self.thread else ""

    @property
    def label(self) -> str:
        """What it is called beside others of its thread: Position 3."""
        return self.title

    @property
    def url(self) -> str:
        """Where readers find it."""
        ...

    @property
    def desk_url(self) -> str:
        """Where moderators look at it."""
        return self.url

    @property
    def mend_url(self) -> str:
        """Where its author changes it; empty where only moderators do."""
        return ""

    @property
    def thread(self) -> InThread | None:
        return None

    @property
    def place_url(self) -> str:
        """Where it stands among others, also for who does not want to read it."""
        return self.url

    @property
    def mention(self) -> str:
        """How a sentence names it: position 3."""
        return self.label

    @property
    def slug(self) -> str:
        """The part of its address that was made of its words, and stays."""
        return ""

    # Whose it is.

    @property
    def author_id(self) -> int | None:
        """Who is told what is decided about it; None where nobody wrote it for themselves."""
        ...

    @property
    def own_ids(self) -> frozenset[int]:
        """Everybody who wrote it, or has the pen of it, and so decides nothing about it."""
        return frozenset() if self.author_id is None else frozenset({self.author_id})

    @property
    def voiced(self) -> "Contribution | None":
        """The row, where it stands under a voice: readers may know others of the same voice."""
        return None

    @property
    def attribution(self) -> str:
        """How its author is named: named, role, chatham_house; empty where that is not asked."""
        return ""

    def author_shown(self, session: Session) -> str:
        """Its author as moderators see them: no more than what is or will be shown."""
        return _("A contributor")

    # Whether it is shown, and to whom.

    @property
    def is_hidden(self) -> bool:
        """Whether it is out of everybody's sight until a moderator shows it again."""
        return False

    @property
    def state(self) -> str:
        """Of a contribution its state; published or hidden for the rest."""
        return "hidden" if self.is_hidden else "published"

    def is_readable(self, viewer: Viewer | None) -> bool:
        """Whether the viewer finds it, perhaps as a line that says that it is hidden."""
        return allowed(viewer, self.reads, self.row)

    def is_known(self, viewer: Viewer | None) -> bool:
        """Whether the viewer may know that it is there, though it is hidden."""
        return allowed(viewer, May.READ_SERIES, self.row)

    def found_under(self, session: Session, viewer: Viewer | None) -> str:
        """The slug of a thread by which the viewer finds it, of what stands in no series."""
        return ""

    def shows_words(self, viewer: Viewer | None) -> bool:
        """Whether the viewer may read its words, and so report them."""
        return allowed(viewer, May.REPORT, self.row)

    # What it says.

    def excerpt(self, number: int | None = None) -> Excerpt:
        """Its first words, in the version that readers count so, else in the one that is shown."""
        ...

    def version_id(self, number: int | None = None) -> int | None:
        """The id of that version; None where there are no versions."""
        return None

    def find_version(self, session: Session, id: int) -> Version | None:
        """One of its versions by the id of its row."""
        return None

    def beside_words(self) -> Beside:
        return Beside()

    def carded(self, session: Session, version_id: int | None) -> "Carded | None":
        """The position that a card shows with it, in a version: itself, or the one it answers."""
        return None

    def waiting(self, session: Session) -> "Waiting | None":
        """The version that waits for a decision, if there is one."""
        return None

    def written(self, version: "Waiting") -> Iterator[str]:
        """Every text that a version publishes, with what hangs on it."""
        return iter(())

    def change_reason(self, version: "Waiting | None") -> str:
        """Why its author changed it, where that is asked."""
        return ""

    def changes(self, version: "Waiting | None", around: "Around") -> "tuple[Change, ...]":
        """What a version changes against the one that is live; nothing of the first."""
        return ()

    def brings(self, version: "Waiting | None") -> Sequence[int]:
        """The ids of the items of the library that come with a version."""
        return ()

    def versions(self) -> tuple[Version, ...]:
        """All of them, the first one first; none where it has none."""
        return ()

    def html(self, session: Session, version_id: int | None = None) -> str:
        """What it says at length, safe, in a version; empty where a card shows it."""
        return ""

    def passages(self) -> tuple[Passage, ...]:
        """What a search may find it by: of what is shown now, and nothing while it is hidden.

        For those who may read its words, of rows for which `ever_shown` holds.
        """
        return ()

    def texts(self, session: Session) -> Iterator[Text]:
        """Every text that people typed: all versions, whatever became of them, and what hangs on
        them.
        """
        return iter(())

    @property
    def public_reasons(self) -> PublicReasons | None:
        """What everybody may read of why it was decided on; None where only its author may."""
        return None

    def cited(self) -> Sequence[Identified]:
        """The items of the library that it cites, in any version."""
        return ()


KINDS: Register[type[Subject]] = Register()


def on_pages() -> dict[str, dict[str, KindWords]]:
    """What templates find the words of a kind under: `kind_words[…].name`."""
    return {"kind_words": {kind.kind: kind.words for kind in KINDS}}
