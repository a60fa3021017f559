"""How quickly the busiest pages come: kept, not kept and cold, signed out and signed in.

`python -m bench.reading [--rounds 3] [--seconds 3] [--by waitress]`. Beside the very same bytes
ready-made, beside django-spirit's topic of as many posts, and beside a plain page of the same size.
"""

import argparse
import gzip
import json
import platform
import tempfile
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from bench.filling import CLAIM, POSITIONS, WHY, fill_site, tally
from bench.load import Ask, Measured, load
from bench.pages import Cost, costs
from bench.servers import SERVERS, of_site, serving, site_app
from bench.spirit import Spirit, set_up
from bench.weighed import STATEMENTS

RESULTS = Path(__file__).parent / "results-reading.json"
PACKED = {"Accept-Encoding": "gzip"}
KINDS = ("ready", "site", "unkept", "cold", "plain")
# What each page has at least so many times, when it is whole.
MARKS = {
    "thread": (b"<article", POSITIONS),
    "position": (b"<article", 1),
    "findings": (b"<tr", 2 * len(STATEMENTS)),
    "series": (b"<h1", 1),
    "library": (b"<h1", 1),
}


@dataclass(frozen=True)
class Contestant:
    """One thing that is measured: which page, how it is had, which server, asked how."""

    page: str
    how: str
    server: str
    ask: Ask
    size: int  # bytes that are expected, within a tenth; 0 where it need only be whole

    @property
    def name(self) -> str:
        return f"{self.page}, {self.how}" if self.page else self.how


def main() -> None:
    typed = _arguments()
    spirit = set_up(POSITIONS, f"{CLAIM}\n\n{WHY}")
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        pages, cookie, paid = _prepare(folder, typed.pages)
        servers = {kind: of_site(kind, folder) for kind in KINDS}
        if spirit:
            servers["spirit"] = spirit.served
        running = {
            kind: stack.enter_context(serving(what, typed.by)) for kind, what in servers.items()
        }  # fmt: skip
        contestants = _contestants(folder, pages, cookie, spirit)
        for one in contestants:
            _check(running[one.server].port, one)
        rounds: dict[str, list[Measured]] = {one.name: [] for one in contestants}
        for number in range(typed.rounds):
            for one in contestants if number % 2 == 0 else contestants[::-1]:
                rounds[one.name].append(load(running[one.server], [one.ask], seconds=typed.seconds))
    medians = {name: _median(measured) for name, measured in rounds.items()}
    _report(contestants, medians, paid, typed.by)
    results = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "served by": typed.by,
        "rounds": typed.rounds,
        "seconds": typed.seconds,
        "medians": {name: asdict(one) for name, one in medians.items()},
        "measured": {name: [asdict(one) for one in many] for name, many in rounds.items()},
        "pages": [asdict(one) for one in paid],
    }
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    print(f"\nWritten to {RESULTS}")


def _prepare(folder: Path, wanted: list[str]) -> tuple[dict[str, str], str, list[Cost]]:
    """Fill the database, keep each page's bytes, count what pages cost; a reader's cookie."""
    from bench.bypassing import without_anything
    from discussion.db import transaction
    from discussion.migrations import every_table
    from discussion.web.site import site

    app = site_app(folder, is_cached=False)
    engine = site(app).engine
    every_table().create_all(engine)
    with transaction(engine) as session:
        filled = fill_site(session)
    tally(engine)
    reader = filled["reader"]
    pages = {page: filled[page] for page in wanted}
    for page, path in pages.items():
        said = app.test_client().get(path, headers=PACKED)
        (folder / f"{page}.gz").write_bytes(said.data)
        (folder / f"{page}.html").write_bytes(gzip.decompress(said.data))
    paid = [*costs(app, pages, "signed out", ""), *costs(app, pages, "signed in", reader)]
    cold = without_anything(site_app(folder, is_cached=False))
    paid += [*costs(cold, pages, "cold", ""), *costs(cold, pages, "cold, signed in", reader)]
    signed = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = f"session={signed.dumps({'_user_id': reader, '_fresh': True})}"
    for each in (app, cold):
        site(each).engine.dispose()
    return pages, cookie, paid


