"""The form for a report, its receipt, and what somebody reported."""

from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.decisions.models import Decision
from discussion.decisions.targets import in_words, target_of
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.queries.shapes import (
    Choice,
    OwnReport,
    OwnReportsPage,
    ReceiptPage,
    ReportPage,
)
from discussion.oversight.reports.queries.subjects import Matter, find_readable
from discussion.oversight.reports.words import (
    ACTING,
    CAUSES,
    SHOWN_OWN,
)
from discussion.oversight.sanctions.models import Sanction
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.series.models import Series
from discussion.subjects.finding import about, kind_named
from discussion.subjects.shapes import Excerpt
from discussion.vocabulary import of_series


def report_page(viewer: Viewer | None, matter: Matter, version: int | None = None) -> ReportPage:
    """The form about something that the viewer can read."""
    subject, series = matter.about, matter.series
    said, known = subject.excerpt(version), of_series(series.slug)
    return ReportPage(
        kind=subject.kind,
        words=said.words,
        language=said.language,
        url=subject.url,
        send_url=paths.report(subject.kind, subject.id),
        version=version,
        series_slug=series.slug,
        series_title=series.title,
        rules_url=paths.rules(series.slug),
        choices=tuple(
            Choice(slug, known.say(cause.label), known.say(cause.says), cause.is_urgent)
            for slug, cause in CAUSES.items()
        ),
        within=in_words(target_of(series, "report")),
        within_urgent=in_words(target_of(series, "urgent")),
        hides=allowed(viewer, May.REPORT_AND_HIDE, subject.row),
        is_signed_in=viewer is not None,
    )


def receipt_page(session: Session, viewer: Viewer | None, public_id: str) -> ReceiptPage | None:
    """What became of a report: for its reporter; a visitor's for whoever has its address."""
    report = session.scalar(
        select(Report).where(Report.public_id == public_id).options(joinedload(Report.series))
    )
    if report is None or not _is_theirs(viewer, report):
        return None
    return ReceiptPage(
        kind=report.subject_kind,
        outcome=outcome_of(session, report),
        received_on=clock.day(report.received_at),
        answered_on=_day(report),
        due_words=within(report.series, is_urgent=report.is_urgent),
        turns=CAUSES[report.reason].needs_others,
        was_mailed=bool(report.reporter_email),
        own_url=paths.reports() if report.reporter_id is not None else "",
    )


def own_reports_page(session: Session, viewer: Viewer) -> OwnReportsPage:
    """Everything that the viewer reported signed in, the newest first."""
    rows = session.scalars(
        select(Report)
        .where(Report.reporter_id == viewer.person_id)
        .order_by(Report.id.desc())
        .limit(SHOWN_OWN)
    ).all()
    return OwnReportsPage(tuple(_own(session, viewer, row) for row in rows))


def outcome_of(session: Session, report: Report) -> str:
    """In general words: what is decided on somebody else's writing is told to them alone."""
    if report.status == "waiting":
        return "waiting"
    kind = kind_named(report.subject_kind)
    if kind is not None and kind.is_somebody:
        return "acted" if _was_person_asked(session, report) else "kept"
    acted = session.scalar(
        select(
            exists()
            .where(about(Decision, (report.subject_kind, report.subject_id)))
            .where(Decision.action.in_(ACTING))
            .where(Decision.at >= report.received_at)
            .where(Decision.at <= report.answered_at)
        )
    )
    return "acted" if acted or _was_author_asked(session, report) else "kept"


def _was_author_asked(session: Session, report: Report) -> bool:
    """Whether something was asked of who wrote it, meanwhile and because of it."""
    found = session.scalar(
        select(Sanction.id)
        .where(Sanction.about_id == report.subject_id)
        .where(Sanction.starts_at >= report.received_at)
        .where(Sanction.starts_at <= report.answered_at)
        .limit(1)
    )
    return found is not None


def _was_person_asked(session: Session, report: Report) -> bool:
    """By name: what hangs on something else that they wrote is not told of here."""
    found = session.scalar(
        select(Sanction.id)
        .join(Sanction.person)
        .where(Person.public_id == report.subject_id)
        .where(Sanction.series_id == report.series_id)
        .where(Sanction.about_id == "")
        .where(Sanction.starts_at >= report.received_at)
        .where(Sanction.starts_at <= report.answered_at)
        .limit(1)
    )
    return found is not None


def within(series: Series, *, is_urgent: bool) -> str:
    """How soon a report is answered: "within 4 hours"."""
    return in_words(target_of(series, "urgent" if is_urgent else "report"))


def _own(session: Session, viewer: Viewer, report: Report) -> OwnReport:
    found = find_readable(session, viewer, report.subject_kind, report.subject_id)
    said = found.about.excerpt() if found else Excerpt()
    return OwnReport(
        kind=report.subject_kind,
        reason=report.reason,
        text=report.text,
        outcome=outcome_of(session, report),
        words=said.words,
        language=said.language,
        url=found.about.url if found else "",
        receipt_url=paths.receipt(report.public_id),
        received_on=clock.day(report.received_at),
        answered_on=_day(report),
    )


def _is_theirs(viewer: Viewer | None, report: Report) -> bool:
    if report.reporter_id is None:
        return True
    return viewer is not None and viewer.person_id == report.reporter_id


def _day(report: Report) -> date | None:
    return clock.day(report.answered_at) if report.answered_at else None
