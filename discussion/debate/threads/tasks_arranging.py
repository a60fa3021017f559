"""What the worker does about days and summaries: opening closed doors, warnings."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask import current_app, url_for
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Steelman, Thread
from discussion.debate.threads.operations import open_lapsed_threads, warn_of_moves
from discussion.debate.threads.queries.pacing import takes_part
from discussion.debate.threads.queries.summarising import find_steelman
from discussion.debate.threads.queries.warned import warning_token
from discussion.debate.threads.words import DATED, STAGES
from discussion.jobs.registry import Payload
from discussion.language import _, _n, in_words
from discussion.mail.letters import MailText, only_one, render_letter
from discussion.people.accounts.models import Person


def open_lapsed(session: Session, _payload: Payload, now: datetime) -> None:
    """Open what was closed until today."""
    open_lapsed_threads(session, now)


def warn(session: Session, _payload: Payload, now: datetime) -> None:
    """Tell who has not taken part what moves within three days."""
    warn_of_moves(session, now)


def steelman(session: Session, payload: Payload) -> MailText | None:
    """Asks an author how they find their position put, if it is still put so."""
    person = _reachable(session, payload)
    position = session.get(Position, payload["ids"]["position"])
    asked = session.get(Steelman, payload["ids"]["steelman"])
    stands = find_steelman(session, position) if position else None
    if person is None or position is None or asked is None or stands is None:
        return None
    if stands.text != asked.text or stands.answer != "unanswered":
        return None
    body = render_letter(
        "threads/steelman",
        of=position.thread.series,
        name=person.display_name,
        question=position.thread.question,
        text=stands.text,
        answer_url=url_for(
            "threads.steelman",
            slug=position.thread.slug,
            public_id=position.public_id,
            _external=True,
        ),
    )
    return MailText(person.email or "", _("Is your position described fairly?"), body)


def moves_soon(session: Session, payload: Payload) -> MailText | None:
    """All that moves soon and in which the person has still not taken part, in one letter."""
    person = _reachable(session, payload)
    if person is None:
        return None
    moves = [_move(session, person, *move) for move in payload["ids"]["moves"]]
    lines = [move for move in moves if move is not None]
    if not lines:
        return None
    threads = (session.get(Thread, move[0]) for move in payload["ids"]["moves"])
    series = [thread.series for thread in threads if thread is not None]
    token = warning_token(person, str(current_app.config["SECRET_KEY"]))
    off_url = url_for("threads.warnings", token=token, _external=True)
    body = render_letter(
        "threads/moves_soon",
        of=only_one(series),
        name=person.display_name,
        moves=lines,
        off_url=off_url,
    )
    subject = _n("A thread moves on soon", "%(num)s threads move on soon", len(lines))
    return MailText(person.email or "", subject, body, unsubscribe=off_url)


def _move(
    session: Session, person: Person, thread_id: int, cycle: int, to: str, day: str
) -> dict[str, str] | None:
    """One line of the letter; None where it no longer moves so, or the person takes part now."""
    thread = session.get(Thread, thread_id)
    if thread is None or thread.is_hidden or thread.merged_into_id or thread.cycle != cycle:
        return None
    on: date | None = getattr(thread, DATED[to])
    if thread.stage == to or on is None or on.isoformat() != day or on < clock.today():
        return None
    if takes_part(session, person.id, thread):
        return None
    return {
        "question": thread.question,
        "series": thread.series.title,
        "stage": str(STAGES[to]).lower(),
        "to": to,
        "day": in_words(on),
        "url": url_for("threads.page", slug=thread.slug, _external=True),
        "settings_url": url_for("members.membership", slug=thread.series.slug, _external=True),
    }


def _reachable(session: Session, payload: Payload) -> Person | None:
    person = session.get(Person, payload["person_id"])
    return person if person is not None and person.email and person.left_at is None else None


TASKS: dict[str, Callable[[Session, Payload, datetime], None]] = {
    "threads.open_lapsed": open_lapsed,
    "threads.warn": warn,
}
PERIODIC = {
    "threads.open_lapsed": timedelta(minutes=15),
    "threads.warn": timedelta(hours=1),
}
MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {
    "threads/steelman": steelman,
    "threads/moves_soon": moves_soon,
}
