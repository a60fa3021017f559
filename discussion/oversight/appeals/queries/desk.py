"""Looking again: the decision with its reasons, what it was about, and the appeal against it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.decisions.models import Decision
from discussion.decisions.shapes import Filters
from discussion.language import _
from discussion.oversight.appeals.models import Appeal, AppealOutcome
from discussion.oversight.appeals.queries.reviewers import is_for
from discussion.oversight.appeals.queries.shapes import AppealsDesk
from discussion.oversight.appeals.queries.statement import about_of, answered_of, lines_of
from discussion.oversight.appeals.words import UNDOES, UNDOES_NOTHING
from discussion.oversight.moderation.queries.frame import frame
from discussion.oversight.reports.queries.desk import show_reported
from discussion.oversight.reports.queries.desk_shapes import Reported
from discussion.oversight.sanctions.queries.finding import find_by_decision
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.subjects.finding import find_subject, headline, kind_at, kind_named

KIND = "appeals"  # of moderation.words.KINDS


def find_appeal_for(session: Session, viewer: Viewer | None, public_id: str) -> Appeal | None:
    """An appeal in a series that the viewer moderates, or that is left to them."""
    appeal = session.scalar(
        select(Appeal)
        .where(Appeal.public_id == public_id)
        .options(
            joinedload(Appeal.decision).options(
                joinedload(Decision.series),
                joinedload(Decision.reason),
                joinedload(Decision.decided_by),
            ),
            joinedload(Appeal.outcome).joinedload(AppealOutcome.reviewed_by),
        )
    )
    if appeal is None:
        return None
    may_look = allowed(viewer, May.MODERATE, appeal) or is_for(session, viewer, appeal)
    return appeal if may_look else None


def appeals_desk(
    session: Session,
    viewer: Viewer,
    appeal: Appeal,
    *,
    filters: Filters | None = None,
    now: datetime,
) -> AppealsDesk:
    """Everything on one page; to who is concerned, only that somebody else looks again."""
    decision, may_review = appeal.decision, is_for(session, viewer, appeal)
    return AppealsDesk(
        frame=frame(
            session, viewer, open_kind=KIND, open_id=appeal.public_id, filters=filters, now=now
        )
        if allowed(viewer, May.MODERATE, appeal)
        else None,
        is_own=not may_review,
        about=about_of(session, viewer, decision),
        item=_item(session, decision) if may_review else None,
        headline=headline(decision.subject_kind, decision.action),
        lines=lines_of(session, decision) if may_review else (),
        decided_by=decision.decided_by.display_name,
        decided_on=clock.day(decision.at),
        text=appeal.text if may_review else "",
        made_on=clock.day(appeal.at),
        answered=answered_of(session, appeal.outcome) if appeal.outcome else None,
        undoes=str(UNDOES.get(decision.action, UNDOES_NOTHING)),
        send_url=paths.review_appeal(appeal.public_id),
        statement_url=paths.statement(decision.public_id),
        rules_url=paths.rules(decision.series.slug),
    )


def says_done(outcome: str) -> str:
    """What the reviewer reads when it is done."""
    if outcome == "stands":
        return _("The decision stays. The person who appealed has been told why.")
    return _("The decision is reversed. The person who appealed has been told why.")


def _item(session: Session, decision: Decision) -> Reported | None:
    """What was decided on; for what was asked of somebody, what they had written."""
    kind, public_id = kind_named(decision.subject_kind), decision.subject_id
    if kind is not None and kind.is_somebody:
        sanctioned = find_by_decision(session, decision.id)
        if sanctioned is None:
            return None
        kind, public_id = kind_at(sanctioned.about_kind), sanctioned.about_id
    subject = find_subject(session, kind, public_id, ever_shown=True)
    if subject is None:
        return None
    return show_reported(session, subject, decision.revision_id)
