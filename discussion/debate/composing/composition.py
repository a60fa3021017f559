"""What differs from one kind of writing to another, and what they have in common on the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from flask import Response
from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.composing.forms import Shape, Written
from discussion.debate.composing.operations import About
from discussion.debate.composing.shapes import Saying
from discussion.debate.composing.words import digest
from discussion.debate.composing.writer import notice_in_words
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.may import May
from discussion.problems import Problem
from discussion.text import Notice


class Named(Protocol):
    """An item of the library, as it is named in brief."""

    @property
    def short(self) -> str: ...


@dataclass(frozen=True)
class Form:
    """What a template shows of a form: what was typed, what is wrong, and what is kept."""

    typed: Written
    problems: tuple[Problem, ...] = ()  # what was refused
    needs: tuple[Problem, ...] = ()  # what publishing would refuse now
    notices: tuple[Notice, ...] = ()
    opened: str = ""  # what it was opened with, or saved as since: see `versions.py`
    saved_at: datetime | None = None
    has_earlier: bool = False
    waits_since: datetime | None = None  # another text of this browser, which nobody said is theirs
    named: str = ""  # the token of the draft that this page goes on with, of a visitor
    is_discarding: bool = False
    said: str = ""  # what a button did, for those who cannot see it
    stations: Mapping[str, str] = field(default_factory=dict)

    def wrong(self, name: str) -> tuple[str, ...]:
        """The sentences that stand beside one field."""
        return tuple(problem.sentence for problem in self.problems if problem.field == name)

    def longest(self, name: str) -> int:
        """How many characters a field takes, or a field of each row."""
        return self.typed.shape.longest[name]

    @property
    def summary(self) -> list[tuple[str, str]]:
        return [(problem.field, problem.sentence) for problem in self.problems]

    @property
    def notices_digest(self) -> str:
        return digest(self.notices)

    def where(self, problem: Problem, sources: Mapping[str, "Named"]) -> str:
        """Which of several rows a problem in the summary is about; "" where there is only one."""
        name, _dash, rest = problem.field.partition("-")
        index = rest.partition("-")[0]
        if name not in self.typed.rows or not index.isdigit():
            return ""
        if name != self.typed.shape.item:
            return _("Value %(n)s: ", n=int(index) + 1)
        source = sources.get(self.typed.rows[name][int(index)]["item"])
        return _("%(source)s: ", source=source.short) if source else ""

    def place(self, scale: str) -> int | None:
        """The step taken on a scale, 0 … 4."""
        steps = {f"{step / 4:g}": step for step in range(5)}
        steps |= {str(step / 4): step for step in range(5)}
        return steps.get(self.typed.places.get(scale, ""))

    @staticmethod
    def count(typed: str) -> int:
        return text.count(typed)

    @staticmethod
    def kind_of(notice: Notice) -> str:
        return notice_in_words(notice)


@dataclass(frozen=True)
class HandedIn:
    """It is handed in, and its writer goes on here, told this."""

    url: str
    sentence: str = ""


@dataclass(frozen=True)
class Beside:
    """Its writer has one already: what was typed is kept as a draft of another kind."""

    kind: str
    subject: About
    sentence: str
    url: str


class Elsewhere(Exception):
    """What it is about went somewhere else a moment ago: open it again and hand it in there."""


class Composition(Protocol):
    """What is composed, and where; each kind of writing has its own."""

    @property
    def kind(self) -> str:
        """As its kept draft is called."""

    @property
    def shape(self) -> Shape:
        """What its form asks for."""

    @property
    def right(self) -> May:
        """What somebody needs who opens it."""

    @property
    def subject(self) -> About:
        """What it is about, and a kept draft of it."""

    @property
    def thread(self) -> Thread:
        """Where it stands."""

    @property
    def url(self) -> str:
        """Its own page."""

    @property
    def back(self) -> str:
        """Where one is without it."""

    @property
    def begins_signed_out(self) -> bool:
        """Whether it can be begun by somebody who is not known yet."""

    def found_in(self, opened: Session) -> "Composition":
        """The same in another session, as it is there."""

    def first(self) -> Written:
        """What the page opens with where no draft is kept."""

    def follow(self, written: Written) -> Written:
        """What was typed, with values that were merged meanwhile as they are called now."""

    def needs(self, opened: Session, written: Written) -> list[Problem]:
        """What handing it in would refuse now."""

    def why_not(self, opened: Session) -> str:
        """Why it cannot be handed in now, whatever it says; empty when it can."""

    def hand_in(self, opened: Session, written: Written, now: datetime) -> HandedIn | Beside:
        """Hand it in. Raises Invalid, Forbidden and Elsewhere."""

    @property
    def handed_in_at(self) -> datetime | None:
        """When what a new page opens with was handed in; None where nothing was yet."""

    def says(self, written: Written) -> list[Saying]:
        """Everything that was typed or chosen, in words; also of fields that are empty."""

    def note_where(self) -> None:
        """Say where it goes, where that is not where it was begun."""

    def show(self, opened: Session, form: Form, status: int = 200) -> Response:
        """The whole page, or the part that the site's own script asked for."""
