"""Handing in what was written: joining, the posting role, publishing, and the draft's end.

`find_needs` says what is still needed; handing in refuses exactly that.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from discussion.debate.composing.operations import discard_draft
from discussion.debate.composing.words import digest
from discussion.debate.positions.drafts import PositionDraft, warnings_in
from discussion.debate.positions.drafts_problems import problems_in_consent, problems_in_posting
from discussion.debate.positions.models import Position
from discussion.debate.positions.operations.joining import join_as
from discussion.debate.positions.operations.publishing import (
    AlreadyPosted,
    find_own,
    problems_in_first,
    problems_in_revision,
    publish_on_behalf,
    publish_position,
    revise_position,
)
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Problem, refuse
from discussion.series.series.models import Scale
from discussion.vocabulary import of_series

DRAFT_KIND = "position"


@dataclass(frozen=True, kw_only=True)
class Around:
    """What is asked around the position itself; None where it is not asked of this writer."""

    posting: tuple[str, str] | None = None  # the role and phase in which they post
    consent_note: str | None = None  # of whom it is entered for
    looked_again: str = ""  # the digest of what they have confirmed identifies nobody
    places: Collection[str] = ()  # the scales, also replaced ones, that were placed on


def find_needs(
    session: Session,
    actor: Viewer | None,
    thread: Thread,
    draft: PositionDraft,
    around: Around,
    *,
    position: Position | None = None,
) -> list[Problem]:
    """Everything that is still needed before this can be published, in the order of the page.

    The same for somebody signed out. `position` is the one that is revised.
    """
    if around.consent_note is not None:
        draft = replace(draft, attribution="chatham_house")
    vocabulary = of_series(thread.series.slug)
    problems = (
        problems_in_first(session, actor, thread, draft)
        if position is None
        else problems_in_revision(session, actor, position, draft)
    )
    if around.consent_note is not None:
        problems += problems_in_consent(around.consent_note)
    if around.posting is not None:
        problems += problems_in_posting(*around.posting, vocabulary)
    problems += problems_in_replaced(around.places, thread.scales)
    notices = warnings_in(draft, vocabulary.signs)
    if notices and around.looked_again != digest(notices):
        sentence = _("Look again at what may identify somebody, then change it or confirm it.")
        problems.append(Problem("looked_again", sentence, _("A second look at some words")))
    return problems


def problems_in_replaced(places: Collection[str], scales: Iterable[Scale]) -> list[Problem]:
    """Where a place was chosen on a scale that another one replaced while it was being chosen."""
    return [
        Problem(
            f"place-{scale.slug}",
            _(
                "This scale replaced another one while you wrote. Choose "
                "a place on it, or say that yours is not about it."
            ),
        )
        for scale in scales
        if scale.slug not in places and not set(places).isdisjoint(scale.replaces)
    ]


def hand_in(
    session: Session,
    actor: Viewer,
    thread: Thread,
    draft: PositionDraft,
    around: Around,
    *,
    now: datetime,
) -> Position:
    """Publish a position; its author joins an open series by it, in the role that was asked.

    Raises AlreadyPosted, and Invalid with everything that is still needed. The kept draft ends
    with it.
    """
    require(actor, May.POST, thread)
    if own := find_own(session, thread, actor.person_id):
        raise AlreadyPosted(own)
    refuse(find_needs(session, actor, thread, draft, around))
    if around.posting is not None:
        actor = join_as(session, actor, thread.series, around.posting, now)
    position = publish_position(session, actor, thread, draft, now=now)
    discard_draft(session, actor, DRAFT_KIND, thread)
    return position


def hand_in_revision(
    session: Session,
    actor: Viewer,
    position: Position,
    draft: PositionDraft,
    around: Around,
    *,
    now: datetime,
) -> Position:
    """Hand in a new version of a position; the kept draft of it ends."""
    require(actor, May.REVISE_POSITION, position)
    thread = position.thread
    refuse(find_needs(session, actor, thread, draft, around, position=position))
    revise_position(session, actor, position, draft, now=now)
    discard_draft(session, actor, "revision", position)
    return position


def hand_in_on_behalf(
    session: Session,
    actor: Viewer,
    thread: Thread,
    draft: PositionDraft,
    around: Around,
    *,
    now: datetime,
) -> Position:
    """Enter what somebody said at a round table; the kept draft of it ends."""
    require(actor, May.ENTER_ON_BEHALF, thread)
    refuse(find_needs(session, actor, thread, draft, around))
    note = around.consent_note or ""
    position = publish_on_behalf(session, actor, thread, draft, consent_note=note, now=now)
    discard_draft(session, actor, "behalf", thread)
    return position
