"""Who may look again at a decision: not who decided, appealed, or reported what it was about."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.oversight.appeals.models import Appeal
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.queries.subjects import moderators_of
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed


def concerned_by(session: Session, appeal: Appeal) -> set[int]:
    """The ids of everybody who may not."""
    reporters = session.scalars(
        select(Report.reporter_id)
        .where(Report.decision_id == appeal.decision_id)
        .where(Report.reporter_id.is_not(None))
    )
    decided_by_id = appeal.decision.decided_by_id
    return {decided_by_id, appeal.made_by_id, *(id for id in reporters if id is not None)}


def may_review(session: Session, appeal: Appeal) -> set[int]:
    """The moderators and conveners of the series who may; empty where none is left."""
    return moderators_of(session, appeal.series_id) - concerned_by(session, appeal)


def is_for(session: Session, viewer: Viewer | None, appeal: Appeal) -> bool:
    """Whether the viewer may look again; an administrator only where nobody else may."""
    if viewer is None or not allowed(viewer, May.REVIEW_APPEAL, appeal):
        return False
    if viewer.person_id in concerned_by(session, appeal):
        return False
    return allowed(viewer, May.MODERATE, appeal) or not may_review(session, appeal)
