"""Where somebody belongs, and as what: for the rules, for their profile, for who keeps members."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_higher import Belongings
from discussion.people.accounts.shapes import SeriesPart
from discussion.permissions.facts import Belonging, Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.members.models import Membership
from discussion.series.series.models import Series


def find_belongings(session: Session, person: Person, is_confirmed: bool) -> Belongings:
    """As rules see it; without a confirmed address nobody is admitted anywhere."""
    rows = session.scalars(select(Membership).where(Membership.person_id == person.id)).all()
    return Belongings(
        belongings={
            row.series_id: Belonging(
                role=row.role,
                is_admitted=is_confirmed and row.admitted_at is not None,
                posting_role=row.posting_role,
                posting_phase=row.posting_phase,
            )
            for row in rows
            if row.removed_at is None
        },
        removed_from=frozenset(
            row.series_id for row in rows if row.removed_at and row.removed_how == "removed"
        ),
        posted_as=[(row.posting_role, row.posting_phase) for row in rows],
    )


def list_parts(session: Session, person_id: int) -> tuple[SeriesPart, ...]:
    """Their part in each series that they belong to, by its title."""
    rows = session.execute(
        select(Membership, Series.slug, Series.title)
        .join(Series, Series.id == Membership.series_id)
        .where(Membership.person_id == person_id)
        .where(Membership.removed_at.is_(None))
        .order_by(Series.title, Series.id)
    )
    return tuple(
        SeriesPart(
            slug=slug,
            title=title,
            url=paths.series(slug),
            series_role=row.role,
            is_admitted=row.admitted_at is not None,
            posting_role=row.posting_role,
            posting_phase=row.posting_phase,
        )
        for row, slug, title in rows
    )


def keeps_member(session: Session, viewer: Viewer, person_id: int) -> bool:
    """Whether the viewer keeps the members of a series that this person belongs to."""
    rows = session.scalars(
        select(Membership)
        .where(Membership.person_id == person_id)
        .where(Membership.removed_at.is_(None))
    ).all()
    return any(allowed(viewer, May.MANAGE_MEMBERS, row.series) for row in rows)
