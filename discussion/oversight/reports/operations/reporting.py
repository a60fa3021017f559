"""Reporting: anybody tells the moderators; what is urgent may hide the item at once, once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import text
from discussion.audit.operations import append_event
from discussion.mail.queue import promise_mail
from discussion.oversight.moderation.operations.reminding import remind_urgent
from discussion.oversight.reports.drafts import ReportDraft
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.queries.subjects import (
    Matter,
    is_left_to_administrator,
    moderators_of,
)
from discussion.oversight.reports.words import URGENT
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed, require
from discussion.subjects.effects import effects_of
from discussion.subjects.finding import about
from discussion.subjects.kinds import Subject


def send_report(
    session: Session, actor: Viewer | None, matter: Matter, draft: ReportDraft, *, now: datetime
) -> Report:
    """Tell the moderators of something that one can read, signed in or not.

    An urgent report tells them by mail too, and, by an admitted member, hides a contribution or an
    item of the library until one of them has looked: once, however many reports come.
    """
    subject = matter.about
    require(actor, May.REPORT, subject.row)
    report = Report(
        series_id=matter.series.id,
        subject_kind=subject.kind,
        subject_id=subject.id,
        version_id=subject.version_id(draft.version),
        reporter_id=actor.person_id if actor else None,
        reporter_email="" if actor else draft.email,
        reason=draft.reason,
        text=text.paragraphs(draft.text),
        is_urgent=draft.reason in URGENT,
        received_at=now,
    )
    if report.is_urgent and allowed(actor, May.REPORT_AND_HIDE, subject.row):
        report.has_hidden = _hide_once(session, matter, now)
    session.add(report)
    session.flush()
    if report.reporter_email:
        _promise(session, "reports/receipt", report, None, now)
    if report.is_urgent:
        _tell_moderators(session, matter, report, now)
    return report


def _hide_once(session: Session, matter: Matter, now: datetime) -> bool:
    """Hide it by the site's own hand, unless a report ever did, or one as urgent was cleared.

    The row is held before anything is asked, so that of two reports at once one hides.
    """
    subject, row = matter.about, matter.about.row
    session.flush()
    session.refresh(row, with_for_update={"of": type(row)})
    if _was_looked_at(session, subject) or not _take_out_of_sight(subject, now):
        return False
    append_event(
        session,
        series_id=matter.series.id,
        actor_id=None,
        verb="hide",
        subject=subject.key,
        now=now,
        details={"because": "urgent_report"},
    )
    _tell_author(session, subject, now)
    return True


def _was_looked_at(session: Session, subject: Subject) -> bool:
    """Whether a report hid it before, or an urgent one was answered."""
    found = session.scalar(
        select(Report.id)
        .where(about(Report, subject))
        .where(Report.has_hidden | (Report.reason.in_(URGENT) & (Report.status == "answered")))
        .limit(1)
    )
    return found is not None


def _take_out_of_sight(subject: Subject, now: datetime) -> bool:
    if subject.state != "published":
        return False
    effects_of(subject.row).take_out_of_sight(None, now)
    return True


def _tell_author(session: Session, subject: Subject, now: datetime) -> None:
    """Whose it is hears that it is hidden while moderators look; neither who nor what was said."""
    person_id = subject.author_id
    person = session.get(Person, person_id) if person_id else None
    if person is None or person.email is None or person.left_at is not None:
        return
    promise_mail(
        session,
        template="reports/hidden",
        person_id=person.id,
        ids={"kind": subject.kind, "subject": subject.id},
        once_key=f"hidden-by-report-{subject.kind}-{subject.id}",
        now=now,
    )


def _tell_moderators(session: Session, matter: Matter, report: Report, now: datetime) -> None:
    """Everybody who may answer, at once; administrators where it is left to them."""
    concerned = matter.about.own_ids | {id for id in (report.reporter_id,) if id is not None}
    moderators = moderators_of(session, matter.series.id)
    if moderators - concerned:
        remind_urgent(session, matter.series, now)
    if not is_left_to_administrator(moderators, concerned):
        return
    administrators = session.scalars(
        select(Person.id).where(Person.is_administrator).where(Person.left_at.is_(None))
    )
    for person_id in sorted(set(administrators) - moderators - concerned):
        _promise(session, "reports/left_to_you", report, person_id, now)


def _promise(
    session: Session, template: str, report: Report, person_id: int | None, now: datetime
) -> None:
    promise_mail(
        session,
        template=template,
        person_id=person_id,
        ids={"report": report.id},
        once_key=f"{template}-{report.id}-{person_id or 0}",
        now=now,
    )
