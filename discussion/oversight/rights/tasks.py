"""What the worker does for people's rights: copies, leaving, and the letters about both."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, url_for
from sqlalchemy.orm import Session

from discussion import clock
from discussion.jobs.models import Job
from discussion.jobs.queue import enqueue
from discussion.jobs.registry import Errand, Payload
from discussion.language import _, in_words
from discussion.mail.letters import MailText, render_letter
from discussion.oversight.rights.archive import write_copy
from discussion.oversight.rights.folder import folder_of
from discussion.oversight.rights.models import DataCopy, Leaving
from discussion.oversight.rights.operations.copying import TASK, forget_copies, note_ready
from discussion.oversight.rights.operations.leaving import carry_out, go_over
from discussion.oversight.rights.queries.leaving import list_done_since, list_due, needed_for
from discussion.oversight.rights.queries.own import Asked
from discussion.oversight.rights.words import CHOICES, GONE_OVER
from discussion.web.site import raters_secret, site


def make_copy(session: Session, job: Job, now: datetime) -> Errand | None:
    """Write the file beside any transaction that writes: it reads, and keeps nobody waiting."""
    row = session.get(DataCopy, job.payload["copy"])
    if row is None or row.ready_at or row.deleted_at or row.person.left_at:
        return None
    settings = site().settings
    name, size = write_copy(
        session,
        Asked(row.person, raters_secret(), now),
        folder_of(settings.data_dir),
        site=(settings.site_name, settings.public_url),
        render=_pieces,
    )
    copy_id = row.id

    def note(writing: Session, at: datetime) -> None:
        note_ready(writing, copy_id, name, size, at)

    return lambda: note


def forget(session: Session, _payload: Payload, now: datetime) -> None:
    """Delete copies whose week is over."""
    forget_copies(session, folder_of(site().settings.data_dir), now)


def find_due(session: Session, _payload: Payload, now: datetime) -> None:
    """Promise each leaving whose month is over, once a day until it is done; go over the last."""
    for leaving_id in list_due(session, now):
        enqueue(
            session,
            "rights.leave",
            {"leaving": leaving_id},
            now=now,
            once_key=f"leave-{leaving_id}@{clock.day(now)}",
        )
    for leaving in list_done_since(session, now - GONE_OVER):
        go_over(session, leaving, secret=raters_secret(), now=now)


def leave(session: Session, payload: Payload, now: datetime) -> None:
    """Do what somebody asked for a month ago, and delete the copies of their data."""
    leaving = session.get(Leaving, payload["leaving"])
    if leaving is not None and carry_out(session, leaving, secret=raters_secret(), now=now):
        forget_copies(session, folder_of(site().settings.data_dir), now)


def write_copy_ready(session: Session, payload: Payload) -> MailText | None:
    """A link to the page, which asks to sign in; never to the file."""
    row = session.get(DataCopy, payload["ids"]["copy"])
    if row is None or row.expires_at is None or not row.person.email or row.person.left_at:
        return None
    body = render_letter(
        "rights/copy_ready",
        name=row.person.display_name,
        site_name=site().settings.site_name,
        link=url_for("rights.page", _external=True),
        until=in_words(clock.day(row.expires_at)),
    )
    return MailText(to=row.person.email, subject=_("The copy of your data is ready"), body=body)


def write_leaving(session: Session, payload: Payload) -> MailText | None:
    """That somebody leaves, and how to stay; none once it was taken back, or is done."""
    row = session.get(Leaving, payload["ids"]["leaving"])
    if row is None or row.cancelled_at or row.done_at or not row.person.email:
        return None
    template = payload["template"]
    body = render_letter(
        template,
        name=row.person.display_name,
        site_name=site().settings.site_name,
        on=in_words(clock.day(row.due_at)),
        choice=str(CHOICES[row.choice]),
        needed_for=needed_for(session, row.person_id),
        link=url_for("rights.leave", _external=True),
        copy_link=url_for("rights.page", _external=True),
    )
    return MailText(to=row.person.email, subject=_subjects()[template], body=body)


def _subjects() -> dict[str, str]:
    name = site().settings.site_name
    return {
        "rights/leaving": _("You are leaving %(site)s in a month", site=name),
        "rights/leaving_soon": _("You are leaving %(site)s in three days", site=name),
        "rights/held": _("You cannot leave %(site)s yet", site=name),
    }


def _pieces(template: str, **given: Any) -> Iterable[str]:
    """A template piece by piece, so that it never stands in memory as a whole."""
    return current_app.jinja_env.get_template(template).generate(**given)


TASKS: dict[str, Callable[[Session, Payload, datetime], None]] = {
    "rights.forget": forget,
    "rights.find_due": find_due,
    "rights.leave": leave,
}
OUTSIDE = {TASK: make_copy}
PERIODIC = {"rights.forget": timedelta(hours=1), "rights.find_due": timedelta(hours=1)}
MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {
    "rights/copy_ready": write_copy_ready,
    "rights/leaving": write_leaving,
    "rights/leaving_soon": write_leaving,
    "rights/held": write_leaving,
}
