"""Looking at links in the background, and the letters about items that no longer stand."""

from datetime import datetime, timedelta
from functools import partial

from flask import current_app, url_for
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.evidence.checking import Asker
from discussion.debate.evidence.drafts_links import Finding
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations.looking import plan_checks, record_check
from discussion.debate.evidence.queries.citing import list_citing_of
from discussion.debate.evidence.queries.links import PAUSE, address_of, find_due
from discussion.debate.evidence.queue import CHECK, PLAN, promise_check
from discussion.debate.evidence.words import NOT_STANDING
from discussion.jobs.models import Job
from discussion.jobs.registry import Afterwards, Errand, Payload
from discussion.language import _
from discussion.mail.letters import MailText, render_letter
from discussion.people.accounts.models import Person
from discussion.web.site import site

ASKER = "evidence.asker"  # in the application's extensions, where another is wanted


def plan(session: Session, _payload: Payload, now: datetime) -> None:
    """Put the links that are due in turn."""
    if site().settings.check_links:
        plan_checks(session, now=now)


def prepare(session: Session, job: Job, now: datetime) -> Errand | None:
    """What is to be asked, outside any transaction; a minute later if its server is busy."""
    if not site().settings.check_links:
        return None
    due = find_due(session, int(job.payload["item"]), now)
    if due is None:
        return None
    if due.is_host_busy:
        return lambda: partial(_later, due.item_id)
    asker: Asker = current_app.extensions.get(ASKER) or Asker.of(site().settings)
    return partial(_ask, asker, due.item_id, due.url)


def _ask(asker: Asker, item_id: int, url: str) -> Afterwards:
    return partial(_keep, item_id, url, asker.ask(url))


def _keep(item_id: int, url: str, found: Finding, session: Session, now: datetime) -> None:
    record_check(session, item_id, url, found, now=now)


def _later(item_id: int, session: Session, now: datetime) -> None:
    promise_check(session, session.get_one(EvidenceItem, item_id), now + PAUSE, now)


def look_letter(session: Session, payload: Payload) -> MailText | None:
    """To an author who relies on it: nobody else learns who that is, and who else does."""
    person = session.get(Person, payload["person_id"])
    item = session.get(EvidenceItem, payload["ids"]["item"])
    about = payload["ids"]["about"]
    if person is None or person.email is None or item is None or item.is_hidden:
        return None
    if about not in (item.status, item.link_state):
        return None  # it was put right meanwhile
    relying = list_citing_of(session, item, person.id)
    if not relying:
        return None
    subject = str(_SUBJECTS[about]())
    body = render_letter(
        "evidence/look",
        of=item.series,
        name=person.display_name,
        what=subject,
        title=item.title,
        note=item.status_note if about in NOT_STANDING else "",
        successor=item.superseded_by.title if about == "superseded" and item.superseded_by else "",
        address=address_of(item) if about == "dead" else "",
        item_url=_site_url(paths.item(item.series.slug, item.public_id)),
        written=[(one.written.thread.question, _site_url(one.path)) for one in relying],
        mine_url=url_for("positions.mine", _external=True),
    )
    return MailText(to=person.email, subject=subject, body=body)


_SUBJECTS = {
    "retracted": lambda: _("A source that you rely on was retracted"),
    "superseded": lambda: _("A source that you rely on was replaced by a newer one"),
    "dead": lambda: _("The link of a source that you rely on leads nowhere"),
}


def _site_url(path: str) -> str:
    return site().settings.public_url + path


TASKS = {PLAN: plan}
OUTSIDE = {CHECK: prepare}
PERIODIC = {PLAN: timedelta(hours=1)}
MAILS = {"evidence/look": look_letter}
