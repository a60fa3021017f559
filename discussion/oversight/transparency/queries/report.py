"""The transparency report of a series: what was counted in a month, and never of whom."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.audit.models import AuditEvent
from discussion.decisions.models import Decision
from discussion.decisions.words import ACTIONS
from discussion.language import _, _n, number_in_words
from discussion.oversight.appeals.models import Appeal, AppealOutcome
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.words import REASONS
from discussion.oversight.transparency.queries.log import bounds_of, list_months, month_in_words
from discussion.oversight.transparency.shapes import Count, Month, ReportMonth, ReportPage, Section
from discussion.oversight.transparency.words import FILTERS
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Reason, Series
from discussion.vocabulary import of_series


def report_page(
    session: Session, viewer: Viewer | None, slug: str, *, month: str
) -> ReportPage | None:
    """The report of one month, the newest unless one is named; None where nobody may read it."""
    series = session.scalar(select(Series).where(Series.slug == slug))
    if series is None or not allowed(viewer, May.READ_SERIES, series):
        return None
    months = _months(session, series)
    chosen = next((one for one in months if one.name == month), None)
    if chosen is None and month:
        return None
    chosen = chosen or (months[0] if months else None)
    return ReportPage(
        series_slug=series.slug,
        series_title=series.title,
        url=paths.transparency(series.slug),
        csv_url=paths.transparency_csv(series.slug),
        log_url=paths.log(series.slug),
        rules_url=paths.rules(series.slug),
        month=_report(session, series, chosen.name) if chosen else None,
        months=months,
    )


def report_rows(session: Session, series: Series) -> Iterator[tuple[str, str, str, int]]:
    """(month, heading, what, how many) of every month, the newest first."""
    for month in _months(session, series):
        for section in _report(session, series, month.name).sections:
            for one in section.counts:
                yield month.name, section.title, one.label, one.number


def _months(session: Session, series: Series) -> tuple[Month, ...]:
    """The months in which something was decided or reported, the newest first."""
    names = {month.name for month in list_months(session, series, "")}
    moments = session.execute(
        select(func.min(Report.received_at), func.max(Report.received_at)).where(
            Report.series_id == series.id
        )
    ).one()
    names |= {clock.iso(moment, 7) for moment in moments if moment is not None}
    return tuple(
        Month(name, month_in_words(name), paths.transparency(series.slug, month=name), 0)
        for name in sorted(names, reverse=True)
    )


def _report(session: Session, series: Series, name: str) -> ReportMonth:
    decided = _decided(session, series, name)
    reported = _reported(session, series, name)
    sections = (
        _section(
            _("Read before they appeared"),
            _("Positions, responses, threads and values that somebody handed in."),
            _named(decided, FILTERS["reading"][1]),
        ),
        _section(
            _("Taken out of sight, changed, or kept"),
            _("After a report, or because a moderator saw it."),
            _named(decided, FILTERS["sight"][1]),
        ),
        _section(
            _("Members"),
            _("Each with its reason and the day it ends."),
            _named(decided, FILTERS["members"][1]),
        ),
        _section(
            _("Threads"),
            _("Merged, split, moved on, edited or slowed down. Each thread has its own history."),
            _named(decided, FILTERS["threads"][1]),
        ),
        _section(
            _("Statements and rounds"),
            _("Drafted, planned, opened and closed. No private answers are included."),
            _named(decided, FILTERS["weighing"][1]),
        ),
        _section(
            _("The library"),
            _("Retracted evidence and links that no longer lead there."),
            _named(decided, FILTERS["library"][1]),
        ),
        _section(
            _("For which reasons"),
            _("The reasons are in the rules of the series."),
            _reasons(session, series, name),
        ),
        _section(_("What was reported"), _("Nobody learns who reported."), reported),
        _section(
            _("Appeals"),
            _("Somebody who did not decide looks again."),
            _appeals(session, series, name),
        ),
        _section(
            _("Hidden identities"),
            _("How often a moderator looked up who wrote something; each look is recorded."),
            _looks(session, series, name),
        ),
    )
    return ReportMonth(
        name=name,
        label=month_in_words(name),
        sentence=_sentence(sum(decided.values()), sum(each.number for each in reported[:-2])),
        sections=tuple(section for section in sections if section.counts),
    )


def _section(title: str, says: str, counts: list[Count]) -> Section:
    """Nothing is listed that did not happen."""
    return Section(title, says, tuple(one for one in counts if one.number))


def _named(decided: Mapping[str, int], actions: tuple[str, ...]) -> list[Count]:
    return [Count(str(ACTIONS[action]), decided.get(action, 0)) for action in actions]


def _decided(session: Session, series: Series, name: str) -> dict[str, int]:
    query = select(Decision.action, func.count()).group_by(Decision.action)
    return dict(_rows(session, query, Decision.series_id, Decision.at, series, name))


def _reasons(session: Session, series: Series, name: str) -> list[Count]:
    query = (
        select(Reason.label, func.count())
        .join(Decision, Decision.reason_id == Reason.id)
        .group_by(Reason.id, Reason.label, Reason.order)
        .order_by(Reason.order, Reason.id)
    )
    rows = _rows(session, query, Decision.series_id, Decision.at, series, name)
    return [Count(label, number) for label, number in rows]


def _reported(session: Session, series: Series, name: str) -> list[Count]:
    """By reason; then how many came from outside, and how many hid something at once."""
    query = select(
        Report.reason, Report.reporter_id.is_(None), Report.has_hidden, func.count()
    ).group_by(Report.reason, Report.reporter_id.is_(None), Report.has_hidden)
    rows = list(_rows(session, query, Report.series_id, Report.received_at, series, name))
    counts = [
        Count(of_series(series.slug).say(label), sum(row[3] for row in rows if row[0] == slug))
        for slug, label in REASONS.items()
    ]
    return [
        *counts,
        Count(_("Of these, by visitors who were not signed in"), sum(r[3] for r in rows if r[1])),
        Count(_("Of these, hidden at once while it waited"), sum(r[3] for r in rows if r[2])),
    ]


def _appeals(session: Session, series: Series, name: str) -> list[Count]:
    made = select(func.count()).select_from(Appeal)
    ended = (
        select(AppealOutcome.outcome, func.count())
        .join(Appeal, Appeal.id == AppealOutcome.appeal_id)
        .group_by(AppealOutcome.outcome)
    )
    outcomes = dict(_rows(session, ended, Appeal.series_id, AppealOutcome.at, series, name))
    number = next(_rows(session, made, Appeal.series_id, Appeal.at, series, name))[0]
    return [
        Count(_("Made"), number),
        Count(_("The decision stays"), outcomes.get("stands", 0)),
        Count(_("The decision was reversed"), outcomes.get("overturned", 0)),
    ]


def _looks(session: Session, series: Series, name: str) -> list[Count]:
    query = (
        select(AuditEvent.verb, func.count())
        .where(AuditEvent.verb.in_(("show_author", "refused_look")))
        .group_by(AuditEvent.verb)
    )
    counts = dict(_rows(session, query, AuditEvent.series_id, AuditEvent.at, series, name))
    return [
        Count(_("looked up"), counts.get("show_author", 0)),
        Count(_("tried, and refused"), counts.get("refused_look", 0)),
    ]


def _rows(
    session: Session, query: Any, of_series: Any, at: Any, series: Series, name: str
) -> Iterator[Any]:
    first, after = bounds_of(name)
    return iter(
        session.execute(
            query.where(of_series == series.id).where(at >= first).where(at < after)
        ).all()
    )


def _sentence(decided: int, reported: int) -> str:
    decisions = _n(
        "%(count)s decision", "%(count)s decisions", decided, count=number_in_words(decided)
    )
    reports = _n(
        "%(count)s report", "%(count)s reports", reported, count=number_in_words(reported).lower()
    )
    return _("%(decisions)s and %(reports)s.", decisions=decisions, reports=reports)
