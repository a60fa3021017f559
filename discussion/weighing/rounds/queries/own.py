"""Somebody's own ratings, for themselves alone."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.weighing.rounds.keys import rater_key
from discussion.weighing.rounds.models import Rating, Round
from discussion.weighing.statements.models import StatementVersion


def list_own_ratings(
    session: Session, person: Person, secret: str
) -> Iterator[tuple[Round, StatementVersion, Rating]]:
    """Every rating of theirs, by round, in the order of the statements."""
    for round in session.scalars(select(Round).order_by(Round.id)).all():
        key = rater_key(secret, round.public_id, person.public_id)
        rows = session.execute(
            select(StatementVersion, Rating)
            .join(StatementVersion, StatementVersion.id == Rating.version_id)
            .where(Rating.round_id == round.id)
            .where(Rating.rater_key == key)
            .order_by(Rating.version_id)
        )
        for version, rating in rows:
            yield round, version, rating
