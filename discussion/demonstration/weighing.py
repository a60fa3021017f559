"""Some threads of the demonstration were weighed, with their findings, and one is weighed now.

Everything goes through the site's own operations, each at its moment: statements are drafted and
their authors asked, a round is planned and opened, people rate, and its day closes it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.debate.threads.operations.curating import note_on_thread
from discussion.demonstration.answers import Answers, answers_again, answers_of
from discussion.demonstration.files import morning_of
from discussion.demonstration.people import Staff
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer
from discussion.weighing.findings.operations import compute_findings
from discussion.weighing.rounds.drafts_planning import RoundDraft
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.planning import plan_round
from discussion.weighing.rounds.operations.rating import rate_together
from discussion.weighing.rounds.operations.running import count_round, move_due_rounds, open_round
from discussion.weighing.rounds.queries.planning import begin_draft
from discussion.weighing.statements.drafts import Rewording, StatementDraft
from discussion.weighing.statements.models import Statement
from discussion.weighing.statements.operations.asking import confirm_statement
from discussion.weighing.statements.operations.drafting import draft_statement, reword_statement
from discussion.weighing.statements.operations.placing import place_statement
from discussion.weighing.statements.queries.finding import newest_of

Content = Mapping[str, Any]
SEED = 20261105  # of the order in which statements are asked


@dataclass(frozen=True)
class Raters:
    """Who rates, who runs the round, and the site's secret, under which answers are kept."""

    people: Mapping[str, Person]
    staff: Staff
    secret: str


@dataclass(frozen=True)
class Days:
    """When each step was taken; the file gives days, or how many before and after today."""

    drafted: date
    answered: date
    opened: date
    closed: date


def add_weighing(session: Session, content: Content, raters: Raters, now: datetime) -> Round:
    """Draft, ask, plan, open and rate; a round whose last day is over is closed, and counted.

    Where the file says so, another follows after a note of the moderators. Returns the last one.
    """
    thread = session.scalars(select(Thread).where(Thread.slug == content["thread"])).one()
    days, again = _days(content["days"], now.date()), content.get("again")
    statements = _draft(session, thread, content, raters, days)
    _answer(session, thread, statements, content, days)
    planned = begin_draft(session, thread, morning_of(days.answered))
    thread.making_sense_on = (again["closed"] if again else days.closed) + timedelta(days=1)
    if not again:
        return _hold(session, thread, planned, answers_of(content), raters, days, now)
    first = replace(planned, rounds=2)
    add_findings(
        session, _hold(session, thread, first, answers_of(content), raters, days, now), raters
    )
    then = Days(days.drafted, again["noted"], again["opened"], again["closed"])
    at = morning_of(then.answered)
    actor = raters.staff.viewer(session, "moderator", at)
    note_on_thread(session, actor, thread, again["note"], now=at)
    second = begin_draft(session, thread, at)
    return _hold(session, thread, second, answers_again(content), raters, then, now)


def _hold(
    session: Session,
    thread: Thread,
    planned: RoundDraft,
    answers: Answers,
    raters: Raters,
    days: Days,
    now: datetime,
) -> Round:
    """One round, from its plan to its last day, or to today."""
    round = _open(session, thread, planned, raters, days)
    _rate(session, round, answers, raters, days.opened)
    over = morning_of(days.closed + timedelta(days=1))
    if over > now:
        count_round(session, round, raters.secret)  # what is asked next is what is needed
    else:
        move_due_rounds(session, raters.secret, over)
    return round


def add_findings(session: Session, round: Round, raters: Raters) -> None:
    """What a round says that has closed: made here, since nothing waits for a worker."""
    if round.closed_at is not None:
        compute_findings(
            session, round.thread_id, "round_closed", secret=raters.secret, now=round.closed_at
        )


def _days(given: Content, today: date) -> Days:
    """A day of the file, or a number of days from today."""
    return Days(
        **{
            name: said if isinstance(said, date) else today + timedelta(days=said)
            for name, said in given.items()
        }
    )


def _draft(
    session: Session, thread: Thread, content: Content, raters: Raters, days: Days
) -> dict[str, Statement]:
    """Every statement, by the code that it will have in the round."""
    numbers = {row.number: row.public_id for row in _positions(session, thread)}
    moments = _moments(days.drafted)
    made = {}
    for entry in content["statements"]:
        at = next(moments)
        draft = StatementDraft(
            kind=entry["kind"],
            text=entry.get("mended", {}).get("before", entry["text"]),
            sources=tuple(numbers[number] for number in entry["sources"]),
            answer_by=days.answered,
        )
        actor = raters.staff.viewer(session, "moderator", at)
        made[entry["code"]] = draft_statement(session, actor, thread, draft, now=at)
        if "place" in entry:
            place_statement(session, actor, made[entry["code"]], entry["place"], now=at)
    for entry in content["statements"]:
        if "mended" in entry:
            _mend(session, made[entry["code"]], entry, raters, next(moments) + timedelta(days=1))
    return made


def _mend(
    session: Session, statement: Statement, entry: Content, raters: Raters, now: datetime
) -> None:
    """An author asks for other words, and a moderator writes them: it means the same."""
    mended = entry["mended"]
    for row in newest_of(statement).confirmations:
        if row.position.number == mended["by"]:
            confirm_statement(
                session,
                _author(session, row.person, now),
                row,
                seen=row.public_id,
                answer="mend",
                said=mended["said"],
                now=now,
            )
    at = now + timedelta(hours=4)
    actor = raters.staff.viewer(session, "moderator", at)
    draft = Rewording(text=entry["text"], is_editorial=True, why=mended["why"])
    reword_statement(session, actor, statement, draft, seen=1, now=at)


def _answer(
    session: Session,
    thread: Thread,
    statements: Mapping[str, Statement],
    content: Content,
    days: Days,
) -> None:
    """Authors find them fair, but for those of whom the file says that they stay silent."""
    moments = _moments(days.answered - timedelta(days=1))
    for statement in statements.values():
        for row in newest_of(statement).confirmations:
            if row.position.number in content["silent"]:
                continue
            at = next(moments)
            confirm_statement(
                session,
                _author(session, row.person, at),
                row,
                seen=row.public_id,
                answer="fair",
                said="",
                now=at,
            )


def _open(session: Session, thread: Thread, draft: RoundDraft, raters: Raters, days: Days) -> Round:
    """Planned the day before, with the series' thresholds, and opened on its day."""
    planned, opened = morning_of(days.answered), morning_of(days.opened)
    draft = replace(draft, opens_on=days.opened, closes_on=days.closed)
    actor = raters.staff.viewer(session, "moderator", planned)
    round = plan_round(session, actor, thread, draft, seed=SEED, now=planned)
    open_round(session, raters.staff.viewer(session, "moderator", opened), round, now=opened)
    return round


def _rate(session: Session, round: Round, answers: Answers, raters: Raters, opened: date) -> None:
    at = morning_of(opened, minute=5)
    given = [
        (viewer_of(session, raters.people[who], at), drafts) for who, drafts in answers.items()
    ]
    rate_together(session, round, given, secret=raters.secret, now=at)


def _positions(session: Session, thread: Thread) -> list[Position]:
    asked = select(Position).where(Position.thread_id == thread.id)
    return list(session.scalars(asked.where(Position.state == "published")))


def _author(session: Session, person: Person, now: datetime) -> Viewer:
    return viewer_of(session, person, now)


def _moments(day: date) -> Iterator[datetime]:
    """Moments of a working day, some minutes apart."""
    return (morning_of(day, minute=minute) for minute in count(5, 7))
