"""What becomes of positions and responses whose author leaves: a tombstone, or a label.

*delete* empties every version and leaves a tombstone where something was published. *keep* leaves
what is published as it is; what stood under the name stands under the role from now on. What was
never published goes either way, and so does what its author had withdrawn.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import (
    Position,
    Response,
    ResponseText,
    Revision,
)
from discussion.debate.positions.operations.holding import lock_contribution
from discussion.debate.positions.operations.publishing import tighten
from discussion.decisions.operations.claiming import release
from discussion.oversight.redactions.operations import destroy_of
from discussion.people.accounts.models import Person
from discussion.subjects.effects import effects_of
from discussion.subjects.finding import subject_of

Contribution = Position | Response
Version = Revision | ResponseText

KEPT = ("published", "hidden", "removed")  # whose live text stays where the author wishes it
NEXT = {"draft": "discarded", "published": "withdrawn", "hidden": "withdrawn"}
WAITING = ("pending", "sent_back")


def settle_writing(
    session: Session,
    person: Person,
    choice: str,
    *,
    is_due: Callable[[Contribution], bool],
    now: datetime,
) -> None:
    """Do as somebody chose with what they wrote, as far as it is due; again it changes nothing.

    Responses are held first, then positions and their threads, as everywhere.
    """
    responses = session.scalars(
        select(Response).where(Response.author_id == person.id).order_by(Response.id)
    ).all()
    positions = session.scalars(
        select(Position).where(Position.author_id == person.id).order_by(Position.id)
    ).all()
    written: list[Contribution] = [*responses, *positions]
    items = [item for item in written if is_due(item)]
    for item in items:
        lock_contribution(session, item)
    for item in items:
        if choice == "keep" and item.state in KEPT:
            _keep(session, item)
        else:
            _entomb(session, item, now)
    session.flush()


def _keep(session: Session, item: Contribution) -> None:
    """A name becomes a label, in every version; what stood under a label keeps it, and no more.

    That its author has left is told of what stood under the name alone: told of the rest, it would
    join a label to that name.
    """
    was_named = item.attribution == "named"
    tighten(session, item, "role")
    item.is_former = item.is_former or was_named
    for version in item.versions:
        if version.version is None:
            _empty(session, version)
    release(session, subject_of(item).plural, item.public_id)


def _entomb(session: Session, item: Contribution, now: datetime) -> None:
    for version in item.versions:
        _empty(session, version)
    state = NEXT.get(item.state, item.state)
    if item.first_published_at is None and item.state == "draft":
        state = "discarded"
    if state != item.state:
        item.state, item.changed_at = state, now
    item.is_former = item.is_former or item.attribution == "named"
    item.label_role, item.label_phase, item.label_step = "", "", 3
    effects_of(item).leave(session)
    release(session, subject_of(item).plural, item.public_id)
    destroy_of(session, subject_of(item), now)


def _empty(session: Session, version: Version) -> None:
    """Nothing of what was written stays but that there was a version, and when."""
    if version.status in WAITING:
        version.status = "superseded"
    version.held_for = []
    version.nobody_identified = False
    effects_of(version.contribution).empty(session, version)
