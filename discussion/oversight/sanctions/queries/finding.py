"""Whom a sanction would be about: the author of something, or a member by name."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import text
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.words_held import READS_FIRST
from discussion.oversight.sanctions.models import Sanction
from discussion.oversight.sanctions.queries.in_force import list_active
from discussion.oversight.sanctions.words import KINDS, MAX_TITLE
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer, series_of
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.subjects.finding import find_subject, kind_at
from discussion.subjects.kinds import Subject
from discussion.subjects.shapes import Voiced, voice_key


def find_written(
    session: Session, viewer: Viewer | None, kind: str, public_id: str
) -> Subject | None:
    """A piece of writing in a series that the viewer moderates, whatever its state."""
    found = find_subject(session, kind_at(kind), public_id)
    return found if found is not None and allowed(viewer, May.MODERATE, found.row) else None


def find_author(session: Session, subject: Subject) -> Membership | None:
    """The author's part in the series; None for a guest, and for who never joined."""
    return _membership(session, series_of(subject.row), subject.author_id or 0)


def find_named(
    session: Session, viewer: Viewer | None, series: Series, person_id: str
) -> Membership | None:
    """The part of a member, by the person's public id, for those who manage members."""
    if not allowed(viewer, May.MANAGE_MEMBERS, series):
        return None
    return session.scalar(
        select(Membership)
        .join(Membership.person)
        .where(Membership.series_id == series.id)
        .where(Membership.removed_at.is_(None))
        .where(Person.public_id == person_id)
        .options(joinedload(Membership.person))
    )


def find_sanction(session: Session, viewer: Viewer | None, public_id: str) -> Sanction | None:
    """A sanction in a series that the viewer moderates."""
    found = session.scalar(select(Sanction).where(Sanction.public_id == public_id))
    return found if found is not None and allowed(viewer, May.MODERATE, found.series) else None


def find_by_decision(session: Session, decision_id: int) -> Sanction | None:
    """The sanction that a decision made, for those who look again at it."""
    return session.scalar(select(Sanction).where(Sanction.decision_id == decision_id))


def membership_of(session: Session, sanction: Sanction) -> Membership | None:
    """The part in the series of the person whom a sanction is about."""
    return _membership(session, sanction.series, sanction.person_id)


def is_by_name(about: Subject | None) -> bool:
    """Whether those who moderate know whom it is about: by name, or from what stands by name."""
    return about is None or about.attribution == "named"


def may_ask(viewer: Viewer | None, membership: Membership, about: Subject | None) -> bool:
    """Whether the viewer may ask something of a member, or of whoever wrote this.

    What an author is in the series counts only where they are known: elsewhere it would tell.
    """
    if about is None:
        return allowed(viewer, May.SANCTION, membership)
    is_allowed = allowed(viewer, May.SANCTION_VOICE, about.row)
    return is_allowed and (not is_by_name(about) or allowed(viewer, May.SANCTION, membership))


def kinds_for(about: Subject | None) -> tuple[str, ...]:
    """What can be asked: nothing that would show, on something else, that its author is the same.

    Somebody who is removed is missing from the members' list, so that is done by name. What is read
    first shows on each text that waits, so it holds for one voice, which sources do not have.
    """
    if about is None or is_by_name(about):
        return tuple(KINDS)
    return ("note", "pre_moderation", "pause") if about.voiced else ("note", "pause")


def reads_first_until(
    session: Session, item: Position | Response, now: datetime
) -> datetime | None:
    """Until when what this voice writes is read before it is shown; None where it is not asked."""
    asked = list_active(session, item.author_id, now, series_id=series_of(item).id)
    return next(
        (one.ends_at for one in asked if one.kind == READS_FIRST and covers(session, one, item)),
        None,
    )


def covers(session: Session, asked: Sanction, item: Voiced) -> bool:
    """Whether what was asked of this item's author was asked of the voice that it is written as.

    By name is one voice wherever it stands; any other is one thread, one attribution, one strand.
    """
    about = find_about(session, asked)
    if about is None or is_by_name(about):
        return item.attribution == "named"
    return about.voiced is not None and voice_key(about.voiced) == voice_key(item)


def find_about(session: Session, asked: Sanction) -> Subject | None:
    """What it was asked about, for the site itself; None where it was asked by name."""
    if not asked.about_id:
        return None
    return find_subject(session, kind_at(asked.about_kind), asked.about_id)


def title_of(subject: Subject) -> str:
    """What a subject is known by: a thread's question, or an item's title."""
    return text.excerpt(subject.title, MAX_TITLE)


def _membership(session: Session, series: Series, person_id: int) -> Membership | None:
    return session.scalar(
        select(Membership)
        .where(Membership.series_id == series.id)
        .where(Membership.person_id == person_id)
        .options(joinedload(Membership.person))
    )
