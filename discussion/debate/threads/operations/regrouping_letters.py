"""Who is told when positions change their thread: whoever has their pens."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.positions.operations.seats import LIVE_STATES
from discussion.debate.threads.models import Regrouping
from discussion.decisions.models import Decision
from discussion.mail.queue import promise_mail
from discussion.people.accounts.models import Person


def tell_moved(
    session: Session, regrouping: Regrouping, rows: Iterable[Position], decision: Decision
) -> None:
    """Promise one letter to each author of what went with it, however many; not to the decider.

    For an author without an account, whoever entered the position is told. What was taken back,
    removed or never published is nobody's to be told about.
    """
    mine: dict[int, list[int]] = {}
    for row in rows:
        if row.public_id in regrouping.moved and row.state in LIVE_STATES:
            mine.setdefault(row.entered_by_id or row.author_id, []).append(row.id)
    mine.pop(decision.decided_by_id, None)
    people = session.scalars(
        select(Person)
        .where(Person.id.in_(mine))
        .where(Person.email.is_not(None))
        .where(Person.left_at.is_(None))
        .order_by(Person.id)
    )
    for person in people.all():
        promise_mail(
            session,
            template="threads/moved",
            person_id=person.id,
            ids={
                "regrouping": regrouping.id,
                "decision": decision.id,
                "positions": mine[person.id],
            },
            once_key=f"moved-{decision.public_id}-{person.id}",
            now=decision.at,
        )
