"""Handing in what was written: joining, the posting role, publishing, and the draft's end."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from discussion.accounts.words import PHASES, ROLES
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.positions.drafts import PositionDraft, Problem
from discussion.positions.models import Position
from discussion.positions.operations.drafts import discard_draft
from discussion.positions.operations.joining import join_as
from discussion.positions.operations.publishing import (
    publish_on_behalf,
    publish_position,
    revise_position,
)
from discussion.positions.words import MAX_CONSENT_NOTE
from discussion.series.models import Scale
from discussion.threads.models import Thread


def problems_in_posting(role: str, phase: str) -> list[Problem]:
    """What is wrong with the role and phase in which somebody wants to post."""
    problems = []
    if role not in ROLES:
        problems.append(Problem("posting_role", _("Choose the role in which you post here.")))
    if phase not in PHASES:
        problems.append(Problem("posting_phase", _("Choose the phase you post about here.")))
    return problems


def problems_in_replaced(places: Collection[str], scales: Iterable[Scale]) -> list[Problem]:
    """Where a place was chosen on a scale that another one replaced while it was being chosen."""
    return [
        Problem(f"place-{scale.slug}", _("This scale replaced another one while you wrote. Choose "
                                         "a place on it, or leave yourself off it."))
        for scale in scales
        if scale.slug not in places and not set(places).isdisjoint(scale.replaces)
    ]  # fmt: skip


def problems_in_consent(note: str) -> list[Problem]:
    """What is wrong with the record of a consent; an empty one is refused by publishing."""
    from discussion import text

    over = text.count(note) - MAX_CONSENT_NOTE
    if over <= 0:
        return []
    said = _("Too long by %(over)s: at most %(longest)s characters.",
             over=over, longest=MAX_CONSENT_NOTE)  # fmt: skip
    return [Problem("consent_note", said)]


def hand_in(
    session: Session,
    actor: Viewer,
    thread: Thread,
    draft: PositionDraft,
    *,
    posting: tuple[str, str] | None,
    now: datetime,
) -> Position:
    """Publish a position; its author joins an open series by it, and `posting` says as what.

    `posting` is None for somebody who has said so before. The kept draft ends with it.
    """
    require(actor, May.POST, thread)
    if posting is not None:
        actor = join_as(session, actor, thread.series, posting, now)
    position = publish_position(session, actor, thread, draft, now=now)
    discard_draft(session, actor, "position", thread)
    return position


def hand_in_revision(
    session: Session, actor: Viewer, position: Position, draft: PositionDraft, *, now: datetime
) -> Position:
    """Hand in a new version of a position; the kept draft of it ends."""
    require(actor, May.REVISE_POSITION, position)
    revise_position(session, actor, position, draft, now=now)
    discard_draft(session, actor, "revision", position)
    return position


def hand_in_on_behalf(
    session: Session,
    actor: Viewer,
    thread: Thread,
    draft: PositionDraft,
    *,
    consent_note: str,
    now: datetime,
) -> Position:
    """Enter what somebody said at a round table; the kept draft of it ends."""
    require(actor, May.ENTER_ON_BEHALF, thread)
    position = publish_on_behalf(session, actor, thread, draft, consent_note=consent_note, now=now)
    discard_draft(session, actor, "behalf", thread)
    return position
