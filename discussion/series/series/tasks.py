"""Letters of series: a last day that comes near, or has passed."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import url_for
from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.registry import Payload
from discussion.language import _, in_words
from discussion.mail.letters import MailText, named, render_letter
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series
from discussion.series.series.operations.ending import ENDS_SOON, HAS_ENDED, end_due_series
from discussion.series.series.queries.ending import closes_on


def reachable(session: Session, payload: Payload) -> Person | None:
    """Whom a letter goes to, while they are here and have an address."""
    person = session.get(Person, payload["person_id"])
    return person if person is not None and person.email and person.left_at is None else None


def end(session: Session, _payload: Payload, now: datetime) -> None:
    """Ask of last days that come near, and close what has ended."""
    end_due_series(session, now)


def ends_soon(session: Session, payload: Payload) -> MailText | None:
    """Unless it was closed or given another day meanwhile."""
    series = session.get(Series, payload["ids"]["series"])
    if series is None or series.status != "open" or series.end_asked_for != series.ends_on:
        return None
    subject = _("The last day of %(series)s is near", series=named(series))
    return _to_convener(session, payload, series, ENDS_SOON, subject)


def ended(session: Session, payload: Payload) -> MailText | None:
    series = session.get(Series, payload["ids"]["series"])
    if series is None or series.status == "open":
        return None
    subject = _("The last day of %(series)s has passed", series=named(series))
    return _to_convener(session, payload, series, HAS_ENDED, subject)


def _to_convener(
    session: Session, payload: Payload, series: Series, template: str, subject: str
) -> MailText | None:
    person = reachable(session, payload)
    day = closes_on(series)
    if person is None or day is None or series.ends_on is None:
        return None
    body = render_letter(
        template,
        of=series,
        name=person.display_name,
        series=series.title,
        last=in_words(series.ends_on),
        day=in_words(day),
        is_past=series.ends_on < clock.today(),
        settings_url=url_for("series.settings", slug=series.slug, _external=True),
        series_url=url_for("overview.page", slug=series.slug, _external=True),
    )
    return MailText(person.email or "", subject, body)


TASKS: dict[str, Callable[[Session, Payload, datetime], None]] = {
    "series.end": end,
}
PERIODIC = {"series.end": timedelta(hours=1)}
MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {
    ENDS_SOON: ends_soon,
    HAS_ENDED: ended,
}
