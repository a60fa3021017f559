"""Letters to those who stood on a scale that was replaced."""

from collections.abc import Callable
from datetime import datetime

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Revision
from discussion.debate.threads.models import thread_scale
from discussion.jobs.registry import Payload
from discussion.language import _
from discussion.mail import queue
from discussion.mail.letters import MailText, render_letter
from discussion.people.accounts.models import Person
from discussion.series.series.models import Scale
from discussion.series.series.operations.lists import REPLACED
from discussion.series.series.tasks import reachable


def ask_places(session: Session, payload: Payload, now: datetime) -> None:
    """Promise the authors who stood on a scale that was replaced a letter that asks for the new."""
    scale = session.get(Scale, payload["scale"])
    if scale is None or scale.retired_at is not None or not scale.replaces:
        return
    rows = session.execute(
        select(Position.id, Position.author_id, Revision.placements)
        .join(Revision, Revision.id == Position.live_revision_id)
        .join(thread_scale, thread_scale.c.thread_id == Position.thread_id)
        .join(Person, Person.id == Position.author_id)
        .where(thread_scale.c.scale_id == scale.id)
        .where(Position.state == "published")
        .where(Person.email.is_not(None))
        .where(Person.left_at.is_(None))
        .order_by(Position.id)
    )
    for position_id, author_id, placements in rows:
        if placements.get(scale.replaces[-1]) is not None:
            queue.promise_mail(
                session,
                template="series/place_asked",
                person_id=author_id,
                ids={"position": position_id, "scale": scale.id},
                once_key=f"place/{scale.id}/{position_id}",
                now=now,
            )


def place_asked(session: Session, payload: Payload) -> MailText | None:
    """Where the author stood, and the page on which a press carries it; nothing once it is done."""
    position = session.get(Position, payload["ids"]["position"])
    scale = session.get(Scale, payload["ids"]["scale"])
    person = reachable(session, payload)
    if position is None or scale is None or person is None or position.live is None:
        return None
    live, was = position.live, scale.replaces[-1]
    if position.state != "published" or live.placements.get(scale.slug) is not None:
        return None
    if live.placements.get(was) is None or scale.retired_at is not None:
        return None
    body = render_letter(
        "series/place_asked",
        of=scale.series,
        name=person.display_name,
        title=scale.series.title,
        claim=live.claim,
        stood=live.place_words.get(was, ""),
        low=scale.low,
        high=scale.high,
        link=url_for("positions.page", public_id=position.public_id, _external=True),
    )
    subject = _("Where is your position on the new scale?")
    return MailText(to=person.email or "", subject=subject, body=body)


TASKS: dict[str, Callable[[Session, Payload, datetime], None]] = {REPLACED: ask_places}
MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {
    "series/place_asked": place_asked
}
