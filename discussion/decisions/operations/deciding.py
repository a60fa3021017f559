"""How everything is decided: one way, whatever it is about.

It is held and must not be somebody else's; nobody may have decided since; what is said of it is
short enough, and gives a reason of the series' list; then what follows is done, the decision
written, whoever it is about told, and the desk rid of it. What differs is the subject's `Steps`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from discussion import text
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.claiming import check_claim, release
from discussion.decisions.operations.notifications import tell
from discussion.decisions.operations.recording import find_reason, write_decision
from discussion.decisions.operations.refusing import AlreadyDecided, NeedsReason, TooLong
from discussion.decisions.queries.overtaken import newest_decision
from discussion.decisions.words import MAX_FACTS, MAX_WHY, NEEDS_NO_REASON
from discussion.permissions.facts import Viewer, series_of
from discussion.subjects.kinds import Subject

if TYPE_CHECKING:
    from discussion.series.series.models import Series


def _refuses_nothing(_ruling: Ruling) -> None: ...


def _as_ruled(ruling: Ruling) -> Ruling:
    return ruling


@dataclass(frozen=True)
class Steps:
    """What deciding does in the room of its subject; each step may raise what the room raises."""

    # Locks the rows, so that of two deciders the second sees what the first did; says what it is.
    hold: Callable[[], Case]
    # Refuses, in the room's own words, what cannot be decided as things stand now.
    check: Callable[[Ruling], None] = _refuses_nothing
    # Does it; returns the ruling as it is written: with the version, and details for the chain.
    apply: Callable[[Ruling], Ruling] = _as_ruled
    # Keeps what follows, and tells who hears of it; else the addressee gets a statement of reasons.
    follow: Callable[[Decision], None] | None = None
    needs_reason: bool = False  # of the series' list, but for words.NEEDS_NO_REASON


def case_of(subject: Subject) -> Case:
    """A piece of writing as something that is decided about, for its author to hear of."""
    return Case(*subject.key, series_of(subject.row), addressed_to_id=subject.author_id)


def carry_out(
    session: Session, decider: Viewer, ruling: Ruling, steps: Steps, *, now: datetime
) -> Decision:
    """Decide, and do what follows. Asks no right: it is called by operations that did.

    Raises Taken, AlreadyDecided, TooLong and NeedsReason, and what the steps raise.
    """
    case = steps.hold()
    for kind, public_id in case.waits_as:
        check_claim(session, decider, kind, public_id, now=now)
    _refuse_overtaken(session, case, ruling)
    steps.check(ruling)
    _refuse_too_long(ruling)
    if steps.needs_reason:
        _refuse_without_reason(session, case.series, ruling)
    decision = write_decision(session, decider, case, steps.apply(ruling), now=now)
    if steps.follow is None:
        tell(session, decision, now)
    else:
        steps.follow(decision)
    for kind, public_id in case.waits_as:
        release(session, kind, public_id)
    return decision


def _refuse_overtaken(session: Session, case: Case, ruling: Ruling) -> None:
    """Somebody has decided since what was on screen was the newest decision."""
    if ruling.decided is None:
        return
    if newest_decision(session, (case.kind, case.id)) != ruling.decided:
        raise AlreadyDecided


def _refuse_too_long(ruling: Ruling) -> None:
    if text.count(ruling.why) > MAX_WHY or text.count(ruling.facts) > MAX_FACTS:
        raise TooLong


def _refuse_without_reason(session: Session, series: "Series", ruling: Ruling) -> None:
    if ruling.action in NEEDS_NO_REASON:
        return
    if find_reason(session, series, ruling.reason) is None:
        raise NeedsReason
