"""Who has to be told of what happened: one function for each happening."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from discussion.debate.positions.models import ResponseText
from discussion.reach.notices.operations.noting import New, note
from discussion.reach.notices.words import ANSWERED

CHATHAM = "chatham_house"


def gather(session: Session, what: str, id: int, happened_at: datetime, now: datetime) -> int:
    """Write the notices of one happening. Asks no right: the worker does it."""
    found = GATHER.get(what)
    return note(session, found(session, id), happened_at, now) if found else 0


def response_live(session: Session, id: int) -> Iterable[New]:
    """Whoever wrote the position is told of its first text; of a mended one nobody is."""
    text = session.get(ResponseText, id)
    if text is None or text.version != 1:
        return
    response = text.response
    position = response.position
    if position.author_id == response.author_id:
        return
    yield New(
        person_id=position.author_id,
        kind=ANSWERED,
        what="answered",
        key=f"response-{response.id}",
        ids={"response": response.id},
        series_id=position.thread.series_id,
        is_secret=CHATHAM in (position.attribution, response.attribution),
    )


GATHER: dict[str, Callable[[Session, int], Iterable[New]]] = {
    "response.live": response_live,
}
