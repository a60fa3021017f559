"""Deciding on contributions."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import text
from discussion.accounts.models import Person
from discussion.language import _
from discussion.moderation.models import Decision
from discussion.moderation.operations.recording import write_decision
from discussion.moderation.operations.telling import tell
from discussion.moderation.queries.versions import find_waiting
from discussion.moderation.words import FROM_STATES, MAX_WHY
from discussion.permissions.facts import Viewer, series_of
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.positions.models import Position, Response, ResponseText, Revision
from discussion.positions.operations.publishing import go_live
from discussion.positions.operations.responding import go_live_response
from discussion.series.models import Reason
from discussion.series.operations import admit_by_approval

Contribution = Position | Response
Version = Revision | ResponseText


class AlreadyDecided(Exception):
    """Somebody else decided first, or the author has changed it meanwhile."""


class NeedsReason(Exception):
    """Everything but an approval needs a reason from the series' list."""


class TooLong(Exception):
    """The note to the author is too long."""


def decide(
    session: Session,
    actor: Viewer,
    item: Contribution,
    action: str,
    *,
    reason: str = "",
    why: str = "",
    version_id: int | None = None,
    now: datetime,
) -> Decision:
    """Approve, send_back, decline, hide, restore or remove a contribution.

    The first three are about the version that waits: `version_id` is the one the moderator saw, so
    that nothing is approved unread. Raises AlreadyDecided, NeedsReason and TooLong; the author is
    told in every case.
    """
    require(actor, May.DECIDE, item)
    lock(session, item)
    if text.count(why) > MAX_WHY:
        raise TooLong
    chosen = _reason(session, item, reason)
    if action != "approve" and action != "restore" and chosen is None:
        raise NeedsReason
    version = _find_version(session, item, action, version_id)
    ACTIONS[action](session, item, version, now)
    decision = write_decision(
        session,
        actor,
        series_of(item),
        action,
        subject=(kind_of(item), item.public_id),
        reason=chosen,
        why=why,
        version_id=version.id if version else None,
        addressed_to_id=item.author_id,
        now=now,
    )
    tell(session, decision, now)
    return decision


def lock(session: Session, item: Contribution) -> None:
    """Hold the contribution, so that of two moderators one decides; PostgreSQL locks its row."""
    session.refresh(item, with_for_update={"of": type(item)})


def _approve(session: Session, item: Contribution, version: Version | None, now: datetime) -> None:
    """The author counts towards the label they are shown under, so they are admitted first."""
    _admit_author(session, item, now)
    if isinstance(item, Position) and isinstance(version, Revision):
        go_live(session, item, version, now=now)
    elif isinstance(item, Response) and isinstance(version, ResponseText):
        go_live_response(session, item, version, now=now)


def _admit_author(session: Session, item: Contribution, now: datetime) -> None:
    """With the first approved contribution, a newcomer is admitted."""
    author = session.get_one(Person, item.author_id)
    admit_by_approval(session, series_of(item), author, now)


def _send_back(
    _session: Session, item: Contribution, version: Version | None, now: datetime
) -> None:
    assert version is not None
    version.status = "sent_back"
    item.changed_at = now


def _decline(_session: Session, item: Contribution, version: Version | None, now: datetime) -> None:
    assert version is not None
    version.status = "declined"
    item.changed_at = now
    if item.first_published_at is None:
        item.state = "declined"


def _set_state(state: str) -> Callable[[Session, Contribution, Version | None, datetime], None]:
    def change(
        _session: Session, item: Contribution, _version: Version | None, now: datetime
    ) -> None:
        item.state = state
        item.changed_at = now

    return change


ACTIONS: dict[str, Callable[[Session, Contribution, Version | None, datetime], None]] = {
    "approve": _approve,
    "send_back": _send_back,
    "decline": _decline,
    "hide": _set_state("hidden"),
    "restore": _set_state("published"),
    "remove": _set_state("removed"),
}


def _find_version(
    session: Session, item: Contribution, action: str, version_id: int | None
) -> Version | None:
    if action not in ACTIONS:
        raise AlreadyDecided(_("There is no such decision."))
    if action in FROM_STATES:
        if item.state not in FROM_STATES[action]:
            raise AlreadyDecided
        return None
    waiting = find_waiting(session, item)
    if waiting is None or waiting.id != version_id:
        raise AlreadyDecided
    return waiting


def _reason(session: Session, item: Contribution, slug: str) -> Reason | None:
    if not slug:
        return None
    return session.scalar(
        select(Reason)
        .where(Reason.series_id == series_of(item).id)
        .where(Reason.slug == slug)
        .where(Reason.retired_at.is_(None))
    )


def kind_of(item: Contribution) -> str:
    """The word under which decisions name it."""
    return "position" if isinstance(item, Position) else "response"
