"""Summarising a thread: each version a row, each position in it at its strongest.

The author of a position is asked whether that is how they would put it. Silence blocks nothing. A
new version keeps the answers to what it leaves as it was.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import text
from discussion.debate.positions.models import Position
from discussion.debate.threads.drafts import problems_in_why
from discussion.debate.threads.drafts_arranging import (
    SummaryDraft,
    problems_in_answer,
    problems_in_summary,
)
from discussion.debate.threads.models import Steelman, Thread, ThreadSummary
from discussion.debate.threads.operations.record import lock_thread, record
from discussion.debate.threads.queries.summarising import (
    fair_restatements,
    find_newest,
    find_steelman,
    find_summary,
    gap_of,
)
from discussion.language import _
from discussion.mail.queue import promise_mail
from discussion.people.accounts.models import Person
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, allowed, require
from discussion.problems import Invalid, Refused


class Rewritten(Exception):
    """Somebody else wrote a version after the page was opened that this came from."""


def write_summary(
    session: Session,
    actor: Viewer,
    thread: Thread,
    draft: SummaryDraft,
    *,
    seen: int,
    now: datetime,
) -> ThreadSummary:
    """Write the next version, `seen` being the one that this follows, 0 where none stood.

    A position whose text is left empty is no longer summarised. One that is hidden, withdrawn,
    removed or moved away keeps what was said of it, unseen. Raises Rewritten, Invalid, and
    Forbidden where somebody puts their own position.
    """
    require(actor, May.CURATE_THREAD, thread)
    lock_thread(session, thread)
    newest = find_newest(session, thread)
    standing = newest if newest is not None and newest.removed_at is None else None
    if (standing.version if standing else 0) != seen:
        raise Rewritten
    made = list(_steelmen(session, actor, thread, draft, newest))
    _take_over(session, made, now)
    rows = [row for row, _is_new in made]
    if problems := problems_in_summary(draft, rests_on=len(rows)):
        raise Invalid(problems)
    summary = ThreadSummary(
        thread_id=thread.id,
        version=newest.version + 1 if newest else 1,
        text=text.paragraphs(draft.text),
        html=str(text.render(draft.text, prefix=f"s{thread.public_id}-")),
        language=text.language_of(draft.text, draft.language, thread.usual_languages),
        written_by_id=actor.person_id,
        written_at=now,
    )
    session.add(summary)
    for order, row in enumerate(rows):
        row.order = order
        row.summary = summary
        session.add(row)
    session.flush()
    thread.changed_at = now
    record(
        session,
        actor,
        thread,
        "summarise",
        now=now,
        version=summary.version,
        rests_on=[row.position.public_id for row in rows],
    )
    for row, is_new in made:
        if is_new and row.answer == "unanswered":
            _ask_author(session, row, now)
    return summary


def take_summary_away(
    session: Session, actor: Viewer, thread: Thread, *, why: str, now: datetime
) -> None:
    """Show no summary any more; its versions are kept. Raises Refused and Invalid."""
    require(actor, May.CURATE_THREAD, thread)
    lock_thread(session, thread)
    standing = find_summary(session, thread)
    if standing is None:
        raise Refused(_("There is no summary to take away."))
    if problems := problems_in_why(why):
        raise Invalid(problems)
    standing.removed_at = now
    thread.changed_at = now
    record(session, actor, thread, "unsummarise", why=why, now=now, version=standing.version)


def answer_steelman(
    session: Session,
    actor: Viewer,
    position: Position,
    *,
    seen: str,
    answer: str,
    said: str,
    now: datetime,
) -> Steelman:
    """Say whether this is how the author would put it; raises Invalid, and Refused when it changed.

    `seen` is the public id of what was answered; in a version that left it as it was, it holds.
    """
    require(actor, May.ANSWER_STEELMAN, position)
    lock_thread(session, position.thread)
    row = find_steelman(session, position)
    if row is None:
        raise Refused(
            _("The summary no longer describes your position, so there is nothing to answer.")
        )
    if row.public_id != seen and row.text != _text_of(session, position, seen):
        raise Refused(
            _("The moderators have described your position differently since. Read it again.")
        )
    if problems := problems_in_answer(answer, said):
        raise Invalid(problems)
    row.answer = answer
    row.said = text.paragraphs(said) if answer == "no" else ""
    row.answered_at = now
    session.flush()
    return row


def _steelmen(
    session: Session,
    actor: Viewer,
    thread: Thread,
    draft: SummaryDraft,
    newest: ThreadSummary | None,
) -> Iterator[tuple[Steelman, bool]]:
    """What the next version says of each position, by number, and whether that is new."""
    before = {row.position_id: row for row in newest.steelmen} if newest else {}
    stands = newest is not None and newest.removed_at is None
    positions = session.scalars(
        select(Position)
        .where((Position.thread_id == thread.id) | Position.id.in_(before))
        .order_by(Position.number, Position.id)
    )
    for position in positions:
        old = before.get(position.id)
        said = text.paragraphs(draft.steelmen.get(position.public_id, ""))
        if gap_of(position, thread.id) or not allowed(actor, May.CURATE_POSITION, position):
            if said and (old is None or said != old.text):
                raise Forbidden(May.CURATE_POSITION)
            said = old.text if old and stands else ""
        if said:
            is_new = old is None or old.text != said
            yield _steelman(position, said, None if is_new else old), is_new


def _take_over(session: Session, made: Sequence[tuple[Steelman, bool]], now: datetime) -> None:
    """What who disagrees said of it, and its author found fair, is not asked about again."""
    fair = fair_restatements(session, [row.position.id for row, _is_new in made])
    for row, _is_new in made:
        if row.text in fair.get(row.position.id, ()):
            row.answer, row.said, row.answered_at = "yes", "", row.answered_at or now


def _steelman(position: Position, said: str, old: Steelman | None) -> Steelman:
    row = Steelman(position=position, text=said, answer="unanswered", said="")
    if old is not None:
        row.answer, row.said, row.answered_at = old.answer, old.said, old.answered_at
    return row


def _ask_author(session: Session, row: Steelman, now: datetime) -> None:
    """Promise the letter; a guest of a round table has no address."""
    author = session.get_one(Person, row.position.author_id)
    if (
        author.email is None
        or author.left_at is not None
        or gap_of(row.position, row.summary.thread_id)
    ):
        return
    promise_mail(
        session,
        template="threads/steelman",
        person_id=author.id,
        ids={"position": row.position_id, "steelman": row.id},
        now=now,
    )


def _text_of(session: Session, position: Position, seen: str) -> str | None:
    return session.scalar(
        select(Steelman.text)
        .where(Steelman.public_id == seen)
        .where(Steelman.position_id == position.id)
    )
