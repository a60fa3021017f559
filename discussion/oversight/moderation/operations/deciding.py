"""Deciding on contributions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.threads.models import Thread
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.deciding import Steps, carry_out, case_of
from discussion.decisions.operations.refusing import (
    AlreadyDecided,
    NeedsEdit,
    NeedsTwin,
)
from discussion.decisions.words import (
    ALREADY_SAID,
    ASKS_FOR_AN_EDIT,
    MARKS,
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
from discussion.subjects.effects import effects_of
from discussion.subjects.finding import subject_of

Contribution = Position | Response
Version = Revision | ResponseText


def decide(
    session: Session, actor: Viewer, item: Contribution, ruling: Ruling, *, now: datetime
) -> Decision:
    """Decide on a contribution: an action of words.DO.

    Approve, send_back and decline are about the version that waits, as the moderator saw it with
    its sources, so that nothing is approved unread. Raises Taken, AlreadyDecided, NeedsReason,
    NeedsTwin, NeedsEdit and TooLong; the author is told in every case.
    """
    require(actor, May.DECIDE, item)
    return carry_out(session, actor, ruling, _steps(session, item, now), now=now)


def decide_left(
    session: Session, actor: Viewer, item: Contribution, ruling: Ruling, *, now: datetime
) -> Decision:
    """The same by an administrator, in a series in which one person moderates."""
    require(actor, May.DECIDE_LEFT, concern_of(session, item))
    return carry_out(session, actor, ruling, _steps(session, item, now), now=now)


def _steps(session: Session, item: Contribution, now: datetime) -> Steps:
    def hold() -> Case:
        lock_to_decide(session, item)
        subject = subject_of(item)
        return replace(case_of(subject), waits_as=((subject.plural, subject.id),))

    def apply(ruling: Ruling) -> Ruling:
        marks = _marks(session, item, ruling)
        version = _find_version(session, item, ruling)
        if ruling.action == "approve" and ruling.sources != fingerprint_sources(
            session, item, version, holds=True
        ):
            raise AlreadyDecided
        ACTIONS[ruling.action](session, item, version, now)
        effects_of(item).settle(session)
        twin = ruling.twin if ALREADY_SAID in marks else ""
        version_id = version.id if version else None
        return replace(ruling, marks=marks, twin=twin, version_id=version_id)

    return Steps(hold, apply=apply, needs_reason=True)


def lock_to_decide(session: Session, item: Contribution) -> None:
    """Hold the contribution, so that of two moderators one decides; PostgreSQL locks its row."""
    session.refresh(item, with_for_update={"of": type(item)})


def _approve(session: Session, item: Contribution, version: Version | None, now: datetime) -> None:
    """The author counts towards the label they are shown under, so they are admitted first."""
    _admit_author(session, item, now)
    effects_of(item).publish(session, version, now)


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


def _find_version(session: Session, item: Contribution, ruling: Ruling) -> Version | None:
    if ruling.action not in ACTIONS:
        raise AlreadyDecided(_("There is no such decision."))
    if ruling.action in FROM_STATES:
        if item.state not in FROM_STATES[ruling.action]:
            raise AlreadyDecided
        return None
    waiting = find_waiting(session, item)
    if waiting is None or waiting.id != ruling.version_id:
        raise AlreadyDecided
    return waiting


def _marks(session: Session, item: Contribution, ruling: Ruling) -> list[str]:
    """The marks in the order of the list; only an edit request has any."""
    chosen = [mark for mark in MARKS if mark in ruling.marks]
    if chosen and ruling.action not in ASKS_FOR_AN_EDIT:
        raise NeedsEdit
    if ALREADY_SAID in chosen and not _has_twin(session, item, ruling.twin):
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
