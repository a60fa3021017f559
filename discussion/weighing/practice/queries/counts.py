"""How many were asked and have answered: as totals, of which no subtraction tells of fewer than
five."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.language import _
from discussion.weighing.practice import words
from discussion.weighing.practice.models import Respondent, Run, RunInvitation


@dataclass(frozen=True)
class Count:
    """A group: how many are asked, and how many of them have answered, where that may be told."""

    name: str
    asked: int
    answered: int | None  # None: not shown
    why: str = ""  # it is not shown


@dataclass(frozen=True)
class Counts:
    whole: Count
    roles: tuple[Count, ...]
    units: tuple[Count, ...]


def count_answers(session: Session, run: Run) -> Counts:
    """Sets are tried in an order that is fixed: everybody, roles, units as they are listed."""
    from discussion.analysis.arrays import np
    from discussion.analysis.suppression import choose_shown

    asked = _asked(session, run)
    people = session.execute(
        select(Respondent.role, Respondent.unit_id)
        .where(Respondent.run_id == run.id)
        .where(Respondent.is_done.is_(True))
        .order_by(Respondent.key)
    ).all()
    names = [
        _("Everybody"),
        _("Leaders"),
        _("Staff"),
        *(unit.name for unit in run.units),
    ]
    invited = [
        sum(asked.values()),
        *(sum(n for (r, _unit), n in asked.items() if r == role) for role in words.ROLES),
        *(sum(n for (_role, u), n in asked.items() if u == unit.id) for unit in run.units),
    ]
    sets = [
        np.ones(len(people), dtype=bool),
        *(np.array([one.role == role for one in people], dtype=bool) for role in words.ROLES),
        *(np.array([one.unit_id == unit.id for one in people], dtype=bool) for unit in run.units),
    ]
    shown = choose_shown(sets) if people else ("few",) * len(sets)
    rows = [
        Count(name, n, int(members.sum())) if says == "shown" else Count(name, n, None, _why(says))
        for name, n, members, says in zip(names, invited, sets, shown, strict=True)
    ]
    ends = 1 + len(words.ROLES)
    return Counts(rows[0], tuple(rows[1:ends]), tuple(rows[ends:]))


def _why(says: str) -> str:
    if says == "few":
        return _("No count until five have answered.")
    return _("It would give another count away.")


def _asked(session: Session, run: Run) -> dict[tuple[str, int], int]:
    rows = session.execute(
        select(RunInvitation.role, RunInvitation.unit_id, func.count())
        .where(RunInvitation.run_id == run.id)
        .group_by(RunInvitation.role, RunInvitation.unit_id)
    )
    return {(role, unit_id): n for role, unit_id, n in rows}