def _contestants(
    folder: Path, pages: dict[str, str], cookie: str, spirit: Spirit | None
) -> list[Contestant]:
    member = PACKED | {"Cookie": cookie}
    found = []
    for page, path in pages.items():
        size, whole = (folder / f"{page}.html").stat().st_size, 0
        out, signed_in = Ask(path, PACKED), Ask(path, member)
        found += [
            Contestant(page, "ready-made", "ready", Ask(f"/{page}", PACKED), size),
            Contestant(page, "kept", "site", out, size),
            Contestant(page, "not kept", "unkept", out, whole),
            Contestant(page, "not kept, signed in", "unkept", signed_in, whole),
            Contestant(page, "cold", "cold", out, whole),
            Contestant(page, "cold, signed in", "cold", signed_in, whole),
        ]
    if "thread" in pages:
        found.append(Contestant("", "plain ORM and template", "plain", Ask("/topics/1"), 0))
    if spirit:
        theirs = Ask(spirit.path), Ask(spirit.path, {"Cookie": spirit.cookie})
        found += [
            Contestant("", "Spirit's topic", "spirit", theirs[0], 0),
            Contestant("", "Spirit's topic, signed in", "spirit", theirs[1], 0),
        ]
    return found


def _check(port: int, one: Contestant) -> None:
    """The body before the clock: the right page, whole, and of the size that is compared."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", one.ask.path, headers=dict(one.ask.headers))
    answered = connection.getresponse()
    body = answered.read()
    connection.close()
    is_packed = answered.headers.get("Content-Encoding") == "gzip"
    if is_packed:
        body = gzip.decompress(body)
    mark, times = MARKS.get(one.page, (b"<html", 1))
    is_whole = body.count(mark) >= times and body.rstrip().endswith(b"</html>")
    is_like = not one.size or (abs(len(body) - one.size) < one.size / 10 and is_packed)
    if answered.status != 200 or not is_whole or not is_like:
        raise SystemExit(f"{one.name}: {answered.status}, {len(body)} bytes, expected {one.size}")


def _median(measured: list[Measured]) -> Measured:
    return Measured(*(median(figures) for figures in zip(*map(_figures, measured), strict=True)))


def _figures(one: Measured) -> tuple[float, ...]:
    return one.per_second, one.p50, one.p99, one.driver, one.paid


def _report(
    contestants: list[Contestant], medians: dict[str, Measured], paid: list[Cost], by: str
) -> None:
    print(f"\n{POSITIONS} positions, twenty posts of Spirit's; one process of {by}, sixteen "
          "connections; compressed as browsers ask, Spirit as it comes\n")  # fmt: skip
    heads = ("p50 ms", "p99 ms", "× ready", "× Spirit", "× plain", "CPU ms", "driver")
    print(f"{'':32}{'requests/s':>11}{''.join(f'{head:>9}' for head in heads)}")
    for one in contestants:
        found = medians[one.name]
        ready = medians.get(f"{one.page}, ready-made")
        signed = ", signed in" if one.how.endswith("signed in") else ""
        beside = medians.get(f"Spirit's topic{signed}"), medians.get("plain ORM and template")
        ratios = "".join(_ratio(found, other) for other in (ready, *beside))
        print(f"{one.name:32}{found.per_second:11.1f}{found.p50:9.1f}{found.p99:9.1f}{ratios}"
              f"{found.paid:9.2f}{found.driver:9.0%}")  # fmt: skip
    print(f"\n{'':32}{'statements':>11}{'writes':>8}{'CPU ms':>8}{'bytes':>9}{'gzip':>8}")
    for page in paid:
        name = f"{page.page}, {page.reader}"
        print(f"{name:32}{page.statements:11}{page.writes:8}{page.milliseconds:8.1f}{page.html:9}"
              f"{page.compressed:8}")  # fmt: skip


def _ratio(found: Measured, other: Measured | None) -> str:
    return f"{found.per_second / other.per_second:9.2f}" if other else f"{'–':>9}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--seconds", type=float, default=3, help="how long each time")
    parser.add_argument("--by", choices=SERVERS, default="waitress", help="the server of all")
    parser.add_argument("--pages", nargs="+", choices=MARKS, default=list(MARKS), help="which")
    return parser.parse_args()


if __name__ == "__main__":
    main()
