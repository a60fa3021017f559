"""Authors are told that they are quoted, have days to object, and get an answer."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, text
from discussion.language import _
from discussion.mail.queue import promise_mail
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Problem, Refused, too_long
from discussion.reach.publications.models import Publication, PublicationSource, Quoting
from discussion.reach.publications.operations.composing import note
from discussion.reach.publications.queries.checks import (
    list_quotings,
    quoted_marks,
    quoting_of,
    words_hash,
)
from discussion.reach.publications.words import (
    DAYS_TO_OBJECT,
    FEWEST_DAYS,
    MAX_OBJECTION,
    MOST_DAYS,
)


def tell_authors(
    session: Session,
    actor: Viewer,
    publication: Publication,
    *,
    days: int = DAYS_TO_OBJECT,
    now: datetime,
) -> int:
    """Tell whoever does not know yet how they are quoted now; returns how many. Raises Invalid."""
    require(actor, May.COMPOSE, publication)
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        says = _("Between %(fewest)s and %(most)s days.", fewest=FEWEST_DAYS, most=MOST_DAYS)
        raise Invalid((Problem("days", says),))
    until = clock.day(now) + timedelta(days=days)
    quotings = list_quotings(session, publication)
    rows = {row.mark: row for row in publication.sources if row.position_id is not None}
    told = 0
    quoted = [rows[mark] for mark in quoted_marks(publication) if mark in rows]
    for row in quoted:
        known, said = quoting_of(quotings, row), words_hash(publication, row.mark)
        if known is not None and known.words_hash == said:
            continue
        quoting = known or Quoting(
            publication=publication,
            position_id=None if row.response_id else row.position_id,
            response_id=row.response_id,
        )
        quoting.words_hash, quoting.told_at, quoting.until = said, now, until
        if quoting.answered_at is not None:  # an objection that nobody answered stands
            quoting.objection, quoting.objected_at = "", None
            quoting.answer, quoting.answered_at = "", None
        session.add(quoting)
        session.flush()
        _write_to(session, row, quoting, now)
        told += 1
    if told or publication.tells_until is None:
        # Who was given more days before keeps them.
        given = (quoting_of(list_quotings(session, publication), row) for row in quoted)
        days_given = [one.until for one in given if one is not None]
        publication.tells_until = max(days_given, default=clock.day(now) - timedelta(days=1))
    note(session, actor, publication, "tell_quoted", now=now, until=str(until), told=told)
    return told


def object_to(
    session: Session, actor: Viewer, quoting: Quoting, *, why: str, now: datetime
) -> Quoting:
    """Say what is unfair about how one is quoted; raises Invalid, and Refused when it is late."""
    require(actor, May.OBJECT, quoting)
    if clock.day(now) > quoting.until:
        raise Refused(_("The days to object are over. You can write to the moderators instead."))
    found = [*too_long("why", why, MAX_OBJECTION)]
    if not text.line(why):
        found.append(Problem("why", _("Say what is unfair about how you are quoted.")))
    if found:
        raise Invalid(tuple(found))
    quoting.objection, quoting.objected_at = text.paragraphs(why), now
    quoting.answer, quoting.answered_at = "", None
    session.flush()
    return quoting


def answer_objection(
    session: Session, actor: Viewer, quoting: Quoting, *, answer: str, now: datetime
) -> Quoting:
    """Say what was done about it, or why it stays; the author is told. Raises Invalid."""
    require(actor, May.COMPOSE, quoting)
    found = [*too_long("answer", answer, MAX_OBJECTION)]
    if not text.line(answer):
        found.append(Problem("answer", _("Say what you did about it, or why it stays.")))
    if quoting.objected_at is None:
        raise Refused(_("Nobody objects to this."))
    if found:
        raise Invalid(tuple(found))
    quoting.answer, quoting.answered_at = text.paragraphs(answer), now
    note(session, actor, quoting.publication, "answer_quoted", now=now, quoting=quoting.public_id)
    person = session.get(Person, quoting.author_id) if quoting.author_id else None
    if person is not None and person.email is not None and person.left_at is None:
        promise_mail(
            session,
            template="publications/answered",
            person_id=person.id,
            ids={"quoting": quoting.id},
            now=now,
        )
    return quoting


def forget_objections(session: Session) -> None:
    """Empty what people who have left objected to. Asks no right: the site does it by itself."""
    rows = session.scalars(select(Quoting).where(Quoting.objection != "")).all()
    for row in rows:
        author = session.get(Person, row.author_id) if row.author_id else None
        if author is None or author.left_at is not None:
            row.objection = row.answer = ""
    session.flush()


def _write_to(session: Session, row: PublicationSource, quoting: Quoting, now: datetime) -> None:
    """Promise the letter; for a guest of a round table, to who entered it."""
    written = row.response or row.position
    if written is None:
        return
    entered = row.position.entered_by_id if row.position and not row.response else None
    person = session.get(Person, entered or written.author_id)
    if person is None or person.email is None or person.left_at is not None:
        return
    promise_mail(
        session,
        template="publications/quoted",
        person_id=person.id,
        ids={"quoting": quoting.id},
        now=now,
    )
