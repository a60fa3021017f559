"""An item as something that is decided about, and links of the chain where nothing is decided."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from discussion.audit.operations import append_event
from discussion.debate.evidence.models import EvidenceItem
from discussion.decisions.drafts import Case
from discussion.permissions.facts import Viewer
from discussion.subjects.finding import subject_of


def case_of(
    item: EvidenceItem,
    *,
    addressed_to_id: int | None = None,
    waits_as: tuple[tuple[str, str], ...] = (),
) -> Case:
    """An item as something that is decided about."""
    return Case(*subject_of(item).key, item.series, addressed_to_id, waits_as)


def chain(
    session: Session, actor: Viewer, item: EvidenceItem, verb: str, now: datetime, **details: Any
) -> None:
    """Write what the actor did to an item into the audit chain."""
    append_event(
        session,
        series_id=item.series_id,
        actor_id=actor.person_id,
        verb=verb,
        subject=subject_of(item).key,
        now=now,
        details=details,
    )
