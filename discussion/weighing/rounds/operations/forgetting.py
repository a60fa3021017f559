"""Forgetting somebody's private ratings: what was published of them stays, and is frozen."""

from secrets import token_hex

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.people.accounts.models import Person
from discussion.sealing import BrokenSealError
from discussion.weighing.findings.computing.packing import rename
from discussion.weighing.findings.models import RaterSets
from discussion.weighing.rounds.keys import person_in_rounds, rater_key, seal_of
from discussion.weighing.rounds.models import Rating, Round, RoundPost
from discussion.weighing.rounds.operations.lines import forget_lines


def forget_ratings(session: Session, person: Person, secret: str) -> None:
    """Delete every rating of theirs, found by their key of each round, and what they posted as.

    Asks no right.
    """
    for id, public_id in session.execute(select(Round.id, Round.public_id)).all():
        key = rater_key(secret, public_id, person.public_id)
        forget_lines(session, id, key)
        session.execute(delete(Rating).where(Rating.round_id == id).where(Rating.rater_key == key))
    session.execute(delete(RoundPost).where(RoundPost.person_id == person.id))
    _forget_in_sets(session, person_in_rounds(secret, person.public_id), secret)


def _forget_in_sets(session: Session, name: str, secret: str) -> None:
    """Give them a name that is nobody's, the same in all: sets stay, and lead to no person."""
    nobody = token_hex(32)
    seal = seal_of(secret)
    for row in session.scalars(select(RaterSets).order_by(RaterSets.id)).all():
        try:
            packed = seal.open(row.sealed)
        except BrokenSealError:
            continue  # another secret names nobody here
        if renamed := rename(packed, name, nobody):
            row.sealed = seal.close(renamed)
    session.flush()
