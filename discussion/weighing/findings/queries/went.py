"""In which findings one's positions are, through the statements that draw on them."""

from collections.abc import Iterator, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.higher import Own, Roads, Step
from discussion.language import _
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.statements.queries.went import Rated, list_rated


def went_into(session: Session, own: Own) -> Roads:
    """By public id of position: the findings of rounds that are over; when those of others come."""
    rated = list_rated(session, own.viewer, [row.id for row in own.positions])
    closed = [one.round.id for many in rated.values() for one in many if one.round.closed_at]
    rows = session.execute(
        select(FindingSnapshot.round_id, func.min(FindingSnapshot.made_at))
        .where(FindingSnapshot.round_id.in_(closed))
        .group_by(FindingSnapshot.round_id)
    )
    found = {id or 0: clock.day(at).isoformat() for id, at in rows}
    return {
        row.public_id: tuple(_steps(row, rated.get(row.id, []), found)) for row in own.positions
    }


def _steps(row: Position, rated: list[Rated], found: Mapping[int, str]) -> Iterator[Step]:
    rounds = {one.round.id: one for one in rated}
    for id, one in rounds.items():
        if id in found:
            of_round = _("round %(number)s", number=one.round.number)
            yield Step(_("In the findings"), of_round, url=paths.findings(one.slug), on=found[id])
        elif row.state == "published":
            day = clock.day(one.round.closes_at).isoformat() if one.round.state == "open" else ""
            yield Step(_("In the findings"), on=day, is_ahead=True)
