"""What a series still needs before it can open."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.series.values.models import Value
from discussion.series.values.words import MAX_VALUES, MIN_VALUES


@dataclass(frozen=True)
class Step:
    """One thing that a series needs before it can open, and where it is done."""

    says: str
    url: str
    is_done: bool


def steps_to_open(session: Session, series: Series) -> tuple[Step, ...]:
    """Everything that a series needs before it can open, done or not."""
    values = session.scalar(
        select(func.count(Value.id))
        .where(Value.series_id == series.id)
        .where(Value.retired_at.is_(None))
    )
    here = f"{paths.series(series.slug)}/settings"
    bounds = {"least": MIN_VALUES, "most": MAX_VALUES}
    return (
        Step(
            _("Add at least one theme."),
            f"{here}/themes",
            any(one.retired_at is None for one in series.themes),
        ),
        Step(
            _("Make at least one member a moderator."),
            f"{paths.series(series.slug)}/members",
            _has_moderator(session, series),
        ),
        Step(_("Write the rules."), f"{here}/rules#rules-h", bool(series.rules.strip())),
        Step(
            _("Add at least one reason that moderators may give."),
            f"{here}/rules#add-h",
            any(one.retired_at is None for one in series.reasons),
        ),
        Step(
            _("Keep between %(least)s and %(most)s values.", **bounds),
            f"{here}/values",
            MIN_VALUES <= (values or 0) <= MAX_VALUES,
        ),
    )


def missing_to_open(session: Session, series: Series) -> list[str]:
    """Everything that a series still needs before it can open, as sentences."""
    return [step.says for step in steps_to_open(session, series) if not step.is_done]


def _has_moderator(session: Session, series: Series) -> bool:
    """A convener moderates too, but never decides on their own writing: one other is needed."""
    found = session.scalar(
        select(Membership.id)
        .join(Membership.person)
        .where(Membership.series_id == series.id)
        .where(Membership.role == "moderator")
        .where(Membership.removed_at.is_(None))
        .where(Person.email_confirmed_at.is_not(None))
        .where(Person.left_at.is_(None))
        .limit(1)
    )
    return found is not None
