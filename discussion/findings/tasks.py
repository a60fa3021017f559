"""What the worker does for findings: making snapshots, and looking whether tags have changed.

Tags change in many ways: positions are published, revised, withdrawn, hidden, restored and moved,
labels coarsen, values are merged, evidence is retracted. So nobody has to remember to promise a new
snapshot; the worker looks, and makes one where what positions say no longer fits.
"""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from discussion.findings.operations import (
    COMPUTE,
    compute_findings,
    find_stale,
    promise_findings,
)
from discussion.rounds.keys import rater_secret
from discussion.web.site import site

LOOK = "findings.look_again"
Payload = dict[str, Any]


def compute(session: Session, payload: Payload, now: datetime) -> None:
    """Make the snapshot; running twice makes one."""
    compute_findings(session, payload["thread"], payload["because"], secret=_secret(), now=now)


def look_again(session: Session, _payload: Payload, now: datetime) -> None:
    """Promise a snapshot of each thread whose tags have changed."""
    for thread_id in list(find_stale(session, secret=_secret(), now=now)):
        promise_findings(session, thread_id, "tags_changed", now=now)


def _secret() -> str:
    return rater_secret(site().settings.rater_key, str(current_app.secret_key))


TASKS = {COMPUTE: compute, LOOK: look_again}
PERIODIC = {LOOK: timedelta(minutes=15)}
