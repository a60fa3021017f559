"""What goes with somebody who leaves, whatever they chose: the account and all that hangs on it.

Rows that nobody may change (decisions, appeals, the chain) are left alone: they name a person by a
number, and the row of that number says nothing any more.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from discussion.audit.operations import append_event
from discussion.debate.composing.models import KeptDraft
from discussion.debate.evidence.models import EvidenceItem, LinkCheck
from discussion.debate.mutes.models import Mute
from discussion.debate.positions.models import (
    EvidenceLink,
    Position,
    Response,
    ResponseText,
    Revision,
    ValueTag,
)
from discussion.debate.positions.operations.parting import forget_parts
from discussion.debate.threads.models import Steelman, Thread
from discussion.decisions.models import Claim
from discussion.kept import operations as kept
from discussion.language import _
from discussion.mail.operations import write_again
from discussion.oversight.moderation.models import Batch
from discussion.oversight.redactions.operations import destroy_of
from discussion.oversight.reports.models import Report
from discussion.people.accounts.models import Consent, MailedLink, Person
from discussion.people.accounts.operations.devices import forget_devices
from discussion.people.accounts.operations.moving import forget_changes
from discussion.people.accounts.operations.sessions import forget_sessions
from discussion.registers import Register
from discussion.series.members.models import Invitation, Membership
from discussion.series.members.operations.alone import tell_of_one
from discussion.series.values.models import ValueProposal
from discussion.subjects.finding import subject_of
from discussion.vocabulary import of_series
from discussion.weighing.practice.operations.forgetting import forget_person as forget_practice
from discussion.weighing.rounds.operations.forgetting import forget_ratings
from discussion.weighing.statements.models import Confirmation

# Every room that keeps private answers says here how somebody's are deleted; the text is the
# secret that keys ratings.
# What rooms above keep of somebody, and what they do when that person leaves.
LEFT: Register[Callable[[Session, int, datetime], None]] = Register()
FORGETS: tuple[Callable[[Session, Person, str], None], ...] = (
    lambda session, person, _secret: forget_parts(session, person.id),
    forget_ratings,
    forget_practice,
)
EMPTIED: dict[str, Any] = {
    "authors": [], "year": None, "publisher": "", "url": None, "doi": None, "citation": "",
    "accessed_on": None, "licence_note": "", "strength_scale": "", "strength_value": "",
    "strength_by": "", "strength_note": "", "population": "", "context": "", "outcome": "",
    "effect": "", "months_progress": None, "cost": "", "limitations": "", "description": "",
    "status_note": "", "consent": "", "verified": {}, "link_state": "", "archive_url": "",
    "is_hidden": True,
}  # fmt: skip


def forget_private(session: Session, person: Person, secret: str) -> None:
    """Delete every private answer; what was counted of them and frozen stays as it was counted."""
    session.flush()
    for forget in FORGETS:
        forget(session, person, secret)


def forget_above(session: Session, person: Person, now: datetime) -> None:
    """What rooms above keep of them goes too."""
    for forget in LEFT:
        forget(session, person.id, now)


def end_memberships(session: Session, person: Person, now: datetime) -> list[int]:
    """Belong to no series any more; returns the ids of those they belonged to, or once did."""
    rows = session.scalars(
        select(Membership).where(Membership.person_id == person.id).order_by(Membership.id)
    ).all()
    laid_down = [row.series for row in rows if row.role != "contributor"]
    for row in rows:
        if row.role != "contributor":  # somebody with power laid it down
            append_event(
                session,
                series_id=row.series_id,
                actor_id=person.id,
                verb="leave",
                subject=("person", person.public_id),
                now=now,
            )
        if row.removed_at is None:
            row.removed_at, row.removed_how = now, "left"
        row.role, row.admitted_at, row.admitted_how = "contributor", None, ""
        row.posting_role = row.posting_phase = ""
    session.flush()
    for series in laid_down:
        tell_of_one(session, series, now)
    return [row.series_id for row in rows]


def let_go(session: Session, person: Person, choice: str, *, now: datetime) -> None:
    """Let go of what they kept, began, took and proposed."""
    by_choice = choice == "delete"
    _forget_own_rows(session, person, is_wholly=by_choice)
    _let_go_of_desk(session, person, now)
    _let_go_of_reports(session, person, is_wholly=by_choice)
    _let_go_of_threads(session, person)
    _let_go_of_values(session, person)
    _let_go_of_items(session, person, is_wholly=by_choice, now=now)
    _empty_answers(session, person)
    session.flush()


def empty_account(session: Session, person: Person, now: datetime) -> None:
    """Nothing is left of the account but its number; consents stay as proof, of nobody's name."""
    _forget_links(session, person, now)
    write_again(session, person.email or "")
    forget_devices(session, person)
    forget_sessions(session, person.id)
    forget_changes(session, person.id)
    session.execute(
        update(Consent)
        .where(Consent.person_id == person.id)
        .where(Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    person.display_name = _("Former contributor")
    person.email = person.email_confirmed_at = person.password_hash = None
    person.roles, person.phases = [], []
    person.region = person.organisation = person.interests = ""
    person.organisation_type = person.organisation_size = ""
    person.shows_organisation = person.shows_region = person.is_administrator = False
    person.left_at = now
    session.flush()


def _forget_own_rows(session: Session, person: Person, *, is_wholly: bool) -> None:
    session.execute(delete(KeptDraft).where(KeptDraft.person_id == person.id))
    kept.forget_person(session, person.id)
    gone = Mute.muted_id == person.id
    if not is_wholly:  # what stood under a name stands under it no more
        gone = gone & (Mute.attribution == "named")
    session.execute(delete(Mute).where(or_(Mute.person_id == person.id, gone)))


def _let_go_of_desk(session: Session, person: Person, now: datetime) -> None:
    """What they had taken is free for others, and what they had only ticked is not approved."""
    session.execute(delete(Claim).where(Claim.person_id == person.id))
    session.execute(
        update(Batch)
        .where(Batch.made_by_id == person.id)
        .where(Batch.done_at.is_(None))
        .where(Batch.undone_at.is_(None))
        .values(undone_at=now)
    )


def _let_go_of_reports(session: Session, person: Person, *, is_wholly: bool) -> None:
    """What still waits for a moderator keeps its words, so that it can be looked at."""
    mine = Report.reporter_id == person.id
    if is_wholly:
        session.execute(update(Report).where(mine, Report.status != "waiting").values(text=""))
    session.execute(update(Report).where(mine).values(reporter_id=None))


def _let_go_of_threads(session: Session, person: Person) -> None:
    """A thread that moderators opened is the series' own; a proposal that waits goes."""
    rows = session.scalars(select(Thread).where(Thread.proposed_by_id == person.id)).all()
    for thread in rows:
        thread.proposed_by_id = None
        if thread.stage == "proposed":
            thread.question, thread.is_hidden = _gone(), True
            thread.slug = f"withdrawn-{thread.public_id}"
            thread.context = thread.context_html = ""
            thread.question_source = thread.use_of_result = ""


def _let_go_of_values(session: Session, person: Person) -> None:
    """A value that somebody else uses too stays in the queue; one that nobody uses goes."""
    rows = session.scalars(
        select(ValueProposal).where(ValueProposal.proposed_by_id == person.id)
    ).all()
    session.flush()
    for proposal in rows:
        proposal.proposed_by_id = None
        is_used = session.scalar(
            select(ValueTag.id).where(ValueTag.proposal_id == proposal.id).limit(1)
        )
        if proposal.state != "accepted" and is_used is None:
            proposal.state, proposal.label = "declined", _("Withdrawn")


def _let_go_of_items(session: Session, person: Person, *, is_wholly: bool, now: datetime) -> None:
    """A source that exists without them is the library's; their own practice goes if they wish.

    So does what was never listed, unless somebody else relies on it.
    """
    rows = session.scalars(select(EvidenceItem).where(EvidenceItem.added_by_id == person.id)).all()
    session.flush()
    for item in rows:
        item.added_by_id = None
        is_own = is_wholly and of_series(item.series.slug).needs_consent(item.kind)
        if is_own or (not item.is_listed and not _is_used_by_others(session, item, person)):
            item.title, item.title_folded = _gone(), ""
            for name, value in EMPTIED.items():
                setattr(item, name, value)
            session.execute(delete(LinkCheck).where(LinkCheck.item_id == item.id))
            destroy_of(session, subject_of(item), now)


def _is_used_by_others(session: Session, item: EvidenceItem, person: Person) -> bool:
    cited = session.scalar(
        select(EvidenceLink.id)
        .join(EvidenceLink.revision)
        .join(Position, Position.id == Revision.position_id)
        .where(EvidenceLink.item_id == item.id)
        .where(Position.author_id != person.id)
        .limit(1)
    )
    added = session.scalar(
        select(Response.id)
        .where(Response.item_id == item.id)
        .where(Response.author_id != person.id)
        .limit(1)
    )
    return cited is not None or added is not None


def _empty_answers(session: Session, person: Person) -> None:
    """What they said of statements, summaries and restatements of their positions."""
    session.execute(update(Confirmation).where(Confirmation.person_id == person.id).values(said=""))
    own = select(Position.id).where(Position.author_id == person.id)
    session.execute(update(Steelman).where(Steelman.position_id.in_(own)).values(said=""))
    restated = select(Response.id).where(Response.position_id.in_(own))
    session.execute(
        update(ResponseText).where(ResponseText.response_id.in_(restated)).values(wants="")
    )


def _forget_links(session: Session, person: Person, now: datetime) -> None:
    """Links that were mailed to the address, and invitations that name it."""
    session.execute(
        delete(MailedLink).where(
            or_(MailedLink.person_id == person.id, MailedLink.email == person.email)
        )
    )
    rows = session.scalars(select(Invitation).where(Invitation.email == person.email)).all()
    for invitation in rows:  # without an address it would be for everybody
        invitation.email, invitation.revoked_at = "", invitation.revoked_at or now


def _gone() -> str:
    return _("Withdrawn by its author, who has left")
