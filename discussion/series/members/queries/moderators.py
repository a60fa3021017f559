"""Who moderates a series."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership


def find_moderators(session: Session, series_id: int | None = None) -> dict[int, set[int]]:
    """Series id → who moderates it, or convenes it, and is still here."""
    query = (
        select(Membership.series_id, Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.role.in_(("moderator", "convener")))
        .where(Membership.removed_at.is_(None))
        .where(Person.left_at.is_(None))
    )
    if series_id is not None:
        query = query.where(Membership.series_id == series_id)
    found: dict[int, set[int]] = defaultdict(set)
    for id, person_id in session.execute(query):
        found[id].add(person_id)
    return found
