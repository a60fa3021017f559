"""What the worker does for runs: it opens, reminds, closes and forgets, and writes the letters."""

from datetime import datetime, timedelta

from flask import url_for
from sqlalchemy.orm import Session

from discussion.jobs.registry import Payload
from discussion.language import _
from discussion.mail.letters import MailText, render_letter
from discussion.web.site import raters_secret, site
from discussion.weighing.practice.keys import link_of
from discussion.weighing.practice.models import CLOSED as IS_CLOSED
from discussion.weighing.practice.models import OPEN, RunInvitation
from discussion.weighing.practice.operations.editions import renew_editions
from discussion.weighing.practice.operations.runs import turn_pages
from discussion.weighing.practice.operations.writing import CLOSED, INVITED, REMINDED
from discussion.weighing.practice.queries.own import find_own

TURN, EDIT = "practice.turn", "practice.edit"


def turn(session: Session, _payload: Payload, now: datetime) -> None:
    turn_pages(session, now=now)


def invited(session: Session, payload: Payload) -> MailText | None:
    """The link, to whoever is asked; who has taken everything back is not."""
    return _letter(session, payload, INVITED, OPEN, _("What do we say, and what do we do?"))


def reminded(session: Session, payload: Payload) -> MailText | None:
    """To somebody who has not come to the end: that is seen only now, and told nobody."""
    row = session.get(RunInvitation, payload["ids"]["invitation"])
    own = find_own(session, row, raters_secret()) if row is not None else None
    if own is not None and own.is_done:
        return None
    return _letter(session, payload, REMINDED, OPEN, _("Still time to say what we do"))


def closed(session: Session, payload: Payload) -> MailText | None:
    """To everybody who was asked, whether they answered or not."""
    return _letter(session, payload, CLOSED, IS_CLOSED, _("What we said together"))


def _letter(
    session: Session, payload: Payload, template: str, state: str, subject: str
) -> MailText | None:
    row = session.get(RunInvitation, payload["ids"]["invitation"])
    if row is None or not row.email or row.is_stopped or row.run.state != state:
        return None
    run = row.run
    link = link_of(raters_secret(), row.public_id)
    body = render_letter(
        template,
        of=run.series,
        organisation=run.organisation.name,
        coordinator=run.coordinator.display_name,
        own_words=run.letter,
        functions=len(run.instrument.functions),
        closes_on=run.closes_at,
        url=url_for("practice.answer", link=link, _external=True),
        stop_url=url_for("practice.letters", link=link, _external=True),
    )
    stop = url_for("practice.stop_letters", link=link, _external=True)
    return MailText(to=row.email, subject=subject, body=body, unsubscribe=stop)


def edit(session: Session, _payload: Payload, now: datetime) -> None:
    """Tell of a sector anew where enough of its organisations differ from what was told."""
    renew_editions(session, site_url=site().settings.public_url, now=now)


TASKS = {TURN: turn, EDIT: edit}
PERIODIC = {TURN: timedelta(minutes=5), EDIT: timedelta(minutes=10)}
MAILS = {INVITED: invited, REMINDED: reminded, CLOSED: closed}
