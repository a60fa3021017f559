"""What an acknowledged write costs on SQLite, kept through a power cut or not: `bench.writes`.

Each is one row in a transaction of its own, as a request writes it: with `full` the disk has it
before the answer, with `normal` the system has it. It is measured on the disk of this folder, since
`/tmp` is often no disk; the two take turns, so that a busy machine favours neither.
"""

import json
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import Engine

from discussion import clock
from discussion.db import Base, make_engine, transaction
from discussion.people.accounts.models import Attempt

CHOICES = ("full", "normal")
ROUNDS, WRITES = 10, 50
RESULTS = Path(__file__).parent / "results-writes.json"


def main() -> None:
    spent: dict[str, list[float]] = {choice: [] for choice in CHOICES}
    with ExitStack() as stack:
        engines = {choice: _engine(stack, choice) for choice in CHOICES}
        for number in range(ROUNDS):
            for choice in CHOICES if number % 2 == 0 else CHOICES[::-1]:
                spent[choice] += [_write(engines[choice]) for _ in range(WRITES)]
    rows = {
        choice: {"p50_ms": median(each) * 1000, "p99_ms": quantiles(each, n=100)[98] * 1000}
        for choice, each in spent.items()
    }
    print(f"{'synchronous':12} {'p50 ms':>8} {'p99 ms':>8}")
    for choice, row in rows.items():
        print(f"{choice:12} {row['p50_ms']:8.2f} {row['p99_ms']:8.2f}")
    RESULTS.write_text(json.dumps(rows, indent=1) + "\n")


def _engine(stack: ExitStack, choice: str) -> Engine:
    folder = stack.enter_context(tempfile.TemporaryDirectory(dir=RESULTS.parent))
    engine = make_engine(f"sqlite:///{folder}/bench.sqlite", synchronous=choice)
    stack.callback(engine.dispose)
    Base.metadata.create_all(engine, tables=[Base.metadata.tables["attempt"]])
    return engine


def _write(engine: Engine) -> float:
    began = time.perf_counter()
    with transaction(engine) as session:
        session.add(Attempt(key="bench", at=clock.now()))
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
