"""How every page grows with the site: `python -m bench.growth [--sizes 1000 10000 100000]`.

Every address that can be read, filled with what the tests' own walk knows, as somebody signed out
and as a moderator ask for it; nothing of a page is kept between. Seconds of the processor, and the
slope from the smallest site to the largest: 0 is a page that costs the same, 1 one that grows as
the site.
"""

import argparse
import json
import math
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from bench.bypassing import without_anything
from bench.crowd import LONG, fill_crowd
from bench.filling import tally
from bench.servers import site_app
from discussion.db import transaction
from discussion.migrations import every_table
from discussion.people.accounts.models import Person
from discussion.web.site import site
from tests.conftest import carry_session, session_of
from tests.permissions.addresses import addresses
from tests.permissions.world import make_world

RESULTS = Path(__file__).parent / "results-growth.json"
SIZES = (1_000, 10_000, 100_000)
STEEP = 0.2  # a slope above it is told
TIMES = 5  # the quickest counts, but for the first
SLOW = 0.5  # seconds: what takes so long is asked for once
READERS = {"a visitor": "", "a moderator": "m"}
LONGEST_NAME = 66


@dataclass(frozen=True)
class Cost:
    """One page on one site, for one reader."""

    milliseconds: float
    statements: int
    html: int


Costs = dict[str, Cost]  # by the page and its reader


@dataclass(frozen=True)
class Named:
    """What a filled site is asked for: the address of each page, the person of each letter."""

    paths: dict[str, str]
    people: dict[str, int]


def main() -> None:
    typed = _arguments()
    found: dict[int, Costs] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as passing:
        for size in sorted(typed.sizes):
            began = time.process_time()
            folder = (typed.keep or Path(passing)) / f"{size}"
            folder.mkdir(parents=True, exist_ok=True)
            app = without_anything(site_app(folder, is_cached=False, url=_url(typed.url, size)))
            try:
                named = _filled(app, folder, size)
                print(f"{size:9,} positions: filled, {time.process_time() - began:.0f} s",
                      flush=True)  # fmt: skip
                found[size] = _measured(app, named)
            finally:
                site(app).engine.dispose()
            print(f"{size:9,} positions: {len(found[size])} pages, "
                  f"{time.process_time() - began:.0f} s in all", flush=True)  # fmt: skip
    _report(found)
    said = {
        size: {name: asdict(one) for name, one in costs.items()} for size, costs in found.items()
    }
    RESULTS.write_text(json.dumps(said, indent=1) + "\n")
    print(f"\nWritten to {RESULTS}")


def _url(url: str, size: int) -> str:
    """Each size has a database of its own."""
    return f"{url}_{size}" if url else ""


def _filled(app: Flask, folder: Path, size: int) -> Named:
    """Filled now, unless an earlier run kept it."""
    kept = folder / "named.json"
    if kept.exists():
        return Named(**json.loads(kept.read_text()))
    named = _fill(app, size)
    kept.write_text(json.dumps(asdict(named)))
    return named


def _fill(app: Flask, size: int) -> Named:
    engine = site(app).engine
    every_table().create_all(engine)
    with transaction(engine) as session:
        world = make_world(session)
        long = fill_crowd(session, world.series[0], size)
        session.flush()
        paths = _paths(app, world) | {f"a thread of {LONG}": f"/threads/{long}"}
        people = {letter: world.people[letter].id for letter in READERS.values() if letter}
    tally(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    return Named(paths, people)


def _measured(app: Flask, named: Named) -> Costs:
    costs: Costs = {}
    for reader, letter in READERS.items():
        client = app.test_client()
        if letter:
            with transaction(site(app).engine, writes=False) as session:
                person = session.get_one(Person, named.people[letter])
                session.expunge_all()
            carry_session(client, session_of(app, person))
        for name, path in named.paths.items():
            one = _cost(app, client, path)
            if one is not None:
                costs[f"{name}, {reader}"] = one
    return costs


def _paths(app: Flask, world: object) -> dict[str, str]:
    """The first address of each route, by its rule."""
    first: dict[str, str] = {}
    for address in addresses(app, world, "GET"):  # type: ignore[arg-type]
        first.setdefault(address.rule.rule, address.path(app))
    return first


def _cost(app: Flask, client: FlaskClient, path: str) -> Cost | None:
    """None for a page that this reader does not get."""
    said = 0

    def listen(*_given: object) -> None:
        nonlocal said
        said += 1

    took = math.inf
    for number in range(TIMES):
        event.listen(site(app).engine, "before_cursor_execute", listen)
        said, began = 0, time.process_time()
        answered = client.get(path)
        html = len(answered.data)  # what is sent in parts is made by being read
        spent = time.process_time() - began
        event.remove(site(app).engine, "before_cursor_execute", listen)
        if answered.status_code != 200:
            return None
        if number:
            took = min(took, spent)
        if spent > SLOW:
            took = min(took, spent)
            break
    return Cost(1000 * took, said, html)


def _report(found: dict[int, Costs]) -> None:
    sizes = sorted(found)
    least, most = sizes[0], sizes[-1]
    heads = "".join(f"{f'{size:,}':>11}" for size in sizes)
    print(f"\nMilliseconds of the processor at so many positions\n\n{'':{LONGEST_NAME}}{heads}"
          f"{'slope':>7}{'statements':>12}{'bytes':>20}")  # fmt: skip
    pages = [name for name in found[least] if all(name in found[size] for size in sizes)]
    for name in sorted(pages, key=lambda name: -found[most][name].milliseconds):
        row = [found[size][name] for size in sizes]
        slope = _slope(least, most, row[0], row[-1])
        mark = " *" if slope > STEEP else ""
        print(f"{name[:LONGEST_NAME]:{LONGEST_NAME}}"
              + "".join(f"{one.milliseconds:11.1f}" for one in row)
              + f"{slope:7.2f}{row[0].statements:5} →{row[-1].statements:5}"
              f"{row[0].html:9} →{row[-1].html:9}{mark}")  # fmt: skip
    lost = sorted(set(found[least]) ^ set(found[most]))
    print(f"\n* above {STEEP}. {len(pages)} pages; not on every site: {', '.join(lost) or 'none'}.")


def _slope(least: int, most: int, small: Cost, large: Cost) -> float:
    """Of the logarithms; under two milliseconds nothing is told from noise."""
    if most == least or large.milliseconds < 2:
        return 0.0
    return math.log(large.milliseconds / max(small.milliseconds, 0.5)) / math.log(most / least)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=SIZES, help="positions of each site"
    )
    parser.add_argument("--keep", type=Path, help="a folder for the sites, filled once")
    parser.add_argument("--url", default="", help="databases instead of SQLite, each with _SIZE")
    return parser.parse_args()


if __name__ == "__main__":
    main()
