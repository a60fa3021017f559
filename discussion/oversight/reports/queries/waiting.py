"""What the desk lists of reports: one line for each thing that was reported, however often."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import distinct, func, null, select
from sqlalchemy.orm import Session, aliased, joinedload

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response
from discussion.debate.threads.models import Thread
from discussion.decisions.shapes import Bare, Described
from discussion.language import _, _n
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.queries.subjects import Row, thread_of, words_of
from discussion.oversight.reports.words import TITLES
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.weighing.rounds.models import Statement, StatementVersion

Key = tuple[str, str]  # kind and public id of what was reported


@dataclass(frozen=True)
class _Writing:
    """Where something stands, and who wrote it."""

    thread_id: int | None
    own_ids: tuple[int, ...]


def list_bare(session: Session, series_ids: Sequence[int], now: datetime) -> list[Bare]:
    """Waits since the oldest report, or the oldest urgent one; named by the oldest of all."""
    rows = session.execute(
        select(
            Report.series_id,
            Report.subject_kind,
            Report.subject_id,
            Report.public_id,
            Report.reporter_id,
            Report.received_at,
            Report.is_urgent,
        )
        .where(Report.series_id.in_(series_ids))
        .where(Report.status == "waiting")
        .order_by(Report.id)
    ).all()
    by_key: dict[Key, list[Any]] = defaultdict(list)
    for row in rows:
        by_key[row.subject_kind, row.subject_id].append(row)
    written = _find_writing(session, series_ids, {kind for kind, _id in by_key})
    return [_bare(own, written.get(key, _Writing(None, ()))) for key, own in by_key.items()]


def describe(
    session: Session, viewer: Viewer, bares: Sequence[Bare], now: datetime
) -> dict[str, Described]:
    """What each line says; to who wrote or reported it, no more than that it waits."""
    named = session.execute(
        select(Report.public_id, Report.subject_kind, Report.subject_id).where(
            Report.public_id.in_([bare.id for bare in bares])
        )
    ).all()
    keys = {(kind, subject_id): public_id for public_id, kind, subject_id in named}
    reports = _open_reports(session, keys)
    rows = _find_rows(session, keys)
    is_own = {bare.id: viewer.person_id in bare.own_ids for bare in bares}
    return {
        public_id: _described(public_id, rows[key], reports[key], is_own=is_own[public_id])
        for key, public_id in keys.items()
        if key in rows and reports[key]
    }


def tally(series_ids: Sequence[int], now: datetime) -> Any:
    """Ids are random, so that no two things of different kinds share one."""
    return (
        select(func.count(distinct(Report.subject_id)), func.min(Report.received_at))
        .where(Report.series_id.in_(series_ids))
        .where(Report.status == "waiting")
    )


def by_whom(reports: Sequence[Report]) -> str:
    """Who reported it, in general: never more."""
    visitors = sum(report.reporter_id is None for report in reports)
    members = len(reports) - visitors
    said = []
    if members:
        said.append(_n("a member", "%(num)s members", members))
    if visitors:
        said.append(_n("a visitor", "%(num)s visitors", visitors))
    return _("Reported by %(whom)s", whom=_(" and ").join(said))


def _bare(rows: Sequence[Any], writing: _Writing) -> Bare:
    oldest = rows[0]
    urgent = [row.received_at for row in rows if row.is_urgent]
    reporters = tuple({row.reporter_id for row in rows if row.reporter_id is not None})
    return Bare(
        kind="reports",
        id=oldest.public_id,
        series_id=oldest.series_id,
        thread_id=writing.thread_id,
        since=min(urgent) if urgent else oldest.received_at,
        target="urgent" if urgent else "report",
        own_ids=(*writing.own_ids, *reporters),
        is_urgent=bool(urgent),
    )


def _described(public_id: str, row: Row, reports: Sequence[Report], *, is_own: bool) -> Described:
    thread = thread_of(row)
    urgent = [report for report in reports if report.is_urgent]
    first = (urgent or reports)[0]
    hidden = any(report.has_hidden for report in reports)
    return Described(
        url=paths.answer_report(public_id),
        subject=thread.question if thread else words_of(row)[0],
        label=by_whom(reports),
        title=_("Report") if is_own else str(TITLES[first.reason]),
        note=_("Hidden when it was reported") if hidden and not is_own else "",
    )


def _open_reports(session: Session, keys: Iterable[Key]) -> dict[Key, list[Report]]:
    ids = {subject_id for _kind, subject_id in keys}
    rows = session.scalars(
        select(Report)
        .where(Report.subject_id.in_(ids))
        .where(Report.status == "waiting")
        .order_by(Report.id)
    )
    found: dict[Key, list[Report]] = defaultdict(list)
    for row in rows:
        found[row.subject_kind, row.subject_id].append(row)
    return found


def _find_rows(session: Session, keys: Iterable[Key]) -> dict[Key, Row]:
    """One statement a kind."""
    ids: dict[str, list[str]] = defaultdict(list)
    for kind, subject_id in keys:
        ids[kind].append(subject_id)
    return {
        (kind, row.public_id): row
        for kind, own in ids.items()
        for row in session.scalars(_WHOLE[kind].where(_MODELS[kind].public_id.in_(own)))
    }


def _find_writing(
    session: Session, series_ids: Sequence[int], kinds: Iterable[str]
) -> dict[Key, _Writing]:
    """Threads and authors of everything that was reported, in one statement a kind."""
    found: dict[Key, _Writing] = {}
    for kind in kinds:
        reported = (
            select(Report.subject_id)
            .where(Report.subject_kind == kind)
            .where(Report.series_id.in_(series_ids))
            .where(Report.status == "waiting")
        )
        rows = session.execute(_PLAIN[kind].where(_MODELS[kind].public_id.in_(reported)))
        for public_id, thread_id, *own_ids in rows:
            known = tuple(id for id in own_ids if id is not None)
            before = found.get((kind, public_id), _Writing(None, ()))
            found[kind, public_id] = _Writing(thread_id, (*before.own_ids, *known))
    return found


_Answered = aliased(Position)
_MODELS: dict[str, Any] = {
    "position": Position,
    "response": Response,
    "evidence": EvidenceItem,
    "thread": Thread,
    "statement": Statement,
    "person": Person,
}
# Public id, thread, and who may not decide.
_PLAIN: dict[str, Any] = {
    "position": select(
        Position.public_id, Position.thread_id, Position.author_id, Position.entered_by_id
    ),
    "response": select(Response.public_id, _Answered.thread_id, Response.author_id).join(
        _Answered, _Answered.id == Response.position_id
    ),
    "evidence": select(EvidenceItem.public_id, null(), EvidenceItem.added_by_id),
    "thread": select(Thread.public_id, Thread.id, Thread.proposed_by_id),
    "statement": select(
        Statement.public_id,
        Statement.thread_id,
        Statement.made_by_id,
        StatementVersion.written_by_id,
    ).join(Statement.versions),
    "person": select(Person.public_id, null(), Person.id),
}
_WHOLE: dict[str, Any] = {
    "position": select(Position).options(joinedload(Position.thread), joinedload(Position.live)),
    "response": select(Response).options(
        joinedload(Response.position).joinedload(Position.thread), joinedload(Response.live)
    ),
    "evidence": select(EvidenceItem),
    "thread": select(Thread),
    "statement": select(Statement).options(joinedload(Statement.thread)),
    "person": select(Person),
}
