"""Who may write in a thread for now, and how quickly: slow mode and closed doors."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.positions.models import Part, Position, Response
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.reasons import list_withheld, reason_shown
from discussion.debate.threads.words_arranging import CLOSING
from discussion.decisions.models import Decision
from discussion.language import _, _n, in_words
from discussion.subjects.finding import about, subject_of

CAME_TO_NOTHING = ("declined", "discarded")
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Pacing:
    """What everybody is told of it."""

    slow: str  # "One response a person in 30 minutes."; empty without slow mode
    closed_to: str  # "", new_voices, everybody
    closed: str  # who may write meanwhile, and until when; empty while it is open
    why: str
    by_role: str  # moderator, convener, administrator


def pace_of(session: Session, thread: Thread) -> Pacing | None:
    """How the thread is paced; None where nothing is slowed or closed."""
    if not thread.slow_minutes and not thread.closed_to:
        return None
    why, role = _closing(session, thread) if thread.closed_to else ("", "")
    return Pacing(
        slow_in_words(thread.slow_minutes), thread.closed_to, closed_in_words(thread), why, role
    )


def slow_in_words(minutes: int) -> str:
    """How many minutes lie between two responses of one person, as a sentence; empty for none."""
    if not minutes:
        return ""
    return _n(
        "One response a person in %(num)s minute.",
        "One response a person in %(num)s minutes.",
        minutes,
    )


def closed_in_words(thread: Thread) -> str:
    """Who may write meanwhile, and until when; empty while everybody may who otherwise could."""
    if not thread.closed_to:
        return ""
    is_all = thread.closed_to == "everybody"
    if thread.closed_until is not None:
        until = in_words(thread.closed_until)
        if thread.closed_until <= clock.today():
            return _(
                "This thread was closed until %(date)s. It is opened again shortly.", date=until
            )
        if is_all:
            return _("Nobody can write here until %(date)s.", date=until)
        return _(
            "Until %(date)s only those who already have a position or a response here can write.",
            date=until,
        )
    if is_all:
        return _("Nobody can write here until a moderator opens it again.")
    return _(
        "Until a moderator opens it again, only those who already have a position or a "
        "response here can write."
    )


def why_over(thread: Thread) -> str:
    """Why nothing new is taken here for good, and what to do; empty while it goes on."""
    said = {
        "closed": _(
            "This series is closed, so nothing new is taken in it. Copy what you typed "
            "below if you want to keep it."
        ),
        "archived": _(
            "This series is archived, so nothing new is taken in it. Copy what you typed "
            "below if you want to keep it."
        ),
    }
    if thread.series.status in said:
        return said[thread.series.status]
    if thread.is_hidden:
        return _(
            "This thread is hidden, so nothing new is taken in it. Copy what you typed "
            "below if you want to keep it."
        )
    if thread.stage == "closed":
        return _(
            "This thread is closed, so nothing new is taken in it. Copy what you typed "
            "below if you want to keep it."
        )
    return ""


def why_closed(session: Session, person_id: int | None, thread: Thread) -> str:
    """Why somebody cannot write here for now, until when, and by whom; empty when they can.

    Somebody signed out is taken for a new voice: nobody knows yet.
    """
    if not thread.closed_to:
        return ""
    takes_voices = thread.closed_to == "new_voices" and person_id is not None
    if takes_voices and is_voice(session, person_id or 0, thread):
        return ""
    why, role = _closing(session, thread)
    said = [closed_in_words(thread)]
    if why:
        by = _("A convener’s reason:") if role == "convener" else _("A moderator’s reason:")
        said.append(f"{by} {why}")
    return " ".join(said)


def is_voice(session: Session, person_id: int, thread: Thread) -> bool:
    """Whether somebody has a position or a response in the thread, waiting ones among them."""
    return bool(voices_among(session, person_id, [thread.id]))


def voices_among(session: Session, person_id: int, thread_ids: Collection[int]) -> frozenset[int]:
    """The threads, of some, in which somebody has a position or a response, waiting ones too.

    What was declined, or taken back before it was published, gave them no voice.
    """
    positions = (
        select(Position.thread_id)
        .where(Position.thread_id.in_(thread_ids))
        .where(Position.author_id == person_id)
        .where(Position.state.not_in(CAME_TO_NOTHING))
    )
    responses = (
        select(Position.thread_id)
        .join(Response, Response.position_id == Position.id)
        .where(Position.thread_id.in_(thread_ids))
        .where(Response.author_id == person_id)
        .where(Response.state.not_in(CAME_TO_NOTHING))
    )
    return frozenset(session.scalars(positions.union(responses)))


def takes_part(session: Session, person_id: int, thread: Thread) -> bool:
    """Whether somebody has said anything here, privately too."""
    part = (
        select(Part.id)
        .join(Position, Position.id == Part.position_id)
        .where(Position.thread_id == thread.id)
        .where(Part.person_id == person_id)
    )
    return is_voice(session, person_id, thread) or bool(session.scalar(select(part.exists())))


def free_at(session: Session, person_id: int, thread: Thread, now: datetime) -> datetime | None:
    """When somebody may respond again in slow mode; None when they may now.

    What was declined or taken back counts too, else taking back would be a way round.
    """
    if not thread.slow_minutes:
        return None
    wait = timedelta(minutes=thread.slow_minutes)
    latest = session.scalar(
        select(Response.created_at)
        .join(Response.position)
        .where(Position.thread_id == thread.id)
        .where(Response.author_id == person_id)
        .where(Response.created_at > now - wait)
        .order_by(Response.created_at.desc())
        .limit(1)
    )
    return latest + wait if latest is not None else None


def why_paced(session: Session, person_id: int | None, thread: Thread, now: datetime | None) -> str:
    """Why somebody cannot hand in a response for now; empty when they can.

    Slow mode is about people who are known, and about a moment: it is not asked without either.
    """
    closed = why_closed(session, person_id, thread)
    if closed or person_id is None or now is None:
        return closed
    return why_slow(session, person_id, thread, now)


def why_slow(session: Session, person_id: int, thread: Thread, now: datetime) -> str:
    """Why somebody cannot respond yet, and when they can; empty when they can now."""
    free = free_at(session, person_id, thread, now)
    if free is None:
        return ""
    return _(
        "This thread is in slow mode. %(slow)s You can respond again from %(time)s.",
        slow=slow_in_words(thread.slow_minutes),
        time=_time(free, now),
    )


def _time(free: datetime, now: datetime) -> str:
    """Rounded up to the minute, so that nobody comes back too early."""
    whole = free.replace(second=0, microsecond=0)
    free = free if free == whole else whole + A_MINUTE
    is_today = clock.day(free) == clock.day(now)
    return in_words(free, "HH:mm" if is_today else "d MMMM y, HH:mm")


def _closing(session: Session, thread: Thread) -> tuple[str, str]:
    """The reason, and the role of who closed it."""
    row = session.execute(
        select(Decision.why, Decision.decided_by_role, Decision.public_id)
        .where(about(Decision, subject_of(thread)))
        .where(Decision.action == CLOSING[thread.closed_to])
        .order_by(Decision.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return "", ""
    why, role, public_id = row
    return reason_shown(why, public_id, list_withheld(session, thread.series_id)), role


def list_lapsed(session: Session, today: date) -> list[Thread]:
    """Threads whose closed doors open today, or should have."""
    return list(
        session.scalars(
            select(Thread)
            .where(Thread.closed_to != "")
            .where(Thread.closed_until <= today)
            .order_by(Thread.id)
        )
    )
