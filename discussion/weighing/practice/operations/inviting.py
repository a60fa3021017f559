"""Who is asked: pasted by a coordinator, or asking for it by a link or a code."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from discussion.audit.operations import append_event
from discussion.db import random_id
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused
from discussion.weighing.practice.keys import address_key, hash_of, link_of
from discussion.weighing.practice.lines import Line
from discussion.weighing.practice.models import CLOSED, DRAFT, OPEN, Run, RunInvitation, Unit
from discussion.weighing.practice.operations.writing import INVITED, promise_letter
from discussion.weighing.practice.words import MOST_INVITED


def invite(
    session: Session, actor: Viewer, run: Run, lines: Sequence[Line], *, secret: str, now: datetime
) -> int:
    """Ask these people; returns how many are new. Who is asked already stays as they are.

    Of somebody who took everything back nothing is said: they count as asked.
    """
    require(actor, May.COORDINATE, run)
    if run.state == CLOSED:
        raise Refused(_("It has closed. Nobody can be invited any more."))
    read = [one.name for one in run.units]  # what the lines were read against
    session.refresh(run, with_for_update=True)
    session.expire(run, ["units"])
    if [one.name for one in run.units] != read:
        raise Refused(_("The parts were changed just now. Look at the lines again, and send them."))
    known = set(
        session.scalars(select(RunInvitation.address_key).where(RunInvitation.run_id == run.id))
    )
    if len(known) + len(lines) > MOST_INVITED:
        raise Refused(_("At most %(most)s people are asked in one run.", most=MOST_INVITED))
    made = 0
    for line in lines:
        if address_key(secret, run.public_id, line.email) in known:
            continue
        _add(session, run.units[line.unit], _invited(run, line.email, line.role, secret), now)
        made += 1
    append_event(
        session,
        series_id=run.series.id,
        actor_id=actor.person_id,
        verb="invite_to_run",
        subject=("run", run.public_id),
        now=now,
        details={"invited": made},
    )
    return made


def take_out(
    session: Session, actor: Viewer, run: Run, public_ids: Collection[str], *, now: datetime
) -> int:
    """Before anything is sent: these are not asked after all. Returns how many."""
    require(actor, May.COORDINATE, run)
    if run.state != DRAFT:
        raise Refused(_("Their invitations have gone out."))
    gone = session.scalars(
        select(RunInvitation.id)
        .where(RunInvitation.run_id == run.id)
        .where(RunInvitation.public_id.in_(public_ids))
    ).all()
    session.execute(delete(RunInvitation).where(RunInvitation.id.in_(gone)))
    append_event(
        session,
        series_id=run.series.id,
        actor_id=actor.person_id,
        verb="uninvite",
        subject=("run", run.public_id),
        now=now,
        details={"taken_out": len(gone)},
    )
    return len(gone)


def join(
    session: Session, unit: Unit, email: str, role: str, *, secret: str, now: datetime
) -> None:
    """Send a link to somebody of the organisation who asks for it; once more, if they had one.

    What is answered is the same whatever the address is, so that nobody learns who is asked. Asks
    no right: whoever has the code may ask, and only the owner of the address gets the link.
    """
    run = unit.run
    if run.state != OPEN:
        return
    session.refresh(run, with_for_update=True)
    key = address_key(secret, run.public_id, email)
    asked = session.scalar(
        select(RunInvitation)
        .where(RunInvitation.run_id == run.id)
        .where(RunInvitation.address_key == key)
    )
    if asked is not None:
        if not asked.is_withdrawn and asked.email:
            promise_letter(session, asked.id, INVITED, now=now)
        return
    many = session.scalar(
        select(func.count()).select_from(RunInvitation).where(RunInvitation.run_id == run.id)
    )
    if (many or 0) < MOST_INVITED:
        row = _invited(run, email, role, secret)
        row.is_joined = True
        _add(session, unit, row, now)


def _invited(run: Run, email: str, role: str, secret: str) -> RunInvitation:
    public_id = random_id()
    return RunInvitation(
        public_id=public_id,
        run_id=run.id,
        role=role,
        email=email,
        address_key=address_key(secret, run.public_id, email),
        link_hash=hash_of(link_of(secret, public_id)),
    )


def _add(session: Session, unit: Unit, row: RunInvitation, now: datetime) -> None:
    row.unit_id = unit.id
    session.add(row)
    session.flush()
    if unit.run.state == OPEN:
        promise_letter(session, row.id, INVITED, now=now)
