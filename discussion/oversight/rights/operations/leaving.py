"""Leaving: asked for, taken back within a month, or done when the month is over."""

import hmac
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.operations.naming import coarsen_labels
from discussion.language import _
from discussion.mail.queue import promise_mail
from discussion.oversight.rights.models import Leaving
from discussion.oversight.rights.operations.emptying import (
    empty_account,
    end_memberships,
    forget_above,
    forget_private,
    let_go,
)
from discussion.oversight.rights.operations.entombing import settle_writing
from discussion.oversight.rights.queries.leaving import (
    find_open_leaving,
    list_convened,
    needed_for,
)
from discussion.oversight.rights.words import CHOICES, GRACE, REMINDED, SPREAD
from discussion.people.accounts.models import Person
from discussion.people.accounts.operations.holding import lock_person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused
from discussion.series.series.models import Series
from discussion.series.series.operations.record import lock_series


def ask_to_leave(session: Session, actor: Viewer | None, choice: str, *, now: datetime) -> Leaving:
    """Leave in a month, unless one thinks again; asked a second time, only the choice changes.

    Raises Refused for the last convener of a series, and for the last administrator.
    """
    require(actor, May.KEEP_ACCOUNT)
    assert actor is not None
    if choice not in CHOICES:
        raise Refused(_("Choose what happens to what you wrote."))
    lock_person(session, actor.person_id)
    _refuse_needed(session, actor.person_id)
    known = find_open_leaving(session, actor.person_id)
    if known is not None:
        known.choice = choice
        session.flush()
        return known
    leaving = Leaving(person_id=actor.person_id, choice=choice, asked_at=now, due_at=now + GRACE)
    session.add(leaving)
    session.flush()
    _promise(session, "rights/leaving", leaving, now)
    _promise(session, "rights/leaving_soon", leaving, now, run_after=leaving.due_at - REMINDED)
    return leaving


def stay(session: Session, actor: Viewer | None, *, now: datetime) -> None:
    """Take the leaving back: everything is as it was."""
    require(actor, May.KEEP_ACCOUNT)
    assert actor is not None
    lock_person(session, actor.person_id)
    leaving = find_open_leaving(session, actor.person_id)
    if leaving is not None:
        leaving.cancelled_at = now
        session.flush()


def carry_out(session: Session, leaving: Leaving, *, secret: str, now: datetime) -> bool:
    """Do what was asked for a month ago; False when it was taken back, or cannot be done yet.

    `secret` keys private ratings, and draws when each voice without a name goes: were all emptied
    in one moment, whoever looked would see that they were one person's. What was published and
    frozen is not touched, so that nobody can subtract. Somebody without whom a series or the site
    would be nobody's stays until there is another, and is told so once.
    """
    person_id = leaving.person_id
    _hold_offices(session, person_id)
    session.refresh(leaving, with_for_update={"of": Leaving})
    if leaving.cancelled_at is not None or leaving.done_at is not None or leaving.due_at > now:
        return False
    if needed_for(session, person_id):
        _promise(session, "rights/held", leaving, now)
        return False
    person = session.get_one(Person, person_id)
    is_due = _due_by(leaving, secret, now)
    settle_writing(session, person, leaving.choice, is_due=is_due, now=now)
    forget_private(session, person, secret)
    forget_above(session, person, now)
    series_ids = end_memberships(session, person, now)
    let_go(session, person, leaving.choice, now=now)
    empty_account(session, person, now)
    leaving.done_at = now
    session.flush()
    for series_id in series_ids:
        coarsen_labels(session, session.get_one(Series, series_id))
    return True


def go_over(session: Session, leaving: Leaving, *, secret: str, now: datetime) -> None:
    """Empty the voices whose moment has come, and what was under way at the moment of leaving."""
    person = session.get_one(Person, leaving.person_id)
    is_due = _due_by(leaving, secret, now)
    settle_writing(session, person, leaving.choice, is_due=is_due, now=now)
    forget_private(session, person, secret)
    forget_above(session, person, now)
    end_memberships(session, person, now)
    let_go(session, person, leaving.choice, now=now)


def _due_by(leaving: Leaving, secret: str, now: datetime) -> Callable[[Position | Response], bool]:
    """Whether a piece of writing goes now: under the name at once, others voice by voice."""
    since = leaving.done_at or now

    def is_due(item: Position | Response) -> bool:
        if item.attribution == "named" or leaving.choice == "keep":
            return True
        thread_id = item.thread_id
        voice = f"leaving/{leaving.id}/{item.strand or f'{thread_id}.{item.attribution}'}"
        drawn = int.from_bytes(hmac.digest(secret.encode(), voice.encode(), "sha256")[:8], "big")
        return since + SPREAD * (drawn / 2**64) <= now

    return is_due


def _refuse_needed(session: Session, person_id: int) -> None:
    if said := needed_for(session, person_id):
        raise Refused(*said)


def _hold_offices(session: Session, person_id: int) -> None:
    """Of two last conveners or administrators who leave at once, the second stays."""
    for series in list_convened(session, person_id):
        lock_series(session, series)
    session.execute(
        select(Person.id)
        .where(Person.is_administrator.is_(True))
        .order_by(Person.id)
        .with_for_update(key_share=True)
    )


def _promise(
    session: Session,
    template: str,
    leaving: Leaving,
    now: datetime,
    *,
    run_after: datetime | None = None,
) -> None:
    promise_mail(
        session,
        template=template,
        person_id=leaving.person_id,
        ids={"leaving": leaving.id},
        once_key=f"{template}-{leaving.id}",
        now=now,
        run_after=run_after,
    )
