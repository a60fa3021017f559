"""Opening and closing rounds as rows; asks no right, for moves of a thread do it as well.

What must be so in every way in which a round opens or closes: it asks the latest wordings, nothing
of it changes afterwards, members are told, and the findings are computed.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from discussion.audit.operations import append_event
from discussion.debate.threads.models import Thread
from discussion.jobs.queue import enqueue
from discussion.records import dump
from discussion.weighing.findings.operations.promising import promise_findings
from discussion.weighing.rounds.fixed import NOTHING, Counts
from discussion.weighing.rounds.models import Round, RoundStatement
from discussion.weighing.rounds.queries.finding import find_open, find_planned, list_latest
from discussion.weighing.rounds.words import CODES
from discussion.weighing.statements.models import StatementVersion

TELL = "rounds.tell"
COUNT = "rounds.count"


def set_statements(session: Session, round: Round, versions: Sequence[StatementVersion]) -> None:
    """Let a planned round ask these, in this order, each under a code of its kind: E1, F1, M1."""
    for row in list(round.statements):
        session.delete(row)
    session.flush()
    seen: Counter[str] = Counter()
    for order, version in enumerate(versions):
        kind = version.statement.kind
        seen[kind] += 1
        session.add(
            RoundStatement(
                round_id=round.id,
                version_id=version.id,
                order=order,
                code=f"{CODES[kind]}{seen[kind]}",
            )
        )
    session.flush()
    session.expire(round, ["statements"])


def follow_wordings(session: Session, round: Round) -> bool:
    """Ask the latest wordings of what was chosen; False where nothing that was chosen is left."""
    latest = {row.statement_id: row for row in list_latest(session, round.thread)}
    chosen = [row.version.statement_id for row in round.statements]
    versions = [latest[id] for id in chosen if id in latest]
    if [row.id for row in versions] != [row.version_id for row in round.statements]:
        set_statements(session, round, versions)
    return bool(versions)


def lock_round(session: Session, round: Round, *, shared: bool = False) -> None:
    """Hold a round, so that nobody rates while it closes; raters hold it together."""
    session.flush()
    session.refresh(round, with_for_update={"of": Round, "read": shared})


def open_row(session: Session, round: Round, now: datetime) -> None:
    """From now on people rate, and nothing of the round can change."""
    round.state, round.opened_at = "open", now
    round.counted = dump(NOTHING)
    session.flush()
    enqueue(session, TELL, {"round": round.id}, now=now)


def close_row(session: Session, round: Round, now: datetime, counts: Counts = NOTHING) -> None:
    """Nobody rates any more; without what was counted, the worker counts it."""
    round.state, round.closed_at = "closed", now
    round.counted = dump(counts)
    session.flush()
    if counts == NOTHING:
        enqueue(session, COUNT, {"round": round.id}, now=now)
    promise_findings(session, round.thread_id, "round_closed", now=now)


def follow_stage(session: Session, thread: Thread, by_id: int | None, now: datetime) -> None:
    """A thread begins to be weighed, or is weighed no longer."""
    if thread.stage == "weighing":
        enter_weighing(session, thread, by_id, now)
    else:
        leave_weighing(session, thread, by_id, now)


def enter_weighing(session: Session, thread: Thread, by_id: int | None, now: datetime) -> None:
    """A thread begins to be weighed: the round that is ready opens, if its time has come."""
    if find_open(session, thread) is not None:
        return
    round = find_planned(session, thread)
    if (
        round is None
        or round.cycle != thread.cycle
        or thread.series.status != "open"
        or not round.opens_at <= now < round.closes_at
        or not follow_wordings(session, round)
    ):
        return
    open_row(session, round, now)
    note(session, round, "open_round", by_id, now)


def leave_weighing(session: Session, thread: Thread, by_id: int | None, now: datetime) -> None:
    """A thread is weighed no longer: the round that is open closes, whatever its day."""
    round = find_open(session, thread)
    if round is None:
        return
    lock_round(session, round)
    close_row(session, round, now)
    note(session, round, "close_round", by_id, now)


def note(session: Session, round: Round, verb: str, by_id: int | None, now: datetime) -> None:
    """A link of the chain for what followed from something else, or from the day."""
    append_event(
        session,
        series_id=round.thread.series_id,
        actor_id=by_id,
        verb=verb,
        subject=("round", round.public_id),
        now=now,
        details={"number": round.number, "cycle": round.cycle},
    )
