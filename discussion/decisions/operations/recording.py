"""What every decision leaves behind: its row, which nobody can change, and a link of the chain."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from discussion import text
from discussion.audit.operations import append_event
from discussion.decisions.models import Decision
from discussion.decisions.words import MAX_FACTS, MAX_WHY
from discussion.permissions.facts import Viewer

if TYPE_CHECKING:
    from discussion.series.series.models import Reason, Series

ADMINISTRATOR = "administrator"


def write_decision(
    session: Session,
    decider: Viewer,
    series: "Series",
    action: str,
    *,
    subject: tuple[str, str],
    reason: "Reason | None" = None,
    why: str = "",
    facts: str = "",
    marks: Sequence[str] = (),
    twin_id: str = "",
    version_id: int | None = None,
    addressed_to_id: int | None = None,
    now: datetime,
    **details: Any,
) -> Decision:
    """Write that somebody decided `action` on a subject, (kind, public id), and chain it.

    Asks no right: it is called by operations that did. `addressed_to_id` is the person who gets the
    statement of reasons and may appeal. Details go into the chain alone, as plain JSON.
    """
    kind, subject_id = subject
    decision = Decision(
        series_id=series.id,
        subject_kind=kind,
        subject_id=subject_id,
        revision_id=version_id,
        action=action,
        reason_id=reason.id if reason else None,
        why=text.paragraphs(why)[:MAX_WHY],
        facts=text.paragraphs(facts)[:MAX_FACTS],
        marks=list(marks),
        twin_id=twin_id,
        addressed_to_id=addressed_to_id,
        decided_by_id=decider.person_id,
        decided_by_role=role_of(decider, series),
        at=now,
    )
    session.add(decision)
    session.flush()
    append_event(
        session,
        series_id=series.id,
        actor_id=decider.person_id,
        verb=action,
        subject=subject,
        now=now,
        details={"decision": decision.public_id, "said": decision.fingerprint, **details},
    )
    return decision


def role_of(viewer: Viewer, series: "Series") -> str:
    """As what somebody decides in a series: moderator, convener, or administrator of the site."""
    own = viewer.belongings.get(series.id)
    return own.role if own and own.role != "contributor" else ADMINISTRATOR
