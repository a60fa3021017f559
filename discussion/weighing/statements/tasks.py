"""The letter that asks an author about the statements that draw on their positions."""

from collections.abc import Callable

from flask import url_for
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries import find_thread
from discussion.jobs.registry import Payload
from discussion.language import _n, in_words
from discussion.mail.letters import MailText, render_letter
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.weighing.statements.queries.asked import list_unanswered


def fair(session: Session, payload: Payload) -> MailText | None:
    """Everything in a thread that the author has not answered by now; None if nothing is left."""
    person = session.get(Person, payload["person_id"])
    thread = session.get(Thread, payload["ids"]["thread"])
    if person is None or person.email is None or person.left_at is not None or thread is None:
        return None
    while thread.merged_into is not None:
        thread = thread.merged_into
    now = clock.now()
    if find_thread(session, viewer_of(session, person, now), thread.slug) is None:
        return None
    asked = list_unanswered(session, person.id, thread, clock.day(now))
    if not asked:
        return None
    body = render_letter(
        "rounds/fair",
        of=thread.series,
        name=person.display_name,
        question=thread.question,
        statements=[
            {
                "text": version.text,
                "by": in_words(version.answer_by) if version.answer_by else "",
                "url": url_for(
                    "statements.fair",
                    slug=thread.slug,
                    public_id=statement.public_id,
                    _external=True,
                ),
            }
            for statement, version in asked
        ],
    )
    subject = _n("Is this statement fair?", "Are these %(num)s statements fair?", len(asked))
    return MailText(to=person.email, subject=subject, body=body)


MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {"rounds/fair": fair}
