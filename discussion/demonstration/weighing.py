"""Two threads of the demonstration are weighed: one was, with its findings, and one is now.

Everything goes through the site's own operations, each at its moment: statements are drafted and
their authors asked, a round is planned and opened, people rate, and its day closes it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.debate.threads.models import Thread
from discussion.demonstration.files import morning_of
from discussion.demonstration.people import Staff
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer
from discussion.weighing.findings.operations import compute_findings
from discussion.weighing.rounds.drafts_rating import RatingDraft
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.planning import plan_round
from discussion.weighing.rounds.operations.rating import rate
from discussion.weighing.rounds.operations.running import count_round, move_due_rounds, open_round
from discussion.weighing.rounds.queries.planning import begin_draft
from discussion.weighing.statements.drafts import Rewording, StatementDraft
from discussion.weighing.statements.models import Statement
from discussion.weighing.statements.operations.asking import confirm_statement
from discussion.weighing.statements.operations.drafting import draft_statement, reword_statement
from discussion.weighing.statements.queries.finding import newest_of

Content = Mapping[str, Any]
SEED = 20261105  # of the order in which statements are asked
_REASONABLE = {"y": "yes", "n": "no", "u": "not_sure"}
_NOT_NUMBERS = {"?": "dont_know", "-": "not_for_me"}


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


def list_raters(contents: Iterable[Content]) -> list[dict[str, Any]]:
    """Those who rate and do nothing else, as people of the content files."""
    raters = [entry for content in contents for entry in content["raters"]]
    return [{"key": _key(entry), **entry} for entry in raters if "name" in entry]


def add_weighing(session: Session, content: Content, raters: Raters, now: datetime) -> Round:
    """Draft, ask, plan, open and rate; a round whose last day is over is closed, and counted."""
    thread = session.scalars(select(Thread).where(Thread.slug == content["thread"])).one()
    days = _days(content["days"], now.date())
    statements = _draft(session, thread, content, raters, days)
    _answer(session, thread, statements, content, days)
    round = _open(session, thread, raters, days)
    _rate(session, round, content, raters, days)
    over = morning_of(days.closed + timedelta(days=1))
    if over > now:
        count_round(session, round, raters.secret)  # what is asked next is what is needed
        return round
    move_due_rounds(session, raters.secret, over)
    return round


def add_findings(session: Session, rounds: Iterable[Round], raters: Raters) -> None:
    """What the rounds that have closed say: made here, since nothing waits for a worker."""
    for round in rounds:
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


def _open(session: Session, thread: Thread, raters: Raters, days: Days) -> Round:
    """Planned the day before, with the series' thresholds, and opened on its day."""
    planned, opened = morning_of(days.answered), morning_of(days.opened)
    thread.making_sense_on = days.closed + timedelta(days=1)
    draft = replace(
        begin_draft(session, thread, planned), opens_on=days.opened, closes_on=days.closed
    )
    actor = raters.staff.viewer(session, "moderator", planned)
    round = plan_round(session, actor, thread, draft, seed=SEED, now=planned)
    open_round(session, raters.staff.viewer(session, "moderator", opened), round, now=opened)
    return round


def _rate(session: Session, round: Round, content: Content, raters: Raters, days: Days) -> None:
    codes = content["order"].split()
    reasons = {(one["by"], one["code"]): one["said"] for one in content.get("reasons", ())}
    moments = _moments(days.opened)
    for entry in content["raters"]:
        at, who = next(moments), _key(entry)
        drafts = [
            _rating(code, said, reasons.get((who, code), ""))
            for code, said in zip(codes, entry["says"].split(), strict=True)
            if said != "."
        ]
        actor = viewer_of(session, raters.people[who], at)
        rate(session, actor, round, drafts, secret=raters.secret, now=at)


def _rating(code: str, said: str, reason: str) -> RatingDraft:
    """2yc: disagrees, finds it reasonable all the same, and it would change their position."""
    return RatingDraft(
        code=code,
        value=_NOT_NUMBERS.get(said[0], said[0]),
        reasonable=next((_REASONABLE[mark] for mark in said[1:] if mark in _REASONABLE), ""),
        is_crux="c" in said[1:],
        reason=reason,
    )


def _positions(session: Session, thread: Thread) -> list[Position]:
    asked = select(Position).where(Position.thread_id == thread.id)
    return list(session.scalars(asked.where(Position.state == "published")))


def _author(session: Session, person: Person, now: datetime) -> Viewer:
    return viewer_of(session, person, now)


def _key(entry: Content) -> str:
    return str(entry.get("key") or entry["name"].lower().replace(" ", "-"))


def _moments(day: date) -> Iterator[datetime]:
    """Moments of a working day, some minutes apart."""
    return (morning_of(day, minute=minute) for minute in count(5, 7))
