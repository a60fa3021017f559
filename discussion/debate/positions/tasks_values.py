"""Letters to those whose positions name a value that was merged."""

from collections.abc import Callable
from datetime import datetime

from flask import url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Revision, ValueTag
from discussion.debate.positions.queries.meant import meant, value_chosen
from discussion.debate.positions.queries.merging import kind_of
from discussion.debate.threads.models import Thread
from discussion.jobs.registry import Payload
from discussion.language import _
from discussion.mail.letters import MailText, render_letter
from discussion.mail.queue import promise_mail
from discussion.people.accounts.models import Person
from discussion.series.series.models import Series
from discussion.series.values.models import Value, ValueProposal, all_led_to, resolve
from discussion.series.values.operations import MERGED

TOLD_STATES = ("draft", "published", "hidden")  # whose authors go on with them


WAITING = "pending"


def tell_merged(session: Session, payload: Payload, now: datetime) -> None:
    """Promise each author a letter about each position that names the merged value."""
    value = session.get(Value, payload["value"])
    if value is None or value.replaced_by_id != payload["into"]:
        return  # it was brought back meanwhile
    values = {one.id: one for one in session.get_one(Series, value.series_id).values}
    named = all_led_to(values, value.id)
    rows = session.execute(
        select(Position.id, Position.author_id)
        .join(Revision, Revision.position_id == Position.id)
        .join(ValueTag, ValueTag.revision_id == Revision.id)
        .outerjoin(ValueProposal, ValueProposal.id == ValueTag.proposal_id)
        .join(Person, Person.id == Position.author_id)
        .where(or_(ValueTag.value_id.in_(named), ValueProposal.value_id.in_(named)))
        .where(or_(Revision.id == Position.live_revision_id, Revision.status == WAITING))
        .where(Position.state.in_(TOLD_STATES))
        .where(Position.entered_by_id.is_(None))
        .where(Person.email.is_not(None))
        .where(Person.left_at.is_(None))
        .distinct()
        .order_by(Position.id)
    )
    merge = {"value": value.id, "into": payload["into"]}
    for position_id, author_id in rows:
        promise_mail(
            session,
            template="values/merged",
            person_id=author_id,
            ids={**merge, "position": position_id},
            once_key=f"merged/{value.id}/{payload['version']}/{position_id}",
            now=now,
        )


def merged(session: Session, payload: Payload) -> MailText | None:
    """How the author's own position reads now; nothing when the value was brought back."""
    ids = payload["ids"]
    person = session.get(Person, payload["person_id"])
    position = session.get(Position, ids["position"])
    value = session.get(Value, ids["value"])
    if person is None or position is None or value is None or value.replaced_by_id != ids["into"]:
        return None
    if person.left_at is not None or not person.email or position.state not in TOLD_STATES:
        return None
    said = position.live or position.revisions[-1]
    thread = session.get_one(Thread, position.thread_id)
    series = session.get_one(Series, thread.series_id)
    values = {one.id: one for one in series.values}
    into = resolve(values, value.id) or value
    today = meant(said.tags, values, value_chosen)
    body = render_letter(
        "values/merged",
        of=series,
        name=person.display_name,
        title=series.title,
        claim=said.claim,
        merged=value.label,
        into=into.label,
        kind=kind_of(today, values, into, value_chosen),
        link=url_for("positions.page", public_id=position.public_id, _external=True),
        revise_url=url_for("positions.revise", public_id=position.public_id, _external=True),
        value_url=url_for("values.value", slug=series.slug, value=into.slug, _external=True),
    )
    subject = _("A value that your position names was merged")
    return MailText(to=person.email, subject=subject, body=body)


TASKS: dict[str, Callable[[Session, Payload, datetime], None]] = {MERGED: tell_merged}
MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {"values/merged": merged}
