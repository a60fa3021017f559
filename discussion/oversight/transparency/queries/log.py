"""The moderation log of a series, with no more of anybody than their attribution allows.

Decisions on what somebody wrote bear a day, or a month where the author is under the Chatham House
Rule. Within one date they stand in the order of their random ids, which tells nothing; so a page is
a month, cut only where a month is long.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, Subquery, and_, func, literal, select, union_all
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.decisions.words import ACTIONS, DECIDERS
from discussion.language import _, _n, in_words, number_in_words
from discussion.oversight.appeals.models import Appeal, AppealOutcome
from discussion.oversight.reports.models import Report
from discussion.oversight.transparency.shapes import LogDay, LogLine, LogPage, Month, Narrowing
from discussion.oversight.transparency.words import FILTERS, OUTCOMES
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Reason, Series
from discussion.subjects.finding import kind_named
from discussion.subjects.kinds import KINDS
from discussion.text import Spoken

PAGE = 200
DAY = len("2026-11-23")


def log_page(
    session: Session, viewer: Viewer | None, slug: str, *, month: str, only: str, page: int
) -> LogPage | None:
    """One month of the log; the newest when none is named. None for who may not read the series."""
    series = session.scalar(select(Series).where(Series.slug == slug))
    if series is None or not allowed(viewer, May.READ_SERIES, series):
        return None
    only = only if only in FILTERS else ""
    months = list_months(session, series, only)
    chosen = next((one for one in months if one.name == month), None)
    if chosen is None and month:
        if not only or month not in {one.name for one in list_months(session, series, "")}:
            return None
        chosen = Month(month, month_in_words(month), _page_url(series, month, only, 1), 0)
    chosen = chosen or (months[0] if months else None)
    order = _order(session, series, chosen.name, only) if chosen else []
    page = max(1, min(page, -(-len(order) // PAGE) or 1))
    shown = _lines(session, order[(page - 1) * PAGE : page * PAGE])
    name = chosen.name if chosen else ""
    return LogPage(
        series_slug=series.slug,
        series_title=series.title,
        url=paths.log(series.slug),
        csv_url=paths.log_csv(series.slug),
        report_url=paths.transparency(series.slug),
        rules_url=paths.rules(series.slug),
        sentence=_sentence(len(order)),
        month=chosen,
        months=tuple(months),
        narrowings=tuple(_narrowings(series, name, only)),
        days=_days(shown),
        count=len(order),
        older_url=_page_url(series, name, only, page + 1) if page * PAGE < len(order) else "",
        newer_url=_page_url(series, name, only, page - 1) if page > 1 else "",
    )


def stream_log(
    session: Session, series: Series, *, until: datetime | None = None
) -> Iterator[LogLine]:
    """The whole log, the newest month first, a month at a time.

    What has no day is left out from `until` on.
    """
    for month in list_months(session, series, ""):
        order = _order(session, series, month.name, "", until)
        for start in range(0, len(order), PAGE):
            yield from _lines(session, order[start : start + PAGE])


def newest_lines(
    session: Session, series: Series, *, limit: int, until: datetime
) -> list[tuple[str, LogLine]]:
    """The first lines of the log with a key each; what has no day only if it was before `until`.

    A key is made of the decision's public id, which the log itself does not tell.
    """
    found: list[tuple[str, LogLine]] = []
    for month in list_months(session, series, ""):
        order = _order(session, series, month.name, "", until)[: limit - len(found)]
        ids = [id for _on, id in order]
        public = dict(
            session.execute(
                select(Decision.id, Decision.public_id).where(Decision.id.in_(ids))
            ).all()
        )
        lines = _lines(session, order)
        found += [(_key(public[id]), line) for id, line in zip(ids, lines, strict=True)]
        if len(found) == limit:
            break
    return found


def _key(public_id: str) -> str:
    return sha256(public_id.encode()).hexdigest()[:20]


def list_months(session: Session, series: Series, only: str) -> list[Month]:
    """The months in which something was decided, the newest first; one statement."""
    month = _month_of(session)
    query = (
        select(month, func.count())
        .where(Decision.series_id == series.id)
        .where(*_narrowed(only))
        .group_by(month)
        .order_by(month.desc())
    )
    return [
        Month(name, month_in_words(name), _page_url(series, name, only, 1), count)
        for name, count in session.execute(query)
    ]


def month_in_words(name: str) -> str:
    """2026-11 → November 2026."""
    year, month = (int(part) for part in name.split("-"))
    return in_words(date(year, month, 1), "LLLL y")


def bounds_of(name: str) -> tuple[datetime, datetime]:
    """The first moment of a month and of the one after."""
    year, month = (int(part) for part in name.split("-"))
    after = (year + month // 12, month % 12 + 1)
    return clock.morning(date(year, month, 1)), clock.morning(date(*after, 1))


def _month_of(session: Session) -> Any:
    if session.get_bind().dialect.name == "sqlite":
        return func.month_here(Decision.at, type_=String)  # see db.py
    return func.to_char(func.timezone(clock.zone().key, Decision.at), "YYYY-MM")


def _narrowed(only: str) -> tuple[Any, ...]:
    return (Decision.action.in_(FILTERS[only][1]),) if only else ()


def _order(
    session: Session, series: Series, month: str, only: str, until: datetime | None = None
) -> list[tuple[str, int]]:
    """(date, id) of every decision of a month, as they stand: newest date first, then by chance.

    What is dated by its month is left out from `until` on.
    """
    first, after = bounds_of(month)
    written = (Decision.at >= first, Decision.at < after, Decision.series_id == series.id)
    stands = _stands(*written, voiced=True)
    query = (
        select(
            Decision.id,
            Decision.public_id,
            Decision.subject_kind,
            Decision.at,
            func.coalesce([*stands.c][2], "named").label("attribution"),
        )
        .outerjoin(stands, _is_about(stands))
        .where(Decision.series_id == series.id)
        .where(Decision.at >= first)
        .where(Decision.at < after)
        .where(*_narrowed(only))
    )
    dated = [
        (_on(kind, at, attribution), public_id, id)
        for id, public_id, kind, at, attribution in session.execute(query)
        if until is None or at < until or len(_on(kind, at, attribution)) == DAY
    ]
    dated.sort(key=lambda one: one[1])
    dated.sort(key=lambda one: one[0], reverse=True)  # days before the undated rest of the month
    return [(on, id) for on, _public_id, id in dated]


def _lines(session: Session, ordered: Sequence[tuple[str, int]]) -> list[LogLine]:
    """The lines of these decisions, in this order; four statements."""
    ids = [id for _on, id in ordered]
    rows = {row.id: row for row in _decisions(session, ids)}
    appeals, reported = _appeals(session, ids), _reported(session, ids)
    return [
        _line(rows[id], on, appeals.get(id, ""), is_after_report=id in reported)
        for on, id in ordered
    ]


def _stands(*decided: ColumnElement[bool], voiced: bool = False) -> Subquery:
    """Kind, public id, thread and attribution of what these decisions are about, where the log
    names the thread; with `voiced` only of what stands under its author's voice.
    """
    asked = [
        kind.standing()
        .add_columns(literal(kind.kind))
        .where(kind.model.public_id.in_(select(Decision.subject_id).where(*decided)))
        for kind in KINDS
        if kind.is_logged_in_thread and (kind.is_contribution or not voiced)
    ]
    return union_all(*asked).subquery()


def _is_about(stands: Subquery) -> ColumnElement[bool]:
    public_id, _thread, _attribution, _author, _other, kind = stands.c
    return and_(kind == Decision.subject_kind, public_id == Decision.subject_id)


class _Decided(NamedTuple):
    """What was decided, and just enough of what it was about; nothing where that is gone."""

    id: int
    subject_kind: str
    action: str
    decided_by_role: str
    reason: str | None
    question: str | None
    language: str
    slug: str
    stage: str
    is_hidden: bool
    merged_into_id: int | None


def _decisions(session: Session, ids: Sequence[int]) -> Iterator[_Decided]:
    stands = _stands(Decision.id.in_(ids))
    query = (
        select(
            Decision.id,
            Decision.subject_kind,
            Decision.action,
            Decision.decided_by_role,
            Reason.label.label("reason"),
            Thread.question,
            Thread.language,
            Thread.slug,
            Thread.stage,
            Thread.is_hidden,
            Thread.merged_into_id,
        )
        .outerjoin(Reason, Reason.id == Decision.reason_id)
        .outerjoin(stands, _is_about(stands))
        .outerjoin(Thread, Thread.id == [*stands.c][1])
        .where(Decision.id.in_(ids))
    )
    return map(_Decided._make, session.execute(query))


def _appeals(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Decision → what became of its appeal."""
    rows = session.execute(
        select(Appeal.decision_id, AppealOutcome.outcome)
        .outerjoin(AppealOutcome, AppealOutcome.appeal_id == Appeal.id)
        .where(Appeal.decision_id.in_(ids))
    )
    return {decision: str(OUTCOMES[outcome or "waiting"]) for decision, outcome in rows}


