"""Whether somebody has answered all of a round: no row tells, only the site's key."""

from sqlalchemy.orm import Session

from discussion.permissions.facts import Viewer
from discussion.web.site import raters_secret
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.queries.choosing import askable
from discussion.weighing.rounds.queries.rating import count_own


def has_answered(session: Session, viewer: Viewer, round: Round) -> bool:
    own = count_own(session, viewer.public_id, round, raters_secret())
    return own >= len(askable(round))
