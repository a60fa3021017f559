"""The account, its consents, and the series it belongs to."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion.oversight.rights.queries.own.reading import Asked, Record, record_of, stream
from discussion.people.accounts.models import Consent
from discussion.series.members.models import Membership


def account(_session: Session, asked: Asked) -> Iterator[Record]:
    yield record_of(
        asked.person,
        *("public_id", "display_name", "email", "email_confirmed_at", "roles", "phases", "region"),
        *("shows_region", "organisation", "organisation_type", "organisation_size"),
        *("shows_organisation", "interests", "is_administrator", "language", "created_at"),
    ) | {"has_password": asked.person.password_hash is not None}


def consents(session: Session, asked: Asked) -> Iterator[Record]:
    rows = select(Consent).where(Consent.person_id == asked.person.id).order_by(Consent.id)
    for row in stream(session, rows):
        yield record_of(row, "kind", "version", "given_at", "withdrawn_at")


def memberships(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(Membership)
        .where(Membership.person_id == asked.person.id)
        .order_by(Membership.id)
        .options(joinedload(Membership.series))
    )
    for row in stream(session, rows):
        yield {"series": row.series.title} | record_of(
            row,
            *("role", "posting_role", "posting_phase", "joined_at", "admitted_at", "admitted_how"),
            *("removed_at", "removed_how", "wants_warnings"),
        )
