"""After handing in: what happens next; and taking a position back."""

from dataclasses import dataclass

from flask import Response, flash, redirect
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.debate.positions.models import Position
from discussion.debate.positions.operations.publishing import withdraw_position
from discussion.debate.positions.queries.next_steps import next_steps
from discussion.debate.positions.queries.writing import find_own_position, newest_revision
from discussion.debate.positions.queries.writing_shapes import Step
from discussion.debate.positions.views import blueprint
from discussion.debate.positions.words_held import held_for_author
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer


@dataclass(frozen=True)
class HandedIn:
    """What the author is told once it is out of their hands."""

    claim: str
    language: str
    is_live: bool
    is_new: bool
    position_url: str
    thread_url: str
    thread_question: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Withdrawing:
    claim: str
    language: str
    was_published: bool
    position_url: str
    thread_url: str
    thread_question: str


@blueprint.get("/positions/<public_id>/sent")
def sent(public_id: str) -> Response:
    """What happens next, and by when."""
    position = _own(public_id)
    newest = newest_revision(position)
    thread = position.thread
    is_live = newest.status == "live"
    held = "" if is_live else held_for_author(newest.held_for, thread.series.moderation)
    steps = next_steps(thread, newest.submitted_at, held=held)
    if is_live and thread.series.moderation == "pre":
        steps = steps[1:]  # a moderator has read it
    page = HandedIn(
        claim=newest.claim,
        language=newest.language,
        is_live=is_live,
        is_new=len(position.revisions) == 1,
        position_url=paths.position(public_id),
        thread_url=paths.thread(thread.slug),
        thread_question=thread.question,
        steps=steps,
    )
    return answer("positions/published.html", page, series=_series(position))


@blueprint.get("/positions/<public_id>/withdraw")
def withdraw(public_id: str) -> Response:
    """What withdrawing means, and a button that does it."""
    position = _own(public_id)
    require(viewer(), May.WITHDRAW_POSITION, position)
    said = position.live or newest_revision(position)
    page = Withdrawing(
        claim=said.claim,
        language=said.language,
        was_published=position.first_published_at is not None,
        position_url=paths.position(public_id),
        thread_url=paths.thread(position.thread.slug),
        thread_question=position.thread.question,
    )
    return answer("positions/withdraw.html", page, series=_series(position))


@blueprint.post("/positions/<public_id>/withdraw")
def withdraw_now(public_id: str) -> AnyResponse:
    position = _own(public_id)
    withdraw_position(session(), acting(May.POST), position, now=clock.now())
    flash(_("Your position is withdrawn."), "done")
    if position.state == "withdrawn":
        return redirect(paths.position(public_id), 303)
    return redirect(paths.thread(position.thread.slug), 303)


def _own(public_id: str) -> Position:
    return or_404(find_own_position(session(), viewer(), public_id))


def _series(position: Position) -> tuple[str, str]:
    return position.thread.series.slug, position.thread.series.title
