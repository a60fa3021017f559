"""Handing out a closed round row by row: what each person answered, without who they are.

Ratings of a round that was held here are private. Rows leave only by the command line, for whoever
runs the machine, and only where no row can be told to be somebody's by counting:
docs/decisions/0013-ratings-that-leave-the-site.md.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from discussion.analysis.votes import Votes
from discussion.debate.threads.operations.record import record
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.queries.exporting import (
    RoundLine,
    count_admitted_raters,
    has_somebody_left,
    list_lines,
    read_answers,
)
from discussion.weighing.rounds.queries.finding import find_earlier
from discussion.weighing.rounds.queries.frozen import has_lost_answers, list_too_alike
from discussion.weighing.rounds.words import FEWEST_TO_HAND_OUT


@dataclass(frozen=True, eq=False)
class HandedOut:
    """The statements of a round, and what people answered, by row."""

    lines: list[RoundLine]
    votes: Votes


def hand_out_ratings(
    session: Session, actor: Viewer, round: Round, *, secret: str, now: datetime
) -> HandedOut:
    """Read the rows of a closed round; of one that was held here, write that they were handed out.

    Raises Refused for a round held here that fewer than fifteen admitted members answered, of which
    somebody took their answers back, or whose raters may since have left.
    """
    require(actor, May.RUN_ROUND, round.thread)
    require(actor, May.READ_FINDINGS, round)
    lines = list_lines(session, round)
    left_out: frozenset[int] = frozenset()
    if not round.imported_from:
        _check(session, round, secret)
        left_out = _too_alike(session, round)
    votes = read_answers(session, round, lines, secret, left_out=left_out)
    if not round.imported_from:
        record(
            session,
            actor,
            round.thread,
            "export_ratings",
            now=now,
            round=round.public_id,
            number=round.number,
            participants=votes.n_people,
            why=_(
                "Round %(number)s, for analysis elsewhere, without names or times.",
                number=round.number,
            ),
        )
    return HandedOut(lines, votes)


def _too_alike(session: Session, round: Round) -> frozenset[int]:
    """Wordings without rows, since an earlier round told of nearly the same people; not of all."""
    hidden = list_too_alike(session, round)
    if hidden is None and find_earlier(session, round) is None:
        return frozenset()
    if hidden is None:
        raise Refused(_("Its findings are not counted yet. Wait until they are, then try again."))
    if len(hidden) == len(round.statements):
        raise Refused(
            _(
                "Nearly the same people answered an earlier round. Compared with it,"
                " these rows would show what a few of them said."
            )
        )
    return hidden


def _check(session: Session, round: Round, secret: str) -> None:
    least = max(FEWEST_TO_HAND_OUT, round.min_group)
    if count_admitted_raters(session, round, secret) < least:
        raise Refused(
            _(
                "Fewer than %(least)s members of the series answered this round. Row by"
                " row, the file would tell too much about each of them.",
                least=least,
            )
        )
    if has_lost_answers(session, round):
        raise Refused(
            _(
                "Somebody has taken their answers back since the count. Compared with"
                " the count, the remaining rows would show what they said."
            )
        )
    if has_somebody_left(session, round):
        raise Refused(
            _(
                "Somebody who may have answered has left since the round closed."
                " Compared with the count, the remaining rows would show what they said."
            )
        )
