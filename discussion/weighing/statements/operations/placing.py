"""Where a statement on what to do lies on a scale of its thread: said before it is rated."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.debate.threads.operations.record import record
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Problem, Refused
from discussion.weighing.statements.models import Statement
from discussion.weighing.statements.operations.drafting import hold
from discussion.weighing.statements.queries.finding import standings_of
from discussion.weighing.statements.queries.placing import NOWHERE, along_of, list_places


def place_statement(
    session: Session, actor: Viewer, statement: Statement, along: str, *, now: datetime
) -> None:
    """Put it at a step of a scale, given as in `list_places`; or on none.

    Raises Refused for what is in a round that was held here, and for what is no means; Invalid for
    no such step.
    """
    require(actor, May.DRAFT_STATEMENTS, statement.thread)
    statement = hold(session, statement)
    if along == along_of(statement):
        return
    standings = standings_of(session, [statement.id]).get(statement.id, ())
    if any(not one.is_imported for one in standings):
        raise Refused(_("It is in a round, so its place stays as it is."))
    if statement.kind != "means":
        raise Refused(_("Only a statement on what to do has a place on a scale."))
    places = {each.key: each for each in list_places(statement.thread)}
    if along != NOWHERE and along not in places:
        raise Invalid([Problem("along", _("Choose one of these places."))])
    record(
        session,
        actor,
        statement.thread,
        "place_statement",
        now=now,
        statement=statement.public_id,
        before=along_of(statement),
        along=along,
    )
    place = places.get(along)
    statement.placements = {place.scale: place.at} if place else {}
    session.flush()
