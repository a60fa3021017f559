"""Which questions of information came from what somebody wrote, or from a source they added."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from discussion import paths
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.higher import Own, Roads, Step
from discussion.language import _
from discussion.permissions.visibility import visible_series
from discussion.reach.needed.models import Origin, Question
from discussion.reach.needed.queries.asking import status_of
from discussion.reach.needed.queries.finding import read_leads
from discussion.reach.needed.words import SAID
from discussion.series.series.models import Series
from discussion.weighing.statements.models import Statement, StatementSource

_OF_POSITIONS = ("mind", "principle")
_OF_STATEMENTS = ("crux", "unknown")
_OF_ITEMS = ("study", "superseded", "uncited")


def went_into(session: Session, own: Own) -> Roads:
    """As far as what the question came from may be read there."""
    stated = _stated(session, own)
    conditions = list(_came_from(own, stated))
    if not conditions:
        return {}
    rows = session.scalars(
        select(Question)
        .join(Question.series)
        .where(Question.id.in_(select(Origin.question_id).where(or_(*conditions))))
        .where(Question.removed_at.is_(None))
        .where(Question.merged_into_id.is_(None))
        .where(visible_series(own.viewer))
        .order_by(Question.order, Question.id)
        .options(
            joinedload(Question.series),
            selectinload(Question.origins),
            selectinload(Question.lookings),
            joinedload(Question.item),
        )
    ).all()
    found: dict[str, list[Step]] = defaultdict(list)
    for series in {row.series_id: row.series for row in rows}.values():
        asked = [row for row in rows if row.series_id == series.id]
        leads = read_leads(session, own.viewer, series, asked)
        for question in asked:
            steps = tuple(_steps(series, question))
            for origin in question.origins:
                for whose in _whose(origin, stated) if origin.key in leads else ():
                    found[whose] += [step for step in steps if step not in found[whose]]
    return {id: tuple(steps) for id, steps in found.items()}


def _stated(session: Session, own: Own) -> Mapping[str, list[str]]:
    """By public id the statements that draw on one's positions, and on which of them."""
    rows = session.execute(
        select(Statement.public_id, Position.public_id)
        .join(StatementSource, StatementSource.statement_id == Statement.id)
        .join(Position, Position.id == StatementSource.position_id)
        .where(Position.id.in_([row.id for row in own.positions]))
    )
    found: dict[str, list[str]] = defaultdict(list)
    for statement_id, position_id in rows:
        found[statement_id].append(position_id)
    return found


def _came_from(own: Own, stated: Mapping[str, list[str]]) -> Iterator[ColumnElement[bool]]:
    positions = [row.public_id for row in own.positions]
    for reasons, ids in (
        (_OF_POSITIONS, positions),
        (_OF_STATEMENTS, list(stated)),
        (_OF_ITEMS, [row.public_id for row in own.items]),
    ):
        if ids:
            yield and_(Origin.reason.in_(reasons), Origin.subject.in_(ids))
    for kind, ids in (("p", positions), ("r", [row.public_id for row in own.responses])):
        for id in ids:
            yield and_(Origin.reason == SAID, Origin.subject.startswith(f"{kind}.{id}."))


def _whose(origin: Origin, stated: Mapping[str, list[str]]) -> list[str]:
    """The public ids of what of one's own it came from, perhaps through a statement."""
    if origin.reason in _OF_STATEMENTS:
        return stated.get(origin.subject, [])
    return [origin.subject.split(".")[1] if origin.reason == SAID else origin.subject]


def _steps(series: Series, question: Question) -> Iterator[Step]:
    url = paths.needed_question(series.slug, question.public_id)
    is_barrier = question.kind == "barrier"
    yield Step(
        _("Named as a barrier") if is_barrier else _("Now a question to find out"),
        named=question.text,
        url=url,
    )
    if is_barrier:
        return
    status = status_of(question)
    if status == "answered":
        yield Step(_("Answered"), question.answer, url=url)
    elif status == "looked_into":
        yield Step(_("Answered"), _("somebody is looking into it"), is_ahead=True)
    else:
        yield Step(_("Answered"), _("nobody has yet"), is_ahead=True)
