"""Setting up a webhook, stopping it, and noting what became of each telling."""

from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from discussion.audit.operations import append_event
from discussion.jobs.claims import MAX_ATTEMPTS, Hopeless
from discussion.jobs.models import Job
from discussion.jobs.queue import enqueue
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused
from discussion.reach.webhooks.drafts import HookDraft
from discussion.reach.webhooks.models import Telling, Webhook
from discussion.reach.webhooks.queries.happened import list_untold
from discussion.reach.webhooks.words import DROPPED, FAILED, LOG_KEPT, MOST, SENT, TEST, WAITING
from discussion.series.series.models import Series

SEND = "webhooks.send"


class NotTakenError(Exception):
    """It did not arrive, and may arrive later; says why in a word, and nothing of what was sent."""

    def __init__(self, problem: str, status: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.status = problem, status


class RefusedError(NotTakenError, Hopeless):
    """It will not arrive, however often it is tried."""


def add_webhook(
    session: Session, actor: Viewer, series: Series, draft: HookDraft, *, now: datetime
) -> Webhook:
    """Have another program told from now on; raises Refused where a series has too many."""
    require(actor, May.CONVENE, series)
    session.execute(select(Series.id).where(Series.id == series.id).with_for_update())
    many = session.scalar(select(func.count()).where(Webhook.series_id == series.id)) or 0
    if many >= MOST:
        raise Refused(_("A series has at most %(most)s webhooks. Remove one first.", most=MOST))
    webhook = Webhook(
        series_id=series.id,
        name=draft.name,
        url=draft.url,
        kinds=list(draft.kinds),
        form=draft.form,
        made_by_id=actor.person_id,
        made_at=now,
        since=now,
    )
    session.add(webhook)
    session.flush()
    _chain(session, actor, webhook, "add_webhook", now)
    return webhook


def edit_webhook(
    session: Session, actor: Viewer, webhook: Webhook, draft: HookDraft, *, now: datetime
) -> bool:
    """Change what is told, where and how; no address keeps the one that there is.

    A kind that is new is told from now on. Another host has another secret; returns whether it has.
    """
    require(actor, May.CONVENE, webhook.series)
    before = urlsplit(webhook.url).hostname
    webhook.kinds_since = {
        kind: webhook.kinds_since.get(kind, now.isoformat())
        for kind in draft.kinds
        if kind not in webhook.kinds or kind in webhook.kinds_since
    }
    webhook.name, webhook.kinds, webhook.form = draft.name, list(draft.kinds), draft.form
    webhook.url = draft.url or webhook.url
    is_elsewhere = urlsplit(webhook.url).hostname != before
    webhook.turn += is_elsewhere
    session.flush()
    _chain(session, actor, webhook, "edit_webhook", now)
    return is_elsewhere


def stop_webhook(session: Session, actor: Viewer, webhook: Webhook, *, now: datetime) -> None:
    """Tell it nothing more, until it is started again."""
    require(actor, May.CONVENE, webhook.series)
    if webhook.is_on:
        _stop(session, webhook, "asked", now)
        _chain(session, actor, webhook, "stop_webhook", now)


def start_webhook(session: Session, actor: Viewer, webhook: Webhook, *, now: datetime) -> None:
    """Tell it again what happens from now on; what it missed stays untold."""
    require(actor, May.CONVENE, webhook.series)
    if not webhook.is_on:
        webhook.is_on, webhook.stopped_why, webhook.since = True, "", now
        webhook.kinds_since = {}
        session.flush()
        _chain(session, actor, webhook, "start_webhook", now)


def try_webhook(session: Session, actor: Viewer, webhook: Webhook, *, now: datetime) -> None:
    """Send it a message that says that it is a test; nothing to one that is stopped."""
    require(actor, May.CONVENE, webhook.series)
    if not webhook.is_on:
        return
    before = select(func.count()).where(Telling.webhook_id == webhook.id, Telling.kind == TEST)
    number = (session.scalar(before) or 0) + 1
    _promise(session, webhook, TEST, number, now)
    _chain(session, actor, webhook, "try_webhook", now)


def renew_secret(session: Session, actor: Viewer, webhook: Webhook, *, now: datetime) -> None:
    """Sign with another secret from now on; the one before is worth nothing any more."""
    require(actor, May.CONVENE, webhook.series)
    webhook.turn += 1
    session.flush()
    _chain(session, actor, webhook, "renew_webhook_secret", now)


def show_secret(session: Session, actor: Viewer, webhook: Webhook, *, now: datetime) -> None:
    """Note that somebody looks at it."""
    require(actor, May.CONVENE, webhook.series)
    _chain(session, actor, webhook, "show_webhook_secret", now)


def remove_webhook(session: Session, actor: Viewer, webhook: Webhook, *, now: datetime) -> None:
    """Let go of the address, of its secret and of its log."""
    require(actor, May.CONVENE, webhook.series)
    _chain(session, actor, webhook, "remove_webhook", now)
    session.execute(delete(Telling).where(Telling.webhook_id == webhook.id))
    session.delete(webhook)
    session.flush()


def promise_tellings(session: Session, *, now: datetime) -> int:
    """A row and work for each thing that a webhook was not told yet; returns how many.

    Asks no right: the site does it by itself.
    """
    promised = 0
    for webhook in session.scalars(select(Webhook).where(Webhook.is_on.is_(True))).all():
        for kind, subject_id in list_untold(session, webhook, now):
            _promise(session, webhook, kind, subject_id, now)
            promised += 1
    return promised


def _promise(session: Session, webhook: Webhook, kind: str, subject_id: int, now: datetime) -> None:
    telling = Telling(webhook_id=webhook.id, kind=kind, subject_id=subject_id, promised_at=now)
    session.add(telling)
    session.flush()
    enqueue(session, SEND, {"telling": telling.id}, now=now)


def note_sent(session: Session, telling: Telling, status: int, *, now: datetime) -> None:
    telling.attempts += 1
    telling.state, telling.status, telling.problem, telling.ended_at = SENT, status, "", now
    session.flush()


def note_dropped(session: Session, telling: Telling, *, now: datetime) -> None:
    telling.state, telling.ended_at = DROPPED, now
    session.flush()


def note_not_taken(
    session: Session, telling: Telling, job: Job, error: Exception, *, now: datetime
) -> None:
    """Why an attempt failed; with the last one it is given up, and the webhook stops.

    One that the program there refuses by itself stops nothing else; `gone` does at once.
    """
    telling.attempts += 1
    telling.problem, telling.status = "odd", None
    if isinstance(error, NotTakenError):
        telling.problem, telling.status = error.problem, error.status
    most = getattr(error, "most_attempts", MAX_ATTEMPTS)
    if job.attempts < most:
        session.flush()
        return
    telling.state, telling.ended_at = FAILED, now
    session.flush()
    if telling.webhook.is_on and (most > 1 or telling.problem in ("gone", "redirect")):
        why = "gone" if telling.problem == "gone" else "failing"
        _stop(session, telling.webhook, why, now)


def forget_tellings(session: Session, *, now: datetime) -> None:
    """The log is kept for a month."""
    session.execute(delete(Telling).where(Telling.promised_at < now - LOG_KEPT))


def _stop(session: Session, webhook: Webhook, why: str, now: datetime) -> None:
    webhook.is_on, webhook.stopped_why = False, why
    session.execute(
        update(Telling)
        .where(Telling.webhook_id == webhook.id)
        .where(Telling.state == WAITING)
        .values(state=DROPPED, ended_at=now)
    )
    session.flush()


def _chain(session: Session, actor: Viewer, webhook: Webhook, verb: str, now: datetime) -> None:
    """The host alone: the rest of the address lets whoever knows it write there."""
    append_event(
        session,
        series_id=webhook.series_id,
        actor_id=actor.person_id,
        verb=verb,
        subject=("webhook", webhook.public_id),
        now=now,
        details={"host": urlsplit(webhook.url).hostname or ""},
    )
