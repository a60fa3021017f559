"""Marking a question answered, by an item of the library, or open again."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.evidence.models import EvidenceItem
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Problem, Refused, refuse, too_long
from discussion.reach.needed.models import Question
from discussion.reach.needed.operations.stepping import note
from discussion.reach.needed.operations.wording import reason_of
from discussion.reach.needed.words import MAX_ANSWER
from discussion.subjects.happenings import happened


def answer_question(
    session: Session,
    actor: Viewer,
    question: Question,
    item: EvidenceItem | None,
    *,
    says: str,
    now: datetime,
) -> None:
    """By which item, and in a sentence what it says and for whom; raises Invalid."""
    require(actor, May.CURATE_QUESTIONS, question)
    if question.kind != "question":
        raise Refused(_("A barrier has no answer."))
    problems = list(too_long("answer", says, MAX_ANSWER))
    if item is None:
        problems.append(Problem("item", _("Choose what answers it from the library.")))
    if not text.line(says):
        problems.append(Problem("answer", _("Say what it answers, and for which people.")))
    refuse(problems)
    assert item is not None
    question.is_answered, question.item, question.answer = True, item, text.line(says)
    note(
        session, actor, question, "answer_question",
        step="answered", reason=question.answer, now=now, item=item.public_id,
    )  # fmt: skip
    happened(session, "question.answered", question.id, now=now)


def open_again(
    session: Session, actor: Viewer, question: Question, *, why: str, now: datetime
) -> None:
    """What answered it does not, or not for everybody."""
    require(actor, May.CURATE_QUESTIONS, question)
    reason = reason_of(why, "reopen_why")
    if not question.is_answered:
        raise Refused(_("It is open already."))
    question.is_answered, question.item, question.answer = False, None, ""
    note(session, actor, question, "open_question", step="reopened", reason=reason, now=now)
