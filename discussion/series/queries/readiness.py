"""What a series still needs before it can open."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion.accounts.models import Person
from discussion.language import _
from discussion.series.models import Membership, Series
from discussion.values.models import Value
from discussion.values.words import MAX_VALUES, MIN_VALUES


def missing_to_open(session: Session, series: Series) -> list[str]:
    """Everything that a series still needs before it can open, as sentences."""
    values = session.scalar(
        select(func.count(Value.id))
        .where(Value.series_id == series.id)
        .where(Value.retired_at.is_(None))
    )
    needs = (
        (any(one.retired_at is None for one in series.themes), _("Add at least one theme.")),
        (_has_moderator(session, series), _("Make at least one member a moderator.")),
        (bool(series.rules.strip()), _("Write the rules.")),
        (
            any(one.retired_at is None for one in series.reasons),
            _("Add at least one reason that moderators may give."),
        ),
        (
            MIN_VALUES <= (values or 0) <= MAX_VALUES,
            _("Keep between %(least)s and %(most)s values.", least=MIN_VALUES, most=MAX_VALUES),
        ),
    )
    return [sentence for is_met, sentence in needs if not is_met]


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
