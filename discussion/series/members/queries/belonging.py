"""Where somebody belongs, and as what: for the rules, for their profile, for who keeps members."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_higher import Belongings, Beside
from discussion.people.accounts.shapes import SeriesPart
from discussion.permissions.facts import Belonging, Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.members.models import Membership
from discussion.series.series.models import Series


def _read(rows: Sequence[tuple[Any, ...]]) -> Belongings:
    """As rules see it, the newest last."""
    belongings, removed_from, posted_as = {}, set(), []
    for _id, series_id, role, admitted_at, removed_at, how, posting_role, posting_phase in rows:
        posted_as.append((posting_role, posting_phase))
        if removed_at is None:
            belongings[series_id] = Belonging(
                role, admitted_at is not None, posting_role, posting_phase
            )
        elif how == "removed":
            removed_from.add(series_id)
    return Belongings(belongings, frozenset(removed_from), posted_as)


_ROWS = Membership.__table__.c
BELONGINGS = Beside(
    table=Membership.__table__,
    on=_ROWS.person_id == Person.__table__.c.id,
    columns=(
        _ROWS.id,
        _ROWS.series_id,
        _ROWS.role,
        _ROWS.admitted_at,
        _ROWS.removed_at,
        _ROWS.removed_how,
        _ROWS.posting_role,
        _ROWS.posting_phase,
    ),
    read=_read,
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
