"""Saying that one looks into a question; and what moderators make of it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import text
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.operations.claiming import Taken
from discussion.decisions.operations.deciding import Steps, carry_out, case_of
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused, TooLate, refuse
from discussion.reach.needed.drafts import LookingDraft, month_of, problems_looking
from discussion.reach.needed.models import Looking, Question
from discussion.reach.needed.operations.stepping import note, tell_all
from discussion.reach.needed.operations.wording import reason_of
from discussion.reach.needed.words import MOST_PENDING
from discussion.subjects.finding import subject_of

DESK = "looking"  # of moderation.words.KINDS
BEFORE = {"live": "pending", "declined": "pending", "ended": "live"}
STEPS_OF = {"live": "looking", "ended": "ended"}  # what everybody is told of


def say_looking(
    session: Session, actor: Viewer, question: Question, draft: LookingDraft, *, now: datetime
) -> Looking:
    """A member looks into it; waits for a moderator. Raises Invalid, or Refused."""
    require(actor, May.LOOK_INTO, question)
    _refuse_barriers(question)
    refuse(problems_looking(draft))
    waiting = session.scalar(
        select(func.count())
        .select_from(Looking)
        .join(Looking.question)
        .where(Question.series_id == question.series_id)
        .where(Looking.person_id == actor.person_id)
        .where(Looking.state == "pending")
    )
    if (waiting or 0) >= MOST_PENDING:
        raise Refused(_("%(most)s of yours wait for a moderator already.", most=MOST_PENDING))
    return _add(session, question, draft, person_id=actor.person_id, now=now)


def enter_looking(
    session: Session, actor: Viewer, question: Question, draft: LookingDraft, *, now: datetime
) -> Looking:
    """Moderators were told by somebody who is no member; shown at once. Raises Invalid."""
    require(actor, May.CURATE_QUESTIONS, question)
    _refuse_barriers(question)
    refuse(problems_looking(draft))
    looking = _add(session, question, draft, person_id=None, now=now)
    looking.state, looking.decided_at, looking.decided_by_id = "live", now, actor.person_id
    note(
        session, actor, question, "show_looking",
        step="looking", now=now, looking=looking.public_id,
    )  # fmt: skip
    return looking


def decide_looking(
    session: Session, actor: Viewer, looking: Looking, *, is_shown: bool, why: str, now: datetime
) -> None:
    """Show it, or not: then with a reason, which goes to who sent it and to nobody else.

    Raises TooLate, Refused, and Invalid without a reason.
    """
    require(actor, May.CURATE_QUESTIONS, looking)
    if is_shown:
        _rule(session, actor, looking, Ruling("approve"), "live", now)
    else:
        reason = reason_of(why, "why")
        _rule(session, actor, looking, Ruling("decline", why=reason), "declined", now)


def end_looking(
    session: Session, actor: Viewer, looking: Looking, *, why: str, now: datetime
) -> None:
    """Moderators take it away, with a reason that everybody reads."""
    require(actor, May.CURATE_QUESTIONS, looking)
    reason = reason_of(why, "why")
    _rule(session, actor, looking, Ruling("remove", why=reason), "ended", now)


def take_back(session: Session, actor: Viewer, looking: Looking, *, now: datetime) -> None:
    """Whoever said it says that they do not any more: their words go at once, for good."""
    require(actor, May.END_LOOKING, looking)
    _empty(looking, now)
    session.flush()


def forget_of(session: Session, person_id: int, now: datetime) -> None:
    """Of who leaves nothing stays of this: neither the name nor a word."""
    rows = session.scalars(select(Looking).where(Looking.person_id == person_id))
    for row in rows:
        _empty(row, now)
        row.person_id = None
    session.flush()


def _empty(looking: Looking, now: datetime) -> None:
    if looking.state == "live":
        looking.question.changed_at = now
    looking.who, looking.url, looking.how, looking.until, looking.reason = "", "", "", None, ""
    looking.state = "ended"


def _add(
    session: Session,
    question: Question,
    draft: LookingDraft,
    *,
    person_id: int | None,
    now: datetime,
) -> Looking:
    looking = Looking(
        question=question,
        person_id=person_id,
        who=text.line(draft.who),
        url=draft.url.strip(),
        how=text.line(draft.how),
        until=month_of(draft.until) if draft.until.strip() else None,
        sent_at=now,
    )
    session.add(looking)
    session.flush()
    return looking


def _rule(
    session: Session,
    actor: Viewer,
    looking: Looking,
    ruling: Ruling,
    state: str,
    now: datetime,
) -> None:
    """Decide like on everything that people write: whoever sent it is told why, and may appeal."""
    subject = subject_of(looking)

    def hold() -> Case:
        session.flush()
        session.refresh(looking, with_for_update={"of": Looking})
        if looking.state != BEFORE[state]:
            raise TooLate(_("Somebody else has decided this already."))
        if looking.person_id == actor.person_id:
            raise Refused(_("Somebody else has to decide on what you sent."))
        return replace(case_of(subject), waits_as=((DESK, looking.public_id),))

    def apply(said: Ruling) -> Ruling:
        looking.state, looking.decided_at, looking.decided_by_id = state, now, actor.person_id
        looking.reason = said.why
        if state in STEPS_OF:
            tell_all(looking.question, STEPS_OF[state], said.why, now)
        return said

    try:
        carry_out(session, actor, ruling, Steps(hold, apply=apply), now=now)
    except Taken as taken:
        raise Refused(str(taken)) from taken


def _refuse_barriers(question: Question) -> None:
    if question.kind != "question":
        raise Refused(_("Nobody looks into a barrier: choose a question."))
