"""What a weekly letter to everybody costs: `python -m bench.notices [--members 1000 10000]`.

A series with so many members, each with a position that was answered by one who is named and once
under the Chatham House Rule, in a thread that has moved on, and each following the thread and a
value. The worker finds who is due, puts each letter together and writes it, and the letters go into
a folder. Seconds of the processor, the most memory that the process held, and how both grow.
"""

import argparse
import gc
import json
import math
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import time_machine
from flask import Flask
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bench.servers import site_app
from discussion.db import random_id, transaction
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import StageMove
from discussion.jobs.models import Job
from discussion.jobs.worker import Worker
from discussion.mail.queue import TASK
from discussion.migrations import every_table
from discussion.people.accounts.models import Person
from discussion.reach.notices.models import Follow, Notice, NoticeLetter
from discussion.series.series.models import Series
from discussion.web.site import site
from discussion.wiring.later import everything_later
from tests.factories import make_members, make_position, make_response, make_series, make_thread

RESULTS = Path(__file__).parent / "results-notices.json"
SIZES = (1_000, 10_000)
PER_THREAD = 100
AT_A_TIME = 500
THEN = datetime(2026, 11, 26, 10, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 7, tzinfo=UTC)


@dataclass(frozen=True)
class Cost:
    """One weekly run."""

    letters: int
    seconds: float  # of the processor
    peak: int  # bytes that the process held more than before, at most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", nargs="+", type=int, default=SIZES)
    found: dict[int, Cost] = {}
    for members in sorted(parser.parse_args().members):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            found[members] = _measured(Path(folder), members)
        cost = found[members]
        each = 1000 * cost.seconds / max(1, cost.letters)
        print(
            f"{members:>7} members: {cost.letters} letters, {cost.seconds:.1f} s of the"
            f" processor, {each:.1f} ms each, {cost.peak / 1e6:.0f} MB more at most",
            flush=True,
        )
    _grown(found)
    RESULTS.write_text(json.dumps({n: asdict(cost) for n, cost in found.items()}, indent=1) + "\n")
    print(f"\nWritten to {RESULTS}")


def _measured(folder: Path, members: int) -> Cost:
    app = site_app(folder, is_cached=False)
    engine = site(app).engine
    every_table().create_all(engine)
    for start in range(0, members, AT_A_TIME):
        with transaction(engine) as session:
            _fill(session, min(AT_A_TIME, members - start))
    try:
        return _run(app)
    finally:
        engine.dispose()


def _run(app: Flask) -> Cost:
    process = psutil.Process()
    before = peak = process.memory_info().rss
    every = everything_later()
    only = {"notices.look": every.periodic["notices.look"]}
    gc.enable()  # which tests do without
    worker = Worker(app, replace(every, periodic=only))
    began = time.process_time()
    with time_machine.travel(MONDAY, tick=False):
        worker.tick()
        while worker._take_one():
            peak = max(peak, process.memory_info().rss)
    seconds = time.process_time() - began
    with transaction(site(app).engine) as session:
        letters = session.scalar(select(func.count()).select_from(NoticeLetter)) or 0
        sent = session.scalar(
            select(func.count()).select_from(Job).where(Job.name == TASK, Job.done_at.is_not(None))
        )
        assert sent == letters, (sent, letters)
    return Cost(letters, seconds, peak - before)


def _fill(session: Session, members: int) -> None:
    series = session.scalar(select(Series)) or make_series(session, title="A large series")
    people = make_members(session, series, [{}] * members)
    for start in range(0, members, PER_THREAD):
        _fill_thread(session, series, people[start : start + PER_THREAD])


def _fill_thread(session: Session, series: Series, people: Sequence[Person]) -> None:
    thread = make_thread(session, series, stage="open", attribution="named")
    move = StageMove(
        thread_id=thread.id, cycle=thread.cycle, before="closed", after="open", at=THEN
    )
    session.add(move)
    positions = [
        make_position(session, thread, person, attribution="named", first_published_at=THEN)
        for person in people
    ]
    session.flush()
    for number, position in enumerate(positions):
        _tell(session, position, positions[number - 1].author, move.id)
    session.execute(
        insert(Follow),
        [
            {"person_id": one.id, "what": what, "subject": subject, "is_muted": False,
             "at": THEN, "told_until": THEN - timedelta(hours=1)}
            for one in people
            for what, subject in (
                ("thread", thread.slug), ("value", f"{series.slug}/equality"),
            )
        ],
    )  # fmt: skip


def _tell(session: Session, position: Position, other: Person, move: int) -> None:
    told = []
    for mode in ("named", "chatham_house"):
        made = make_response(session, position, other, attribution=mode, first_published_at=THEN)
        told.append(("round", "answered", {"response": made.id}))  # a kind for the week
    told.append(("moved", "moved_on", {"move": move}))
    session.execute(
        insert(Notice),
        [
            {"public_id": random_id(), "person_id": position.author_id, "kind": kind, "what": what,
             "ids": ids, "key": f"{what}-{position.id}-{number}", "at": THEN}
            for number, (kind, what, ids) in enumerate(told)
        ],
    )  # fmt: skip


def _grown(found: dict[int, Cost]) -> None:
    sizes = sorted(found)
    if len(sizes) < 2:
        return
    small, large = found[sizes[0]], found[sizes[-1]]
    grown = math.log(large.seconds / small.seconds) / math.log(sizes[-1] / sizes[0])
    print(f"\nThe time grows as the members to the power of {grown:.2f}")


if __name__ == "__main__":
    main()
