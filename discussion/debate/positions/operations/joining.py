"""Joining a series by contributing to it, and as what."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer
from discussion.series.members.models import Membership
from discussion.series.members.operations import choose_post, walk_in
from discussion.series.series.models import Series


def join_if_new(session: Session, actor: Viewer, series: Series, now: datetime) -> None:
    """In a series open to all, contributing makes one a member, admitted on approval."""
    is_member = session.scalar(
        select(Membership.id)
        .where(Membership.series_id == series.id)
        .where(Membership.person_id == actor.person_id)
        .where(Membership.removed_at.is_(None))
    )
    if is_member is None:
        walk_in(session, actor, series, now)


def join_as(
    session: Session, actor: Viewer, series: Series, posting: tuple[str, str], now: datetime
) -> Viewer:
    """Join where one is new, and say as what: (role, phase). Returns the actor as they now are."""
    join_if_new(session, actor, series, now)
    actor = _as_now(session, actor, now)
    role, phase = posting
    choose_post(session, actor, series, role, phase)
    return _as_now(session, actor, now)


def _as_now(session: Session, actor: Viewer, now: datetime) -> Viewer:
    return viewer_of(session, session.get_one(Person, actor.person_id), now)
