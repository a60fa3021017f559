"""What somebody had ready before they came in is handed in as they come; nothing is asked again."""

from flask import flash
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.positions.models import KeptDraft
from discussion.debate.positions.operations import drafts
from discussion.debate.positions.operations.holding import Merged
from discussion.debate.positions.operations.publishing import AlreadyPosted
from discussion.debate.positions.operations.writing import hand_in
from discussion.debate.responses.forms_kept import ReadyPosition, ReadyResponse, read_ready
from discussion.debate.responses.operations.handing_in import hand_in_response
from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries import viewer_of
from discussion.people.accounts.shapes import Waiting
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.problems import Invalid


class NotReadable(Exception):
    """What it was written about cannot be read any more."""


REFUSED = (Invalid, Forbidden, Merged, NotReadable)


def hand_in_ready(session: Session, actor: Viewer, onward: str) -> str:
    """Hand it in, and return the page to go on to: the one that says so, or that of the draft."""
    leads: list[str] = []
    for kept in drafts.take_ready(session, actor):
        if leads:
            actor = _as_now(session, actor)  # they may belong to a series by what came before
        try:
            with session.begin_nested():
                led = _hand_in(session, actor, kept)
        except AlreadyPosted as already:
            led = _keep_as_revision(session, actor, kept, already)
        except REFUSED:
            flash(
                _("What you wrote is kept, and not handed in yet: see what is still needed."),
                "kept",
            )
            led = _page_of(session, actor, kept)
        leads.append(led)
    if len(leads) > 1:
        flash(
            _("What you wrote in several places is handed in or kept: see “My contributions”."),
            "done",
        )
    return next((led for led in reversed(leads) if led), onward)


def _as_now(session: Session, actor: Viewer) -> Viewer:
    return viewer_of(session, session.get_one(Person, actor.person_id), clock.now())


def waiting_at(session: Session, token: str) -> tuple[Waiting, ...]:
    """What is handed in once an address is confirmed, to be said before the button is pressed."""
    kept = drafts.list_by_token(session, token, now=clock.now())
    return tuple(
        waiting
        for row in reversed(kept)
        if drafts.is_ready(row) and (waiting := _waiting(session, row)) is not None
    )


def _waiting(session: Session, kept: KeptDraft) -> Waiting | None:
    match read_ready(session, None, kept):
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
            flash(
                _(
                    "Your response is handed in. You find it under “My contributions”,"
                    " with what happens next."
                ),
                "done",
            )
            return paths.position(position.public_id)
    raise NotReadable


def _page_of(session: Session, actor: Viewer, kept: KeptDraft) -> str:
    """Where its writer goes on with it; "" where they may not read that any more."""
    match read_ready(session, actor, kept):
        case ReadyPosition(thread, _, _):
            return paths.write(thread.slug)
        case ReadyResponse(position, _, _):
            return paths.respond(position.public_id)
    return ""


def _keep_as_revision(
    session: Session, actor: Viewer, kept: KeptDraft, already: AlreadyPosted
) -> str:
    position = already.position
    drafts.keep_beside(session, actor, "revision", position, kept.typed, now=clock.now())
    drafts.discard_draft(session, actor, "position", position.thread)
    flash(
        _(
            "You already have a position in this thread. What you wrote is kept as a draft of its "
            "next version."
        ),
        "kept",
    )
    return paths.revise(position.public_id)
