"""The page on which an author reads how somebody who disagrees restates their position."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.words import RESTATES


@dataclass(frozen=True)
class RestatedPage:
    """For the author of the position alone."""

    version: int  # of the restatement
    text: str
    text_language: str
    claim: str
    language: str
    number: int
    position_url: str
    response_url: str
    action_url: str
    thread_question: str
    thread_url: str
    answer: str  # yes, no; empty until it is given
    said: str


def find_restatement(session: Session, position_id: str, response_id: str) -> Response | None:
    """A restatement of this position, with both."""
    return session.scalar(
        select(Response)
        .join(Response.position)
        .where(Response.public_id == response_id)
        .where(Position.public_id == position_id)
        .where(Response.type == RESTATES)
        .options(joinedload(Response.live), joinedload(Response.position))
    )


def restated_page(response: Response) -> RestatedPage:
    """What is shown of it now; the view has found that the viewer wrote the position."""
    position, said = response.position, response.live
    thread, live = position.thread, position.live
    return RestatedPage(
        version=(said.version or 0) if said else 0,
        text=said.source if said else "",
        text_language=said.language if said else "",
        claim=live.claim if live else "",
        language=live.language if live else thread.language,
        number=position.number or 0,
        position_url=paths.position(position.public_id),
        response_url=paths.response(position.public_id, response.public_id),
        action_url=paths.is_restated_fairly(position.public_id, response.public_id),
        thread_question=thread.question,
        thread_url=paths.thread(thread.slug),
        answer=said.fair if said else "",
        said=said.wants if said else "",
    )
