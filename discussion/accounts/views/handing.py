"""What somebody had ready before they came in is handed in as they come; nothing is asked again."""

from flask import flash
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.accounts.queries import Waiting
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.positions.drafts import Invalid
from discussion.positions.forms_kept import ReadyPosition, ReadyResponse, read_ready
from discussion.positions.models import KeptDraft
from discussion.positions.operations import drafts
from discussion.positions.operations.answering import hand_in_response
from discussion.positions.operations.holding import Merged
from discussion.positions.operations.publishing import AlreadyPosted
from discussion.positions.operations.writing import hand_in

REFUSED = (Invalid, Forbidden, Merged)


def hand_in_ready(session: Session, actor: Viewer, onward: str) -> str:
    """Hand it in, and return the page to go on to: the one that says so, or that of the draft."""
    for kept in drafts.take_ready(session, actor):
        try:
            with session.begin_nested():
                onward = _hand_in(session, actor, kept) or onward
        except AlreadyPosted as already:
            onward = _keep_as_revision(session, actor, kept, already)
        except REFUSED:
            flash(_("What you wrote is kept, and not handed in yet: see what is still needed."),
                  "kept")  # fmt: skip
    return onward


def waiting_at(session: Session, token: str) -> Waiting | None:
    """What is handed in once an address is confirmed, to be said before the button is pressed."""
    kept = drafts.find_by_token(session, token, now=clock.now())
    ready = read_ready(session, None, kept) if kept and drafts.is_ready(kept) else None
    match ready:
        case ReadyPosition(thread, draft, _):
            return Waiting("position", draft.claim, thread.question, thread.language)
        case ReadyResponse(position, draft, _):
            thread = position.thread
            return Waiting("response", draft.text, thread.question, thread.language)
    return None


def _hand_in(session: Session, actor: Viewer, kept: KeptDraft) -> str:
    now = clock.now()
    match read_ready(session, actor, kept):
        case ReadyPosition(thread, draft, around):
            made = hand_in(session, actor, thread, draft, around, now=now)
            return paths.handed_in(made.public_id)
        case ReadyResponse(position, draft, around):
            hand_in_response(session, actor, position, draft, around, now=now)
            flash(_("Your response is handed in. You find it under “My contributions”,"
                    " with what happens next."), "done")  # fmt: skip
            return paths.position(position.public_id)
    return ""


def _keep_as_revision(
    session: Session, actor: Viewer, kept: KeptDraft, already: AlreadyPosted
) -> str:
    position = already.position
    drafts.keep_draft(
        session, actor, "revision", position, kept.typed, version=None, now=clock.now()
    )
    drafts.discard_draft(session, actor, "position", position.thread)
    flash(_("You already have a position in this thread. What you wrote is kept as a draft of its "
            "next version."), "kept")  # fmt: skip
    return paths.revise(position.public_id)
