"""The frozen shapes of statements and appeals."""

from dataclasses import dataclass
from datetime import date, datetime

from discussion.oversight.moderation.letter_words import Said
from discussion.oversight.moderation.queries.shapes import DeskFrame
from discussion.oversight.reports.queries.desk_shapes import Reported


@dataclass(frozen=True)
class About:
    """What was decided on, in its first words."""

    kind: str  # as Decision.subject_kind says
    words: str
    language: str
    url: str  # empty where it cannot be read any more


@dataclass(frozen=True)
class Answered:
    """The end of an appeal."""

    outcome: str  # of words.OUTCOMES
    why: str
    followed: str  # what overturning did
    by_role: str
    on: date
    statement_url: str  # of the decision that undid it


@dataclass(frozen=True)
class Made:
    """An appeal, as its maker reads it."""

    text: str
    on: date


@dataclass(frozen=True)
class StatementPage:
    """What was decided, under which rule, on which facts, by which role, and what can be done."""

    id: str
    headline: str
    about: About
    lines: tuple[Said, ...]
    at: datetime
    by_role: str
    by_name: str  # for moderators of the series alone
    is_mine: bool  # the viewer is whom it is addressed to
    state: str  # of words.STATES
    until: date  # to appeal
    within: str  # how soon an appeal is answered
    appeal: Made | None  # for its maker alone
    answered: Answered | None  # how it ended; who decided it may know
    undoes_url: str  # the statement that this one undid, on appeal
    send_url: str
    series_slug: str
    series_title: str
    rules_url: str


@dataclass(frozen=True)
class Line:
    """One decision in one's own list."""

    headline: str
    url: str
    about: About
    on: date
    state: str
    until: date


@dataclass(frozen=True)
class StatementsPage:
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class AppealsDesk:
    """A decision and the appeal against it, for somebody else to look again."""

    frame: DeskFrame | None  # none for the administrator, who has no queue
    is_own: bool  # the viewer decided it, made the appeal, or reported what it was about
    about: About
    item: Reported | None
    headline: str
    lines: tuple[Said, ...]
    decided_by: str
    decided_on: date
    text: str  # of the appeal
    made_on: date
    answered: Answered | None
    undoes: str  # what overturning does
    send_url: str
    statement_url: str
    rules_url: str


@dataclass(frozen=True)
class LeftLine:
    """What nobody in its series may decide."""

    kind: str  # of moderation.words.KINDS
    title: str
    subject: str
    url: str
    series: str
    since: date
    is_urgent: bool


@dataclass(frozen=True)
class LeftPage:
    lines: tuple[LeftLine, ...]
