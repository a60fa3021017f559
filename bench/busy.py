"""Readers while others write: `python -m bench.busy [--seconds 8] [--by waitress]`.

Fifty readers of one thread's page while nothing, one and ten unrelated changes a second are
committed; then two hundred readers of many pages, one in ten signed in, and eight people who each
open a form, send a response and see it, every second, on SQLite and on PostgreSQL.
"""

import argparse
import json
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from bench.filling import fill_site
from bench.load import Ask, Measured, load, measured
from bench.servers import SERVERS, Server, of_site, serving, settings_of
from bench.writing import Writer
from discussion import clock
from discussion.app import create_app
from discussion.db import make_engine, transaction
from discussion.debate.threads.models import Thread
from discussion.people.accounts.operations.sessions import begin_session
from tests.databases import KINDS, migrated_database
from tests.factories import make_member, make_series, make_thread

RESULTS = Path(__file__).parent / "results-busy.json"
PACKED = {"Accept-Encoding": "gzip"}
READERS, MANY, WRITERS = 50, 200, 8
RATES = (0, 1, 10)  # unrelated commits a second
PAUSE = 1.0  # seconds between what one writer does and the next


@dataclass(frozen=True)
class World:
    """Pages to read, and the cookies of those who are signed in."""

    pages: dict[str, str]
    positions: list[str]
    elsewhere: str  # the thread of another series, in which nobody here reads
    cookies: list[str]


def main() -> None:
    typed = _arguments()
    found: dict[str, object] = {"served by": typed.by}
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        for kind in KINDS:
            with migrated_database(kind, Path(name)) as url:
                folder = Path(name) / kind
                folder.mkdir()
                found[kind] = _measure(kind, folder, url, typed)
    RESULTS.write_text(json.dumps(found, indent=1) + "\n")
    print(f"\nWritten to {RESULTS}")


def _measure(kind: str, folder: Path, url: str, typed: argparse.Namespace) -> dict[str, object]:
    engine = make_engine(url, threads=2)
    try:
        world = fill(engine, folder, url)
        with serving(of_site("site", folder, url), typed.by) as server:
            unrelated = _unrelated(server, engine, world, typed)
            _say_unrelated(kind, typed.by, unrelated)
            together = _together(server, world, typed.seconds)
            _say_together(kind, typed.by, together)
    finally:
        engine.dispose()
    return {
        "unrelated": {rate: asdict(one) for rate, one in unrelated.items()},
        "together": {who: asdict(one) for who, one in together.items()},
    }


def fill(engine: Engine, folder: Path, url: str) -> World:
    app = create_app(settings_of(folder, url))
    with transaction(engine) as session:
        filled = fill_site(session, moderation="post")
        thread = session.scalars(
            select(Thread).where(Thread.slug == filled["thread"].rpartition("/")[2])
        ).one()
        people = [make_member(session, thread.series) for _ in range(WRITERS + MANY // 10)]
        tokens = [begin_session(session, one, device="bench", now=clock.now())[1] for one in people]
        positions = [position.public_id for position in thread.positions]
        elsewhere = make_thread(session, make_series(session)).slug
    app.extensions["site"].engine.dispose()
    sign = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookies = [f"session={sign.dumps({'_user_id': token, '_fresh': True})}" for token in tokens]
    del filled["reader"]
    return World(filled, positions, elsewhere, cookies)


def _unrelated(
    server: Server, engine: Engine, world: World, typed: argparse.Namespace
) -> dict[int, Measured]:
    """Alternated, so that a machine that others use as well favours no rate."""
    rounds: dict[int, list[Measured]] = {rate: [] for rate in RATES}
    ask = [Ask(world.pages["thread"], PACKED)]
    for number in range(typed.rounds):
        for rate in RATES if number % 2 == 0 else RATES[::-1]:
            with _committing(engine, world, rate):
                one = load(server, ask, seconds=typed.seconds, connections=READERS)
            rounds[rate].append(one)
    return {
        rate: Measured(
            median(one.per_second for one in many),
            median(one.p50 for one in many),
            median(one.p99 for one in many),
            median(one.driver for one in many),
            median(one.paid for one in many),
        )
        for rate, many in rounds.items()
    }


@contextmanager
def _committing(engine: Engine, world: World, rate: int) -> Iterator[None]:
    """Somebody changes another series' thread so many times a second, from another process."""
    ended = threading.Event()

    def commit(session: Session, number: int) -> None:
        session.execute(
            update(Thread).where(Thread.slug == world.elsewhere).values(context=f"Change {number}.")
        )

    def run() -> None:
        number = 0
        while rate and not ended.wait(1 / rate):
            number += 1
            with transaction(engine) as session:
                commit(session, number)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(10)


def _together(server: Server, world: World, seconds: float) -> dict[str, Measured]:
    """Two hundred readers without a pause, eight writers with one; raises for a bad answer."""
    members = world.cookies[WRITERS:]
    asks = []
    for number, path in enumerate(world.pages.values()):
        asks += [Ask(path, PACKED)] * 9
        asks.append(Ask(path, PACKED | {"Cookie": members[number % len(members)]}))
    until = time.perf_counter() + seconds
    writers = [Writer(server.port, cookie, world.positions) for cookie in world.cookies[:WRITERS]]
    threads = [
        threading.Thread(target=_keep_writing, args=(writer, number, until), daemon=True)
        for number, writer in enumerate(writers)
    ]
    for thread in threads:
        thread.start()
    reads = load(server, asks, seconds=seconds, connections=MANY)
    for thread in threads:
        thread.join(60)
    wrong = [writer.failed for writer in writers if writer.failed]
    if wrong:
        raise RuntimeError(f"a writer was refused: {wrong[0]}")
    opened = [took for writer in writers for took in writer.opened]
    sent = [took for writer in writers for took in writer.sent]
    return {"reads": reads, "opening": measured(opened, seconds), "writes": measured(sent, seconds)}


def _keep_writing(writer: Writer, number: int, until: float) -> None:
    time.sleep(PAUSE * number / WRITERS)
    while time.perf_counter() < until and not writer.failed:
        writer.write()
        time.sleep(PAUSE)


def _say_unrelated(kind: str, by: str, found: dict[int, Measured]) -> None:
    print(f"\n{READERS} readers of a thread, {kind}, {by}\n")
    print(f"{'unrelated commits a second':28}{'requests/s':>11}{'p50 ms':>9}{'p99 ms':>9}"
          f"{'× none':>9}{'CPU ms':>8}{'driver':>8}")  # fmt: skip
    for rate, one in found.items():
        print(f"{rate:<28}{one.per_second:11.1f}{one.p50:9.1f}{one.p99:9.1f}"
              f"{one.per_second / found[0].per_second:9.2f}{one.paid:8.2f}"
              f"{one.driver:8.0%}")  # fmt: skip


def _say_together(kind: str, by: str, found: dict[str, Measured]) -> None:
    print(f"\n{MANY} readers and {WRITERS} writers, {kind}, {by}: no answer was an error\n")
    print(f"{'':28}{'a second':>11}{'p50 ms':>9}{'p99 ms':>9}{'driver':>8}")
    for who, one in found.items():
        print(f"{who:28}{one.per_second:11.1f}{one.p50:9.1f}{one.p99:9.1f}{one.driver:8.0%}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.busy", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--seconds", type=float, default=8, help="how long each time")
    parser.add_argument("--by", choices=SERVERS, default="waitress", help="which server")
    return parser.parse_args()


if __name__ == "__main__":
    main()
