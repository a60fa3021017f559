"""The letters that remind curators, each written from all of its kind that waits as it goes out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from flask import url_for
from sqlalchemy.orm import Session

from discussion import clock
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations import remind_curators
from discussion.debate.threads.queries.overdue import curated_by, list_curated, list_waits
from discussion.jobs.registry import Payload
from discussion.language import _n, in_words
from discussion.mail.letters import MailText, only_one, render_letter
from discussion.people.accounts.models import Person


def remind(session: Session, _payload: Payload, now: datetime) -> None:
    remind_curators(session, now)


def _letter(
    template: str, subject: Callable[[int], str], session: Session, payload: Payload
) -> MailText | None:
    person = session.get(Person, payload["person_id"])
    if person is None or person.email is None:
        return None
    curated = list_curated(session, person.id).get(person.id, set())
    waits = curated_by(curated, list_waits(session, clock.now()).get(template, []))
    if not waits:
        return None
    body = render_letter(
        template,
        of=only_one(wait.thread.series for wait in waits),
        name=person.display_name,
        waits=[
            {
                "question": wait.thread.question,
                "series": wait.thread.series.title,
                "since": in_words(wait.since),
                "url": _page(template, wait.thread),
            }
            for wait in waits
        ],
        desk_url=url_for("moderation.desk", _external=True),
    )
    return MailText(to=person.email, subject=subject(len(waits)), body=body)


def _page(template: str, thread: Thread) -> str:
    """Where what the letter asks for is done."""
    if template == "threads/needs_days":
        return url_for("rounds.plan", slug=thread.slug, _external=True)
    anchor = "review" if template == "threads/review_due" else "stage"
    return url_for("threads.curate", slug=thread.slug, _anchor=anchor, _external=True)


SUBJECTS: dict[str, Callable[[int], str]] = {
    "threads/needs_round": lambda many: _n(
        "A thread waits for its round", "%(num)s threads wait for their rounds", many
    ),
    "threads/needs_days": lambda many: _n(
        "A round needs new dates", "%(num)s rounds need new dates", many
    ),
    "threads/needs_outcome": lambda many: _n(
        "A thread waits for its outcome", "%(num)s threads wait for their outcomes", many
    ),
    "threads/review_due": lambda many: _n(
        "An outcome is due for review", "%(num)s outcomes are due for review", many
    ),
}
TASKS: dict[str, Callable[[Session, Payload, datetime], None]] = {"threads.remind": remind}
PERIODIC = {"threads.remind": timedelta(hours=1)}
MAILS: dict[str, Callable[[Session, Payload], MailText | None]] = {
    template: partial(_letter, template, subject) for template, subject in SUBJECTS.items()
}
SUMMARIES = dict.fromkeys(SUBJECTS, "all threads of the kind that wait when it goes out")
