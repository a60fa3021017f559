"""Into which statements one's positions went, and what is ahead."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.higher import Own, Roads, Step
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.needs import day_ahead
from discussion.language import _, in_words
from discussion.permissions.facts import Viewer
from discussion.permissions.visibility import visible_threads
from discussion.weighing.rounds.models import Round, RoundStatement
from discussion.weighing.statements.models import (
    Confirmation,
    Statement,
    StatementSource,
    StatementVersion,
)


@dataclass(frozen=True)
class Rated:
    """A statement under the code that it had in the newest round that was opened with it."""

    position_id: int
    thread_id: int
    slug: str
    code: str
    round: Round
    answer: str  # what its author said of the wording; empty where they were not asked


def went_into(session: Session, own: Own) -> Roads:
    """By public id of position."""
    rated = list_rated(session, own.viewer, [row.id for row in own.positions])
    return {row.public_id: tuple(_steps(own, row, rated.get(row.id, []))) for row in own.positions}


def list_rated(
    session: Session, viewer: Viewer, position_ids: Collection[int]
) -> Mapping[int, list[Rated]]:
    """By position the statements that draw on it, in threads that the viewer may read."""
    said = (
        select(Confirmation.answer)
        .where(Confirmation.version_id == StatementVersion.id)
        .where(Confirmation.person_id == viewer.person_id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(StatementSource.position_id, Statement.id, Thread.slug, RoundStatement, Round, said)
        .join(Statement, Statement.id == StatementSource.statement_id)
        .join(Thread, Thread.id == Statement.thread_id)
        .join(Thread.series)
        .join(StatementVersion, StatementVersion.statement_id == Statement.id)
        .join(RoundStatement, RoundStatement.version_id == StatementVersion.id)
        .join(Round, Round.id == RoundStatement.round_id)
        .where(StatementSource.position_id.in_(position_ids))
        .where(Round.state != "planned")
        .where(visible_threads(viewer))
        .order_by(Round.number, RoundStatement.order)
    )
    newest = {
        (position_id, statement_id): Rated(
            position_id, round.thread_id, slug, row.code, round, answer or ""
        )
        for position_id, statement_id, slug, row, round, answer in rows
        if not row.is_out
    }
    found: dict[int, list[Rated]] = defaultdict(list)
    for (position_id, _id), one in newest.items():
        found[position_id].append(one)
    return found


def _steps(own: Own, row: Position, rated: list[Rated]) -> Iterator[Step]:
    for round in {one.round.id: one.round for one in rated}.values():
        alike = [one for one in rated if one.round.id == round.id]
        codes = _together([one.code for one in alike])
        yield Step(
            _("In statement %(code)s", code=codes)
            if len(alike) == 1
            else _("In statements %(codes)s", codes=codes),
            "; ".join(_said(round, alike)),
            url=paths.thread_statements(alike[0].slug),
        )
    is_ahead = row.state == "published" and row.thread.series.status == "open"
    if not rated and is_ahead and row.thread.stage == "open":
        _to, day = day_ahead(row.thread, clock.day(own.now))
        says = "" if day else _("when the thread moves on")
        yield Step(_("In statements"), says, on=day.isoformat() if day else "", is_ahead=True)


def _said(round: Round, alike: list[Rated]) -> Iterator[str]:
    if round.state == "open":
        yield _("rated until %(date)s", date=in_words(clock.day(round.closes_at)))
    else:
        yield _("rated in round %(number)s", number=round.number)
    if fair := [one.code for one in alike if one.answer == "fair"]:
        yield _("you found %(codes)s fair", codes=_together(fair))
    if other := [one.code for one in alike if one.answer == "mend"]:
        yield _("you asked for a change to %(codes)s", codes=_together(other))


def _together(codes: list[str]) -> str:
    """E1; E1 and M1; E1, E2 and M1."""
    first, last = codes[:-1], codes[-1]
    return _("%(some)s and %(last)s", some=", ".join(first), last=last) if first else last
