"""Letters of series: a last day, a value that was proposed, a scale that was replaced."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.positions.models import Position, Revision, ValueTag
from discussion.debate.threads.models import thread_scale
from discussion.decisions.models import Decision
from discussion.language import _, in_words
from discussion.mail import queue
from discussion.mail.letters import MailText, named, render_letter
from discussion.people.accounts.models import Person
from discussion.series.series.models import Scale, Series
from discussion.series.series.operations.ending import ENDS_SOON, HAS_ENDED, end_due_series
from discussion.series.series.operations.lists import REPLACED
from discussion.series.series.queries.ending import closes_on
from discussion.series.values.models import ValueProposal

Payload = dict[str, Any]


def proposal_answered(session: Session, payload: Payload) -> MailText | None:
    proposal = session.get(ValueProposal, payload["ids"]["proposal"])
    person = reachable(session, payload)
    if proposal is None or person is None:
        return None
    series = session.get_one(Series, proposal.series_id)
    decision = session.get_one(Decision, payload["ids"]["decision"])
    body = render_letter(
        "series/proposal_answered",
        of=series,
        name=person.display_name,
        title=series.title,
        label=proposal.label,
        accepted_as=proposal.value.label if proposal.value else "",
        why=decision.why,
        link=url_for("values.value", slug=series.slug, value=proposal.value.slug, _external=True)
        if proposal.value
        else "",
        position_url=_proposed_in(session, proposal, person.id),
        statement_url=url_for("appeals.statement", public_id=decision.public_id, _external=True),
    )
    return MailText(to=person.email or "", subject=_("The value you proposed"), body=body)


def _proposed_in(session: Session, proposal: ValueProposal, person_id: int) -> str:
    """The first position of theirs that names it; no others, which may be other voices."""
    public_id = session.scalar(
        select(Position.public_id)
        .join(Revision, Revision.position_id == Position.id)
        .join(ValueTag, ValueTag.revision_id == Revision.id)
        .where(ValueTag.proposal_id == proposal.id)
        .where(Position.author_id == person_id)
        .order_by(Revision.id)
        .limit(1)
    )
    return url_for("positions.page", public_id=public_id, _external=True) if public_id else ""


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


def reachable(session: Session, payload: Payload) -> Person | None:
    """Whom a letter goes to, while they are here and have an address."""
    person = session.get(Person, payload["person_id"])
    return person if person is not None and person.email and person.left_at is None else None


def end(session: Session, _payload: Payload, now: datetime) -> None:
    """Ask of last days that come near, and close what has ended."""
    end_due_series(session, now)


def ends_soon(session: Session, payload: Payload) -> MailText | None:
    """Unless it was closed or given another day meanwhile."""
    series = session.get(Series, payload["ids"]["series"])
    if series is None or series.status != "open" or series.end_asked_for != series.ends_on:
        return None
    subject = _("The last day of %(series)s is near", series=named(series))
    return _to_convener(session, payload, series, ENDS_SOON, subject)


def ended(session: Session, payload: Payload) -> MailText | None:
    series = session.get(Series, payload["ids"]["series"])
    if series is None or series.status == "open":
        return None
    subject = _("The last day of %(series)s has passed", series=named(series))
    return _to_convener(session, payload, series, HAS_ENDED, subject)


def _to_convener(
    session: Session, payload: Payload, series: Series, template: str, subject: str
) -> MailText | None:
    person = reachable(session, payload)
    day = closes_on(series)
    if person is None or day is None or series.ends_on is None:
        return None
    body = render_letter(
        template,
        of=series,
        name=person.display_name,
        series=series.title,
        last=in_words(series.ends_on),
        day=in_words(day),
        is_past=series.ends_on < clock.today(),
        settings_url=url_for("series.settings", slug=series.slug, _external=True),
        series_url=url_for("overview.page", slug=series.slug, _external=True),
    )
    return MailText(person.email or "", subject, body)


TASKS: dict[str, Callable[[Session, Payload, datetime], None]] = {
    "series.end": end,
    REPLACED: ask_places,
}
PERIODIC = {"series.end": timedelta(hours=1)}
MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {
    "series/proposal_answered": proposal_answered,
    ENDS_SOON: ends_soon,
    HAS_ENDED: ended,
    "series/place_asked": place_asked,
}
