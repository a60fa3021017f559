"""How the desk grows with what waits and what was decided: `python -m bench.desk`.

A desk with 1,000 items waiting and 10,000 decisions behind it, and one with ten times as many of
both, side by side: seconds of the processor and statements for each thing that a moderator or a
reader asks of it.
A thing grows no worse than the desk when the last column is ten or less.
"""

import json
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from bench.servers import site_app
from discussion import clock
from discussion.audit.chain import BEGINNING, Entry, digest, find_breaks
from discussion.audit.models import AuditEvent
from discussion.audit.queries import stream_links
from discussion.db import random_id, transaction
from discussion.debate.positions.models import Position, Revision
from discussion.decisions.models import SAID, Decision
from discussion.decisions.queries.chained import find_altered, find_unchained
from discussion.migrations import every_table
from discussion.series.series.models import Series
from discussion.web.site import site
from tests.conftest import sign_in
from tests.factories import make_member, make_person, make_series, make_thread

SIZES = ((1_000, 10_000), (10_000, 100_000))
PER_THREAD = 100
ROUNDS = 5
RESULTS = Path(__file__).parent / "results-desk.json"
ACTIONS = ("approve", "approve", "send_back", "decline", "hide")


@dataclass(frozen=True)
class Desk:
    """A site with a full desk, and who asks."""

    app: Flask
    moderator: FlaskClient
    visitor: FlaskClient
    slug: str
    waiting: list[tuple[str, int]]  # (public id, version) of what may be decided


@dataclass(frozen=True)
class Cost:
    seconds: float
    statements: int


def main() -> None:
    costs = []
    for waiting, decided in SIZES:
        with tempfile.TemporaryDirectory(prefix="bench-desk-") as name:
            desk = _fill(Path(name), waiting, decided)
            costs.append({says: _measure(desk, ask) for says, ask in ASKED.items()})
            site(desk.app).engine.dispose()
    rows: dict[str, dict[str, Any]] = {
        says: {"small": vars(costs[0][says]), "large": vars(costs[1][says]),
               "grows": round(costs[1][says].seconds / costs[0][says].seconds, 2)}
        for says in ASKED
    }  # fmt: skip
    head = [f"{waiting:,} wait, {decided:,} decided" for waiting, decided in SIZES]
    print(f"{'':38}{head[0]:>30}{head[1]:>32}   ten times the desk costs")
    for says, row in rows.items():
        small, large = (f"{row[size]['seconds'] * 1000:9.1f} ms  {row[size]['statements']:4} st."
                        for size in ("small", "large"))  # fmt: skip
        print(f"{says:38}{small:>30}{large:>32}   {row['grows']:5} ×")
    RESULTS.write_text(json.dumps(rows, indent=1) + "\n")


def _list(desk: Desk) -> None:
    _ok(desk.moderator.get("/moderation").status_code)


def _open(desk: Desk) -> None:
    _ok(desk.moderator.get(f"/moderation/positions/{desk.waiting[0][0]}").status_code)


def _decide(desk: Desk) -> None:
    public_id, version = desk.waiting.pop()
    given = {"action": "approve", "version_id": str(version)}
    answered = desk.moderator.post(f"/moderation/positions/{public_id}/decide", data=given)
    _ok(answered.status_code, 303)


def _any_page(desk: Desk) -> None:
    _ok(desk.moderator.get("/about").status_code)


def _log(desk: Desk) -> None:
    _ok(desk.visitor.get(f"/transparency/{desk.slug}/log?again={random_id()}").status_code)


def _report(desk: Desk) -> None:
    _ok(desk.visitor.get(f"/transparency/{desk.slug}?again={random_id()}").status_code)


def _statistics(desk: Desk) -> None:
    _ok(desk.moderator.get("/moderation/statistics").status_code)


def _verify(desk: Desk) -> None:
    with transaction(site(desk.app).engine, writes=False) as session:
        altered, unchained = find_altered(session), find_unchained(session)
        if [*find_breaks(stream_links(session)), *altered, *unchained]:
            raise RuntimeError("the chain that was filled does not hold")


