"""What open data takes: `python -m bench.packages [--ratings N] [--positions N] [--postgresql]`.

A package of so many imported ratings, and of a tenth and a hundredth of them: time, memory, growth.
A series of so many positions: its package, the look whether it may still be shown, and the way into
an empty site and out again, which has to be equal.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from discussion.cli.archive import read_manifest
from discussion.cli.series_moving import bring_in, find_series, write_series
from discussion.db import transaction
from discussion.reach.packages.making import Edition, write_package
from discussion.reach.packages.queries.licensing import find_terms
from discussion.reach.packages.queries.standing import hash_marks
from discussion.reach.packages.queries.tabling import Reading, reading_of
from discussion.series.series.models import Series
from discussion.weighing.rounds.models import Rating
from discussion.wiring.registering import register_rooms
from tests.databases import migrated_database, opened
from tests.factories import NOW, make_round, make_series, make_statement, make_thread
from tests.factories.crowd import fill_crowd

RATINGS, POSITIONS = 1_000_000, 10_000
STATEMENTS, CHUNK = 50, 5_000
RESULTS = Path(__file__).parent / "results-packages.json"


@dataclass(frozen=True)
class Cost:
    """What was done with how many: seconds of CPU, megabytes more at the peak, and of the file."""

    what: str
    count: int
    cpu: float
    memory: float
    size: float


def main() -> None:
    typed = _arguments()
    register_rooms()
    kind = "postgresql" if typed.postgresql else "sqlite"
    costs: list[Cost] = []
    with tempfile.TemporaryDirectory(prefix="bench-packages-") as name:
        folder = Path(name)
        for count in (typed.ratings // 100, typed.ratings // 10, typed.ratings):
            with _site(kind, folder) as engine:
                with transaction(engine) as session:
                    slug = _rated(session, count)
                costs.append(_make(engine, slug, "ratings", count))
                _say(costs[-1])
        with _site(kind, folder) as engine:
            with transaction(engine) as session:
                slug = fill_crowd(session, typed.positions).series.slug
            costs += [_make(engine, slug, "positions", typed.positions)]
            _say(costs[-1])
            costs += [_look(engine, slug, typed.positions)]
            _say(costs[-1])
            costs += [_move(engine, slug, kind, folder, typed.positions)]
            _say(costs[-1])
    RESULTS.write_text(json.dumps({kind: [asdict(one) for one in costs]}) + "\n")


def _make(engine: Engine, slug: str, what: str, count: int) -> Cost:
    with transaction(engine, writes=False) as session, tempfile.TemporaryFile() as file:
        reading = _reading(session, slug)
        edition = Edition(1, "2026-11-30", find_terms(session, reading.series))
        memory, began = _megabytes(), time.process_time()
        files = write_package(file, reading, edition, lambda _more: None)
        spent, more = time.process_time() - began, _megabytes() - memory
        if sum(one.rows for one in files) < count:
            raise RuntimeError(f"the package has fewer rows than there are {what}")
        return Cost(f"package of {what}", count, spent, more, file.tell() / 1e6)


def _look(engine: Engine, slug: str, count: int) -> Cost:
    with transaction(engine, writes=False) as session:
        reading = _reading(session, slug)
        memory, began = _megabytes(), time.process_time()
        shown = hash_marks(reading)
        spent = time.process_time() - began
        return Cost("may it still be shown", count, spent, _megabytes() - memory, len(shown) / 1e6)


def _move(engine: Engine, slug: str, kind: str, folder: Path, count: int) -> Cost:
    first, second = folder / "first.zip", folder / "second.zip"
    memory, began = _megabytes(), time.process_time()
    before = _export(engine, slug, first)
    with _site(kind, folder) as empty:
        bring_in(empty, first, read_manifest(first), now=NOW)
        spent, more = time.process_time() - began, _megabytes() - memory
        after = _export(empty, slug, second)
    if before != after:
        raise RuntimeError("the series is not equal again")
    return Cost("series out and in, equal", count, spent, more, first.stat().st_size / 1e6)


def _export(engine: Engine, slug: str, path: Path) -> dict[str, tuple[int, str]]:
    with engine.connect() as connection:
        found = find_series(connection, slug)
        if found is None:
            raise RuntimeError("the series is not there")
        made = write_series(connection, path, found, now=NOW)
    return {part.name: (part.rows, part.sha256) for part in made.tables}


def _rated(session: Session, count: int) -> str:
    """An imported round with so many ratings of fifty statements."""
    thread = make_thread(session, make_series(session), stage="making_sense")
    statements = [make_statement(session, thread, kind="") for _one in range(STATEMENTS)]
    round = make_round(session, thread, *statements, imported_from="polis", points=3)
    versions = [one.versions[0].id for one in statements]
    session.flush()
    for start in range(0, count, CHUNK):
        rows: list[dict[str, Any]] = [
            {
                "round_id": round.id,
                "version_id": versions[at % STATEMENTS],
                "rater_key": f"{at // STATEMENTS:064x}",
                "value": str(1 + at % 3),
            }
            for at in range(start, min(count, start + CHUNK))
        ]
        session.connection().execute(insert(Rating), rows)
    return thread.series.slug


def _reading(session: Session, slug: str) -> Reading:
    series = session.query(Series).filter_by(slug=slug).one()
    return reading_of(session, series, NOW, has_rows=True)


@contextmanager
def _site(kind: str, folder: Path) -> Iterator[Engine]:
    with migrated_database(kind, folder) as url, opened(url) as engine:
        yield engine


def _say(cost: Cost) -> None:
    print(
        f"{cost.what}: {cost.count:,}: {cost.cpu:.2f} s of CPU, {cost.memory:.0f} MB more memory,"
        f" {cost.size:.1f} MB",
        flush=True,
    )


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.packages", description=__doc__)
    parser.add_argument("--ratings", type=int, default=RATINGS, help="in the largest package")
    parser.add_argument("--positions", type=int, default=POSITIONS, help="in the series")
    parser.add_argument("--postgresql", action="store_true", help="and not SQLite")
    return parser.parse_args()


if __name__ == "__main__":
    main()
