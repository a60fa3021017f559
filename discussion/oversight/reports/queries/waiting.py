"""What the desk lists of reports: one line for each thing that was reported, however often."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.db import is_one_of
from discussion.decisions.shapes import Bare, Described, SeriesIds, Tally
from discussion.language import _, _n
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.words import CAUSES
from discussion.permissions.facts import Viewer
from discussion.subjects.finding import find_places, find_subjects
from discussion.subjects.kinds import Subject
from discussion.subjects.shapes import Key, Place


class _Reported(NamedTuple):
    """A report that waits, in plain columns."""

    series_id: int
    subject_kind: str
    subject_id: str
    public_id: str
    reporter_id: int | None
    received_at: datetime
    is_urgent: bool


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
        .where(is_one_of(Report.status, "waiting"))
        .order_by(Report.id)
    ).all()
    by_key: dict[Key, list[_Reported]] = defaultdict(list)
    for row in map(_Reported._make, rows):
        by_key[row.subject_kind, row.subject_id].append(row)
    reported = {kind: _reported(series_ids, kind) for kind, _id in by_key}
    places = find_places(session, reported)
    return [_bare(own, places.get(key, Place())) for key, own in by_key.items()]


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
    found = find_subjects(session, keys)
    is_own = {bare.id: viewer.person_id in bare.own_ids for bare in bares}
    return {
        public_id: _described(public_id, found[key], reports[key], is_own=is_own[public_id])
        for key, public_id in keys.items()
        if key in found and reports[key]
    }


def tally(series_ids: SeriesIds) -> Tally:
    """Ids are random, so that no two things of different kinds share one."""
    return (
        select(func.count(distinct(Report.subject_id)), func.min(Report.received_at))
        .where(Report.series_id.in_(series_ids))
        .where(is_one_of(Report.status, "waiting"))
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


def _bare(rows: Sequence[_Reported], place: Place) -> Bare:
    oldest = rows[0]
    urgent = [row.received_at for row in rows if row.is_urgent]
    reporters = tuple({row.reporter_id for row in rows if row.reporter_id is not None})
    return Bare(
        kind="reports",
        id=oldest.public_id,
        series_id=oldest.series_id,
        thread_id=place.thread_id,
        since=min(urgent) if urgent else oldest.received_at,
        target="urgent" if urgent else "report",
        own_ids=(*place.own_ids, *reporters),
        is_urgent=bool(urgent),
    )


def _described(
    public_id: str, about: Subject, reports: Sequence[Report], *, is_own: bool
) -> Described:
    urgent = [report for report in reports if report.is_urgent]
    first = (urgent or reports)[0]
    hidden = any(report.has_hidden for report in reports)
    return Described(
        url=paths.answer_report(public_id),
        subject=about.title if about.thread else about.excerpt().words,
        label=by_whom(reports),
        title=_("Report") if is_own else str(CAUSES[first.reason].line),
        note=_("Hidden when it was reported") if hidden and not is_own else "",
    )


def _open_reports(session: Session, keys: Iterable[Key]) -> dict[Key, list[Report]]:
    ids = {subject_id for _kind, subject_id in keys}
    rows = session.scalars(
        select(Report)
        .where(Report.subject_id.in_(ids))
        .where(is_one_of(Report.status, "waiting"))
        .order_by(Report.id)
    )
    found: dict[Key, list[Report]] = defaultdict(list)
    for row in rows:
        found[row.subject_kind, row.subject_id].append(row)
    return found


def _reported(series_ids: Sequence[int], kind: str) -> Select[str]:
    return (
        select(Report.subject_id)
        .where(Report.subject_kind == kind)
        .where(Report.series_id.in_(series_ids))
        .where(is_one_of(Report.status, "waiting"))
    )
