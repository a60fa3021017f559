"""Withholding a statement's words, also after its round, and showing them again; numbers stay.

The mark stands on each of its wordings, and every surface reads it: rounds, rating, findings,
statement pages, files and letters. What quotes the words in the thread's own texts the worker takes
out, and puts back when they are shown again; reasons that quote them are not shown meanwhile.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.threads.drafts import problems_in_why
from discussion.debate.threads.operations.record import case_of, lock_thread
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.models import Decision
from discussion.decisions.operations.deciding import Steps, carry_out
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Problem, Refused, refuse
from discussion.subjects.finding import subject_of
from discussion.weighing.statements.models import Statement
from discussion.weighing.statements.operations.quoting import QUOTES_BACK, QUOTES_OUT, QUOTING


def withhold_statement(
    session: Session, actor: Viewer, statement: Statement, *, why: str, now: datetime
) -> Decision:
    """Let nobody but who drafts read its words, with a reason for all that does not repeat them.

    Whatever the thread's stage. Raises Refused and Invalid.
    """
    require(actor, May.WITHHOLD_STATEMENT, statement.thread)

    def check(ruling: Ruling) -> None:
        if statement.is_withheld:
            raise Refused(_("Its words are hidden already."))
        problems = problems_in_why(ruling.why)
        if repeats_words(statement, ruling.why):
            sentence = _(
                "Your reason repeats the hidden words, and everybody "
                "can read it. Write it without them."
            )
            problems.append(Problem("why", sentence))
        refuse(problems)

    def apply(ruling: Ruling) -> Ruling:
        hide_words(statement, actor.person_id, now)
        return replace(ruling, details=withheld_with(session, statement))

    def follow(decision: Decision) -> None:
        QUOTES_OUT()(session, decision, statement, now)

    steps = Steps(partial(_hold, session, statement), check, apply, follow)
    return carry_out(session, actor, Ruling("withhold_statement", why=why), steps, now=now)


def show_statement(
    session: Session, actor: Viewer, statement: Statement, *, now: datetime
) -> Decision:
    """Let everybody read its words again, as they stood. Raises Refused."""
    require(actor, May.WITHHOLD_STATEMENT, statement.thread)

    def check(_ruling: Ruling) -> None:
        if not statement.is_withheld:
            raise Refused(_("Its words are not hidden."))

    def apply(ruling: Ruling) -> Ruling:
        show_words(session, statement, now)
        return replace(ruling, details={"statement": statement.public_id})

    steps = Steps(partial(_hold, session, statement), check, apply)
    return carry_out(session, actor, Ruling("show_statement"), steps, now=now)


def hide_words(statement: Statement, by_id: int | None, now: datetime) -> None:
    """Mark every wording; asks no right. `by_id` is None for the site's own hand."""
    for version in statement.versions:
        if version.withheld_at is None:
            version.withheld_at, version.withheld_by_id = now, by_id


def show_words(session: Session, statement: Statement, now: datetime) -> None:
    """Take the marks away; asks no right."""
    QUOTES_BACK()(session, statement, now)
    for version in statement.versions:
        version.withheld_at = version.withheld_by_id = None
    session.flush()


def withheld_with(session: Session, statement: Statement) -> dict[str, Any]:
    """What the chain says of it: which statement, and whose reasons go with its words."""
    reasons = QUOTING()(session, subject_of(statement), phrases_of(statement))
    return {"statement": statement.public_id, "withholds": reasons}


def repeats_words(statement: Statement, said: str) -> bool:
    """Whether somebody who explains the withholding says the words themselves."""
    return bool(text.find_phrases(said, phrases_of(statement), is_markdown=False))


def phrases_of(statement: Statement) -> tuple[str, ...]:
    """Its words, in all wordings, as somebody would quote them."""
    said = (version.written.strip().rstrip(".!?").strip() for version in statement.versions)
    return tuple(dict.fromkeys(each for each in said if text.has_letters(each)))


def _hold(session: Session, statement: Statement) -> Case:
    lock_thread(session, statement.thread)
    session.expire(statement, ["versions"])
    return case_of(statement.thread)
