"""The frozen shapes of the desk's page about something that was reported."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from discussion.debate.positions.queries.card import Card
from discussion.decisions.shapes import PastDecision
from discussion.oversight.moderation.queries.shapes import DeskFrame, Letter, ReasonChoice


@dataclass(frozen=True)
class Reported:
    """What was reported, as a moderator reads it, whatever its state."""

    kind: str  # of words.KINDS
    id: str
    state: str  # of a contribution; shown or hidden for the rest
    url: str
    words: str
    language: str
    thread_question: str
    thread_url: str
    card: Card | None  # of the position; of the position answered for a response
    text: Markup  # of a response, and what an item or a thread says of itself
    response_type: str
    follows: str  # where, and as what, of what follows at a level
    source: str  # of an item: who and when
    interests: str  # of a person


@dataclass(frozen=True)
class Told:
    """One report, without a word of who made it."""

    id: str
    reason: str
    text: str
    by: str  # "A member" or "A visitor"
    on: date
    is_urgent: bool
    has_hidden: bool
    version: int | None  # of a position, if an earlier one is meant


@dataclass(frozen=True)
class ReportsDesk:
    """What was reported, the open reports about it, and what can be decided."""

    frame: DeskFrame | None  # none for the administrator, who has no queue
    is_own: bool  # the viewer wrote or reported it, so somebody else answers
    item: Reported | None
    reports: tuple[Told, ...]
    newest: str  # public id of the newest report shown
    is_hidden_by_report: bool
    actions: tuple[str, ...]
    reasons: tuple[ReasonChoice, ...]
    letter: Letter | None  # what the author would read of what is typed so far
    past: tuple[PastDecision, ...]
    answer_url: str
    redact_url: str
    sanction_url: str
    contribution_url: str  # its own page on the desk
    rules_url: str
    within: str
