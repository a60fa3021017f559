"""What somebody did with power, and what they asked of the site for themselves."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion.audit.models import AuditEvent
from discussion.debate.positions.models import EditorsNote
from discussion.debate.threads.models import ThreadSummary
from discussion.language import Phrase
from discussion.oversight.duties.models import DutyRecord
from discussion.oversight.rights.models import DataCopy, Leaving
from discussion.oversight.rights.queries.own.reading import Asked, Record, record_of, stream
from discussion.people.accounts.models import AccountSession, AddressChange, KnownDevice, MailedLink
from discussion.series.members.models import Invitation
from discussion.weighing.statements.models import StatementVersion

OFFICIAL: tuple[tuple[str, Phrase, str], ...] = (
    ("note", EditorsNote, "written_on"),
    ("summary", ThreadSummary, "written_at"),
    ("statement", StatementVersion, "written_at"),
    ("record", DutyRecord, "written_at"),
)


def acts(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(AuditEvent).where(AuditEvent.actor_id == asked.person.id).order_by(AuditEvent.number)
    )
    for row in stream(session, rows):
        yield {
            "verb": row.verb,
            "about": f"{row.subject_kind} {row.subject_id}",
            **record_of(row, "why", "at"),
        }


def official(session: Session, asked: Asked) -> Iterator[Record]:
    for kind, table, written in OFFICIAL:
        rows = select(table).where(table.written_by_id == asked.person.id).order_by(table.id)
        for row in stream(session, rows):
            yield {"kind": kind, "text": row.text, "at": getattr(row, written)}


def invitations(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(Invitation)
        .where(Invitation.made_by_id == asked.person.id)
        .order_by(Invitation.id)
        .options(joinedload(Invitation.series))
    )
    for row in stream(session, rows):
        yield {
            "series": row.series.title,
            **record_of(row, "role", "uses", "max_uses", "created_at", "expires_at", "revoked_at"),
        }


def links(session: Session, asked: Asked) -> Iterator[Record]:
    rows = select(MailedLink).where(MailedLink.person_id == asked.person.id).order_by(MailedLink.id)
    for row in stream(session, rows):
        yield record_of(row, "purpose", "email", "created_at", "expires_at", "used_at")


def devices(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(KnownDevice).where(KnownDevice.person_id == asked.person.id).order_by(KnownDevice.id)
    )
    for row in stream(session, rows):
        yield record_of(row, "made_at", "used_at")


def sessions(session: Session, asked: Asked) -> Iterator[Record]:
    mine = AccountSession.person_id == asked.person.id
    for row in stream(session, select(AccountSession).where(mine).order_by(AccountSession.id)):
        yield record_of(row, "device", "made_at", "last_seen_at", "ended_at")


def address_changes(session: Session, asked: Asked) -> Iterator[Record]:
    mine = AddressChange.person_id == asked.person.id
    for row in stream(session, select(AddressChange).where(mine).order_by(AddressChange.id)):
        yield record_of(row, "old_email", "new_email", "asked_at", "changed_at", "ended_at")


def rights(session: Session, asked: Asked) -> Iterator[Record]:
    copies = select(DataCopy).where(DataCopy.person_id == asked.person.id).order_by(DataCopy.id)
    for copy in stream(session, copies):
        yield {"kind": "copy", **record_of(copy, "asked_at", "ready_at", "deleted_at")}
    leavings = select(Leaving).where(Leaving.person_id == asked.person.id).order_by(Leaving.id)
    for leaving in stream(session, leavings):
        yield {
            "kind": "leaving",
            **record_of(leaving, "choice", "asked_at", "due_at", "cancelled_at", "done_at"),
        }