def _reported(session: Session, ids: Sequence[int]) -> set[int]:
    rows = session.scalars(select(Report.decision_id).where(Report.decision_id.in_(ids)))
    return {one for one in rows if one is not None}


def _on(subject_kind: str, at: datetime, attribution: str) -> str:
    """A day; a month under the Chatham House Rule, and where it is about a member and no words."""
    kind = kind_named(subject_kind)
    is_somebody = kind is not None and kind.is_somebody
    is_coarse = attribution == "chatham_house" or is_somebody
    return clock.iso(at, 7 if is_coarse else DAY)


def _line(row: _Decided, on: str, appeal: str, *, is_after_report: bool) -> LogLine:
    kind = kind_named(row.subject_kind)
    is_shown = row.stage != "proposed" and not row.is_hidden and row.merged_into_id is None
    question = row.question if is_shown else None
    return LogLine(
        on=on,
        kind=str(kind.words.logged) if kind is not None else row.subject_kind,
        question=Spoken(question, row.language) if question is not None else "",
        thread_url=paths.thread(row.slug) if question is not None else "",
        action=str(ACTIONS.get(row.action, row.action)),
        reason=row.reason or "",
        by_role=str(DECIDERS.get(row.decided_by_role, row.decided_by_role)),
        is_after_report=is_after_report,
        appeal=appeal,
    )


def _days(lines: Sequence[LogLine]) -> tuple[LogDay, ...]:
    return tuple(
        LogDay(_day_in_words(on), tuple(day)) for on, day in groupby(lines, lambda line: line.on)
    )


def _day_in_words(on: str) -> str:
    if len(on) == len("2026-11"):
        return _("In the course of %(month)s", month=month_in_words(on))
    return in_words(date.fromisoformat(on))


def _sentence(number: int) -> str:
    if not number:
        return _("Nothing has been decided yet.")
    count = number_in_words(number)
    return _n("%(count)s decision.", "%(count)s decisions.", number, count=count)


def _narrowings(series: Series, month: str, only: str) -> Iterator[Narrowing]:
    yield Narrowing("", _("All"), _page_url(series, month, "", 1), not only)
    for slug, (label, _actions) in FILTERS.items():
        yield Narrowing(slug, str(label), _page_url(series, month, slug, 1), slug == only)


def _page_url(series: Series, month: str, only: str, page: int) -> str:
    query = {"month": month, "only": only, "page": str(page) if page > 1 else ""}
    return paths.log(series.slug, **{name: value for name, value in query.items() if value})
