"""Handing in a response: joining, the posting role, and the draft's end.

`find_response_needs` says what is still needed; handing in refuses exactly that.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.composing.operations import discard_draft
from discussion.debate.composing.words import digest
from discussion.debate.positions.drafts_problems import problems_in_posting
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.operations.joining import join_as
from discussion.debate.responses.drafts import ResponseDraft
from discussion.debate.responses.operations.responding import (
    problems_in_responding,
    respond,
    revise_response,
)
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Problem, refuse
from discussion.vocabulary import of_series

DRAFT_KIND = "response"
NEW_TEXT = "new_text"  # of one's own response


@dataclass(frozen=True, kw_only=True)
class AroundResponse:
    """What is asked around the response itself."""

    posting: tuple[str, str] | None = None  # None for somebody who has said so before
    looked_again: str = ""
    seen: str = ""  # the version of the position that its writer read


def find_response_needs(
    session: Session,
    actor: Viewer | None,
    position: Position,
    draft: ResponseDraft,
    around: AroundResponse,
    *,
    response: Response | None = None,
) -> list[Problem]:
    """Everything that is still needed before this can be published; `response` is revised."""
    vocabulary = of_series(position.thread.series.slug)
    problems = problems_in_responding(session, actor, position, draft, response=response)
    live = position.live
    if response is None and live is not None and around.seen not in ("", str(live.version)):
        sentence = _("The position has changed since you began. Read what is new, then publish.")
        problems.append(Problem("seen", sentence))
    if around.posting is not None:
        problems += problems_in_posting(*around.posting, vocabulary)
    notices = text.identifying(draft.text, vocabulary.signs)
    if notices and around.looked_again != digest(notices):
        sentence = _("Look again at what may identify somebody, then change it or confirm it.")
        problems.append(Problem("looked_again", sentence))
    return problems


def hand_in_response(
    session: Session,
    actor: Viewer,
    position: Position,
    draft: ResponseDraft,
    around: AroundResponse,
    *,
    now: datetime,
) -> Response:
    """Respond; in an open series one joins by it. The kept draft ends with it."""
    require(actor, May.RESPOND, position)
    refuse(find_response_needs(session, actor, position, draft, around))
    if around.posting is not None:
        actor = join_as(session, actor, position.thread.series, around.posting, now)
    response = respond(session, actor, position, draft, now=now)
    discard_draft(session, actor, DRAFT_KIND, position)
    return response


def hand_in_new_text(
    session: Session,
    actor: Viewer,
    response: Response,
    draft: ResponseDraft,
    around: AroundResponse,
    *,
    now: datetime,
) -> Response:
    """Hand in another text of one's response."""
    require(actor, May.REVISE_RESPONSE, response)
    position = response.position
    refuse(find_response_needs(session, actor, position, draft, around, response=response))
    revise_response(session, actor, response, draft, now=now)
    discard_draft(session, actor, NEW_TEXT, response)
    return response
