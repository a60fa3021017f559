"""How many admitted members share a label, and which label is safe to show."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.series.series.words import MIN_GROUP
from discussion.vocabulary import Vocabulary, of_series

CONTRIBUTOR = 3  # the last step: a label that all members share


@dataclass(frozen=True)
class Cells:
    """Distinct admitted members of today, by posting role and phase."""

    posts: Mapping[tuple[str, str], int]  # (role, phase) → members
    vocabulary: Vocabulary  # in which these roles have their families


def count_cells(session: Session, series: Series) -> Cells:
    """The cells of a series: those count who are confirmed, admitted, and neither removed nor gone.

    One query. A guest of a round table has no confirmed address and does not count; neither does a
    member who has chosen no posting role.
    """
    rows = session.execute(
        select(Membership.posting_role, Membership.posting_phase, func.count())
        .join(Membership.person)
        .where(Membership.series_id == series.id)
        .where(Membership.admitted_at.is_not(None))
        .where(Membership.removed_at.is_(None))
        .where(Person.email_confirmed_at.is_not(None))
        .where(Person.left_at.is_(None))
        .group_by(Membership.posting_role, Membership.posting_phase)
    )
    known = of_series(series.slug)
    return Cells({(role, phase): n for role, phase, n in rows if role in known.roles}, known)


def ladder_step(cells: Cells, role: str, phase: str, min_group: int) -> int:
    """The first safe step of the label ladder: 0 role and phase … 2 role family, 3 "contributor".

    A step is safe when at least `min_group` (never under five) members share its label *and* would
    carry it. The second half is about subtraction: beside five heads who are shown as such, the
    label of their family would point at the one deputy who is left over. The last step says nothing
    of anybody, so it needs no group.
    """
    least = max(min_group, MIN_GROUP)
    family = cells.vocabulary.family_of(role)
    if not family:
        return CONTRIBUTOR
    if cells.posts.get((role, phase), 0) >= least:
        return 0
    if _left_over(cells, family, least).get(phase, 0) >= least:
        return 1
    rest = sum(n for n in _left_over(cells, family, least).values() if n < least)
    return 2 if rest >= least else CONTRIBUTOR


def _left_over(cells: Cells, family: str, least: int) -> Mapping[str, int]:
    """Phase → members of the family whose own role and phase are too few to be shown."""
    left: Counter[str] = Counter()
    for (role, phase), n in cells.posts.items():
        if cells.vocabulary.family_of(role) == family and n < least:
            left[phase] += n
    return left
