"""Acts of power over an item that decide on nobody's contribution: links of the chain alone."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from discussion.audit.operations import append_event
from discussion.debate.evidence.models import EvidenceItem
from discussion.permissions.facts import Viewer


def chain(
    session: Session, actor: Viewer, item: EvidenceItem, verb: str, now: datetime, **details: Any
) -> None:
    append_event(
        session,
        series_id=item.series_id,
        actor_id=actor.person_id,
        verb=verb,
        subject=("evidence", item.public_id),
        now=now,
        details=details,
    )
