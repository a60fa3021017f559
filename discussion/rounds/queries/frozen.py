"""`comments.csv` of a closed round as a page may offer it: what its findings show, and no more."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.analysis.answers import side
from discussion.findings.models import FindingSnapshot
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.polis.writing import CommentLine
from discussion.rounds.models import Round
from discussion.rounds.queries.exporting import closing, list_lines

ROOM = "everybody"  # of discussion/findings/computing/groups.py


def frozen_comments(
    session: Session, viewer: Viewer | None, round: Round
) -> list[CommentLine] | None:
    """Its lines with the counts that were frozen at the close; None before there are any.

    A count that the findings page leaves out is left out here: the two come from one snapshot, so
    nothing can be got by subtracting. What was moderated out elsewhere has no line.
    """
    if not allowed(viewer, May.READ_FINDINGS, round):
        return None
    results = session.scalar(
        select(FindingSnapshot.results)
        .where(FindingSnapshot.round_id == round.id)
        .order_by(FindingSnapshot.version.desc())
        .limit(1)
    )
    if results is None:
        return None
    cells: Mapping[str, Any] = results.get("ratings", {}).get("cells", {})
    found = []
    for line in list_lines(session, round):
        if line.is_out:
            continue
        agrees, disagrees = _sides(cells.get(line.code, {}).get(ROOM, {}), round.points)
        found.append(
            CommentLine(
                id=line.id,
                code=line.code,
                kind=line.version.statement.kind,
                body=line.version.text,
                is_out=False,
                at=closing(round),
                agrees=agrees,
                disagrees=disagrees,
            )
        )
    return found


def _sides(cell: Mapping[str, Any], points: int) -> tuple[int | None, int | None]:
    """How many agree and disagree, where the cell has numbers at all."""
    counts = cell.get("counts")
    if not counts:
        return None, None
    by_side = {1: 0, 0: 0, -1: 0}
    for point, people in enumerate(counts, start=1):
        by_side[side(point, points)] += people
    return by_side[1], by_side[-1]
