"""What the worker does for rounds: opening and closing them by their days, counting, letters."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import current_app, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.threads.queries.warned import warning_token
from discussion.jobs.registry import Payload
from discussion.language import _, in_words
from discussion.mail.letters import MailText, render_letter
from discussion.people.accounts.models import Person
from discussion.web.site import raters_secret
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.holding import COUNT, TELL
from discussion.weighing.rounds.operations.notifications import (
    CLOSES_SOON,
    OPENED,
    remind_of_rounds,
    tell_members,
)
from discussion.weighing.rounds.operations.running import count_round, move_due_rounds
from discussion.weighing.rounds.queries.choosing import askable
from discussion.weighing.rounds.queries.rating import count_own


def move_by_date(session: Session, _payload: Payload, now: datetime) -> None:
    """Close every round whose last day is over, and open every one that is due."""
    move_due_rounds(session, raters_secret(), now)


def count_needs(session: Session, _payload: Payload, _now: datetime) -> None:
    """What open rounds need, for the choice of the next statement."""
    for round in session.scalars(select(Round).where(Round.state == "open")).all():
        count_round(session, round, raters_secret())


def count(session: Session, payload: Payload, _now: datetime) -> None:
    """What a round had, that was closed with the stage of its thread."""
    round = session.get(Round, payload["round"])
    if round is not None:
        count_round(session, round, raters_secret())


def tell(session: Session, payload: Payload, now: datetime) -> None:
    """Promise the letters of one kind about one round."""
    round = session.get(Round, payload["round"])
    if round is not None:
        tell_members(session, round, payload.get("template", OPENED), now)


def remind(session: Session, _payload: Payload, now: datetime) -> None:
    """Find the rounds that close soon."""
    remind_of_rounds(session, now)


def opened(session: Session, payload: Payload) -> MailText | None:
    """A round is open."""
    return _letter(session, payload, OPENED, _("Statements wait for your rating"))


def closes_soon(session: Session, payload: Payload) -> MailText | None:
    """For who has not answered everything, as the letter is written."""
    person, round = _both(session, payload)
    if person is None or round is None:
        return None
    if count_own(session, person.public_id, round, raters_secret()) >= len(askable(round)):
        return None
    return _letter(session, payload, CLOSES_SOON, _("A round of rating closes soon"))


def _letter(session: Session, payload: Payload, template: str, subject: str) -> MailText | None:
    person, round = _both(session, payload)
    if person is None or person.email is None or round is None:
        return None
    thread = round.thread
    token = warning_token(person, str(current_app.config["SECRET_KEY"]))
    off_url = url_for("threads.warnings", token=token, _external=True)
    body = render_letter(
        template,
        of=thread.series,
        name=person.display_name,
        series=thread.series.title,
        question=thread.question,
        statements=len(askable(round)),
        day=in_words(round.closes_at),
        rate_url=url_for("rounds.rate", slug=thread.slug, number=round.number, _external=True),
        round_url=url_for("rounds.page", slug=thread.slug, number=round.number, _external=True),
        off_url=off_url,
    )
    return MailText(person.email, subject, body, unsubscribe=off_url)


def _both(session: Session, payload: Payload) -> tuple[Person | None, Round | None]:
    """Who is written to, and about which round, where both are still to be written about."""
    person = session.get(Person, payload["person_id"])
    round = session.get(Round, payload["ids"]["round"])
    if person is not None and (person.email is None or person.left_at is not None):
        person = None
    is_over = round is None or round.state != "open" or round.closes_at <= clock.now()
    if round is not None and (is_over or round.thread.is_hidden):
        round = None
    return person, round


TASKS: dict[str, Callable[[Session, Payload, datetime], None]] = {
    "rounds.move_by_date": move_by_date,
    "rounds.count_needs": count_needs,
    "rounds.remind": remind,
    COUNT: count,
    TELL: tell,
}
PERIODIC = {
    "rounds.move_by_date": timedelta(minutes=5),
    "rounds.count_needs": timedelta(hours=1),
    "rounds.remind": timedelta(hours=1),
}
MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {
    OPENED: opened,
    CLOSES_SOON: closes_soon,
}
