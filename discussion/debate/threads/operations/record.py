"""What every act of curating leaves behind: a decision, an audited row, and letters."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.recording import write_decision
from discussion.mail.queue import promise_mail
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.subjects.finding import subject_of


def record(
    session: Session,
    decider: Viewer,
    subject: Thread | Position,
    action: str,
    *,
    why: str = "",
    now: datetime,
    **details: Any,
) -> Decision:
    """Write that a moderator did this to a thread, or to a position in it, and why."""
    ruling = Ruling(action, why=why, details=details)
    return write_decision(session, decider, case_of(subject), ruling, now=now)


def case_of(subject: Thread | Position, addressed_to_id: int | None = None) -> Case:
    """A thread, or a position in it, as something that is decided about."""
    return Case(*subject_of(subject).key, subject.thread.series, addressed_to_id)


def proposal_of(thread: Thread, addressed_to_id: int | None) -> Case:
    """A thread that waits on the desk, for its proposer to hear of what is decided."""
    return replace(case_of(thread, addressed_to_id), waits_as=(("threads", thread.public_id),))


def lock_thread(session: Session, thread: Thread) -> None:
    """Hold the thread, so that of two moderators the second sees what the first did."""
    session.flush()  # reading again would forget what is not yet written
    session.refresh(thread, with_for_update={"of": Thread})


def tell_proposer(session: Session, thread: Thread, template: str, decision: Decision) -> None:
    """Promise the proposer a letter, unless they did it themselves or have left."""
    if thread.proposed_by_id is None or thread.proposed_by_id == decision.decided_by_id:
        return
    proposer = session.get_one(Person, thread.proposed_by_id)
    if proposer.email is None or proposer.left_at is not None:
        return
    promise_mail(
        session,
        template=template,
        person_id=proposer.id,
        ids={"thread": thread.id, "decision": decision.id},
        now=decision.at,
    )
