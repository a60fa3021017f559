"""Statements as everybody reads them: from the moment at which a round that holds them opens."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.debate.positions.models import Position, ValueTag
from discussion.debate.positions.queries.cards import find_values
from discussion.debate.positions.queries.higher import Drawn
from discussion.debate.positions.queries.meant import meant, value_chosen
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import WHOEVER, visible_threads, who_asks
from discussion.subjects.finding import subject_of
from discussion.weighing.rounds.models import Round, RoundStatement
from discussion.weighing.statements.models import Statement, StatementSource, StatementVersion
from discussion.weighing.statements.queries.drafting import Families, source_of
from discussion.weighing.statements.queries.fairness import fairness_of
from discussion.weighing.statements.queries.finding import (
    Standing,
    answers_of,
    list_statements,
    standings_of,
)
from discussion.weighing.statements.queries.shapes import ReadGroup, ReadStatement, StatementsPage
from discussion.weighing.statements.words import KINDS


def statements_page(session: Session, viewer: Viewer | None, thread: Thread) -> StatementsPage:
    """Each statement in the wording, and under the code, of the newest opened round with it."""
    rows = list_statements(session, thread)
    standings = standings_of(session, [row.id for row in rows])
    shown = [(row, opened[-1]) for row in rows if (opened := _opened(standings.get(row.id, ())))]
    families = _families(session, thread, [row for row, _standing in shown])
    made = [_read(viewer, row, standing, families) for row, standing in shown]
    return StatementsPage(
        slug=thread.slug,
        question=thread.question,
        language=thread.language,
        thread_url=paths.thread(thread.slug),
        series_slug=thread.series.slug,
        series_title=thread.series.title,
        groups=tuple(
            ReadGroup(kind, alike)
            for kind in (*KINDS, "")
            if (alike := tuple(one for one in made if one.kind == kind))
        ),
        count=len(made),
        attributions=tuple(
            dict.fromkeys(standing.attribution for _row, standing in shown if standing.attribution)
        ),
        draft_url=paths.draft_statements(thread.slug)
        if allowed(viewer, May.DRAFT_STATEMENTS, thread)
        else "",
    )


def list_drawing_on(
    session: Session, viewer: Viewer | None, position: Position
) -> tuple[Drawn, ...]:
    """The statements of opened rounds that draw on a position, in threads that the viewer reads."""
    ids = session.scalars(_drawing_on(), {"position_id": position.id, **who_asks(viewer)}).all()
    if not ids:
        return ()
    rows = session.scalars(
        select(Statement)
        .where(Statement.id.in_(ids))
        .order_by(Statement.order, Statement.id)
        .options(joinedload(Statement.thread))
    ).all()
    standings = standings_of(session, ids)
    found = []
    for row in rows:
        if not (opened := _opened(standings[row.id])):
            continue
        standing = opened[-1]
        version = next(one for one in row.versions if one.id == standing.version_id)
        found.append(Drawn(standing.code, version.text, _address(row)))
    return tuple(found)


def threads_drawing_on(position_id: ColumnElement[int]) -> Select[int]:
    """As SQL: by their ids the threads of all statements that draw on a position, opened or not."""
    sources, statements = StatementSource.__table__.c, Statement.__table__.c
    return (
        select(statements.thread_id)
        .join_from(StatementSource.__table__, Statement.__table__)
        .where(sources.position_id == position_id)
        .correlate(Position.__table__)
    )


@cache
def _drawing_on() -> Select[int]:
    return (
        select(Statement.id)
        .join(Statement.thread)
        .join(Thread.series)
        .join(StatementSource, StatementSource.statement_id == Statement.id)
        .join(StatementVersion, StatementVersion.statement_id == Statement.id)
        .join(RoundStatement, RoundStatement.version_id == StatementVersion.id)
        .join(Round, Round.id == RoundStatement.round_id)
        .where(StatementSource.position_id == bindparam("position_id"))
        .where(Round.state != "planned")
        .where(visible_threads(WHOEVER))
        .distinct()
    )


def _address(row: Statement) -> str:
    return f"{paths.thread_statements(row.thread.slug)}#s-{row.public_id}"


def _opened(standings: Iterable[Standing]) -> list[Standing]:
    return [one for one in standings if one.state != "planned" and not one.is_out]


def _read(
    viewer: Viewer | None, row: Statement, standing: Standing, families: Families
) -> ReadStatement:
    version = next(one for one in row.versions if one.id == standing.version_id)
    return ReadStatement(
        code=standing.code,
        text=version.text,
        kind=row.kind,
        id=row.public_id,
        sources=tuple(
            source_of(viewer, row, one, families)
            for one in sorted(row.sources, key=lambda one: one.position.number or 0)
        ),
        is_own=row.is_moderators_own,
        fairness=fairness_of(one.answer for one in answers_of(row, version).values()),
        number=standing.number,
        state=standing.state,
        report_url="" if version.is_withheld else paths.report(*subject_of(row).key),
    )


def _families(session: Session, thread: Thread, rows: Sequence[Statement]) -> Families:
    """The family of the first value of each source, for its mark."""
    positions = {one.position.live_revision_id: one.position for row in rows for one in row.sources}
    tags = session.scalars(
        select(ValueTag)
        .where(ValueTag.revision_id.in_(positions))
        .options(joinedload(ValueTag.proposal))
        .order_by(ValueTag.revision_id)
    )
    values = find_values(session, {thread.series_id})
    found: dict[str, str] = {}
    for revision, of_one in groupby(tags, key=attrgetter("revision_id")):
        first = meant(of_one, values, value_chosen)[0]
        if first.value is not None and not first.is_outweighed:
            found[positions[revision].public_id] = first.value.family
    return found
