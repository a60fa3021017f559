"""What feeds cost on a large site: `python -m bench.feeds [--sizes 1000 10000 100000]`.

The feeds of the site, of a series and of a long thread, the map of the site and its first part,
read as by whoever follows from outside, with nothing kept between. Seconds of the processor, the
most memory that one answer takes at once, its bytes, and how both grow from the smallest site to
the largest: 0 costs the same, 1 grows as the site.
"""

import json
import math
import tempfile
import time
import tracemalloc
from dataclasses import asdict, dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from bench.bypassing import without_anything
from bench.growth import TIMES, _arguments, _filled, _url
from bench.servers import site_app
from discussion.web.site import site

RESULTS = Path(__file__).parent / "results-feeds.json"
ASKED = ("/feeds/atom", "/feeds/series/<slug>/atom", "/sitemap.xml", "/sitemaps/1.xml")


@dataclass(frozen=True)
class Answered:
    """One answer on one site."""

    milliseconds: float  # of the processor; the quickest of some
    most_memory: int  # bytes that Python held at once for it
    size: int  # bytes


def main() -> None:
    typed = _arguments()
    found: dict[int, dict[str, Answered]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as passing:
        for size in sorted(typed.sizes):
            folder = (typed.keep or Path(passing)) / f"{size}"
            folder.mkdir(parents=True, exist_ok=True)
            app = without_anything(site_app(folder, is_cached=False, url=_url(typed.url, size)))
            try:
                found[size] = _measured(app, folder, size)
            finally:
                site(app).engine.dispose()
            _print(size, found[size])
    _grown(found)
    said = {
        size: {name: asdict(one) for name, one in answers.items()}
        for size, answers in found.items()
    }
    RESULTS.write_text(json.dumps(said, indent=1) + "\n")
    print(f"\nWritten to {RESULTS}")


def _measured(app: Flask, folder: Path, size: int) -> dict[str, Answered]:
    named = _filled(app, folder, size)
    long = next(path for name, path in named.paths.items() if name.startswith("a thread of"))
    series = named.paths["/series/<slug>"]
    client = app.test_client()
    asked = [path.replace("/series/<slug>", series) for path in ASKED]
    return {path: _answered(client, path) for path in (*asked, f"/feeds{long}/atom")}


def _answered(client: FlaskClient, path: str) -> Answered:
    client.get(path)  # the first reads modules and prepares statements
    took = []
    for _time in range(TIMES):
        began = time.process_time()
        answer = client.get(path)
        took.append(time.process_time() - began)
    assert answer.status_code == 200, (path, answer.status_code)
    tracemalloc.start()
    client.get(path)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Answered(1000 * min(took), most, len(answer.get_data()))


def _print(size: int, answers: dict[str, Answered]) -> None:
    print(f"\n{size:,} positions", flush=True)
    for path, one in answers.items():
        print(f"  {path:44} {one.milliseconds:8.1f} ms {one.most_memory / 2**20:7.2f} MiB"
              f" {one.size / 1024:8.0f} kB", flush=True)  # fmt: skip


def _grown(found: dict[int, dict[str, Answered]]) -> None:
    """How each grows from the smallest to the largest."""
    small, large = min(found), max(found)
    if small == large:
        return
    print(f"\nFrom {small:,} to {large:,}, slopes of time and memory")
    for before, after in zip(found[small].items(), found[large].items(), strict=True):
        (name, first), (_name, last) = before, after
        told = (
            _slope(small, large, first.milliseconds, last.milliseconds),
            _slope(small, large, first.most_memory, last.most_memory),
        )
        print(f"  {name:44} {told[0]:5.2f} {told[1]:5.2f}")


def _slope(small: int, large: int, before: float, after: float) -> float:
    return math.log(max(after, 1e-9) / max(before, 1e-9)) / math.log(large / small)


if __name__ == "__main__":
    main()
