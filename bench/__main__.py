"""Run the bench: `python -m bench [--rounds 3] [--seconds 4]`."""

import argparse
import json
import platform
import tempfile
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from bench.filling import POSITIONS, RATERS, fill_site
from bench.load import Measured, load
from bench.pages import Cost, costs
from bench.servers import serving, site_app
from bench.weighed import STATEMENTS

RESULTS = Path(__file__).parent / "results.json"
PLAIN_PATH = "/topics/1"


@dataclass(frozen=True)
class Contestant:
    """One thing that is measured: which server, which page, asked how."""

    name: str
    server: str
    path: str
    headers: dict[str, str]
    page: str = "thread"  # whose bytes it is checked against


# What each page has at least so many times, when it is whole.
MARKS = {"thread": (b"<article", POSITIONS), "findings": (b"<tr", 2 * len(STATEMENTS))}


def main() -> None:
    typed = _arguments()
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        pages, cookie = _prepare(folder)
        contestants = _contestants(pages["thread"], pages["findings"], cookie)
        ports = {
            kind: stack.enter_context(serving(kind, folder))
            for kind in ("ready", "cached", "uncached", "plain")
        }
        for one in contestants:
            _check(ports[one.server], one, (folder / f"{one.page}.html").stat().st_size)
        rounds: dict[str, list[Measured]] = {one.name: [] for one in contestants}
        for number in range(typed.rounds):
            order = contestants if number % 2 == 0 else contestants[::-1]
            for one in order:
                rounds[one.name].append(
                    load(ports[one.server], one.path, one.headers, seconds=typed.seconds)
                )
    medians = {name: _median(measured) for name, measured in rounds.items()}
    _report(medians, _COSTS)
    _write(typed, medians, rounds, _COSTS)


_COSTS: list[Cost] = []


def _prepare(folder: Path) -> tuple[dict[str, str], str]:
    """Fill the database, keep the thread page's bytes, count what pages cost; a reader's cookie."""
    from discussion.db import Base, transaction
    from discussion.web.site import site

    app = site_app(folder, is_cached=False)
    engine = site(app).engine
    Base.metadata.create_all(engine)
    with transaction(engine) as session:
        pages = fill_site(session)
    reader = pages.pop("reader")
    for page in MARKS:
        (folder / f"{page}.html").write_bytes(app.test_client().get(pages[page]).data)
    _COSTS.extend(costs(app, pages))
    signed = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = signed.dumps({"_user_id": reader, "_fresh": True})
    engine.dispose()
    return pages, f"session={cookie}"


def _contestants(thread: str, findings: str, cookie: str) -> list[Contestant]:
    packed, member = {"Accept-Encoding": "gzip"}, {"Cookie": cookie}
    return [
        Contestant("ready-made bytes", "ready", "/", {}),
        Contestant("thread, repeated", "cached", thread, {}),
        Contestant("thread, repeated, gzip", "cached", thread, packed),
        Contestant("thread, first time", "uncached", thread, {}),
        Contestant("thread, first time, gzip", "uncached", thread, packed),
        Contestant("thread, signed in", "uncached", thread, member),
        Contestant("findings, repeated", "cached", findings, {}, "findings"),
        Contestant("findings, repeated, gzip", "cached", findings, packed, "findings"),
        Contestant("findings, first time", "uncached", findings, {}, "findings"),
        Contestant("findings, signed in", "uncached", findings, member, "findings"),
        Contestant("plain ORM and template", "plain", PLAIN_PATH, {}),
    ]


def _check(port: int, one: Contestant, size: int) -> None:
    """The body before the clock: the right page, whole, and of the size that is compared."""
    import gzip

    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", one.path, headers=one.headers)
    answered = connection.getresponse()
    body = answered.read()
    connection.close()
    if answered.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    mark, times = MARKS[one.page]
    is_whole = body.count(mark) >= times and body.rstrip().endswith(b"</html>")
    is_like = abs(len(body) - size) < size / 10
    if answered.status != 200 or not is_whole or not is_like:
        raise SystemExit(f"{one.name}: {answered.status}, {len(body)} bytes, expected {size}")


def _median(measured: list[Measured]) -> Measured:
    return Measured(
        median(one.per_second for one in measured),
        median(one.p50 for one in measured),
        median(one.p99 for one in measured),
    )


def _report(medians: dict[str, Measured], pages: list[Cost]) -> None:
    ready, plain = medians["ready-made bytes"], medians["plain ORM and template"]
    print(f"\nThread page, {POSITIONS} positions, and findings, {RATERS:,} raters: one worker, "
          "eight threads, sixteen connections\n")  # fmt: skip
    print(f"{'':28}{'requests/s':>11}{'p50 ms':>9}{'p99 ms':>9}{'× ready':>9}{'× plain':>9}")
    for name, one in medians.items():
        ratios = one.per_second / ready.per_second, one.per_second / plain.per_second
        print(f"{name:28}{one.per_second:11.1f}{one.p50:9.1f}{one.p99:9.1f}"
              f"{ratios[0]:9.2f}{ratios[1]:9.2f}")  # fmt: skip
    print()
    for how in ("repeated", "first time", "signed in"):
        beside = medians[f"findings, {how}"].per_second / medians[f"thread, {how}"].per_second
        print(f"findings, {how}: {beside:.2f} × the thread page")
    print("\nEach page the first time, signed out\n")
    print(f"{'':28}{'statements':>11}{'writes':>9}{'bytes':>9}{'gzip':>9}")
    for page in pages:
        print(f"{page.page:28}{page.statements:11}{page.writes:9}{page.html:9}{page.compressed:9}")


def _write(
    typed: argparse.Namespace,
    medians: dict[str, Measured],
    rounds: dict[str, list[Measured]],
    pages: list[Cost],
) -> None:
    results = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "rounds": typed.rounds,
        "seconds": typed.seconds,
        "medians": {name: asdict(one) for name, one in medians.items()},
        "measured": {name: [asdict(one) for one in many] for name, many in rounds.items()},
        "pages": [asdict(one) for one in pages],
    }
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    print(f"\nWritten to {RESULTS}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--seconds", type=int, default=4, help="how long each time")
    return parser.parse_args()


if __name__ == "__main__":
    main()