ASKED: dict[str, Callable[[Desk], None]] = {
    "the list of what waits": _list,
    "an item, opened": _open,
    "a decision": _decide,
    "any page, with the count on it": _any_page,
    "how the desk is doing": _statistics,
    "the log, one month": _log,
    "the report, one month": _report,
    "audit verify": _verify,
}


def _measure(desk: Desk, ask: Callable[[Desk], None]) -> Cost:
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    ask(desk)  # templates are compiled
    taken = []
    for _round in range(ROUNDS):
        began = time.process_time()
        ask(desk)
        taken.append(time.process_time() - began)
    engine = site(desk.app).engine
    event.listen(engine, "before_cursor_execute", listen)
    ask(desk)
    event.remove(engine, "before_cursor_execute", listen)
    spoken = [
        one for one in said if not one.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE"))
    ]
    return Cost(median(taken), len(spoken))


def _fill(folder: Path, waiting: int, decided: int) -> Desk:
    app = site_app(folder, is_cached=False)
    every_table().create_all(site(app).engine)
    now = clock.now()
    with transaction(site(app).engine) as session:
        series = make_series(session, moderation="pre")
        moderator = make_member(session, series, role="moderator")
        authors = [make_person(session).id for _each in range(PER_THREAD)]
        threads = [make_thread(session, series).id for _each in range(waiting // PER_THREAD)]
        seats = list(product(threads, authors))
        made = [_position(session, seat, now, number) for number, seat in enumerate(seats)]
        _decisions(session, series, moderator.id, made, decided, now)
        cookie_of, slug = moderator, series.slug
    client = sign_in(app.test_client(), cookie_of)
    return Desk(app, client, app.test_client(), slug, made)


def _position(
    session: Session, seat: tuple[int, int], now: datetime, number: int
) -> tuple[str, int]:
    at = now - timedelta(minutes=number % 4_000)
    position = session.execute(
        insert(Position).returning(Position.id),
        {"public_id": (public_id := random_id()), "thread_id": seat[0], "author_id": seat[1],
         "attribution": "role", "state": "draft", "created_at": at, "changed_at": at},
    ).scalar_one()  # fmt: skip
    revision = session.execute(
        insert(Revision).returning(Revision.id),
        {"position_id": position, "status": "pending", "claim": f"Every pupil, {number}.",
         "level": "school", "confidence": 3, "change_mind": ["evidence"],
         "is_without_study": True, "submitted_at": at},
    ).scalar_one()  # fmt: skip
    return public_id, revision


def _decisions(
    session: Session,
    series: Series,
    decider_id: int,
    subjects: list[tuple[str, int]],
    count: int,
    now: datetime,
) -> None:
    """Decisions over a year, each with its row of the chain; most on what is no longer there."""
    rows, events, previous = [], [], BEGINNING
    reasons = [reason.id for reason in series.reasons]
    for number in range(1, count + 1):
        at = now - timedelta(minutes=5 * (count - number + 1))
        subject = subjects[number % len(subjects)][0] if number % 10 == 0 else random_id()
        action = ACTIONS[number % len(ACTIONS)]
        one = Decision(
            public_id=random_id(), series_id=series.id, subject_kind="position",
            subject_id=subject, revision_id=None, action=action,
            reason_id=reasons[number % len(reasons)], why="", facts="", marks=[], twin_id="",
            addressed_to_id=None, decided_by_id=decider_id, decided_by_role="moderator", at=at,
        )  # fmt: skip
        rows.append({name: getattr(one, name) for name in ("public_id", *SAID, "at")})
        details = {"decision": one.public_id, "said": one.fingerprint}
        entry = Entry(number, series.id, decider_id, action, "position", subject, "", details, at)
        made = digest(entry, previous)
        events.append(vars(entry) | {"previous": previous, "hash": made})
        previous = made
    for start in range(0, count, 5_000):
        session.execute(insert(Decision), rows[start : start + 5_000])
        session.execute(insert(AuditEvent), events[start : start + 5_000])
    assert session.scalar(select(AuditEvent.number).order_by(AuditEvent.number.desc())) == count


def _ok(status: int, expected: int = 200) -> None:
    if status != expected:
        raise RuntimeError(f"answered {status}, not {expected}")


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
