"""Taking an item for a while, so that two moderators never decide the same thing."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from discussion.db import add_unless_there
from discussion.decisions.models import Claim
from discussion.decisions.words import CLAIM_MINUTES
from discussion.language import _, in_words
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require

if TYPE_CHECKING:
    from discussion.series.series.models import Series


class Taken(Exception):
    """Another moderator has taken the item; says so plainly, by name and time."""

    def __init__(self, name: str, until: datetime) -> None:
        super().__init__(
            _(
                "%(name)s has this until %(time)s, so your decision was not saved.",
                name=name,
                time=in_words(until, "HH:mm"),
            )
        )
        self.name = name
        self.until = until


def take(
    session: Session, actor: Viewer, kind: str, public_id: str, series: "Series", *, now: datetime
) -> Claim:
    """Take an item for a quarter of an hour, or keep it for another; raises Taken."""
    require(actor, May.MODERATE, series)
    claim = _find(session, kind, public_id)
    until = now + timedelta(minutes=CLAIM_MINUTES)
    if claim is None:
        made = Claim(
            series_id=series.id,
            kind=kind,
            subject_id=public_id,
            person_id=actor.person_id,
            until=until,
        )
        if add_unless_there(session, made):
            return made
        return take(session, actor, kind, public_id, series, now=now)  # somebody was quicker
    _refuse_others(claim, actor, now)
    claim.person_id, claim.until = actor.person_id, until
    session.flush()
    session.expire(claim, ["person"])
    return claim


def give_back(session: Session, actor: Viewer, kind: str, public_id: str) -> None:
    """Let others take an item; nothing happens where the actor has not taken it."""
    session.execute(
        delete(Claim)
        .where(Claim.kind == kind)
        .where(Claim.subject_id == public_id)
        .where(Claim.person_id == actor.person_id)
    )


def check_claim(
    session: Session, actor: Viewer, kind: str, public_id: str, *, now: datetime
) -> None:
    """Raise Taken while somebody else has the item; the first thing that deciding does."""
    claim = _find(session, kind, public_id)
    if claim is not None:
        _refuse_others(claim, actor, now)


def release(session: Session, kind: str, public_id: str) -> None:
    """The item is decided: nobody has it any more."""
    session.execute(delete(Claim).where(Claim.kind == kind).where(Claim.subject_id == public_id))


def _find(session: Session, kind: str, public_id: str) -> Claim | None:
    """The claim, with its row locked to the end of the transaction."""
    return session.scalar(
        select(Claim)
        .where(Claim.kind == kind)
        .where(Claim.subject_id == public_id)
        .with_for_update(of=Claim)
        .execution_options(populate_existing=True)
    )


def _refuse_others(claim: Claim, actor: Viewer, now: datetime) -> None:
    if claim.person_id != actor.person_id and claim.until > now:
        raise Taken(claim.person.display_name, claim.until)
