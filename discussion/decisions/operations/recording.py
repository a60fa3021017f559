"""What every decision leaves behind: its row, which nobody can change, and a link of the chain."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from discussion import text
from discussion.audit.operations import append_event
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Decision
from discussion.decisions.words import MAX_FACTS, MAX_WHY
from discussion.permissions.facts import Viewer

if TYPE_CHECKING:
    from discussion.series.series.models import Reason, Series

ADMINISTRATOR = "administrator"


def write_decision(
    session: Session, decider: Viewer, case: Case, ruling: Ruling, *, now: datetime
) -> Decision:
    """Write that somebody decided this, and chain it.

    Asks no right: it is called by operations that did. Details go into the chain alone.
    """
    reason = find_reason(session, case.series, ruling.reason)
    decision = Decision(
        series_id=case.series.id,
        subject_kind=case.kind,
        subject_id=case.id,
        revision_id=ruling.version_id,
        action=ruling.action,
        reason_id=reason.id if reason else None,
        why=text.paragraphs(ruling.why)[:MAX_WHY],
        facts=text.paragraphs(ruling.facts)[:MAX_FACTS],
        marks=list(ruling.marks),
        twin_id=ruling.twin,
        addressed_to_id=case.addressed_to_id,
        decided_by_id=decider.person_id,
        decided_by_role=role_of(decider, case.series),
        at=now,
    )
    session.add(decision)
    session.flush()
    said = {"decision": decision.public_id, "said": decision.fingerprint}
    append_event(
        session,
        series_id=case.series.id,
        actor_id=decider.person_id,
        verb=ruling.action,
        subject=(case.kind, case.id),
        now=now,
        details={**said, **ruling.details},
    )
    return decision


def find_reason(session: Session, series: "Series", slug: str) -> "Reason | None":
    """The reason of the series' list that has this slug and may still be given."""
    if not slug:
        return None
    session.refresh(series, ["reasons"])
    return next((one for one in series.reasons if one.slug == slug and not one.retired_at), None)


def role_of(viewer: Viewer, series: "Series") -> str:
    """As what somebody decides in a series: moderator, convener, or administrator of the site."""
    own = viewer.belongings.get(series.id)
    return own.role if own and own.role != "contributor" else ADMINISTRATOR
