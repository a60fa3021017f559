"""A round that is open."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.threads.models import Thread
from discussion.language import _, _n, in_words
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.reach.notices.queries.lines.own import Ids
from discussion.reach.notices.shapes import Line
from discussion.registers import Only
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.queries.choosing import askable

# Whether somebody has answered all of a round: only the site's key tells, and no row.
HAS_ANSWERED: Only[Callable[[Session, Viewer, Round], bool]] = Only("who has answered a round")


def opened(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
    """Statements can be rated, for who has not rated them all."""
    round = _open(session, viewer, ids["round"])
    if round is None:
        return None
    many = len(askable(round))
    return _line(
        round,
        _n("A statement can be rated.", "%(num)s statements can be rated.", many),
        _n("Rate the statement", "Rate the statements", many),
    )


def closes_soon(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
    """The last days, for who has not answered everything."""
    round = _open(session, viewer, ids["round"])
    if round is None:
        return None
    return _line(round, _("A round of rating closes soon."), _("Rate what is left"))


def find_waiting(session: Session, viewer: Viewer) -> Line | None:
    """The round of one's series that closes first, of those that one has not answered."""
    rows = session.scalars(
        select(Round)
        .join(Round.thread)
        .where(Thread.series_id.in_(list(viewer.belongings)))
        .where(Round.state == "open", Round.closes_at > clock.now())
        .order_by(Round.closes_at, Round.id)
    )
    for row in rows:
        if (line := opened(session, viewer, {"round": row.id})) is not None:
            return line
    return None


def may_pass(session: Session, ids: Ids) -> bool:
    """Whether no change of what pages show comes before it is told, or told no longer.

    An open round closes by the clock, and whoever rates is not counted.
    """
    row = session.get(Round, ids["round"])
    return row is not None and row.state == "open" and row.closes_at > clock.now()


def _open(session: Session, viewer: Viewer, id: int) -> Round | None:
    row = session.get(Round, id)
    if row is None or row.state != "open" or row.closes_at <= clock.now():
        return None
    if not allowed(viewer, May.RATE, row) or HAS_ANSWERED()(session, viewer, row):
        return None
    return row


def _line(round: Round, says: str, action: str) -> Line:
    thread = round.thread
    return Line(
        about=_("A round"),
        place=thread.question,
        says=says,
        more=_("Until %(day)s. What people answer stays closed until then.",
               day=in_words(round.closes_at)),
        url=paths.rate(thread.slug, round.number),
        action=action,
        series=thread.series,
    )  # fmt: skip
