"""What invented raters would need to see, read by a moderator once their round is closed."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from discussion.demonstration.people import Staff
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.lines import decide_line
from discussion.weighing.rounds.queries.lines import read_lines, token_of


def let_lines(
    session: Session, round: Round, content: Mapping[str, Any], staff: Staff, secret: str
) -> None:
    """All are let the day after, but for those of which the file says why not."""
    if round.closed_at is None or "lines" not in content:
        return
    held = {line["said"]: line["held"] for line in content["lines"] if "held" in line}
    at = round.closed_at + timedelta(days=1)
    actor = staff.viewer(session, "moderator", at)
    for ratings in read_lines(session, round, secret).values():
        for rating in ratings:
            why = held.get(rating.settles, "")
            token = token_of(rating)
            decide_line(
                session, actor, round, token, is_let=not why, why=why, secret=secret, now=at
            )
