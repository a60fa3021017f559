"""Somebody's copies of their data."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.oversight.rights.models import DataCopy
from discussion.oversight.rights.words import GIVEN_UP
from discussion.permissions.facts import Viewer


def list_running(session: Session, person_id: int, now: datetime) -> Sequence[DataCopy]:
    """Those that the worker still has to make."""
    return session.scalars(
        select(DataCopy)
        .where(DataCopy.person_id == person_id)
        .where(DataCopy.ready_at.is_(None))
        .where(DataCopy.deleted_at.is_(None))
        .where(DataCopy.asked_at > now - GIVEN_UP)
    ).all()


def list_ready(session: Session, person_id: int, now: datetime) -> Sequence[DataCopy]:
    """Those that can be fetched, the newest first."""
    return session.scalars(
        select(DataCopy)
        .where(DataCopy.person_id == person_id)
        .where(DataCopy.deleted_at.is_(None))
        .where(DataCopy.expires_at > now)
        .order_by(DataCopy.id.desc())
    ).all()


def list_asked_since(session: Session, person_id: int, since: datetime) -> Sequence[DataCopy]:
    """The copies of their data that somebody asked for since a time, whatever became of them."""
    return session.scalars(
        select(DataCopy).where(DataCopy.person_id == person_id).where(DataCopy.asked_at > since)
    ).all()


def find_own_copy(
    session: Session, viewer: Viewer | None, public_id: str, now: datetime
) -> DataCopy | None:
    """One of the viewer's own that can be fetched; those of others do not exist."""
    if viewer is None:
        return None
    ready = list_ready(session, viewer.person_id, now)
    return next((row for row in ready if row.public_id == public_id), None)
