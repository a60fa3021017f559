"""Deciding on contributions."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Required, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.positions.operations.publishing import go_live
from discussion.debate.positions.operations.seats import settle_seat
from discussion.debate.responses.operations.responding import go_live_response
from discussion.debate.threads.models import Thread
from discussion.decisions.models import Decision
from discussion.decisions.operations.claiming import check_claim, release
from discussion.decisions.operations.recording import write_decision
from discussion.decisions.operations.refusing import (
    AlreadyDecided,
    NeedsEdit,
    NeedsReason,
    NeedsTwin,
    TooLong,
)
from discussion.decisions.operations.telling import tell
from discussion.decisions.queries.overtaken import newest_decision
from discussion.decisions.words import (
    ALREADY_SAID,
    ASKS_FOR_AN_EDIT,
    MARKS,
    MAX_FACTS,
    MAX_WHY,
    NEEDS_NO_REASON,
)
from discussion.language import _
from discussion.oversight.moderation.queries.alone import concern_of
from discussion.oversight.moderation.queries.versions import find_waiting, fingerprint_sources
from discussion.oversight.moderation.words import FROM_STATES
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer, series_of
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.series.members.operations import admit_by_approval
from discussion.series.series.models import Reason

Contribution = Position | Response
Version = Revision | ResponseText


class Said(TypedDict, total=False):
    """What goes with an action; `version_id` is the version that the moderator saw."""

    reason: str  # the slug of one from the series' list
    why: str  # the note to the author
    facts: str
    marks: Collection[str]  # what to mend
    twin: str  # the public id of the position that says it already
    version_id: int | None
    sources: str  # the fingerprint of those that come with the version
    decided: str | None  # the newest decision that the moderator saw; None asks nothing of it
    now: Required[datetime]


def decide(
    session: Session, actor: Viewer, item: Contribution, action: str, **said: Unpack[Said]
) -> Decision:
    """Decide on a contribution: an action of words.DO.

    Approve, send_back and decline are about the version that waits, as the moderator saw it with
    its sources, so that nothing is approved unread. Raises Taken, AlreadyDecided, NeedsReason,
    NeedsTwin, NeedsEdit and TooLong; the author is told in every case.
    """
    require(actor, May.DECIDE, item)
    return _decide(session, actor, item, action, **said)


def decide_left(
    session: Session, actor: Viewer, item: Contribution, action: str, **said: Unpack[Said]
) -> Decision:
    """The same by an administrator, in a series in which one person moderates."""
    require(actor, May.DECIDE_LEFT, concern_of(session, item))
    return _decide(session, actor, item, action, **said)


def _decide(
    session: Session,
    actor: Viewer,
    item: Contribution,
    action: str,
    *,
    reason: str = "",
    why: str = "",
    facts: str = "",
    marks: Collection[str] = (),
    twin: str = "",
    version_id: int | None = None,
    sources: str = "",
    decided: str | None = None,
    now: datetime,
) -> Decision:
    lock(session, item)
    check_claim(session, actor, waits_as(item), item.public_id, now=now)
    refuse_overtaken(session, kind_of(item), item.public_id, decided)
    if text.count(why) > MAX_WHY or text.count(facts) > MAX_FACTS:
        raise TooLong
    chosen = _reason(session, item, reason)
    if action not in NEEDS_NO_REASON and chosen is None:
        raise NeedsReason
    marked = _marks(session, item, action, marks, twin)
    version = _find_version(session, item, action, version_id)
    if action == "approve" and sources != fingerprint_sources(session, item, version, holds=True):
        raise AlreadyDecided
    ACTIONS[action](session, item, version, now)
    if isinstance(item, Position):
        settle_seat(session, item)
    release(session, waits_as(item), item.public_id)
    decision = write_decision(
        session,
        actor,
        series_of(item),
        action,
        subject=(kind_of(item), item.public_id),
        reason=chosen,
        why=why,
        facts=facts,
        marks=marked,
        twin_id=twin if ALREADY_SAID in marked else "",
        version_id=version.id if version else None,
        addressed_to_id=item.author_id,
        now=now,
    )
    tell(session, decision, now)
    return decision


def refuse_overtaken(session: Session, kind: str, public_id: str, decided: str | None) -> None:
    """Raise AlreadyDecided where somebody has decided since `decided` was the newest decision."""
    if decided is not None and newest_decision(session, kind, public_id) != decided:
        raise AlreadyDecided


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


def _keep(_session: Session, _item: Contribution, _version: Version | None, _now: datetime) -> None:
    """Nothing changes but that it was decided."""


ACTIONS: dict[str, Callable[[Session, Contribution, Version | None, datetime], None]] = {
    "approve": _approve,
    "send_back": _send_back,
    "decline": _decline,
    "hide": _set_state("hidden"),
    "restore": _set_state("published"),
    "remove": _set_state("removed"),
    "keep": _keep,
    "ask_edit": _keep,
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


def _marks(
    session: Session, item: Contribution, action: str, marks: Collection[str], twin: str
) -> list[str]:
    """The marks in the order of the list; only an edit request has any."""
    chosen = [mark for mark in MARKS if mark in marks]
    if chosen and action not in ASKS_FOR_AN_EDIT:
        raise NeedsEdit
    if ALREADY_SAID in chosen and not _has_twin(session, item, twin):
        raise NeedsTwin
    return chosen


def _has_twin(session: Session, item: Contribution, twin: str) -> bool:
    """Whether it is another position of the series, that stands or waits."""
    found = session.scalar(
        select(Position.id)
        .join(Position.thread)
        .where(Thread.series_id == series_of(item).id)
        .where(Position.public_id == twin)
        .where(Position.public_id != item.public_id)
        .where(Position.state.in_(("draft", "published")))
    )
    return found is not None


def _reason(session: Session, item: Contribution, slug: str) -> Reason | None:
    if not slug:
        return None
    return session.scalar(
        select(Reason)
        .where(Reason.series_id == series_of(item).id)
        .where(Reason.slug == slug)
        .where(Reason.retired_at.is_(None))
    )


def waits_as(item: Contribution) -> str:
    """The kind under which it stands in the queue."""
    return f"{kind_of(item)}s"


def kind_of(item: Contribution) -> str:
    """The word under which decisions name it."""
    return "position" if isinstance(item, Position) else "response"
