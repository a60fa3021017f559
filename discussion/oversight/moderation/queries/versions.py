"""The version of a contribution that waits for a decision, and the sources that come with it."""

from sqlalchemy.orm import Session

from discussion.debate.evidence.queries import find_unlisted, fingerprint
from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.subjects.finding import subject_of


def find_waiting(session: Session, item: Position | Response) -> Revision | ResponseText | None:
    """The version that waits, if there is one."""
    return subject_of(item).waiting(session)


def fingerprint_sources(
    session: Session,
    item: Position | Response,
    version: Revision | ResponseText | None,
    *,
    holds: bool = False,
) -> str:
    """What the sources say that come into the library with it; held, nobody changes them."""
    ids = subject_of(item).brings(version)
    return fingerprint(find_unlisted(session, ids, holds=holds)) if ids else ""
