"""Making a question of what was gathered, wording it, ordering, merging and taking it away."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from discussion import text
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Problem, Refused, refuse, too_long
from discussion.reach.needed.drafts import QuestionDraft, problems_in
from discussion.reach.needed.models import Origin, Question
from discussion.reach.needed.operations.stepping import note
from discussion.reach.needed.queries.finding import list_standing
from discussion.reach.needed.queries.gathering import find_leads
from discussion.reach.needed.queries.gathering.asking import Asked
from discussion.reach.needed.queries.gathering.said import quotation_of
from discussion.reach.needed.words import MAX_REASON, MOST_QUESTIONS, SAID
from discussion.series.series.models import Series
from discussion.vocabulary import of_series


def make_question(
    session: Session, actor: Viewer, series: Series, draft: QuestionDraft, *, now: datetime
) -> Question:
    """A question or a barrier, from now on read by everybody who reads the series.

    Raises Invalid for what is wrong with it, Refused where the series has too many.
    """
    require(actor, May.CURATE_QUESTIONS, series)
    standing = list_standing(session, series)
    if len(standing) >= MOST_QUESTIONS:
        raise Refused(
            _("There are %(most)s already. Merge some, or take some away.", most=MOST_QUESTIONS)
        )
    keys = _checked(session, actor, series, draft)
    question = Question(
        series=series,
        kind=draft.kind,
        order=len(standing) + 1,
        made_at=now,
        changed_at=now,
        text="",
    )
    session.add(question)
    _word(question, draft)
    question.origins = [_origin(key) for key in keys]
    note(session, actor, question, "make_question", step="asked", now=now, origins=list(keys))
    return question


def word_question(
    session: Session, actor: Viewer, question: Question, draft: QuestionDraft, *, now: datetime
) -> Question:
    """Other words, another level, other origins; raises Invalid."""
    require(actor, May.CURATE_QUESTIONS, question)
    keys = _checked(session, actor, question.series, draft)
    is_worded = text.line(draft.text) != question.text
    if is_worded and draft.is_unsaid:
        question.unsaid_at = now
    _word(question, draft)
    kept = {origin.key: origin for origin in question.origins}
    unread = kept.keys() - find_leads(session, actor, question.series, kept).keys()
    keys = [*keys, *(key for key in kept if key in unread and key not in keys)]  # for later
    question.origins = [kept.get(key) or _origin(key) for key in keys]
    reason = text.line(draft.why)
    step = "worded" if is_worded else ""
    note(
        session, actor, question, "word_question",
        step=step, reason=reason, now=now, origins=list(keys),
        is_unsaid=is_worded and draft.is_unsaid,
    )  # fmt: skip
    return question


def move_question(
    session: Session, actor: Viewer, question: Question, where: str, *, now: datetime
) -> None:
    """Up, down or to the top; `where` is up, down or first. At an end it stays."""
    require(actor, May.CURATE_QUESTIONS, question)
    every = list(list_standing(session, question.series))
    same = [one for one in every if one.kind == question.kind]
    at = same.index(question)
    to = {"up": at - 1, "down": at + 1, "first": 0}.get(where, at)
    if not 0 <= to < len(same) or to == at:
        return
    same.insert(to, same.pop(at))
    others = [one for one in every if one.kind != question.kind]
    for number, one in enumerate((*same, *others), start=1):
        one.order = number
    append = question.changed_at
    note(session, actor, question, "order_question", now=now, to=to + 1)
    question.changed_at = append  # its place is nothing that it says


def merge_question(
    session: Session, actor: Viewer, question: Question, into: Question, *, why: str, now: datetime
) -> None:
    """Its origins and who looks into it go to the other, and its address leads there."""
    require(actor, May.CURATE_QUESTIONS, question)
    require(actor, May.CURATE_QUESTIONS, into)
    reason = reason_of(why, "merge_why")
    is_other = into.id != question.id and into.series_id == question.series_id
    if not is_other or into.removed_at or into.merged_into_id or question.merged_into_id:
        raise Refused(_("Choose another question of this series."))
    known = {origin.key for origin in into.origins}
    into.origins.extend(_origin(one.key) for one in question.origins if one.key not in known)
    for one in list(question.lookings):
        one.question = into
    question.merged_into = into
    note(session, actor, question, "merge_question", reason=reason, now=now, into=into.public_id)
    note(session, actor, into, "receive_question", step="merged", reason=reason, now=now)


def remove_question(
    session: Session, actor: Viewer, question: Question, *, why: str, now: datetime
) -> None:
    """Nobody reads it any more; what it came from is gathered again."""
    require(actor, May.CURATE_QUESTIONS, question)
    reason = reason_of(why, "remove_why")
    question.removed_at = now
    note(session, actor, question, "remove_question", reason=reason, now=now)


def reason_of(why: str, field: str) -> str:
    """In one line; raises Invalid where it is missing or too long."""
    problems = list(too_long(field, why, MAX_REASON))
    if not text.line(why):
        problems.append(Problem(field, _("Give a reason. Everybody can read it.")))
    refuse(problems)
    return text.line(why)


def _checked(
    session: Session, actor: Viewer, series: Series, draft: QuestionDraft
) -> Sequence[str]:
    """The keys of what it comes from; raises Invalid for what is wrong with it."""
    problems = list(problems_in(draft))
    if draft.level and draft.level not in of_series(series.slug).level_labels:
        problems.append(Problem("level", _("Choose a level from the list.")))
    found = find_leads(session, actor, series, draft.origins)
    keys = [key for key in dict.fromkeys(draft.origins) if key in found]
    if text.line(draft.quote) and text.line(draft.quote_from):
        subject = quotation_of(Asked(session, actor, series), draft.quote_from, draft.quote)
        if subject is None:
            problems.append(
                Problem("quote", _("These are not whole sentences of what is written there."))
            )
        elif f"{SAID}/{subject}" not in keys:
            keys.append(f"{SAID}/{subject}")
    if not keys and not problems:
        problems.append(Problem("origins", _("What it came from can no longer be read.")))
    refuse(problems)
    return keys


def _word(question: Question, draft: QuestionDraft) -> None:
    question.text = text.line(draft.text)
    question.language = text.language_of(question.text, "", (question.series.language,))
    question.level = draft.level


def _origin(key: str) -> Origin:
    reason, _slash, subject = key.partition("/")
    return Origin(reason=reason, subject=subject)
