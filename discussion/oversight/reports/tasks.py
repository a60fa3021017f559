"""Letters about reports: to who reported, whose it is, and the moderators; what is forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import url_for
from sqlalchemy.orm import Session

from discussion.jobs.registry import Payload
from discussion.language import _
from discussion.mail.letters import MailText, render_letter
from discussion.oversight.moderation.queries.alone import FEWEST
from discussion.oversight.reports.models import Report
from discussion.oversight.reports.operations.answering import forget_addresses
from discussion.oversight.reports.queries.own import outcome_of, within
from discussion.oversight.reports.queries.subjects import moderators_of
from discussion.oversight.reports.words import CAUSES, OUTCOMES
from discussion.people.accounts.models import Person
from discussion.permissions.facts import series_of
from discussion.subjects.finding import find_subject, kind_named
from discussion.vocabulary import of_series
from discussion.web.site import site


def receipt(session: Session, payload: Payload) -> MailText | None:
    """A visitor's receipt; it repeats nothing that was written."""
    report = session.get(Report, payload["ids"]["report"])
    if report is None or not report.reporter_email:
        return None
    body = render_letter(
        "reports/receipt",
        of=report.series,
        series=report.series.title,
        within=within(report.series, is_urgent=report.is_urgent),
        turns=CAUSES[report.reason].needs_others,
        receipt_url=_receipt_url(report),
    )
    return MailText(to=report.reporter_email, subject=_("Your report was received"), body=body)


def answered(session: Session, payload: Payload) -> MailText | None:
    """What came of a report, in general words."""
    report = session.get(Report, payload["ids"]["report"])
    to = _address(report) if report else ""
    if report is None or not to or report.status == "waiting":
        return None
    body = render_letter(
        "reports/answered",
        of=report.series,
        series=report.series.title,
        outcome=str(OUTCOMES[outcome_of(session, report)]),
        receipt_url=_receipt_url(report),
        rules_url=url_for("series.rules", slug=report.series.slug, _external=True),
    )
    return MailText(to=to, subject=_("Your report was answered"), body=body)


def hidden(session: Session, payload: Payload) -> MailText | None:
    """It is out of sight for now; neither who reported it nor what they said."""
    kind, public_id = payload["ids"]["kind"], payload["ids"]["subject"]
    subject = find_subject(session, kind_named(kind), public_id)
    person = session.get(Person, payload["person_id"])
    if subject is None or person is None or person.email is None or person.left_at is not None:
        return None
    series, what = series_of(subject.row), str(subject.words.hidden)
    body = render_letter(
        "reports/hidden",
        of=series,
        url=site().settings.public_url + subject.url,
        name=person.display_name,
        what=what,
        title=subject.excerpt().words,
        within=within(series, is_urgent=True),
        mine_url=url_for("positions.mine", _external=True),
        rules_url=url_for("series.rules", slug=series.slug, _external=True),
        series=series.title,
    )
    return MailText(to=person.email, subject=what, body=body)


def left_to_you(session: Session, payload: Payload) -> MailText | None:
    """To an administrator, where nobody in the series may answer what is urgent."""
    report = session.get(Report, payload["ids"]["report"])
    person = session.get(Person, payload["person_id"])
    if report is None or report.status != "waiting":
        return None
    if person is None or person.email is None or person.left_at is not None:
        return None
    body = render_letter(
        "reports/left_to_you",
        of=report.series,
        name=person.display_name,
        series=report.series.title,
        is_one=len(moderators_of(session, report.series_id)) < FEWEST,
        reason=f"{of_series(report.series.slug).say(CAUSES[report.reason].label)}.",
        has_hidden=report.has_hidden,
        within=within(report.series, is_urgent=True),
        desk_url=url_for("reports.desk", public_id=report.public_id, _external=True),
    )
    return MailText(to=person.email, subject=_("An urgent report is left to you"), body=body)


def forget(session: Session, _payload: Payload, now: datetime) -> None:
    """The address that a visitor gave goes once the answer is long sent."""
    forget_addresses(session, now)


def _address(report: Report) -> str:
    if report.reporter_id is None:
        return report.reporter_email
    person = report.reporter
    return person.email or "" if person is not None and person.left_at is None else ""


def _receipt_url(report: Report) -> str:
    return url_for("reports.receipt", public_id=report.public_id, _external=True)


TASKS: dict[str, Callable[[Session, Payload, datetime], None]] = {
    "reports.forget_addresses": forget,
    "reports.forget_address": forget,  # as it was promised one by one before
}
PERIODIC = {"reports.forget_addresses": timedelta(hours=1)}
MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {
    "reports/receipt": receipt,
    "reports/answered": answered,
    "reports/hidden": hidden,
    "reports/left_to_you": left_to_you,
}
