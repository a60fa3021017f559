"""A position that was kept signed out and ready, read again as what handing it in takes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.composing.composition import Beside, Elsewhere, HandedIn
from discussion.debate.composing.forms import read_kept
from discussion.debate.composing.models import KeptDraft
from discussion.debate.positions.drafts import PositionDraft
from discussion.debate.positions.forms import SHAPE, draft_of, follow_merges
from discussion.debate.positions.models import Position
from discussion.debate.positions.operations.holding import Merged
from discussion.debate.positions.operations.publishing import AlreadyPosted
from discussion.debate.positions.operations.writing import DRAFT_KIND, Around, hand_in
from discussion.debate.positions.queries.coming_in import posting_given
from discussion.debate.positions.queries.writing import find_thread_to_write
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.facts import Viewer


@dataclass(frozen=True)
class ReadyPosition:
    """What `hand_in` takes of a kept position."""

    thread: Thread
    draft: PositionDraft
    around: Around

    @property
    def subject(self) -> Thread:
        return self.thread

    @property
    def said(self) -> str:
        return self.draft.claim

    @property
    def page(self) -> str:
        return paths.write(self.thread.slug)

    def hand_in(self, session: Session, actor: Viewer, now: datetime) -> HandedIn | Beside:
        try:
            made = hand_in(session, actor, self.thread, self.draft, self.around, now=now)
        except AlreadyPosted as already:
            return beside(already.position)
        except Merged:
            raise Elsewhere from None
        return HandedIn(paths.handed_in(made.public_id))


def beside(position: Position) -> Beside:
    """Who has a position already: what was typed is a draft of its next version."""
    sentence = _(
        "You already have a position in this thread. What you wrote is kept as a draft of its "
        "next version."
    )
    return Beside("revision", position, sentence, paths.revise(position.public_id))


def read_ready(session: Session, viewer: Viewer | None, kept: KeptDraft) -> ReadyPosition | None:
    """None for drafts of another kind, and where the thread cannot be read any more."""
    if kept.kind != DRAFT_KIND:
        return None
    slug = session.scalar(select(Thread.slug).where(Thread.public_id == kept.subject_id))
    thread = find_thread_to_write(session, viewer, slug) if slug else None
    if thread is None:
        return None
    written = follow_merges(read_kept(kept.typed, SHAPE), thread.series.values)
    around = Around(
        posting=posting_given(viewer, thread, written.posting),
        looked_again=written.texts["looked_again"],
        places=written.places,
    )
    draft = draft_of(written, scales=[scale.slug for scale in thread.scales])
    return ReadyPosition(thread, draft, around)
