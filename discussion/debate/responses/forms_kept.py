"""A response that was kept signed out and ready, read again as what handing it in takes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.composing.composition import HandedIn
from discussion.debate.composing.forms import read_kept
from discussion.debate.composing.models import KeptDraft
from discussion.debate.positions.models import Position
from discussion.debate.positions.queries.coming_in import posting_given
from discussion.debate.responses.drafts import ResponseDraft
from discussion.debate.responses.forms import SHAPE, draft_of, follow_merge
from discussion.debate.responses.operations.handing_in import (
    DRAFT_KIND,
    AroundResponse,
    hand_in_response,
)
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed


@dataclass(frozen=True)
class ReadyResponse:
    """What `hand_in_response` takes of a kept response."""

    position: Position
    draft: ResponseDraft
    around: AroundResponse

    @property
    def subject(self) -> Position:
        return self.position

    @property
    def thread(self) -> Thread:
        return self.position.thread

    @property
    def said(self) -> str:
        return self.draft.text

    @property
    def page(self) -> str:
        return paths.respond(self.position.public_id)

    def hand_in(self, session: Session, actor: Viewer, now: datetime) -> HandedIn:
        hand_in_response(session, actor, self.position, self.draft, self.around, now=now)
        sentence = _(
            "Your response is handed in. You find it under “My contributions”,"
            " with what happens next."
        )
        return HandedIn(paths.position(self.position.public_id), sentence)


def read_ready(session: Session, viewer: Viewer | None, kept: KeptDraft) -> ReadyResponse | None:
    """None for drafts of another kind, and where the position cannot be read any more."""
    if kept.kind != DRAFT_KIND:
        return None
    position = session.scalar(select(Position).where(Position.public_id == kept.subject_id))
    if position is None or not allowed(viewer, May.READ_POSITION, position):
        return None
    thread = position.thread
    written = follow_merge(read_kept(kept.typed, SHAPE), thread.series.values)
    around = AroundResponse(
        posting=posting_given(viewer, thread, written.posting),
        looked_again=written.texts["looked_again"],
        seen=written.texts["seen"],
    )
    return ReadyResponse(position, draft_of(written), around)
