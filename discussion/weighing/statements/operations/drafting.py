"""Drafting statements: each wording is a version that nobody changes once it is written.

Authors of what a statement draws on are asked whether it is fair. A new wording asks them afresh,
unless moderators say, with a reason, that it means the same; then the answers go along. What stands
in a round stays there as it was.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, text
from discussion.debate.positions.models import Position
from discussion.debate.threads.drafts import problems_in_why
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations.record import lock_thread, record
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, allowed, require
from discussion.problems import Invalid, Problem, Refused
from discussion.weighing.statements.drafts import (
    Rewording,
    StatementDraft,
    problems_in_asking,
    problems_in_kind,
    problems_in_rewording,
    problems_in_sources,
    problems_in_statement,
)
from discussion.weighing.statements.models import Statement, StatementSource, StatementVersion
from discussion.weighing.statements.operations.asking import ask_authors, carry_answers
from discussion.weighing.statements.queries.finding import (
    DRAFTED_STAGES,
    Standing,
    find_statement,
    list_statements,
    newest_of,
    standings_of,
)


class RewordedMeanwhile(Exception):
    """Somebody else wrote a version after the page was opened that this came from."""


def draft_statement(
    session: Session, actor: Viewer, thread: Thread, draft: StatementDraft, *, now: datetime
) -> Statement:
    """A new statement, of which the authors of its sources are asked whether it is fair.

    Raises Invalid, Refused, and Forbidden for who chooses a position of their own.
    """
    require(actor, May.DRAFT_STATEMENTS, thread)
    lock_thread(session, thread)
    _refuse_unless_drafted(thread)
    before = list_statements(session, thread)
    problems = problems_in_statement(draft, others=_said(before), today=clock.day(now))
    sources, problem = _choose(session, actor, thread, draft.sources)
    if problems := [*problems, *problem]:
        raise Invalid(problems)
    made = Statement(
        thread_id=thread.id,
        kind=draft.kind,
        is_moderators_own=not sources,
        order=max((row.order for row in before), default=0) + 1,
        made_by_id=actor.person_id,
        made_at=now,
    )
    made.sources = [StatementSource(position=position) for position in sources]
    first = Rewording(text=draft.text, language=draft.language, answer_by=draft.answer_by)
    version = _write(made, actor, thread, first, now=now)
    session.add(made)
    session.flush()
    record(
        session,
        actor,
        thread,
        "draft_statement",
        now=now,
        statement=made.public_id,
        kind=made.kind,
        rests_on=[position.public_id for position in sources],
    )
    ask_authors(session, thread, version, sources, now)
    return made


def reword_statement(
    session: Session,
    actor: Viewer,
    statement: Statement,
    draft: Rewording,
    *,
    seen: int,
    now: datetime,
) -> StatementVersion:
    """The next version, `seen` being the one that it follows; what stands in rounds stays there.

    Raises RewordedMeanwhile, Invalid and Refused.
    """
    require(actor, May.DRAFT_STATEMENTS, statement.thread)
    statement = hold(session, statement)
    _refuse_own_alone(actor, statement)
    old = newest_of(statement)
    if old.version != seen:
        raise RewordedMeanwhile
    others = [row for row in list_statements(session, statement.thread) if row is not statement]
    sources = [row.position for row in statement.sources]
    is_same = _language_of(statement.thread, draft) == old.language  # else only that may change
    if problems := problems_in_rewording(
        draft,
        before=old.written if is_same else "",
        others=_said(others),
        asks=bool(sources),
        today=clock.day(now),
    ):
        raise Invalid(problems)
    said = replace(draft, answer_by=old.answer_by) if draft.is_editorial else draft
    version = _write(statement, actor, statement.thread, said, now=now)
    session.flush()
    record(
        session,
        actor,
        statement.thread,
        "reword_statement",
        why=draft.why,
        now=now,
        statement=statement.public_id,
        version=version.version,
        is_editorial=draft.is_editorial,
    )
    if draft.is_editorial:
        carry_answers(session, old, version)
    else:
        ask_authors(session, statement.thread, version, sources, now)
    return version


def sort_statement(
    session: Session, actor: Viewer, statement: Statement, kind: str, *, now: datetime
) -> None:
    """Give it another kind, without a new version; a round that was held here keeps its kinds."""
    require(actor, May.DRAFT_STATEMENTS, statement.thread)
    statement = hold(session, statement)
    if problems := list(problems_in_kind(kind)):
        raise Invalid(problems)
    if kind == statement.kind:
        return
    if statement.kind and any(not one.is_imported for one in _standings(session, statement)):
        raise Refused(_("It is in a round, so its kind stays as it is."))
    record(
        session,
        actor,
        statement.thread,
        "sort_statement",
        now=now,
        statement=statement.public_id,
        before=statement.kind,
        kind=kind,
    )
    statement.kind = kind
    if kind != "means":
        statement.placements = {}
    session.flush()


def redraw_statement(
    session: Session,
    actor: Viewer,
    statement: Statement,
    sources: Collection[str],
    *,
    is_own: bool,
    answer_by: date | None,
    now: datetime,
) -> None:
    """Draw it on other positions, given by public id; the authors of new ones are asked too.

    One's own stays where another moderator put it, and is never added or taken away by oneself.
    """
    require(actor, May.DRAFT_STATEMENTS, statement.thread)
    statement = hold(session, statement)
    if any(not one.is_imported for one in _standings(session, statement)):
        raise Refused(_("It is in a round, so the positions it draws on stay as they are."))
    kept = [
        row
        for row in statement.sources
        if row.position.public_id in sources
        or not allowed(actor, May.CURATE_POSITION, row.position)
    ]
    before = {row.position.public_id for row in statement.sources}
    added, problems = _choose(session, actor, statement.thread, set(sources) - before)
    chosen = (*(row.position.public_id for row in kept), *(row.public_id for row in added))
    problems += problems_in_sources(chosen, is_own=is_own)
    newest = newest_of(statement)
    if added:
        problems += problems_in_asking(answer_by, clock.day(now))
    if problems:
        raise Invalid(problems)
    if set(chosen) == before:
        return
    for row in set(statement.sources) - set(kept):
        session.delete(row)
    session.flush()
    session.expire(statement, ["sources"])
    statement.sources.extend(StatementSource(position=position) for position in added)
    statement.is_moderators_own = not chosen
    if added:
        newest.answer_by = answer_by
    session.flush()
    record(
        session,
        actor,
        statement.thread,
        "redraw_statement",
        now=now,
        statement=statement.public_id,
        rests_on=sorted(chosen),
    )
    ask_authors(session, statement.thread, newest, added, now)


def order_statement(
    session: Session, actor: Viewer, statement: Statement, to: str, *, now: datetime
) -> None:
    """First of its kind, or one place up or down; rounds keep the order they were planned with."""
    require(actor, May.DRAFT_STATEMENTS, statement.thread)
    statement = hold(session, statement)
    rows = list(list_statements(session, statement.thread))
    alike = [row for row in rows if row.kind == statement.kind and row.retired_at is None]
    if statement not in alike:
        return
    at = alike.index(statement)
    place = {"first": 0, "up": max(at - 1, 0), "down": at + 1}[to]
    alike.insert(place, alike.pop(at))
    before = [row.order for row in rows]
    rest = [row for row in rows if row not in alike]
    for order, row in enumerate([*alike, *rest], start=1):
        row.order = order
    if [row.order for row in rows] != before:
        record(
            session,
            actor,
            statement.thread,
            "order_statement",
            now=now,
            statement=statement.public_id,
            to=to,
        )
    session.flush()


def retire_statement(
    session: Session, actor: Viewer, statement: Statement, *, why: str, now: datetime
) -> None:
    """Offer it to no further round; what was rated of it stays. Raises Refused and Invalid."""
    require(actor, May.DRAFT_STATEMENTS, statement.thread)
    statement = hold(session, statement)
    states = {one.state for one in _standings(session, statement)}
    if "open" in states:
        raise Refused(_("It is being rated. Retire it when the round has closed."))
    if "planned" in states:
        raise Refused(_("It is in a planned round. Take it out of the round first."))
    if statement.retired_at is not None:
        raise Refused(_("It is retired already."))
    if problems := problems_in_why(why):
        raise Invalid(problems)
    statement.retired_at = now
    record(
        session,
        actor,
        statement.thread,
        "retire_statement",
        why=why,
        now=now,
        statement=statement.public_id,
    )


def restore_statement(
    session: Session, actor: Viewer, statement: Statement, *, now: datetime
) -> None:
    """Offer a retired statement to rounds again."""
    require(actor, May.DRAFT_STATEMENTS, statement.thread)
    statement = hold(session, statement)
    if statement.retired_at is None:
        raise Refused(_("It is not retired."))
    statement.retired_at = None
    record(
        session,
        actor,
        statement.thread,
        "restore_statement",
        now=now,
        statement=statement.public_id,
    )


def hold(session: Session, statement: Statement) -> Statement:
    """The statement as it is now that nobody else changes it."""
    lock_thread(session, statement.thread)
    _refuse_unless_drafted(statement.thread)
    found = find_statement(session, statement.thread, statement.public_id)
    if found is None:
        raise Refused(_("This statement is in another thread now."))
    return found


def _refuse_unless_drafted(thread: Thread) -> None:
    if thread.is_hidden:
        raise Refused(_("The thread is hidden. Show it again first."))
    if thread.stage not in DRAFTED_STAGES:
        raise Refused(_("Statements are drafted while a thread is open, weighed or made sense of."))


def _refuse_own_alone(actor: Viewer, statement: Statement) -> None:
    """Nobody words what draws on nobody but themself."""
    authors = {row.position.author_id for row in statement.sources}
    if authors == {actor.person_id}:
        raise Refused(_("It draws on your own position alone, so another moderator rewords it."))


def _standings(session: Session, statement: Statement) -> tuple[Standing, ...]:
    return standings_of(session, [statement.id]).get(statement.id, ())


def _said(rows: Iterable[Statement]) -> set[str]:
    """What statements that are not retired say, folded."""
    return {text.fold(newest_of(row).written) for row in rows if row.retired_at is None}


def _choose(
    session: Session, actor: Viewer, thread: Thread, public_ids: Collection[str]
) -> tuple[list[Position], list[Problem]]:
    """The positions of these ids, by number, and what is wrong with the choice."""
    rows = session.scalars(
        select(Position)
        .where(Position.thread_id == thread.id)
        .where(Position.public_id.in_(public_ids))
        .where(Position.state == "published")
        .order_by(Position.number)
    ).all()
    if any(not allowed(actor, May.CURATE_POSITION, row) for row in rows):
        raise Forbidden(May.CURATE_POSITION)
    if len(rows) == len(set(public_ids)):
        return list(rows), []
    gone = _(
        "A position that you chose is not shown in this thread any more. Look at your choice again."
    )
    return list(rows), [Problem("sources", gone)]


def _language_of(thread: Thread, draft: StatementDraft | Rewording) -> str:
    return text.language_of(draft.text, draft.language, thread.usual_languages)


def _write(
    statement: Statement,
    actor: Viewer,
    thread: Thread,
    said: Rewording,
    *,
    now: datetime,
) -> StatementVersion:
    version = StatementVersion(
        version=len(statement.versions) + 1,
        written=text.line(said.text),
        language=_language_of(thread, said),
        is_editorial=said.is_editorial,
        why=text.paragraphs(said.why),
        answer_by=said.answer_by if statement.sources else None,
        written_by_id=actor.person_id,
        written_at=now,
    )
    statement.versions.append(version)
    return version
