"""Forgetting somebody's private ratings: what was published of them stays, and is frozen."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.accounts.models import Person
from discussion.rounds.keys import rater_key
from discussion.rounds.models import Rating, Round, RoundPost


def forget_ratings(session: Session, person: Person, secret: str) -> None:
    """Delete every rating of theirs, found by their key of each round, and what they posted as.

    Asks no right.
    """
    for id, public_id in session.execute(select(Round.id, Round.public_id)).all():
        session.execute(
            delete(Rating)
            .where(Rating.round_id == id)
            .where(Rating.rater_key == rater_key(secret, public_id, person.public_id))
        )
    session.execute(delete(RoundPost).where(RoundPost.person_id == person.id))
