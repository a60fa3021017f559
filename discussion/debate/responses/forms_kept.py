"""What was kept signed out and ready, read again as what handing it in takes."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions import forms
from discussion.debate.positions.drafts import PositionDraft
from discussion.debate.positions.models import KeptDraft, Position
from discussion.debate.positions.operations.writing import Around
from discussion.debate.positions.queries.coming_in import posting_given
from discussion.debate.positions.queries.writing import find_thread_to_write
from discussion.debate.responses import forms as response_forms
from discussion.debate.responses.drafts import ResponseDraft
from discussion.debate.responses.operations.handing_in import DRAFT_KIND, AroundResponse
from discussion.debate.threads.models import Thread
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed


@dataclass(frozen=True)
class ReadyPosition:
    """What `hand_in` takes of a kept position."""

    thread: Thread
    draft: PositionDraft
    around: Around


@dataclass(frozen=True)
class ReadyResponse:
    """What `hand_in_response` takes of a kept response."""

    position: Position
    draft: ResponseDraft
    around: AroundResponse


Ready = ReadyPosition | ReadyResponse


def read_ready(session: Session, viewer: Viewer | None, kept: KeptDraft) -> Ready | None:
    """None where what it is about cannot be read any more."""
    read = _response if kept.kind == DRAFT_KIND else _position
    return read(session, viewer, kept)


def _position(session: Session, viewer: Viewer | None, kept: KeptDraft) -> ReadyPosition | None:
    slug = session.scalar(select(Thread.slug).where(Thread.public_id == kept.subject_id))
    thread = find_thread_to_write(session, viewer, slug) if slug else None
    if thread is None or kept.kind != "position":
        return None
    written = forms.follow_merges(forms.read_kept(kept.typed), thread.series.values)
    scales = [scale.slug for scale in thread.scales]
    chosen = (written.texts["posting_role"], written.texts["posting_phase"])
    around = Around(
        posting=posting_given(viewer, thread, chosen),
        looked_again=written.texts["looked_again"],
        places=written.places,
    )
    draft = forms.draft_of(written, scales=scales)
    return ReadyPosition(thread, draft, around)


def _response(session: Session, viewer: Viewer | None, kept: KeptDraft) -> ReadyResponse | None:
    position = session.scalar(select(Position).where(Position.public_id == kept.subject_id))
    if position is None or not allowed(viewer, May.READ_POSITION, position):
        return None
    thread = position.thread
    typed = response_forms.follow_merge(response_forms.read_kept(kept.typed), thread.series.values)
    around = AroundResponse(
        posting=posting_given(viewer, thread, (typed["posting_role"], typed["posting_phase"])),
        looked_again=typed["looked_again"],
        seen=typed["seen"],
    )
    draft = response_forms.draft_of(typed)
    return ReadyResponse(position, draft, around)
