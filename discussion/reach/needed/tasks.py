"""The letter to whoever said that they look into a question."""

from flask import url_for
from sqlalchemy.orm import Session

from discussion.jobs.registry import Payload
from discussion.language import _
from discussion.mail.letters import MailText, render_letter
from discussion.people.accounts.models import Person
from discussion.reach.needed.models import Looking
from discussion.reach.needed.operations.looking import DECIDED


def decided(session: Session, payload: Payload) -> MailText | None:
    """What moderators made of it; nothing to who took it back meanwhile."""
    person = session.get(Person, payload["person_id"])
    looking = session.get(Looking, payload["ids"]["looking"])
    if person is None or person.email is None or person.left_at or looking is None:
        return None
    if looking.person_id != person.id or not looking.who:
        return None
    question = looking.question
    body = render_letter(
        "needed/decided",
        of=question.series,
        name=person.display_name,
        question=question.text,
        state=looking.state,
        reason=looking.reason,
        url=url_for(
            "needed.question",
            slug=question.series.slug,
            question=question.public_id,
            _external=True,
        ),
    )
    return MailText(to=person.email, subject=_("What you said you are looking into"), body=body)


MAILS = {DECIDED: decided}
