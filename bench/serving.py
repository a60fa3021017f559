"""Which server serves the site best: `python -m bench.serving [--rounds 3] [--seconds 3]`.

Each of those that are installed, with one process and the threads that `discussion serve` has; the
thread's page kept and made anew, fifty readers each, on SQLite. They take turns.
"""

import argparse
import json
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from bench.busy import PACKED, READERS, fill
from bench.load import Ask, Measured, load
from bench.servers import SERVERS, of_site, serving
from discussion.db import make_engine
from tests.databases import migrated_database

RESULTS = Path(__file__).parent / "results-serving.json"
HOW = {"kept": "site", "not kept": "unkept"}


def main() -> None:
    typed = _arguments()
    installed = [name for name in SERVERS if find_spec(name)]
    rounds: dict[str, list[Measured]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        url = stack.enter_context(migrated_database("sqlite", folder))
        engine = make_engine(url, threads=2)
        world = fill(engine, folder, url)
        engine.dispose()
        running = {
            (how, by): stack.enter_context(serving(of_site(kind, folder, url), by))
            for how, kind in HOW.items()
            for by in installed
        }
        ask = [Ask(world.pages["thread"], PACKED)]
        for number in range(typed.rounds):
            order = list(running.items())[:: 1 if number % 2 == 0 else -1]
            for (how, by), server in order:
                one = load(server, ask, seconds=typed.seconds, connections=READERS)
                rounds.setdefault(f"{how}, {by}", []).append(one)
    _report(rounds)
    said = {name: [asdict(one) for one in many] for name, many in rounds.items()}
    RESULTS.write_text(json.dumps(said, indent=1) + "\n")
    print(f"\nWritten to {RESULTS}")


def _report(rounds: dict[str, list[Measured]]) -> None:
    print(f"\n{READERS} readers of a thread, SQLite\n")
    print(f"{'':24}{'requests/s':>11}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'driver':>9}")
    for name in sorted(rounds):
        found = [
            median(figures)
            for figures in zip(
                *((o.per_second, o.p50, o.p99, o.paid, o.driver) for o in rounds[name]),
                strict=True,
            )
        ]
        print(f"{name:24}{found[0]:11.1f}{found[1]:9.1f}{found[2]:9.1f}{found[3]:9.2f}"
              f"{found[4]:9.0%}")  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.serving", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--seconds", type=float, default=3, help="how long each time")
    return parser.parse_args()


if __name__ == "__main__":
    main()
