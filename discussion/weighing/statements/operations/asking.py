"""Asking authors whether a statement is fair, and their answers; nobody answers for them.

Moderators draft several statements in an hour, so one letter goes out at the end of the hour, with
everything that an author has not answered by then.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from discussion import clock, text
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations.record import lock_thread
from discussion.language import _
from discussion.mail.queue import promise_mail
from discussion.people.accounts.models import Person
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused
from discussion.weighing.statements.drafts import problems_in_fairness
from discussion.weighing.statements.models import Confirmation, StatementVersion
from discussion.weighing.statements.queries.finding import newest_of, standings_of, why_shut
from discussion.weighing.statements.words import SHUT

PAUSE = timedelta(minutes=20)  # the least time between drafting and the letter


def ask_authors(
    session: Session,
    thread: Thread,
    version: StatementVersion,
    sources: Iterable[Position],
    now: datetime,
) -> None:
    """Ask each author of these positions once, but for who has left; asks no right itself."""
    asked = {row.person_id for row in version.confirmations}
    for position in sources:
        author = session.get_one(Person, position.author_id)
        if author.id in asked or author.left_at is not None:
            continue
        asked.add(author.id)
        version.confirmations.append(Confirmation(person_id=author.id, position_id=position.id))
        if author.email is not None and position.state in TEXT_STATES:
            _promise_letter(session, thread, author, now)
    session.flush()


def carry_answers(session: Session, old: StatementVersion, new: StatementVersion) -> None:
    """Let the answers to one wording stand for another that means the same; asks no right."""
    for row in old.confirmations:
        new.confirmations.append(
            Confirmation(
                person_id=row.person_id,
                position_id=row.position_id,
                answer=row.answer,
                said=row.said,
                answered_at=row.answered_at,
            )
        )
    session.flush()


def confirm_statement(
    session: Session,
    actor: Viewer,
    confirmation: Confirmation,
    *,
    seen: str,
    answer: str,
    said: str,
    now: datetime,
) -> Confirmation:
    """Say whether a statement is fair; `seen` is the public id of what was asked when it was read.

    It can be changed until the day by which it was asked, or until the wording stands in a round
    that has opened. Raises Refused and Invalid.
    """
    require(actor, May.CONFIRM_STATEMENT, confirmation)
    statement = confirmation.version.statement
    lock_thread(session, statement.thread)
    session.refresh(confirmation)
    session.expire(statement)
    newest = newest_of(statement)
    if confirmation.version_id != newest.id or confirmation.public_id != seen:
        raise Refused(_("The moderators have reworded it since. Read it again."))
    standings = standings_of(session, [statement.id]).get(statement.id, ())
    if shut := why_shut(statement, newest, standings, clock.day(now)):
        raise Refused(str(SHUT[shut]))
    if problems := problems_in_fairness(answer, said):
        raise Invalid(problems)
    confirmation.answer = answer
    confirmation.said = text.paragraphs(said) if answer == "mend" else ""
    confirmation.answered_at = now
    session.flush()
    return confirmation


def _promise_letter(session: Session, thread: Thread, author: Person, now: datetime) -> None:
    """At the end of the hour, whatever is drafted until then."""
    late = now + PAUSE
    at = late.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    promise_mail(
        session,
        template="rounds/fair",
        person_id=author.id,
        ids={"thread": thread.id},
        once_key=f"rounds/fair-{thread.id}-{author.id}@{at:%Y%m%d%H}",
        run_after=at,
        now=now,
    )
