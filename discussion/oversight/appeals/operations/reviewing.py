"""Looking again at what somebody else decided: final, explained, and carried out at once."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from discussion import text
from discussion.audit.operations import append_event
from discussion.db import add_unless_there
from discussion.debate.threads.operations.undoing import tell_taken_back
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.claiming import check_claim, release
from discussion.decisions.operations.deciding import Steps, carry_out
from discussion.decisions.operations.recording import role_of
from discussion.language import _
from discussion.mail.queue import promise_mail
from discussion.oversight.appeals.models import Appeal, AppealOutcome
from discussion.oversight.appeals.operations.undoing import undo
from discussion.oversight.appeals.queries.reviewers import is_for
from discussion.oversight.appeals.words import MAX_WHY, OUTCOMES
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, require

DESK = "appeals"  # of moderation.words.KINDS


class AlreadyReviewed(Exception):
    """Somebody else has looked again meanwhile; an outcome is final."""


class BadOutcome(Exception):
    """An outcome says which, and why, in so many characters."""


def review_appeal(
    session: Session, actor: Viewer, appeal: Appeal, outcome: str, why: str, *, now: datetime
) -> AppealOutcome:
    """Say that a decision stands, or overturn it and undo what it did, saying why.

    The undoing is a decision of its own. Raises Taken, AlreadyReviewed and BadOutcome.
    """
    require(actor, May.REVIEW_APPEAL, appeal)
    session.refresh(appeal, with_for_update={"of": Appeal})
    session.expire(appeal, ["outcome"])
    if not is_for(session, actor, appeal):
        raise Forbidden(May.REVIEW_APPEAL)
    check_claim(session, actor, DESK, appeal.public_id, now=now)
    if appeal.outcome is not None:
        raise AlreadyReviewed
    if outcome not in OUTCOMES or not why.strip() or text.count(why) > MAX_WHY:
        raise BadOutcome(_("Say why, in at most %(longest)s characters.", longest=MAX_WHY))
    undid = _overturn(session, actor, appeal, now) if outcome == "overturned" else None
    row = AppealOutcome(
        appeal_id=appeal.id,
        outcome=outcome,
        why=text.paragraphs(why),
        reviewed_by_id=actor.person_id,
        reviewed_by_role=role_of(actor, appeal.decision.series),
        decision_id=undid.id if undid else None,
        at=now,
    )
    if not add_unless_there(session, row):
        raise AlreadyReviewed
    session.expire(appeal, ["outcome"])
    append_event(
        session,
        series_id=appeal.series_id,
        actor_id=actor.person_id,
        verb="review_appeal",
        subject=("appeal", appeal.public_id),
        now=now,
        details={"outcome": outcome, "decision": appeal.decision.public_id},
    )
    release(session, DESK, appeal.public_id)
    _tell(session, appeal, now)
    return row


def _overturn(session: Session, actor: Viewer, appeal: Appeal, now: datetime) -> Decision:
    """Undo what can be undone; the decision says what followed, the outcome says why."""
    first = appeal.decision

    def hold() -> Case:
        return Case(
            first.subject_kind,
            first.subject_id,
            first.series,
            addressed_to_id=first.addressed_to_id,
        )

    def apply(ruling: Ruling) -> Ruling:
        undone = undo(session, first, now)
        session.flush()
        return replace(ruling, action=undone.action, facts=undone.says)

    def follow(decision: Decision) -> None:
        if decision.action in ("undo_merge", "undo_move"):
            tell_taken_back(session, decision)

    ruling = Ruling(version_id=first.revision_id, details={"undoes": first.public_id})
    return carry_out(session, actor, ruling, Steps(hold, apply=apply, follow=follow), now=now)


def _tell(session: Session, appeal: Appeal, now: datetime) -> None:
    """One letter for both: the outcome, and what followed from it."""
    person = session.get_one(Person, appeal.made_by_id)
    if person.email is None or person.left_at is not None:
        return
    promise_mail(
        session,
        template="appeals/answered",
        person_id=person.id,
        ids={"appeal": appeal.id},
        once_key=f"appeal-answered-{appeal.id}",
        now=now,
    )
